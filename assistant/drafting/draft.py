"""An answer before its quotes are numbered as citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import Quote
from assistant.types import Certainty
from vectorstore.languages.language import answer_line
from vectorstore.segmentation import tokens

NOTHING_FOUND = answer_line("资料中未找到能够回答这一问题的内容。")
ALSO = answer_line("另见：")


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its quotes are numbered as citations.

    Attributes:
        text: with [n] for the n-th quote.
        quotes: the proof, in the order of their numbers.
        certainty: none where nothing answers; the quotes are what is nearest then.
        whole: whether it answers a single question by itself, so that nothing is told below it.
        longer: the same with what may answer instead below it, for where nothing else is told there.
    """

    text: str
    quotes: tuple[Quote, ...]
    certainty: Certainty = Certainty.SURE
    whole: bool = False
    longer: Draft | None = None

    def coverage(self, weights: Mapping[str, float]) -> float:
        """Return the weight of the question's words that the answer has, its headings counted.

        Args:
            weights: weight of each token of the question.
        """
        said = [self.text]
        for quote in self.quotes:
            document = quote.document
            said += [document.title, document.document_number, document.region, *quote.passage.section]
        return sum(weights[token] for token in weights.keys() & set(tokens("\n".join(said))))


def numbered(quotes: Sequence[Quote], first: int = 1) -> list[str]:
    """Return a line for each quote, with its mark."""
    return [f"{quote.text}[{number}]" for number, quote in enumerate(quotes, first)]


def cell(text: str) -> str:
    """Return a text as a cell of a Markdown table."""
    return text.replace("|", "｜").replace("\n", " ")
