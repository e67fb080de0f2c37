"""An answer as its reader's language tells it: the assistant's words change, those of documents never."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.types import Answer, Citation
from vectorstore.languages.catalogue import ANSWER, translated
from vectorstore.languages.language import Language

_HAN = re.compile(r"[㐀-鿿]")
_MARKED = re.compile(r"(.*?)((?:\[\d{1,3}\])*\s*)", re.DOTALL)
_BAR = re.compile(r"(\s*\|\s*)")


def in_language(answer: Answer, wanted: Language) -> Answer:
    """Return an answer as it is shown in a language; it is kept as it was made.

    Args:
        answer: as it was made, in Simplified Chinese.
        wanted: the reader's language; a question in English is answered in English.
    """
    wanted = spoken_with(answer.question, wanted)
    if wanted is Language.SIMPLIFIED:
        return answer
    before = answer.text.split("\n")
    after = [line_in_language(line, wanted) for line in before]
    # Checked sentences stand elsewhere where the lines before them became longer.
    moved: dict[int, int] = {}
    at = shift = 0
    for old, new in zip(before, after, strict=True):
        moved |= dict.fromkeys(range(at, at + len(old) + 1), shift)
        at, shift = at + len(old) + 1, shift + len(new) - len(old)
    statements = tuple(
        replace(
            one,
            start=one.start + moved.get(one.start, 0),
            end=one.end + moved.get(one.start, 0),
            reason=translated(one.reason, wanted),
        )
        for one in answer.statements
    )
    return replace(
        answer,
        text="\n".join(after),
        citations=tuple(_citation(one, wanted) for one in answer.citations),
        notices=tuple(translated(notice, wanted) for notice in answer.notices),
        statements=statements,
    )


def spoken_with(question: str, wanted: Language) -> Language:
    """Return the language in which a question is answered: English where it holds no Chinese.

    Args:
        question: as it was typed.
        wanted: the reader's language.
    """
    return Language.ENGLISH if question.strip() and not _HAN.search(question) else wanted


def line_in_language(line: str, wanted: Language) -> str:
    """Return a line of an answer, the cells of a row each by itself.

    Args:
        line: as it was made.
        wanted: the reader's language.
    """
    parts = _BAR.split(line) if line.lstrip().startswith("|") else [line]
    return "".join(part if "|" in part else _piece(part, wanted) for part in parts)


def _piece(text: str, wanted: Language) -> str:
    found = _MARKED.fullmatch(text)
    return translated(found[1], wanted, ANSWER) + found[2] if found else text


def _citation(citation: Citation, wanted: Language) -> Citation:
    return replace(
        citation,
        why_not=translated(citation.why_not, wanted),
        standing_label=translated(citation.standing_words, wanted),
    )
