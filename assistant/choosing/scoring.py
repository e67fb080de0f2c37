"""How well each sentence answers a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.choosing.fitness import fitness, has_figure, may_answer
from assistant.choosing.sentences import Sentence, parallel
from assistant.question import AnswerKind, Question, years_of
from assistant.types import Hit
from assistant.understanding.members import asks_each
from vectorstore.segmentation import fold, tokens, words

_IN_SENTENCE, _IN_HEADING, _IN_PARAGRAPH, _IN_TITLE, _IN_PASSAGE = 1.0, 0.6, 0.4, 0.4, 0.2
_PASSAGE_SHARE = 0.3
# What is asked of each of several things is told in clauses side by side.
_EACH, _SEVERAL = 0.2, 2
# The year that a figure is held against is not the year it is of.
_BASE_YEAR = re.compile(r"比(?:19|20)\d{2}年")


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence with its worth for the question.

    Attributes:
        sentence: the sentence.
        hit: the found passage it stands in.
        covered: tokens of the question that it or its headings hold.
        years: years that it names.
        subject: share of the question's weight that it or its headings hold, 0 to 1.
        fits: it holds a figure of the form asked for, or no figure is asked for.
        score: higher is better; about 0 to 1.5.
    """

    sentence: Sentence
    hit: Hit
    covered: frozenset[str]
    years: frozenset[int]
    subject: float
    fits: bool
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
        Every sentence that may answer, in the order given.
    """
    total = sum(weights.values()) or 1.0
    top = max((hit.score for hit, _ in found), default=1.0) or 1.0
    asked = frozenset(words(question.query))
    each = asks_each(question)
    scored: list[ScoredSentence] = []
    for hit, sentences in found:
        own = [frozenset(tokens(sentence.text)) & weights.keys() for sentence in sentences]
        headings = frozenset(tokens(" ".join(hit.passage.section))) & weights.keys()
        title = frozenset(tokens(hit.document.title + " " + hit.document.region)) & weights.keys()
        passage = frozenset[str]().union(*own)
        for sentence, held in zip(sentences, own, strict=True):
            if not may_answer(sentence):
                continue
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
            years = frozenset(years_of(_BASE_YEAR.sub("", folded)))
            fits = question.kind is not AnswerKind.NUMBER or has_figure(question, folded)
            first, last = parallel(sentences, sentence.index) if each else (0, 0)
            form = fitness(question, asked, sentence, folded, years, fits=fits)
            score = coverage + _PASSAGE_SHARE * hit.score / top + form + _EACH * (last - first >= _SEVERAL)
            covered = held | headings
            subject = sum(weights[token] for token in covered) / total
            scored.append(ScoredSentence(sentence, hit, covered, years, subject, fits, score))
    return scored
