"""Other documents that a document names, and what it has to do with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.lines import Sentence
from ingest.facts.title_lists import TitleList
from ingest.script import simplified
from ingest.standing import DOCUMENT_NUMBER, REPEAL, TITLE_IN_TEXT, number_in
from vectorstore.facts import Fact, Reference
from vectorstore.types import ParsedDocument

_NAMED = re.compile(rf"{TITLE_IN_TEXT.pattern}(?P<number>\s*[（(][^（()）]{{0,40}}号[）)])?")
_BASIS = re.compile(r"根据|依据|按照|遵照|贯彻|落实|依照")
_MADE = re.compile(r"制定|编制|制订|编写|拟定|起草|修订本|结合.{0,30}实际|现[就将]|提出|特作|如下")
_FORWARDS = re.compile(r"转发(?!展)")
_REVISES = re.compile(r"修订|修改|修正")
_INTERPRETS = re.compile(r"解读|政策问答|图解")
_CLAUSE = re.compile(r"[；;]")
# 经研究，决定废止《…》、《…》: of a document that is about nothing else.
_REPEALS_BEFORE = re.compile(r"(?:决定|现|将|予以|一并)废止[^。]*$")
# 《…》第十条中的“…”修改为; 《…》已经…同意，现转发给你们; 《…》已被《…》替代，不再执行.
_ARTICLE = r"第[一二三四五六七八九十百零〇\d]+条"
_REVISED_BEHIND = re.compile(
    rf"\s*(?:作出?|进行)?(?:如下|以下)?(?:修订|修改|修正)|"
    rf"\s*(?:的|中的)?{_ARTICLE}[^，；;。]{{0,40}}?(?:(?:修改|修订|修正)(?:为|如下)|(?:作出?|进行)(?:如下|以下)?修[改订正]|[，,]删去)"
)
_FORWARDED_BEHIND = re.compile(r"[^；;《]{0,40}?(?<=[，,》\s）)现])现?(?:予以)?转发(?:给|如下)")
_REPLACES = re.compile(r"(?:替代|取代|代替)")
_OPENS = re.compile(r"\s*(?:为了?[^；;《]{2,80}[，,])?(?P<verb>根据|依据|依照)")
# 关于印发《…》的通知 names what it brings itself.
_OWN = re.compile(r"(?:印发|公布|发布|颁布|制定|出台|现将|本)\s*$")


def references(parsed: ParsedDocument, sentences: Sequence[Sentence]) -> Iterator[Fact]:
    """Yield the documents that are named as a basis, or are forwarded, revised, repealed or interpreted."""
    headed = simplified(parsed.document.title)
    own, repealing = _plain(headed), "废止" in _without_titles(headed)
    seen: set[tuple[str, str]] = set()
    listed = TitleList()
    for sentence in sentences:
        of_list = listed.relation(sentence)
        if "《" not in sentence.text and "号" not in sentence.text:
            continue
        for relation, title, number, begin, end in _named(sentence, of_list, repealing=repealing):
            if len(title) == 2:
                # 《办法》: short for what was named before.
                continue
            key = (relation, _plain(title) or number)
            if key in seen or (relation != "repeals" and _plain(title) and _plain(title) == own):
                continue
            seen.add(key)
            yield sentence.fact(Reference(relation, title, number), begin, end)


def _named(sentence: Sentence, of_list: str, *, repealing: bool) -> Iterator[tuple[str, str, str, int, int]]:
    """The relations that a sentence states: what, title, number, and where the proof stands."""
    text = sentence.text
    opening = _opening(sentence)
    for place, found in enumerate(_NAMED.finditer(text)):
        number = DOCUMENT_NUMBER.search(found["number"] or "")
        told = _relation(text, found.start(), found.end())
        if told is None and repealing:
            verb = _REPEALS_BEFORE.search(_without_titles(text[: found.start()]))
            told = ("repeals", verb.start(), found.end()) if verb else None
        if told is None and of_list and (place == 0 or of_list == "basis"):
            told = of_list, found.start(), found.end()
        if told is None and found.start() in opening:
            told = "basis", opening.start, found.end()
        if told:
            relation, begin, end = told
            yield relation, found.group(1), number_in(number) if number else "", begin, end
    if "《" in text:
        return
    for found in DOCUMENT_NUMBER.finditer(text):
        told = _relation(text, found.start(), found.end())
        if told and told[0] in ("basis", "repeals"):
            yield told[0], "", _number(found), told[1], told[2]


def _opening(sentence: Sentence) -> range:
    """Where a document says at its beginning what it follows: 根据《…》第三条和《…》要求，本府对….

    What follows need not be called making it: a review of documents has a basis too.
    """
    opens = None if sentence.passage.section else _OPENS.match(sentence.text)
    if opens is None:
        return range(0)
    end = _without_titles(sentence.text).find("，", opens.end())
    return range(opens.start("verb"), max(end, 0))


def _number(found: re.Match[str]) -> str:
    """A number behind its verb: the agency's sign is what stands right before the year."""
    return re.sub(r"^.*(?:根据|依据|按照|遵照|贯彻|落实|依照)", "", number_in(found))


def _relation(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """What a sentence has to do with the document named at a place of it, and where that stands."""
    before, behind = text[:start], text[end:]
    repeal = REPEAL.search(behind)
    if repeal and not _CLAUSE.search(behind[: repeal.start()]) and not _REPLACES.match(behind):
        return "repeals", start, end + repeal.end()
    # Titles stand in a row; what is said of the first holds for all.
    outside = _without_titles(before)
    near = outside[outside.rfind("，") + 1 :] if "，" in outside else outside
    for pattern, relation in ((_FORWARDS, "forwards"), (_REVISES, "revises")):
        verb = pattern.search(near)
        # What is asked for comments on is not revised yet.
        planned = relation == "revises" and "征求意见" in behind
        if verb and not planned and not re.search(r"[^□、和与及对了\s]", near[verb.end() :]):
            return relation, len(outside) - len(near) + verb.start(), end
    for pattern, relation in ((_REVISED_BEHIND, "revises"), (_FORWARDED_BEHIND, "forwards")):
        verb = pattern.match(text, end)
        if verb:
            return relation, start, max(min(len(text), end + 10), verb.end())
    if _INTERPRETS.match(behind.lstrip("的 政策")) or re.search(r"(?:解读|图解)(?:[丨|｜：:])?$", outside):
        return "interprets", start, min(len(text), end + 6)
    basis = _last(_BASIS, outside)
    if basis and _MADE.search(behind) and not _OWN.search(outside):
        return "basis", basis.start(), end
    return None


def _without_titles(text: str) -> str:
    return re.sub(r"《[^《》]*(?:《[^《》]*》[^《》]*)?》", lambda match: "□" * len(match.group(0)), text)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def _plain(title: str) -> str:
    return re.sub(r"[\s《》〈〉“”（）()—\-]", "", title)
