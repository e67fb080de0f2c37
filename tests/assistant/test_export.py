from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from markdown_it import MarkdownIt

from assistant.drafting.answer_blocks import Grid, Paragraph, blocks
from assistant.export import Briefing, Reference, Sheet, briefing
from assistant.exporting.copying import as_text, copied
from assistant.exporting.export_markdown import markdown_of
from assistant.records.history import Exchange
from assistant.types import Answer, CheckedStatement, Scope, Verdict
from tests.assistant.ui.samples import HOSTILE, answer, citation, document, seen
from vectorstore.types import Status

FIRST, SECOND = "到2030年，港口岸电使用率达到95%。", "到2030年，清洁能源集卡占比达到60%。"
TEXT = FIRST + SECOND
DRAFT = {"document": document(id="d2", title="云浦县规划", document_number=""), "standing": Status.DRAFT}
TITLE = "青屿市绿色港口发展办法"
NOTICE = "《云浦县规划》为征求意见稿。"
MARKDOWN_SIGNS = (
    "# 标题 *斜* _下_ `码` | 竖 ~~删~~ <b> [链](x) ![图](x) www.a.cn https://a.cn a@b.cn \\ $x$ [^1] ---"
)


def exchange(given: Answer | None, question: str = "目标？", day: int = 9) -> Exchange:
    at = datetime(2026, 3, day, 4, tzinfo=UTC)
    answered = None if given is None else replace(given, question=question)
    return Exchange("e", "c", question, Scope(), at, at if given else None, answered)


def made(*exchanges: Exchange, title: str = "港口目标") -> Briefing:
    exported = briefing(title, exchanges)
    assert exported is not None
    return exported


def both() -> Answer:
    cited = (citation(TEXT, FIRST), citation(TEXT, SECOND, 2, **DRAFT))
    return answer(f"{SECOND}[2]\n{FIRST}[1]再次[2]，无此注[9]", *cited, notices=(NOTICE,))


def test_lines_are_paragraphs_and_bars_with_a_rule_are_a_table() -> None:
    text = "如下：\n\n| 对象 | 所载 |\n| --- | :-: |\n| 甲 | 一[1] |\n| 乙 |  |\n完\n| 丙 | 丁 |"
    assert list(blocks(text)) == [
        Paragraph("如下："),
        Grid(("对象", "所载"), (("甲", "一[1]"), ("乙", ""))),
        Paragraph("完"),
        Paragraph("| 丙 | 丁 |"),
    ]


def test_notes_count_in_the_order_of_the_text_and_each_quote_once() -> None:
    exported = made(exchange(both()), exchange(answer(f"{FIRST}[1]", citation(TEXT, FIRST))))
    first, second = exported.findings
    assert first.body == (
        (SECOND, Reference(1, True)),
        (FIRST, Reference(2, True), "再次", Reference(1, False), "，无此注"),
    )
    assert second.body == ((FIRST, Reference(2, False)),)
    assert [note.split("“")[1][: len(SECOND)] for note in exported.notes] == [SECOND, FIRST + "”"]
    assert first.remarks == (NOTICE,)


def test_a_note_tells_place_quote_standing_page_and_doubt() -> None:
    doubted = replace(citation(TEXT, FIRST), supported=False, why_not="数字不同")
    doubted = replace(doubted, passage=replace(doubted.passage, page=7))
    (note,) = made(exchange(answer("约95%[1]", doubted))).notes
    assert note == (
        f"《青屿市绿色港口发展办法》第一章第二节 “{FIRST}”（第7页，现行有效）。核对提示：数字不同。"
    )


def test_each_source_is_listed_once_with_its_standing_and_notes() -> None:
    exported = made(exchange(both()), exchange(both()))
    assert exported.sources == (
        (
            "《青屿市绿色港口发展办法》（青政发〔2026〕3号）",
            "青屿市人民政府",
            "2026年3月9日",
            "现行有效",
            "2",
        ),
        ("《云浦县规划》", "青屿市人民政府", "2026年3月9日", "征求意见稿", "1"),
    )


def test_a_title_within_a_title_takes_single_marks() -> None:
    cited = citation(TEXT, FIRST, document=document(title="关于印发《办法》的通知", document_number=""))
    (source,) = made(exchange(answer(f"{FIRST}[1]", cited))).sources
    assert source[0] == "《关于印发〈办法〉的通知》"


def test_the_days_of_retrieval_are_told() -> None:
    assert made(exchange(both())).when == "检索日期：2026年3月9日"
    exported = made(exchange(both()), exchange(both(), day=12))
    assert exported.retrieved == (date(2026, 3, 9), date(2026, 3, 12))
    assert exported.when == "检索日期：2026年3月9日至2026年3月12日"


def test_what_is_not_answered_is_left_out_and_nothing_answered_is_no_briefing() -> None:
    assert len(made(exchange(None), exchange(both())).findings) == 1
    assert briefing("空", [exchange(None)]) is None
    assert briefing("空", []) is None


def test_the_title_is_not_said_twice_and_names_the_file() -> None:
    assert made(exchange(both()), title="目标？").subtitle == ""
    assert made(exchange(both()), title="目标").subtitle == ""
    assert made(exchange(both()), exchange(both()), title="目标").subtitle == "目标"
    assert made(exchange(both()), title="港口").subtitle == "港口"
    assert made(exchange(both()), title='../甲\\乙:*?"<>| 丙').file_name == "甲_乙_丙"
    assert made(exchange(both()), title="...").file_name == "政策问答简报"


def test_markdown_holds_everything_and_its_footnotes_are_all_there() -> None:
    table = "| 对象 | 所载 |\n| --- | --- |\n| 甲 | 一[1] |"
    exported = made(exchange(both()), exchange(answer(table, citation(TEXT, FIRST))))
    written = markdown_of(exported)
    assert "检索日期：2026年3月9日" in written
    assert "> 提示：《云浦县规划》为征求意见稿。" in written
    assert f"{SECOND}[^1]" in written
    assert "| 甲 | 一[^2] |" in written
    assert set(re.findall(r"\[\^\d+\](?!:)", written)) == {"[^1]", "[^2]"}
    assert re.findall(r"^\[\^\d+\]:", written, re.MULTILINE) == ["[^1]:", "[^2]:"]


def test_text_never_becomes_markup_in_markdown() -> None:
    for words in (HOSTILE, MARKDOWN_SIGNS, "1. 甲", "2026) 乙", "- 丙", "+ 丁", "=", "---"):
        cited = citation(f"{words}甲", words, document=document(title=words), label=words)
        exported = made(exchange(answer(f"{words}[1]", cited, notices=(words,)), words), title=words)
        rendered = seen(MarkdownIt("gfm-like", {"linkify": False}).render(markdown_of(exported)))
        assert not {"img", "a", "script", "code", "del", "li", "hr", "b"} & set(rendered.tags), words
        assert rendered.tags.count("h1") == 1
        for part in words.split():
            assert part in rendered.text


def test_a_line_that_begins_with_marks_and_a_colon_is_no_note() -> None:
    cited = (citation(TEXT, FIRST), citation(TEXT, SECOND, 2))
    written = markdown_of(made(exchange(answer(f"[1]: 伪造的注\n[1][2]: 也是\n{FIRST}[1]", *cited))))
    notes = dict(re.findall(r"^\[\^(\d)\]: (.*)", written, re.MULTILINE))
    assert set(notes) == {"1", "2"}
    assert FIRST in notes["1"]
    assert "伪造" not in notes["1"]


def test_control_characters_are_left_out() -> None:
    given = answer("甲\x00\x0b\u202e乙\ud800[1]", citation("甲\x1b乙", "甲\x1b乙"))
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\ud800\u202e]", markdown_of(made(exchange(given), title="题\x07"))
    )


def test_a_table_keeps_its_notes() -> None:
    table = "| 对象 | 所载 |\n| --- | --- |\n| 甲 | 一[1] |"
    (finding,) = made(exchange(answer(table, citation(TEXT, FIRST)))).findings
    assert finding.body == (Sheet((("对象",), ("所载",)), ((("甲",), ("一", Reference(1, True))),)),)


def test_what_the_sources_contradict_is_left_out_and_what_is_unproven_is_told() -> None:
    lines = (
        f"{FIRST}[1]",
        "占比达到80%。[1]",
        "占比提高。[1]",
        "| 对象 | 所载 |",
        "| --- | --- |",
        "| 甲 | 七成[1] |",
    )
    text = "\n".join(lines)

    def checked(line: str, verdict: Verdict) -> CheckedStatement:
        start = text.index(line)
        return CheckedStatement(start, start + len(line), line, (1,), verdict, "数字不同")

    statements = (
        checked(lines[1], Verdict.CONTRADICTED),
        checked(lines[2], Verdict.UNSUPPORTED),
        checked(lines[5], Verdict.CONTRADICTED),
    )
    given = replace(answer(text, citation(TEXT, FIRST)), statements=statements)
    (finding,) = made(exchange(given)).findings
    first, second, sheet = finding.body
    assert first == (FIRST, Reference(1, True))
    assert second == ("占比提高。", Reference(1, False), "（未能核对：数字不同）")
    assert isinstance(sheet, Sheet)
    assert sheet.rows[0][1] == ("七成", Reference(1, False), " （与资料不符：数字不同）")
    assert finding.remarks == ("模型所写的1处表述与资料不符，已略去。",)


def test_what_should_be_known_of_the_sources_stands_above_what_is_copied() -> None:
    lines = as_text(copied(both())).splitlines()
    assert lines[:2] == [f"提示：{NOTICE}", f"{SECOND}[2]"]
    assert lines[lines.index("依据：") + 1].startswith("[1]")
