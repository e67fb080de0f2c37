from __future__ import annotations

import pytest

from assistant.types import CheckedStatement, Verdict
from assistant.ui.message import answer_html, finished_html, question_html
from tests.assistant.ui.samples import HOSTILE, answer, citation, seen

TEXT = "到2030年，港口岸电使用率达到95%。"


def test_each_mark_with_a_card_leads_to_it() -> None:
    drawn = seen(finished_html(answer(f"{TEXT}[1]", citation(TEXT, TEXT)), "a3"))
    assert drawn.links == ["#card-a3-1"]
    assert "[1]" in drawn.text


def test_a_mark_without_a_card_leads_nowhere() -> None:
    assert seen(answer_html("甲[1]乙[2]", {2}, "a0")).links == ["#card-a0-2"]
    assert seen(answer_html("甲[1]")).links == []


def test_hostile_model_output_stays_text() -> None:
    drawn = seen(answer_html(HOSTILE))
    assert set(drawn.tags) <= {"div", "p"}
    assert drawn.text == HOSTILE


def test_lines_of_an_answer_are_paragraphs() -> None:
    assert seen(answer_html("甲\n\n乙")).tags == ["div", "p", "p"]


def test_a_table_is_shown_as_a_table_and_stays_text_within() -> None:
    text = "比较如下：\n| 对象 | 资料所载 |\n| --- | --- |\n"
    text += "| 青屿市 | <b>甲</b>[1] 乙[2] |\n| 云浦县 | 未载明 |\n完。"
    drawn = answer_html(text, {1, 2}, "a0")
    assert seen(drawn).tags.count("tr") == 3
    assert seen(drawn).tags.count("td") == 2
    assert drawn.count('scope="row"') == 2
    assert "<p>比较如下：</p>" in drawn
    assert "<p>完。</p>" in drawn
    assert "---" not in drawn
    assert "&lt;b&gt;甲&lt;/b&gt;" in drawn
    assert seen(drawn).links == ["#card-a0-1", "#card-a0-2"]
    assert "</sup><br>乙" in drawn


def test_bars_without_a_rule_are_no_table() -> None:
    assert seen(answer_html("| 甲 | 乙 |\n丙")).tags == ["div", "p", "p"]


def test_notices_stand_above_the_answer() -> None:
    drawn = finished_html(answer("甲", notices=("该文件为征求意见稿。",)), "a0")
    assert drawn.index("该文件为征求意见稿。") < drawn.index("甲")


def test_a_refusal_is_set_apart_and_an_answer_is_not() -> None:
    assert "pa-refused" in finished_html(answer("未找到", refused=True), "a0")
    assert "pa-refused" not in finished_html(answer("甲"), "a0")


def test_a_question_is_shown_as_typed_and_never_empty() -> None:
    assert seen(question_html(HOSTILE)).text == HOSTILE.strip()
    assert "空白问题" in question_html(" \x00\n")


def flagged(text: str, verdict: Verdict, reason: str) -> CheckedStatement:
    return CheckedStatement(0, len(text), text, (), verdict, reason)


def test_a_sentence_that_does_not_hold_is_marked_with_its_reason_in_reach_of_keyboard_and_ear() -> None:
    first, second = "规模300亿元[1]。", "园区5个。"
    doubt = flagged(first, Verdict.UNSUPPORTED, "引用的资料中没有<b>")
    drawn = answer_html(first + second, statements=[doubt])
    assert '<mark class="pa-flagged" tabindex="0">规模300亿元' in drawn
    assert "未能核对：引用的资料中没有&lt;b&gt;" in drawn
    assert drawn.endswith("</mark>园区5个。</p></div>")


def test_a_contradicted_sentence_is_struck_out() -> None:
    drawn = answer_html(
        "规模300亿元。", statements=[flagged("规模300亿元。", Verdict.CONTRADICTED, "资料中为“3”")]
    )
    assert '<del class="pa-flagged" tabindex="0">' in drawn
    assert "与资料不符：资料中为“3”" in drawn


@pytest.mark.parametrize("verdict", [Verdict.SUPPORTED, Verdict.PROVEN])
def test_a_sentence_that_holds_is_not_marked(verdict: Verdict) -> None:
    assert "pa-flagged" not in answer_html("甲。", statements=[flagged("甲。", verdict, "")])


def test_a_row_that_does_not_hold_stays_a_row() -> None:
    table = "| 甲 | 乙 |\n| --- | --- |\n"
    row = "| 一 | 二[1] |"
    doubt = CheckedStatement(len(table), len(table + row), row, (1,), Verdict.CONTRADICTED, "不|符")
    drawn = seen(answer_html(table + row, statements=[doubt]))
    assert (drawn.tags.count("tr"), drawn.tags.count("del")) == (2, 2)


def test_a_long_answer_shows_its_beginning_and_the_rest_at_a_click() -> None:
    lines = [f"第{number}条：" + "港" * 250 for number in range(5)]
    shown = finished_html(answer("\n".join(lines)), "a0")
    first, rest = shown.split("<details>")
    assert [line in first for line in lines] == [True, True, False, False, False]
    assert all(line in rest for line in lines[2:])
    assert "展开全文（1270 字）" in rest
    assert "<details>" not in finished_html(answer("\n".join(lines[:2])), "a0")
    assert "<details>" not in finished_html(answer("港" * 900), "a0")


def test_a_notice_that_is_all_there_is_of_an_answer_is_told_once() -> None:
    stopped = answer("回答已停止。", notices=("回答已停止。", "仅供参考。"))
    told = seen(finished_html(stopped, "e1")).text
    assert told.count("回答已停止。") == 1
    assert "仅供参考。" in told
