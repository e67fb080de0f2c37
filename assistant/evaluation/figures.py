"""The figures of a run: each the share of what it concerns, or a time."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from assistant.evaluation.outcome import Outcome, Tally
from vectorstore.languages.language import own_words

_DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a run comes to.

    Attributes:
        name: as it stands in JSON.
        label: as it is read, in Chinese.
        value: None where nothing in the file concerns it.
        is_share: whether it lies between 0 and 1.
        lower_is_better: as for times and wrong refusals; None where neither is.
    """

    name: str
    label: str
    value: float | None
    is_share: bool = True
    lower_is_better: bool | None = False


@dataclass(frozen=True)
class Evaluation:
    """What became of every question, and what that comes to."""

    outcomes: tuple[Outcome, ...]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all questions together."""
        return figures_of(self.outcomes)

    @cached_property
    def by_group(self) -> dict[str, tuple[Outcome, ...]]:
        """The outcomes of each group, by its name."""
        return _parted(self.outcomes, lambda outcome: outcome.question.group)

    @cached_property
    def by_kind(self) -> dict[str, tuple[Outcome, ...]]:
        """The outcomes of each kind of question, by its name."""
        return _parted(self.outcomes, lambda outcome: outcome.question.kind)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The outcomes that fell short: a wrong answer, or nothing found that proves one."""
        return tuple(outcome for outcome in self.outcomes if not outcome.right or _unfound(outcome))


@own_words
def figures_of(outcomes: Sequence[Outcome]) -> tuple[Figure, ...]:
    """Sum outcomes up.

    Args:
        outcomes: of some questions.

    Returns:
        Search: recall within 1, 3, 5 and 10 and the mean reciprocal rank (Voorhees, TREC-8 question
        answering track report, 1999). Answers: completeness, proof, refusals. Times in seconds, the 95th
        percentile by nearest rank.
    """
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.question.answerable]
    given = [outcome for outcome in answerable if not outcome.answer.refused]
    return (
        *_search_figures(answerable),
        Figure("complete", "回答完整", _counted(answerable, lambda one: one.right)),
        Figure("items", "要点齐备", _summed(answerable, _items)),
        Figure("cited", "证据被引用", _summed(answerable, lambda one: one.cited)),
        Figure("genuine", "引文属实", _summed(given, lambda one: one.genuine)),
        Figure("marked", "逐句有出处", _counted(given, lambda one: one.marked)),
        Figure("numbers", "数字有据", _summed(given, lambda one: one.numbers)),
        Figure("refused_right", "应拒已拒", _counted(unanswerable, lambda one: one.answer.refused)),
        Figure(
            "refused_wrong",
            "误拒",
            _counted(answerable, lambda one: one.answer.refused),
            lower_is_better=True,
        ),
        Figure("questions", "问题数", len(outcomes), is_share=False, lower_is_better=None),
        *_costs(outcomes, given),
    )


@own_words
def _costs(outcomes: Sequence[Outcome], given: Sequence[Outcome]) -> Iterator[Figure]:
    """Yield what answers cost their readers: characters to read, seconds to wait."""
    seconds = sorted(round(outcome.answer.seconds, 4) for outcome in outcomes)
    lengths = [outcome.length for outcome in given]
    costs = {
        ("median_characters", "回答字数（中位）"): statistics.median(lengths) if lengths else None,
        ("median_seconds", "用时（中位，秒）"): round(statistics.median(seconds), 4) if seconds else None,
        ("p95_seconds", "用时（95%，秒）"): _percentile(seconds, 0.95),
    }
    for (name, label), cost in costs.items():
        yield Figure(name, label, cost, is_share=False, lower_is_better=True)


@own_words
def _search_figures(searched: Sequence[Outcome]) -> list[Figure]:
    figures = [
        Figure(f"recall@{depth}", f"前{depth}段找到", _summed(searched, partial(_found, depth=depth)))
        for depth in _DEPTHS
    ]
    reciprocal = [1 / outcome.first if outcome.first else 0.0 for outcome in searched]
    mean = round(statistics.mean(reciprocal), 4) if reciprocal else None
    return [*figures, Figure("mrr@10", "首个命中的倒数名次", mean)]


def _unfound(outcome: Outcome) -> bool:
    return outcome.question.answerable and bool(outcome.ranks) and not outcome.first


def _found(outcome: Outcome, depth: int) -> Tally:
    return Tally(sum(0 < rank <= depth for rank in outcome.ranks), len(outcome.ranks))


def _items(outcome: Outcome) -> Tally:
    wanted = len(outcome.question.must_include)
    return Tally(wanted - len(outcome.lacking), wanted)


def _counted(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float | None:
    return Tally(sum(map(holds, outcomes)), len(outcomes)).share


def _summed(outcomes: Sequence[Outcome], tally: Callable[[Outcome], Tally]) -> float | None:
    return sum(map(tally, outcomes), Tally()).share


def _percentile(ordered: Sequence[float], share: float) -> float | None:
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else None


def _parted(outcomes: Sequence[Outcome], name: Callable[[Outcome], str]) -> dict[str, tuple[Outcome, ...]]:
    names = sorted({name(outcome) for outcome in outcomes})
    return {part: tuple(outcome for outcome in outcomes if name(outcome) == part) for part in names}
