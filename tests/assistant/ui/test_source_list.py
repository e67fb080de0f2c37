from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.records.signoff import Decision, Mark
from assistant.ui.source_list import source_lines
from tests.assistant.ui.samples import HOSTILE, citation, document, passage, seen
from vectorstore.types import PassageKind, Status

TEXT = "到2030年，港口岸电使用率达到95%。到2030年，清洁能源集卡占比达到60%。"
FIRST, SECOND = "到2030年，港口岸电使用率达到95%。", "到2030年，清洁能源集卡占比达到60%。"
WHEN = datetime(2026, 3, 9, tzinfo=UTC)


def test_citations_of_one_document_share_its_line_and_its_standing() -> None:
    draft = document(id="d2", title="青屿市渔港办法（征求意见稿）")
    cited = (
        citation(TEXT, FIRST, 1),
        citation(TEXT, FIRST, 2, document=draft, standing=Status.DRAFT),
        citation(TEXT, SECOND, 3),
    )
    lines = source_lines(cited, {}, "a0")
    assert lines.count('<li class="pa-source">') == 2
    assert lines.count("青屿市绿色港口发展办法</span>") == 1
    assert seen(lines).links == ["#card-a0-1", "#card-a0-3", "#card-a0-2"]
    assert "征求意见稿" in seen(lines).text


def test_a_preview_tells_section_and_quote() -> None:
    preview = source_lines([citation(TEXT, SECOND)], {}, "a0").split('role="tooltip"')[1]
    assert "第一章 总则 › 第二节 发展目标" in preview
    assert SECOND in preview
    assert FIRST not in preview


def test_a_row_is_previewed_as_it_reads_and_not_as_its_bars() -> None:
    row = passage("岸电使用率：2030年为95%", kind=PassageKind.TABLE_ROW, table="主要指标", start=5, end=20)
    bars = citation("| 岸电使用率 | 95% |", "| 岸电使用率 | 95% |", passage=row)
    preview = seen(source_lines([bars], {}, "a0")).text
    assert "岸电使用率：2030年为95%" in preview
    assert "|" not in preview
    assert "主要指标" in preview


@pytest.mark.parametrize(("decision", "sign"), [(Decision.CHECKED, "✓"), (Decision.WRONG, "！")])
def test_a_chip_shows_what_the_staff_found(decision: Decision, sign: str) -> None:
    mark = Mark(decision, "应引第三章", "甲", WHEN)
    lines = seen(source_lines([citation(TEXT, FIRST)], {1: mark}, "a0")).text
    assert f"[1]{sign}" in lines
    assert decision.label in lines
    assert ("应引第三章" in lines) == (decision is Decision.WRONG)


def test_a_doubt_stands_in_the_line_and_waits_for_no_pointer() -> None:
    lines = source_lines([citation(TEXT, FIRST, supported=False, why_not="数字不一致")], {}, "a0")
    assert '<div class="pa-doubt">[1] 核对提示：数字不一致</div>' in lines


@pytest.mark.parametrize("hostile", ["title", "section", "quote", "why_not"])
def test_hostile_document_text_stays_text(hostile: str) -> None:
    plain = seen(source_lines([citation(TEXT, FIRST, supported=False)], {}, "a0"))
    cited = {
        "title": citation(TEXT, FIRST, document=document(title=HOSTILE), supported=False),
        "section": citation(TEXT, FIRST, passage=passage(TEXT, section=(HOSTILE,)), supported=False),
        "quote": citation(HOSTILE, HOSTILE[:90], supported=False),
        "why_not": citation(TEXT, FIRST, supported=False, why_not=HOSTILE),
    }[hostile]
    drawn = seen(source_lines([cited], {}, "a0"))
    assert set(drawn.tags) == set(plain.tags)
    assert drawn.links == plain.links
    assert HOSTILE[:80] in drawn.text
