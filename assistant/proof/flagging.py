"""An answer's text with the sentences that do not hold told apart from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.types import CheckedStatement, Verdict
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of an answer's text; the pieces together are the text.

    Attributes:
        text: what stands there.
        doubt: the sentence it is, where that does not hold.
    """

    text: str
    doubt: CheckedStatement | None = None

    @property
    def warning(self) -> str:
        """What a reader is told of it, in Chinese; "" where it holds."""
        if self.doubt is None:
            return ""
        reason = self.doubt.reason
        if self.doubt.verdict is Verdict.CONTRADICTED:
            return own_words(f"与资料不符：{reason}")
        return own_words(f"未能核对：{reason}")

    @property
    def struck(self) -> bool:
        """Whether the passages say otherwise, so that it is to be struck out."""
        return self.doubt is not None and self.doubt.verdict is Verdict.CONTRADICTED


def stretches(text: str, statements: Sequence[CheckedStatement], offset: int = 0) -> Iterator[Stretch]:
    """Cut a text at the sentences that do not hold.

    Args:
        text: an answer's text, or a line of it.
        statements: the answer's checked sentences, in the order of the text.
        offset: where the text begins in the answer.
    """
    done = 0
    for statement in statements:
        start, end = statement.start - offset, statement.end - offset
        if statement.holds or start < done or end > len(text):
            continue
        if start > done:
            yield Stretch(text[done:start])
        yield Stretch(text[start:end], statement)
        done = end
    if done < len(text):
        yield Stretch(text[done:])


def flagged_text(
    text: str, statements: Sequence[CheckedStatement], wanted: Language = Language.SIMPLIFIED
) -> str:
    """Return an answer as plain text in which each sentence that does not hold is followed by the reason.

    Args:
        text: the answer's.
        statements: its checked sentences.
        wanted: the language of the reason.
    """
    return "".join(
        _followed(stretch.text, f"（{translated(stretch.warning, wanted)}）")
        if stretch.doubt
        else stretch.text
        for stretch in stretches(text, statements)
    )


def _followed(text: str, warning: str) -> str:
    """Return a sentence with a warning behind it; in a row of a table it stands in the last cell."""
    row = text.removesuffix("|")
    return text + warning if row == text else f"{row.rstrip()}{warning} |"


def held_text(text: str, statements: Sequence[CheckedStatement]) -> str:
    """Return an answer without what the passages contradict, as a conversation may go on from it."""
    return "".join(stretch.text for stretch in stretches(text, statements) if not stretch.struck)
