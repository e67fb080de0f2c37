"""What a sentence gains or loses by its form, beside the words it shares with the question."""

from __future__ import annotations

import re

from assistant.choosing.forms import lacks_form
from assistant.choosing.sentences import Sentence
from assistant.question import AnswerKind, Question, unasked
from vectorstore.segmentation import fold, words
from vectorstore.types import PassageKind

_YEAR, _NUMBER, _QUOTED, _EXPLAINED, _HEADED, _DEFINED = 0.12, 0.1, 0.1, 0.35, 0.2, 0.12
_BARE_CHARS, _BARE_LOSS, _SHARE_LOSS = 30, 0.15, 0.1
# A row whose name the question holds whole is meant before one that it holds in part.
_ROW, _HALF = 0.3, 0.5
_ROW_LABEL = re.compile(r"^.*?｜|[（(][^（()）]*[)）]|\d+\s")
_DIGIT = re.compile(
    r"\d|[一二三四五六七八九十百千万亿两]+[个家项条年亩所人名成倍]|[一二三四五六七八九十百千两]+万?亿"
)
_HEAD = re.compile(r"(?:——|\d+[.、．]\s*|[（(][^（()）]{1,3}[)）]\s*)?([^，,。：:；;\s]{2,16})[：:。]")
_COMPLETE = re.compile(r"[。;!\d]")
_SHARE_OF = re.compile(r"占[^,。;]{0,16}(?:比重|比例)")
_ASKS_SHARE = re.compile(r"比重|比例|占比|百分")
_BESIDE, _TAIL = 0.12, re.compile(r"([一-鿿]{2,4})(?:的?目标|数量|总数)?[是有为达到]*多少")
_GOAL = 0.12
_ASKS_GOAL = re.compile(r"目标|力争|规划到|计划到|要达到")
_SETS_GOAL = re.compile(r"到(?:19|20)\d{2}年|力争|争取|目标|打造|末期?,")
# A figure of the whole country is not that of the place that is asked about.
_WIDER_LOSS, _WIDER = 0.2, re.compile(r"国务院|我国|全国(?:的)?[^,，。]{0,8}(?:规模|总量|总额|达)|世界各?国")
_LED, _LEADS_IN = 0.12, re.compile(r"以下|如下|一是|:$")
_STRETCH = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST, _A_CHARACTER = 4, 12, 0.01
_CAPTION = re.compile(r"[△▲]|[图圖表]\s*[\d一二三四五六七八九十]+(?![^。]*。)")
_FURNITURE = re.compile(
    r"[（(]?(?:19|20)\d{2}年?[—\-–~至]+(?:19|20)\d{2}年?[)）]?|"
    r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|[一-鿿]{2,8}[〔\[(](?:19|20)\d{2}[〕\])]\d+号|"
    r"各[^。]{4,60}[：:]|[（(](?:公开)?征求意见稿[)）]|[（(]此件[^)）]*[)）]"
)


def may_answer(sentence: Sentence) -> bool:
    """Tell whether a sentence can answer: headings, captions, table heads, dates and salutations cannot."""
    if sentence.passage.kind is PassageKind.TABLE_ROW:
        return True
    text = sentence.text.strip()
    if text in sentence.passage.section:
        return False
    return not ("\t" in text or _CAPTION.match(text) or _FURNITURE.fullmatch(text))


def fitness(
    question: Question,
    asked: frozenset[str],
    sentence: Sentence,
    folded: str,
    years: frozenset[int],
    *,
    fits: bool,
) -> float:
    """Return what a sentence gains or loses by having the form that is asked for.

    Args:
        question: what is asked.
        asked: words of the question.
        sentence: a sentence that may answer.
        folded: its text, folded.
        years: years it names.
        fits: it holds a figure of the form asked for, or no figure is asked for.

    Returns:
        About -0.5 to 0.8, to be added to the sentence's coverage of the question.
    """
    gain = 0.0
    if question.years and years:
        gain += _YEAR if years & set(question.years) else -_YEAR
    if question.kind is AnswerKind.NUMBER:
        gain += _NUMBER if fits else -_NUMBER
        gain -= _SHARE_LOSS * bool(_SHARE_OF.search(folded) and not _ASKS_SHARE.search(question.query))
        gain += _BESIDE * _beside(question, folded)
        gain += _GOAL * bool(_ASKS_GOAL.search(question.query) and _SETS_GOAL.search(folded))
        wider = question.mentions and not _WIDER.search(question.query) and _WIDER.search(folded)
        gain -= _WIDER_LOSS * bool(wider)
    if sentence.passage.kind is PassageKind.TABLE_ROW:
        label = set(words(_ROW_LABEL.sub("", sentence.text).partition("：")[0]))
        gain += _ROW * (len(label & asked) / (len(label) or 1) - _HALF)
    if len(folded) < _BARE_CHARS and not _COMPLETE.search(folded):
        gain -= _BARE_LOSS
    if question.kind is AnswerKind.LIST and _LEADS_IN.search(folded):
        gain += _LED
    return gain + _verbatim(question, folded) + _explaining(question, asked, sentence, folded)


def has_figure(question: Question, folded: str) -> bool:
    """Tell whether a folded sentence holds a figure of the form that one of a question's parts asks for."""
    return _DIGIT.search(folded) is not None and any(
        not lacks_form(fold(part), folded) for part in question.parts
    )


def _beside(question: Question, folded: str) -> bool:
    """Tell whether a figure stands right beside the word that the question wants a number of."""
    tail = _TAIL.search(fold(question.query))
    if tail is None:
        return False
    # Official words for the everyday one count as the same.
    said = "|".join(map(re.escape, {tail[1][-2:], *question.wording.split()}))
    return re.search(rf"(?:{said})(?:\([^()]*\):)?[^,;。、:]{{0,8}}?\d", folded) is not None


def _verbatim(question: Question, folded: str) -> float:
    """Return what a sentence gains by saying a longer stretch of the question word for word."""
    stretches = _STRETCH.findall(unasked(fold(question.query)))
    longest = next(
        (
            size
            for size in range(_LONGEST, _SHORTEST - 1, -1)
            if any(
                stretch[at : at + size] in folded
                for stretch in stretches
                for at in range(len(stretch) - size + 1)
            )
        ),
        0,
    )
    return _A_CHARACTER * max(0, longest - _SHORTEST + 1)


def _explaining(question: Question, asked: frozenset[str], sentence: Sentence, folded: str) -> float:
    """Return what a sentence gains by being about the very term that is asked about."""
    gain = 0.0
    quoted = [fold(term) for term in question.quoted]
    heading = fold(sentence.passage.section[-1]) if sentence.passage.section else ""
    beside = fold(question.query)
    for term in quoted:
        beside = beside.replace(term, " ")
    head = _HEAD.match(sentence.text)
    if head and (fold(head.group(1)) in beside or asked.issuperset(words(head.group(1)))):
        gain += _HEADED
    explains = sentence.passage.kind is PassageKind.FOOTNOTE
    if any(term in folded or (term in heading and not explains) for term in quoted):
        gain += _QUOTED
    # “一核引领”即 explains its part of “一核引领、多极联动”.
    pieces = [piece for term in quoted if "、" in term for piece in term.split("、")]
    if any(
        re.search(rf"{re.escape(term)}[”\"]?(?:是?指|即|包括|:)|为[“\"]?{re.escape(term)}", folded)
        for term in (*quoted, *pieces)
    ):
        gain += _DEFINED
    if explains and any(term in heading for term in quoted):
        gain += _EXPLAINED
    return gain
