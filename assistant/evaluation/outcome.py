"""What became of one question: what was found, what was answered, how much of it is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evaluation.matching import comparable, holds, marks_in, numbers_in, unmarked
from assistant.evaluation.questions import GoldenQuestion
from assistant.proof.derivations import is_derived
from assistant.types import Answer, Citation, Hit
from vectorstore.quantities import quantities

# An answer must not win by copying whole pages.
_READ_CHARS = 600
SEARCHED = 10
_RECKONED = "推算"

FoldedText = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many."""

    hits: int = 0
    of: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.of + other.of)

    @property
    def share(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return round(self.hits / self.of, 4) if self.of else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with what was answered and found.

    Attributes:
        question: what was asked.
        answer: what was answered.
        hits: what was found, best first; empty for a question without an answer.
        length: characters of the answer, marks not counted, at most 600.
        lacking: what a complete answer holds and this one does not.
        cited: evidence that stands in a passage that the answer cites.
        genuine: quotes that stand in their document.
        numbers: numbers of the answer that stand in a passage that it cites, or follow from others of a line
            that says so.
        marked: whether the answer carries marks, each with its citation.
        ranks: for each piece of evidence (or gold record) the rank at which it was found first, from 1; 0
            where it was not found within ten.
    """

    question: GoldenQuestion
    answer: Answer
    hits: tuple[Hit, ...]
    length: int
    lacking: tuple[str, ...]
    cited: Tally
    genuine: Tally
    numbers: Tally
    marked: bool
    ranks: tuple[int, ...]

    @property
    def right(self) -> bool:
        """Whether the question was answered completely, or refused where that is right."""
        if not self.question.answerable:
            return self.answer.refused
        return not self.answer.refused and not self.lacking

    @property
    def first(self) -> int:
        """Rank of the first hit that proves something, from 1; 0 for none."""
        return min((rank for rank in self.ranks if rank), default=0)


def judge(
    question: GoldenQuestion, answer: Answer, hits: Sequence[Hit], document_text: FoldedText
) -> Outcome:
    """Compare an answer and the passages found with what is right.

    Args:
        question: what was asked.
        answer: what was answered.
        hits: what was found, best first.
        document_text: gives the comparable text of a document by its id.

    Returns:
        The outcome.
    """
    read = unmarked(answer.text)[:_READ_CHARS]
    text = comparable(read)
    lacking = tuple(
        item
        for item in question.must_include
        if not any(holds(text, comparable(choice)) for choice in item.split("|"))
    )
    passages = [comparable(citation.passage.text) for citation in answer.citations]
    evidence = [comparable(piece) for piece in question.evidence]
    marks = marks_in(answer.text)
    everything = "\n".join(passages)
    numbers, reckoned = numbers_in(text), _worked_out(read)
    return Outcome(
        question=question,
        answer=answer,
        hits=tuple(hits),
        length=len(read),
        lacking=lacking if question.answerable else (),
        cited=_tally([any(piece in passage for passage in passages) for piece in evidence]),
        genuine=_tally([_genuine(citation, document_text) for citation in answer.citations]),
        numbers=_tally([number in reckoned or holds(everything, number) for number in numbers]),
        marked=bool(marks) and marks <= {citation.number for citation in answer.citations},
        ranks=ranks_of(question, hits),
    )


def _worked_out(read: str) -> frozenset[str]:
    """Return the numbers that follow, by reckoning, from the other figures of a line that says 推算."""
    found: set[str] = set()
    for line in read.split("\n"):
        stated = quantities(line) if _RECKONED in line else ()
        for claimed in stated:
            if is_derived(claimed, line, [one for one in stated if one is not claimed]):
                found |= numbers_in(comparable(claimed.text))
    return frozenset(found)


def _tally(held: Sequence[bool]) -> Tally:
    return Tally(sum(held), len(held))


def _genuine(citation: Citation, document_text: FoldedText) -> bool:
    quote = comparable(citation.quote)
    return bool(quote) and quote in document_text(citation.document.id)


def ranks_of(question: GoldenQuestion, hits: Sequence[Hit]) -> tuple[int, ...]:
    """Return for each piece of evidence, or gold record, its rank among the hits, from 1; 0 if not in ten."""
    read = hits[:SEARCHED]
    if question.gold:
        records = [hit.document.source.rpartition("#")[2] for hit in read]
        return tuple(records.index(name) + 1 if name in records else 0 for name in question.gold)
    found = [comparable(hit.passage.text) for hit in read]
    evidence = map(comparable, question.evidence)
    return tuple(next((n for n, text in enumerate(found, 1) if piece in text), 0) for piece in evidence)
