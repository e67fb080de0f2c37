"""Whether sentences hold the fact that is asked, and not only its topic."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.choosing.circumstances import lacks_circumstance
from assistant.choosing.composition import asks_members, bare_term, tells_members
from assistant.choosing.forms import asks_when, lacks_form
from assistant.choosing.measures import measures
from assistant.choosing.scoring import ScoredSentence
from assistant.choosing.thresholds import CALIBRATED, Thresholds
from assistant.question import AnswerKind, Question, kind_of, planned_years, years_of
from assistant.understanding.parts import single_questions
from vectorstore.segmentation import fold, place_names, tokens, word_breaks

_PLACE = re.compile(
    r"[一-鿿]{2}(?:新区|开发区|高新区|自贸区|街道|(?<![上城超都全我本各该股省])市|(?<![全各本该两])县|"
    r"(?<![全我本该各外节两])省|(?<![园片社地全我小城市郊景湾库矿特本辖各两该新发税业住护范验心])区(?![域间位分别块])|"
    r"(?<![城村集小特])镇)"
)
_NOT_IN_A_NAME = re.compile(
    r"[能的是有在和与及到从个项年多少哪几各全一二三四五六七八九十两数]|^(?:推进|促进|支持|落实|按照|争取|列入|纳入|实施|建设|打造|发展)"
)
_TITLE = re.compile(r"《[^》]*》")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年?(?!\d)")
_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百千两]+(?:[个家项条亩所人名成倍届张台年天周]|分之|万?亿(?!级))"
)
# The number of an article or an item is no figure.
_NUMBERING = re.compile(r"第[\d一二三四五六七八九十百]+[条章节款]|^\(?\d{1,2}[).、](?!\d)")
_ABOUT_THEN = re.compile(r"(?:19|20)\d{2}年?(?:前后|左右|以来|以后|之后|以前|之前)")
_ACTUAL = re.compile(
    r"首次(?:突破|超过|达到|实现|进入|跻身|举办)|实际(?:完成|达到|实现|是|为|值)|完成了多少|最终(?:完成|达到|实现)"
)
_PLANNED = re.compile(r"到(?:19|20)\d{2}年|力争|争取|目标|预期|规划")
_DONE = re.compile(r"实际|完成|已经?|达到了|实现了|首次|同比|比上年|末")


def supported(
    question: Question,
    chosen: Sequence[ScoredSentence],
    scored: Sequence[ScoredSentence],
    weights: Mapping[str, float],
    thresholds: Thresholds = CALIBRATED,
) -> list[ScoredSentence]:
    """Return the sentences to answer with, none where the asked fact is not among what was found.

    Args:
        question: what is asked.
        chosen: the sentences that fit the question's words best, best first.
        scored: all sentences that were found.
        weights: weight of each token of the question.
        thresholds: when what was found is no answer.

    Returns:
        The chosen sentences, those that hold the asked fact first; where one figure is asked for only
        those, and where none of the chosen holds it the best one that does leads. Or none.
    """
    holders = holding(question, chosen, scored, weights, thresholds)
    if not holders:
        return []
    if any(item in chosen for item in holders):
        if question.kind is AnswerKind.NUMBER and len(question.parts) == 1:
            return [item for item in chosen if item in holders]
        return sorted(chosen, key=lambda item: item not in holders)
    return [max(holders, key=lambda item: item.score), *chosen[:1]]


def holding(
    question: Question,
    chosen: Sequence[ScoredSentence],
    scored: Sequence[ScoredSentence],
    weights: Mapping[str, float],
    thresholds: Thresholds = CALIBRATED,
) -> list[ScoredSentence]:
    """Return those of all sentences found that hold the asked fact themselves, in their order."""
    if _absent_term(question, scored) or _only_mentioned(question, scored):
        return []
    foreign = foreign_places(question)
    parts = [fold(single.query) for single in single_questions(question)]
    # Where figures are asked for, one of them must be there: its topic alone is no answer.
    parts = [part for part in parts if kind_of(part) is AnswerKind.NUMBER] or parts
    best = max(_subject_share(item, weights) for item in chosen)
    least = max(thresholds.subject, thresholds.of_the_best * best)
    near = frozenset[str]().union(*(place.documents | place.around for place in question.mentions))
    passages = {item.hit.passage.id: _context(item) for item in scored}
    known = frozenset(tokens("\n".join(passages.values())))
    return [
        item
        for item in scored
        if (not near or item.hit.document.id in near or not item.hit.document.region)
        and _subject_share(item, weights) >= least
        and all(place in fold(_heard(item)) for place in foreign)
        and any(
            _holds(question, part, item) and measures(question, part, item, weights, known, thresholds)
            for part in parts
        )
    ]


def foreign_places(question: Question) -> list[str]:
    """Return the places that a question names and no document of the library is about."""
    folded = fold(question.query)
    # Cut within words, 体系能省多少 would name a province.
    breaks = word_breaks(folded)
    named = [
        (match.start(), match.group())
        for match in _PLACE.finditer(folded)
        if not _NOT_IN_A_NAME.search(match.group()) and {match.start(), match.end()} <= breaks
    ]
    # A bare name such as 苏州 is surely the place asked about where it opens the question.
    named += [(start, name) for start, name in place_names(folded) if start == 0]
    return [
        name
        for start, name in named
        if not any(known.start < start + len(name) and start < known.end for known in question.mentions)
    ]


def _absent_term(question: Question, scored: Sequence[ScoredSentence]) -> bool:
    """Tell whether every quoted term of the question stands nowhere in what was found."""
    if not question.quoted:
        return False
    contexts = {item.hit.passage.id: bare_term(_context(item)) for item in scored}
    return not any(bare_term(term) in text for term in question.quoted for text in contexts.values())


def _only_mentioned(question: Question, scored: Sequence[ScoredSentence]) -> bool:
    """Tell whether the members of a name are asked for, and nothing found says what it stands for."""
    if not asks_members(question):
        return False
    passages = {item.hit.passage.id: item.hit.passage for item in scored}
    return not any(tells_members(term, passages.values()) for term in question.quoted)


def _holds(question: Question, part: str, item: ScoredSentence) -> bool:
    """Tell whether a sentence holds what one part of the question asks for."""
    text = _TITLE.sub("", fold(item.sentence.text))
    if lacks_form(part, text) or lacks_circumstance(part, text):
        return False
    if _ACTUAL.search(part) and _PLANNED.search(text) and not _DONE.search(text):
        return False
    if kind_of(part) is not AnswerKind.NUMBER:
        return True
    firm = set(years_of(_ABOUT_THEN.sub("", part))) & set(question.firm_years)
    if firm and not firm & _years(item, text):
        return False
    if not asks_when(part) and not _NUMBER.search(_NUMBERING.sub("", _YEAR.sub("", text))):
        return False
    context = bare_term(_context(item))
    return not question.quoted or any(bare_term(term) in context for term in question.quoted)


def _years(item: ScoredSentence, text: str) -> set[int]:
    """Return the years a sentence speaks of: its own, else those of its passage, headings and period.

    A sentence without a year in a plan for 2026 to 2030 speaks of 2030.
    """
    own = set(years_of(text)) | planned_years(text)
    if own:
        return own
    around = fold("".join((*item.hit.passage.section, item.hit.passage.text)))
    return set(years_of(around)) | planned_years(around) | _period_end(item)


def _period_end(item: ScoredSentence) -> set[int]:
    end = item.hit.document.period.end
    return set() if end is None else {end}


def _subject_share(item: ScoredSentence, weights: Mapping[str, float]) -> float:
    """Return the share of the question's weight that the sentence, its headings and its title hold."""
    total = sum(weights.values()) or 1.0
    held = item.covered | (frozenset(tokens(item.hit.document.title)) & weights.keys())
    return sum(weights[token] for token in held) / total


def _heard(item: ScoredSentence) -> str:
    return "\n".join((item.hit.document.title, *item.hit.passage.section, item.sentence.text))


def _context(item: ScoredSentence) -> str:
    document, passage = item.hit.document, item.hit.passage
    return "\n".join((document.title, document.region, *passage.section, passage.text))
