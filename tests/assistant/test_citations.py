"""A citation names its place officially and points to the very words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.citations import Quote, cite, label, quote_behind, quote_of, standing_notices
from assistant.question import understand
from assistant.retriever import find
from assistant.selecting.sentences import split_sentences
from assistant.types import Hit
from tests.assistant.asking import Ask
from vectorstore.library import PolicyLibrary
from vectorstore.types import Passage, PassageKind, Period, PolicyDocument, Status
from vectorstore.validity import Validity

TODAY = date(2026, 11, 1)


def hit_of(library: PolicyLibrary, query: str) -> Hit:
    return find(library, understand(query), 1)[0]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "海岬高新区单个攻关项目支持额度最高多少",
            "《临澜海岬高技术产业开发区国民经济和社会发展第十五个五年规划纲要》第四章第一节",
        ),
        ("对首次升规纳统的生物医药企业奖励多少", "（临政发〔2026〕8号）"),
        ("对首次升规纳统的生物医药企业奖励多少", "第十条"),
        ("瞪羚计划每家每年最高贴息多少", "专栏4"),
    ],
)
def test_the_label_names_title_number_chapter_and_article(ask: Ask, question: str, expected: str) -> None:
    assert any(expected in citation.label for citation in ask(question).citations)


def test_a_long_heading_is_shortened_in_the_label(example_library: PolicyLibrary) -> None:
    hit = hit_of(example_library, "保障性租赁住房筹集多少套")
    passage = replace(hit.passage, section=("推进" * 30,))
    assert len(label(hit.document, passage)) < len(hit.document.title) + 40
    assert "…" in label(hit.document, passage)


def test_citations_are_numbered_from_one_and_keep_their_place(example_library: PolicyLibrary) -> None:
    hit = hit_of(example_library, "保障性租赁住房筹集多少套")
    quotes = [quote_of(example_library, one, hit.document) for one in split_sentences(hit.passage)]
    citations = cite(quotes, TODAY)
    assert [citation.number for citation in citations] == list(range(1, len(quotes) + 1))
    text = example_library.text(hit.document.id)
    assert all(text[one.start : one.end] == one.quote for one in citations)
    assert all(one.supported and one.standing is Status.IN_FORCE for one in citations)


def test_a_table_row_s_quote_is_what_stands_in_the_document(example_library: PolicyLibrary) -> None:
    hits = find(example_library, understand("海岬高新区人均预期寿命"), 10)
    row = next(hit for hit in hits if hit.passage.kind is PassageKind.TABLE_ROW)
    quote = quote_of(example_library, split_sentences(row.passage)[0], row.document)
    assert quote.text == row.passage.text
    assert quote.verbatim == example_library.text(row.document.id)[quote.start : quote.end]
    assert "82.5" in quote.verbatim


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("建成投用时间为2028年，床位1200张[1]。健康管理服务率另有规定[2]。", "床位1200张"),
        ("社区卫生服务中心达标率为100%。[1]", "达标率达到100%"),
    ],
)
def test_the_sentence_behind_a_model_s_statement_is_found(
    example_library: PolicyLibrary, text: str, held: str
) -> None:
    hit = hit_of(example_library, "临澜市第五人民医院海岬院区床位")
    assert held in quote_behind(example_library, text, 1, hit).verbatim


def notices(document: PolicyDocument, *others: PolicyDocument) -> tuple[str, ...]:
    passage = Passage("a:00000", "a", 0, (), PassageKind.TEXT, "原文", None, 0, 2)
    quote = Quote(passage, document, "原文", "原文", 0, 2)
    return standing_notices(cite([quote, quote], TODAY), {one.id: one for one in (document, *others)})


PLAN = PolicyDocument(id="a", source="a.txt", content_hash="a", title="甲川市规划", status=Status.IN_FORCE)


@pytest.mark.parametrize(
    ("document", "line"),
    [
        (replace(PLAN, status=Status.DRAFT), "《甲川市规划》为征求意见稿，尚未正式印发，内容可能调整。"),
        (replace(PLAN, period=Period(2016, 2020)), "《甲川市规划》规划期已于2020年届满，仅供参考。"),
        (
            replace(PLAN, validity=Validity(date(2019, 1, 1), date(2023, 12, 31), limited=True)),
            "《甲川市规划》有效期已于2023年12月31日届满，仅供参考。",
        ),
        (
            replace(PLAN, validity=Validity(limited=True)),
            "《甲川市规划》载明了有效期，但截止日无法推算，请核实是否仍然有效。",
        ),
        (
            replace(PLAN, validity=Validity(date(2090, 1, 1))),
            "《甲川市规划》自2090年1月1日起施行，目前尚未施行。",
        ),
        (replace(PLAN, status=Status.NOT_POLICY), "《甲川市规划》为新闻或文章，不是政策文件。"),
        (replace(PLAN, status=Status.SUPERSEDED), "《甲川市规划》已废止，请以现行文件为准。"),
    ],
)
def test_a_source_to_distrust_brings_one_line_however_often_it_is_cited(
    document: PolicyDocument, line: str
) -> None:
    assert notices(document) == (line,)


def test_a_replaced_source_names_its_successor() -> None:
    successor = replace(PLAN, id="b", title="甲川市新规划")
    (line,) = notices(replace(PLAN, status=Status.SUPERSEDED, superseded_by="b"), successor)
    assert "由《甲川市新规划》替代" in line


def test_versions_of_one_title_are_told_apart_by_their_numbers() -> None:
    old = replace(PLAN, status=Status.SUPERSEDED, superseded_by="b", document_number="甲政规〔2020〕1号")
    (line,) = notices(old, replace(PLAN, id="b", document_number="甲政规〔2026〕9号"))
    assert "（甲政规〔2020〕1号）已废止" in line
    assert "（甲政规〔2026〕9号）替代" in line


def test_a_source_in_force_or_of_unknown_standing_brings_none() -> None:
    assert notices(PLAN) == ()
    assert notices(replace(PLAN, status=Status.UNKNOWN)) == ()
