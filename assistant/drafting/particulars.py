"""Number, issuer and day of a document, as it states them or as staff corrected them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.understanding.document_questions import DATE, ISSUER, NUMBER
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument
from vectorstore.validity import day_in_words

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


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
    read, text = library.as_read(document.id), library.text(document.id)
    if NUMBER.search(folded) and (number := document.document_number):
        yield _particular(answer_line(f"文号为{number}。"), number, read.document_number, text)
    if ISSUER.search(folded) and (issuer := document.issuer):
        yield _particular(answer_line(f"发文机关为{issuer}。"), issuer, read.issuer, text)
    if DATE.search(folded) and document.issued_on:
        written = day_in_words(document.issued_on)
        own = day_in_words(read.issued_on) if read.issued_on else ""
        yield _particular(answer_line(f"成文日期为{written}。"), written, own, text)


def _particular(told: str, value: str, own: str, text: str) -> tuple[str, re.Pattern[str]]:
    """Return what is told of a value, and what proves it: the document's own words if staff corrected it."""
    if value == own:
        return told, _words_of(value)
    by_hand = answer_line(f"此为人工更正，文件原文为{own}。" if own else "此为人工更正，文件中未识别到。")
    wanted = [_words_of(one) for one in (own, value) if one]
    # Where the document holds neither, its opening line shows which one is meant.
    return told + by_hand, next((one for one in wanted if one.search(text)), re.compile("."))


def _words_of(value: str) -> re.Pattern[str]:
    """Return what a document may have written for a value; for a day, at least its month."""
    if day := _DAY.fullmatch(value):
        return re.compile(rf"{day[1]}\s*[年\-.]\s*0?{day[2]}\s*[月\-.]")
    return re.compile(re.escape(value.split("、")[0]))
