"""Number, issuer and day of a document, as it states them or as staff corrected them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.drafting.finding import Finding, opening, proof
from assistant.selecting.answer_types import MINGUO
from assistant.understanding.document_questions import DATE, ISSUER, NUMBER
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument
from vectorstore.validity import day_in_words

_DIGITS = "〇一二三四五六七八九"
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def particulars(library: PolicyLibrary, document: PolicyDocument, folded: str) -> Iterator[Finding]:
    """Tell number, issuer and day of a document as far as they are asked; what staff corrected, as that.

    Args:
        library: the policy library.
        document: whose they are.
        folded: the folded question.
    """
    read = library.as_read(document.id)
    number, issuer, day = document.document_number, document.issuer, _in_words(document.issued_on)
    asked = (
        (NUMBER, number, read.document_number, answer_line(f"文号为{number}。")),
        (ISSUER, issuer, read.issuer, answer_line(f"发文机关为{issuer}。")),
        (DATE, day, _in_words(read.issued_on), answer_line(f"成文日期为{day}。")),
    )
    for pattern, value, own, told in asked:
        if not value or not pattern.search(folded):
            continue
        patterns = [_written(one) for one in dict.fromkeys((own, value)) if one]
        quote = proof(library, document, *patterns)
        if value != own:
            told += answer_line(
                f"此为人工更正，文件原文为{own}。" if own else "此为人工更正，文件中未识别到。"
            )
        elif pattern is DATE and quote is None:
            continue
        yield Finding(told, quote or opening(library, document))


def _in_words(day: date | None) -> str:
    return day_in_words(day) if day else ""


def _written(value: str) -> str:
    """Return a pattern of what a document may have written for a value: of a day at least the month."""
    day = re.fullmatch(r"(\d{4})年(\d{1,2})月\d{1,2}日", value)
    if day is None:
        return re.escape(value.split("、")[0])
    year, month = int(day[1]), int(day[2])
    spelled = "".join("[〇零○Oo]" if digit == "0" else _DIGITS[int(digit)] for digit in day[1])
    years, months = rf"{year}|(?<!\d){year - MINGUO}|{spelled}", rf"0?{month}|{_MONTHS[month - 1]}"
    return rf"(?:{years})\s*[年\-./]\s*(?:{months})\s*[月\-./]"
