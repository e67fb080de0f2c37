"""Which time a question names, within which documents end."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.document_questions import asks_of_documents
from assistant.understanding.endings import Span, span_asked
from vectorstore.segmentation import fold

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("哪些文件快到期了？", TODAY, date(2027, 2, 27)),
        ("有没有文件即将到期？", TODAY, date(2027, 2, 27)),
        ("2028年底前到期的有哪些", TODAY, date(2028, 12, 31)),
        ("2028年前到期的文件有哪些？", TODAY, date(2027, 12, 31)),
        ("有哪些文件在2028年底前到期？", TODAY, date(2028, 12, 31)),
        ("三个月内哪些文件到期？", TODAY, date(2027, 2, 28)),
        ("半年内到期的政策有哪些", TODAY, date(2027, 5, 29)),
        ("30天内到期的有哪些", TODAY, date(2026, 12, 29)),
        ("明年到期的有哪些？", date(2027, 1, 1), date(2027, 12, 31)),
        ("2027年有哪些文件到期", date(2027, 1, 1), date(2027, 12, 31)),
        ("2025年到期的有哪些", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_time_is_counted_from_the_day_it_is_asked(question: str, first: date, last: date) -> None:
    span = span_asked(fold(question), TODAY)
    assert span is not None
    assert (span.first, span.last) == (first, last)
    assert asks_of_documents(fold(question))


@pytest.mark.parametrize(
    "question",
    [
        "哪些文件过期了？",
        "许可证快到期了怎么办？",
        "哪些企业的许可证即将到期？",
        "2028年底前完成的任务有哪些？",
        "渔港管理办法什么时候到期？",
    ],
)
def test_another_question_names_none(question: str) -> None:
    assert span_asked(fold(question), TODAY) is None


def test_a_time_that_is_only_near_is_told_as_such() -> None:
    assert span_asked("快到期的文件有哪些", TODAY) == Span(TODAY, date(2027, 2, 27), soon=True)
