"""Where a quote stands on printed pages."""

from __future__ import annotations

import pytest

from assistant.viewing.quote_places import Sought, places, sought


def marked(wanted: Sought, *pages: str) -> dict[int, list[str]]:
    """Return what is found of a quote: index of a page → the words on it."""
    found = places(wanted, pages)
    return {page: [pages[page][start:end] for start, end in ranges] for page, ranges in found.items()}


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("岸电使用率达到95%。", "到2030年，岸电使\r\n用率达到\r\n95%。港口"),
        ("ＧＤＰ增长5%（含）", "全市 GDP 增长 5％(含)以上"),
        ("面积12m2", "面积\u300012㎡以内"),
        ("专项资金", "⽀持：专项资⾦。"),
    ],
)
def test_line_breaks_blanks_width_and_other_forms_of_a_sign_do_not_count(quote: str, page: str) -> None:
    (found,) = marked(Sought(quote), page).values()
    assert len(found) == 1
    assert "".join(found[0].split())[0] == page[page.index(found[0])]


def test_of_several_the_one_between_the_same_words_is_meant() -> None:
    text = "一类企业奖励10万元。二类企业奖励10万元。三类企业奖励10万元。"
    start = text.index("奖励", text.index("二类"))
    ((page, ranges),) = places(sought(text, start, start + 6), ["", text]).items()
    assert (page, ranges) == (1, ((start, start + 6),))


def test_a_quote_over_two_pages_is_found_on_both_without_what_stands_between() -> None:
    head, foot = "云岭市人民政府公报", "— 3 —"
    found = marked(
        Sought("加强港口岸电设施建设，到2030年使用率达到95%。"),
        f"总则。加强港口岸电设施\r\n建设，{foot}",
        f"{head}\r\n到2030年使用率达到95%。其他。",
    )
    assert found == {0: ["加强港口岸电设施\r\n建设"], 1: ["到2030年使用率达到95%。"]}


def test_a_row_of_a_table_is_found_without_the_cell_that_spans_rows() -> None:
    found = marked(
        Sought("设施 | 低空航线数量 | 条 | 12 | 40左右"),
        "类别\r\n设施\r\n起降点数量\r\n个\r\n8\r\n力争60\r\n低空航线数量\r\n条\r\n12\r\n40左右\r\n产业",
    )
    assert found[0][-1] == "低空航线数量\r\n条\r\n12\r\n40左右"


def test_the_signs_at_the_ends_of_a_quote_are_marked_and_no_others() -> None:
    assert marked(Sought("“零碳码头”达95%"), "建成（“零碳码头”达95％）。") == {0: ["“零碳码头”达95％"]}


@pytest.mark.parametrize("quote", ["×", "", "到2030年，渔港数量达到12个，其中中心渔港3个。"])
def test_what_does_not_stand_there_is_not_marked(quote: str) -> None:
    assert marked(Sought(quote), "到2030年，岸电使用率达到95%，其中北港98%。×") == {}
