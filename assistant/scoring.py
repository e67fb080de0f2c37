"""How well each sentence answers a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.question import AnswerKind, Question, years_of
from assistant.sentences import Sentence
from assistant.types import Hit
from vectorstore.segmentation import fold, tokens, words
from vectorstore.types import PassageKind

_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千万亿两]+[个家项条年亩所人名成倍]")
_IN_SENTENCE, _IN_HEADING, _IN_PARAGRAPH, _IN_TITLE, _IN_PASSAGE = 1.0, 0.6, 0.4, 0.4, 0.2
_PASSAGE_SHARE = 0.3
_YEAR_BONUS, _NUMBER_BONUS, _QUOTED_BONUS, _EXPLAINED_BONUS = 0.12, 0.1, 0.1, 0.35
_BARE_HEADING_CHARS, _BARE_HEADING_LOSS = 30, 0.15
_TABLE_HEAD_LOSS, _CAPTION_LOSS = 0.5, 0.4
_HEADED_BONUS = 0.2
_HEAD = re.compile(r"(?:——|\d+[.、．]\s*|[（(][^（()）]{1,3}[)）]\s*)?([^，,。：:；;\s]{2,16})[：:。]")
# A row whose name the question holds whole is meant before one that it holds in part.
_ROW_BONUS, _HALF = 0.3, 0.5
_ROW_LABEL = re.compile(r"^.*?｜|[（(][^（()）]*[)）]|\d+\s")
_CAPTION = re.compile(r"[△▲]|[图圖表]\s*[\d一二三四五六七八九十]")
_COMPLETE = re.compile(r"[。;!\d]")


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence with its worth for the question.

    Attributes:
        sentence: the sentence.
        hit: the found passage it stands in.
        covered: tokens of the question that it or its headings hold.
        years: years that it names.
        subject: share of the question's weight that it or its headings hold, 0 to 1.
        score: higher is better; about 0 to 1.5.
    """

    sentence: Sentence
    hit: Hit
    covered: frozenset[str]
    years: frozenset[int]
    subject: float
    score: float


def score_sentences(
    question: Question, found: Sequence[tuple[Hit, Sequence[Sentence]]], weights: Mapping[str, float]
) -> list[ScoredSentence]:
    """Score the sentences of the found passages.

    Args:
        question: what is asked.
        found: hits with their sentences, best hit first.
        weights: weight of each token of the question; rare ones weigh more.

    Returns:
        Every sentence, in the order given.
    """
    total = sum(weights.values()) or 1.0
    top = max((hit.score for hit, _ in found), default=1.0) or 1.0
    asked = frozenset(words(question.query))
    scored: list[ScoredSentence] = []
    for hit, sentences in found:
        own = [frozenset(tokens(sentence.text)) & weights.keys() for sentence in sentences]
        headings = frozenset(tokens(" ".join(hit.passage.section))) & weights.keys()
        title = frozenset(tokens(hit.document.title + " " + hit.document.region)) & weights.keys()
        passage = frozenset[str]().union(*own)
        for sentence, held in zip(sentences, own, strict=True):
            paragraph = frozenset[str]().union(
                *(
                    other
                    for near, other in zip(sentences, own, strict=True)
                    if near.paragraph == sentence.paragraph
                )
            )
            levels = (
                (held, _IN_SENTENCE),
                (headings, _IN_HEADING),
                (paragraph, _IN_PARAGRAPH),
                (title, _IN_TITLE),
                (passage, _IN_PASSAGE),
            )
            worth: dict[str, float] = {}
            for holders, level in levels:
                for token in holders:
                    worth.setdefault(token, level)
            coverage = sum(weights[token] * level for token, level in worth.items()) / total
            folded = fold(sentence.text)
            years = frozenset(years_of(folded))
            fitness = _fitness(question, asked, sentence, folded, years)
            score = coverage + _PASSAGE_SHARE * hit.score / top + fitness
            covered = held | headings
            subject = sum(weights[token] for token in covered) / total
            scored.append(ScoredSentence(sentence, hit, covered, years, subject, score))
    return scored


def _fitness(
    question: Question, asked: frozenset[str], sentence: Sentence, folded: str, years: frozenset[int]
) -> float:
    """Return what a sentence gains or loses by having the form that is asked for."""
    gain = 0.0
    if question.years and years:
        gain += _YEAR_BONUS if years & set(question.years) else -_YEAR_BONUS
    if question.kind is AnswerKind.NUMBER:
        gain += _NUMBER_BONUS if _DIGIT.search(folded) else -_NUMBER_BONUS
    if any(fold(quoted) in folded for quoted in question.quoted):
        gain += _QUOTED_BONUS
    head = _HEAD.match(sentence.text)
    if head and asked.issuperset(words(head.group(1))):
        gain += _HEADED_BONUS
    heading = fold(sentence.passage.section[-1]) if sentence.passage.section else ""
    explains = sentence.passage.kind is PassageKind.FOOTNOTE
    if explains and any(fold(quoted) in heading for quoted in question.quoted):
        gain += _EXPLAINED_BONUS
    if sentence.passage.kind is PassageKind.TABLE_ROW:
        label = set(words(_ROW_LABEL.sub("", sentence.text).partition("：")[0]))
        gain += _ROW_BONUS * (len(label & asked) / (len(label) or 1) - _HALF)
    if _CAPTION.match(sentence.text):
        gain -= _CAPTION_LOSS
    if "\t" in sentence.text and sentence.passage.kind is not PassageKind.TABLE_ROW:
        gain -= _TABLE_HEAD_LOSS
    if len(folded) < _BARE_HEADING_CHARS and not _COMPLETE.search(folded):
        gain -= _BARE_HEADING_LOSS
    return gain
