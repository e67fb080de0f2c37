from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunking import chunk
from ingest.cleaning import clean
from ingest.lines import read_blocks
from ingest.outline import Outline
from ingest.structure import outline
from ingest.tokens import TokenBudget
from vectorstore.types import Passage, PassageKind

SENTENCE = "全市围绕海洋经济高质量发展，着力构建现代海洋产业体系，取得明显成效。"

BUDGET = TokenBudget()


def read(source: str, budget: TokenBudget = BUDGET) -> tuple[Outline, tuple[Passage, ...]]:
    tree = outline(read_blocks(clean(source).text))
    return tree, chunk(tree, "0123456789abcdef", budget)


def test_passages_are_the_clean_text_where_they_stand() -> None:
    tree, passages = read(f"规划\n一、基础\n{SENTENCE * 30}\n二、目标\n{SENTENCE}")
    for passage in passages:
        assert tree.text[passage.start : passage.end] == passage.text


def test_a_long_paragraph_is_cut_at_sentences_into_parts_of_like_length() -> None:
    _, passages = read(f"规划\n一、基础\n{SENTENCE * 30}")
    parts = [passage for passage in passages if passage.section == ("一、基础",)]
    assert len(parts) > 2
    assert all(part.text.endswith("。") for part in parts)
    assert min(len(part.text) for part in parts) > 200


def test_passages_stay_inside_their_section_and_know_it() -> None:
    _, passages = read(
        f"规划\n一、基础\n{SENTENCE * 6}\n（一）产业\n{SENTENCE * 6}\n二、目标\n{SENTENCE * 6}"
    )
    sections = [passage.section for passage in passages]
    assert sections == [(), ("一、基础",), ("一、基础", "（一）产业"), ("二、目标",)]


def test_a_passage_opens_with_the_headings_that_have_no_text_of_their_own() -> None:
    _, passages = read(f"规划\n第一章 总则\n第一节 目标\n{SENTENCE * 6}")
    assert passages[-1].text.startswith("第一章 总则\n第一节 目标\n")
    assert passages[-1].section == ("第一章 总则", "第一节 目标")


def test_short_siblings_share_a_passage_under_their_common_heading() -> None:
    _, passages = read(f"规划\n一、产业\n{SENTENCE * 15}\n**医药。**发展医药产业。\n**装备。**发展装备产业。")
    assert passages[-1].section == ("一、产业",)
    assert passages[-1].text == "医药。发展医药产业。\n装备。发展装备产业。"


def test_every_article_is_a_passage_of_its_own() -> None:
    _, passages = read(
        "办法\n第一条 为规范管理，制定本办法。\n第二条 本办法适用于本市。\n第三条 本办法由市政府解释。"
    )
    assert [passage.section[-1] for passage in passages[1:]] == ["第一条", "第二条", "第三条"]


def test_nothing_is_joined_over_what_was_taken_out() -> None:
    _, passages = read(f"规划\n目录\n一、基础……1\n二、目标……2\n{SENTENCE}\n一、基础\n{SENTENCE}")
    assert passages[0].text == "规划"
    assert passages[1].text == SENTENCE


def test_rows_and_notes_are_passages_of_their_own_kind() -> None:
    _, passages = read(
        "规划\n表1 指标\n| 指标 | 2030年 |\n|---|---|\n| 产值 | 650 |\n\n"
        "落实“一三五”①战略，推进工作。\n① 指一条主线。"
    )
    kinds = [passage.kind for passage in passages]
    assert PassageKind.TABLE_ROW in kinds
    assert kinds[-1] == PassageKind.FOOTNOTE
    row = next(passage for passage in passages if passage.kind == PassageKind.TABLE_ROW)
    assert (row.text, row.table) == ("产值：2030年650", "表1指标")


def test_a_row_beyond_the_budget_is_told_in_parts() -> None:
    _, passages = read(f"规划\n表1 任务\n| 任务 | 2030年目标 |\n|---|---|\n| 建港 | {SENTENCE * 40} |\n")
    rows = [passage for passage in passages if passage.kind == PassageKind.TABLE_ROW]
    assert len(rows) > 1
    assert all(row.text.startswith("建港") for row in rows)
    assert all(BUDGET.holds(row.text, 0, len(row.text)) for row in rows)


def test_neighbours_are_linked() -> None:
    _, passages = read(f"规划\n一、基础\n{SENTENCE * 30}")
    assert [passage.next for passage in passages[:-1]] == [passage.id for passage in passages[1:]]
    assert [passage.previous for passage in passages[1:]] == [passage.id for passage in passages[:-1]]
    assert (passages[0].previous, passages[-1].next) == ("", "")


def test_ids_are_the_document_and_the_place() -> None:
    _, passages = read(f"规划\n一、基础\n{SENTENCE}")
    assert passages[1].id == "0123456789abcdef:00001"


PIECES = st.sampled_from(
    [
        "一、总则",
        "（一）目标",
        "1.规模扩大。",
        "第一章 总则",
        "第三条 内容如下：",
        "## 标题",
        "**领先。**",
        "专栏1：重点",
        "图1 布局",
        "\t1",
        "\t序号",
        "| a | 2 |",
        "|---|---|",
        "目录",
        "一、总则……3",
        "---",
        "\f",
        "",
        SENTENCE,
        SENTENCE * 12,
        "没有标点的长句" * 200,
        "①",
        "\ufffd 注释。",
        "，",
        "x" * 3000,
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_any_text_keeps_the_promises(pieces: list[str]) -> None:
    tree, passages = read("\n".join(pieces))
    for passage in passages:
        assert passage.text.strip()
        assert BUDGET.holds(passage.text, 0, len(passage.text))
        if passage.kind != PassageKind.TABLE_ROW:
            assert tree.text[passage.start : passage.end] == passage.text
    starts = [passage.start for passage in passages]
    assert starts == sorted(starts)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))


def test_headings_at_the_end_are_passages_where_nothing_follows_them() -> None:
    _, passages = read(f"# 规划\n\n{SENTENCE}\n\n## 第一章 甲\n\n## 第二章 乙")
    assert [passage.text for passage in passages[1:]] == ["第一章 甲", "第二章 乙"]
