from __future__ import annotations

from assistant.ledger.annotations import Annotation
from assistant.ui.reading import reading_html
from tests.assistant.ui.samples import HOSTILE, passage, seen
from vectorstore.facts import FactKind

TEXT = "前文。" + "到2030年，岸电使用率达到95%。" + "岸电设施要完善。"


def test_quote_and_words_looked_for_are_marked_also_where_they_meet() -> None:
    here = passage(TEXT[3:21], start=3, end=21)
    words = [(at, at + 2) for at in range(len(TEXT)) if TEXT.startswith("岸电", at)]
    drawn = reading_html(TEXT, here, (3, 21), words, 1)
    assert seen(drawn).text == TEXT
    assert seen(drawn).marked == TEXT[3:21] + "岸电"
    assert '<mark class="pa-here pa-match">岸电</mark>' in drawn
    assert '<mark class="pa-current">岸电</mark>' in drawn


def test_the_text_is_shown_around_the_current_place() -> None:
    long = "甲" * 5_000 + "乙" + "丙" * 5_000
    drawn = reading_html(f"{long}\n{long}", passage("甲", start=0, end=1), (0, 1), [(15_002 - 1, 15_002)], 0)
    assert drawn.count("……") == 1
    assert '<mark class="pa-current">' in drawn


def test_hostile_text_stays_text_between_marks() -> None:
    drawn = seen(reading_html(HOSTILE, passage(HOSTILE, start=0, end=len(HOSTILE)), (2, 20), [(5, 9)], 0))
    assert set(drawn.tags) <= {"div", "span", "mark"}
    assert drawn.links == []


def test_what_was_understood_leads_into_the_ledger_within_the_quote() -> None:
    start = TEXT.index("95%")
    found = Annotation(start, start + 3, FactKind.INDICATOR, "岸电<使用率>", "2030目标值")
    drawn = reading_html(TEXT, passage(TEXT[3:21], start=3, end=21), (3, 21), marked=[found])
    assert seen(drawn).text == TEXT
    assert seen(drawn).marked == TEXT[3:21]
    assert seen(drawn).links == [
        "ledger?kind=indicator&sought=%E5%B2%B8%E7%94%B5%3C%E4%BD%BF%E7%94%A8%E7%8E%87%3E"
    ]
    assert "岸电&lt;使用率&gt;" in drawn
