"""A sentence of a draft with what the library says of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Citation, Verdict
from vectorstore.languages.language import own_words


class Finding(StrEnum):
    """What the library says of a sentence."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNFOUND = "unfound"
    DISPUTED = "disputed"
    LAPSED = "lapsed"
    UNCHECKED = "unchecked"

    @property
    @own_words
    def label(self) -> str:
        """The words a reader sees."""
        return {
            Finding.AGREES: "相符",
            Finding.DIFFERS: "不符",
            Finding.UNFOUND: "未找到依据",
            Finding.DISPUTED: "有多种说法",
            Finding.LAPSED: "来源已失效",
            Finding.UNCHECKED: "无需核对",
        }[self]

    @property
    def needs_care(self) -> bool:
        """Whether somebody should look at the sentence before the text is signed."""
        return self not in (Finding.AGREES, Finding.UNCHECKED)

    @property
    def verdict(self) -> Verdict:
        """The verdict on the words alone: a draft and a rival supports a sentence as well."""
        if self is Finding.DIFFERS:
            return Verdict.CONTRADICTED
        supported = self in (Finding.AGREES, Finding.LAPSED, Finding.DISPUTED)
        return Verdict.SUPPORTED if supported else Verdict.UNSUPPORTED


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft with what the library says of it.

    Attributes:
        start: where it begins in the draft, in characters.
        end: where it ends there.
        text: the sentence.
        finding: what was found.
        reason: one Chinese line where it needs care, else "".
        suggestion: the sentence as the source has it, or "".
        citations: what speaks for or against it, numbered from 1.
    """

    start: int
    end: int
    text: str
    finding: Finding
    reason: str = ""
    suggestion: str = ""
    citations: tuple[Citation, ...] = ()
