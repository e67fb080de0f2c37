"""Number, issuer and day of a document, as it states them or as staff corrected them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from assistant.understanding.document_questions import DATE, ISSUER, NUMBER
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument
from vectorstore.validity import day_in_words


class _Stated(NamedTuple):
    """A value in words, "" for none, and what a document may have written for it."""

    words: str
    pattern: re.Pattern[str]


def particulars(
    library: PolicyLibrary, document: PolicyDocument, folded: str
) -> Iterable[tuple[str, re.Pattern[str]]]:
    """Tell number, issuer and day of a document as far as they are asked; what staff corrected, as that.

    Args:
        library: the policy library.
        document: whose they are.
        folded: the folded question.

    Returns:
        A line for each, with what finds the document's words that prove it.
    """
    read = library.as_read(document.id)
    found: list[tuple[str, _Stated, _Stated]] = []
    if NUMBER.search(folded) and (number := document.document_number):
        found.append((answer_line(f"文号为{number}。"), _named(number), _named(read.document_number)))
    if ISSUER.search(folded) and (issuer := document.issuer):
        found.append((answer_line(f"发文机关为{issuer}。"), _named(issuer), _named(read.issuer)))
    issued = _dated(document.issued_on)
    if DATE.search(folded) and (written := issued.words):
        found.append((answer_line(f"成文日期为{written}。"), issued, _dated(read.issued_on)))
    for told, stated, own in found:
        if stated.words == own.words:
            yield told, stated.pattern
        else:
            yield told + _by_hand(own.words), _proof(library.text(document.id), own, stated)


def _named(value: str) -> _Stated:
    return _Stated(value, re.compile(re.escape(value.split("、")[0])))


def _dated(day: date | None) -> _Stated:
    """Return a day with what finds at least its month."""
    if day is None:
        return _named("")
    return _Stated(day_in_words(day), re.compile(rf"{day.year}\s*[年\-.]\s*0?{day.month}\s*[月\-.]"))


def _by_hand(own: str) -> str:
    return answer_line(f"此为人工更正，文件原文为{own}。" if own else "此为人工更正，文件中未识别到。")


def _proof(text: str, *wanted: _Stated) -> re.Pattern[str]:
    """Return what finds the first of some values that a text holds."""
    # Where the document holds none, its opening line shows which one is meant.
    found = (one.pattern for one in wanted if one.words and one.pattern.search(text))
    return next(found, re.compile("."))
