"""Facts read from annotated documents, right, wrong and missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.facts.annotations import AnnotatedDocument, Annotation
from benchmarks.facts.matching import agrees
from ingest.parsing import parse
from vectorstore.facts import Fact, FactKind


@dataclass(frozen=True, slots=True)
class Score:
    """What was read and what should have been.

    Attributes:
        right: how many are both.
        wrong: read, and not written down.
        missed: written down, and not read.
    """

    right: int = 0
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.right / ((self.right + len(self.wrong)) or 1)

    @property
    def recall(self) -> float:
        """The share of what was written down that was read."""
        return self.right / ((self.right + len(self.missed)) or 1)

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def scores_of(document: AnnotatedDocument) -> dict[FactKind, Score]:
    """Read a document and hold what was read against its annotations, kind by kind.

    Raises:
        ValueError: the facts of the document could not be read, or a quote does not stand where it says.
    """
    parsed = parse(document.path.read_bytes(), document.path.name)
    if parsed.facts is None or parsed.facts.problem:
        raise ValueError(f"{document.path.name}: {parsed.facts and parsed.facts.problem}")
    covered = document.covers(parsed.text)
    found = [fact for fact in parsed.facts.facts if any(fact.end - 1 in part for part in covered)]
    for fact in found:
        if parsed.text[fact.start : fact.end] != fact.quote:
            raise ValueError(f"{document.path.name}: {fact.quote}")
    region = parsed.document.region
    return {
        kind: _score(
            [one for one in document.annotations if one.kind is kind],
            [fact for fact in found if fact.kind is kind],
            region,
        )
        for kind in sorted(document.kinds)
    }


def summed(scores: Iterable[dict[FactKind, Score]]) -> dict[FactKind, Score]:
    """Add up the scores of documents."""
    total: dict[FactKind, Score] = {}
    for score in scores:
        for kind, one in score.items():
            total[kind] = total.get(kind, Score()) + one
    return total


def _score(wanted: list[Annotation], found: list[Fact], region: str) -> Score:
    left = sorted(wanted, key=lambda one: one.optional)
    wrong: list[str] = []
    right = 0
    for fact in found:
        same = next((one for one in left if agrees(one, fact.statement, region)), None)
        if same is None:
            wrong.append(f"{fact.statement} <- {fact.quote[-80:]!r}")
            continue
        left.remove(same)
        right += not same.optional
    return Score(right, tuple(wrong), tuple(str(one) for one in left if not one.optional))
