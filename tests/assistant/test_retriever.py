"""Finding passages: by their words, their headings, their document and what is known of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever

from assistant import Assistant
from assistant.hybrid_retriever import HybridRetriever
from assistant.question import Question, understand
from assistant.retriever import find, scoped, term_weights, worth_of
from assistant.settings import AssistantSettings
from assistant.types import Hit, Scope
from assistant.understanding.names import learn_names
from tests.assistant.asking import Filled
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument

QUESTIONS = Path(__file__).parents[1] / "data" / "questions.jsonl"
TEXT = "为促进产业发展，制定本文件。\n\n一、主要目标\n\n到2030年，建成滨海栈道{}公里，改造老旧码头{}座。\n"


def found(library: PolicyLibrary, query: str, limit: int = 10, scope: Scope = Scope()) -> list[Hit]:
    return Assistant(library, AssistantSettings()).search(query, limit, scope)


def texts(hits: list[Hit]) -> list[str]:
    return [hit.passage.text for hit in hits]


def test_the_best_passages_come_first_and_no_more_than_wanted(example_library: PolicyLibrary) -> None:
    hits = found(example_library, "保障性租赁住房筹集多少套", limit=3)
    assert len(hits) == 3
    assert "保障性租赁住房1.2万套" in hits[0].passage.text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_passage_is_found_once(example_library: PolicyLibrary) -> None:
    ids = [hit.passage.id for hit in found(example_library, "生物医药产业规模", limit=50)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "query", ["海岬药港投产项目总投资", "海岬藥港投產項目總投資", "海岬药港投产项目总投资？？？"]
)
def test_either_script_finds_the_same_news_in_traditional_characters(
    example_library: PolicyLibrary, query: str
) -> None:
    best = found(example_library, query)[0]
    assert best.document.source == "海岬藥港首批項目集中投產.txt"
    assert "56.8億元" in best.passage.text


def test_headings_count_where_the_text_does_not_repeat_them(library_of: Filled) -> None:
    library = library_of(
        {
            "a.md": "# 甲川市海岛振兴方案\n\n## 一、灯塔修缮\n\n每年安排专项资金200万元，由市文化局组织。\n\n"
            "## 二、渔港改造\n\n每年安排专项资金300万元，由市农业局组织。\n"
        }
    )
    assert "200万元" in found(library, "灯塔修缮的专项资金")[0].passage.text


def test_rows_of_a_table_are_found_by_the_text_that_leads_to_it(library_of: Filled) -> None:
    rows = "".join(
        f"<tr><td>{grade}级</td><td>每月{pay}元</td></tr>" for grade, pay in (("甲", 900), ("乙", 600))
    )
    table = f"<table><tr><th>级别</th><th>数额</th></tr>{rows}</table>"
    others = "".join(f"<p>第{order}批渔船按标准更新，不再补贴。</p>" for order in range(9))
    text = f"<p>渔民休渔补贴按下列标准发放。</p>{table}{others}<p>休渔期间渔民可以参加培训。</p>"
    library = library_of({"a.html": f"<html><head><title>办事指南</title></head><body>{text}</body></html>"})
    best = [hit.passage.text for hit in found(library, "休渔补贴标准")[:4]]
    assert any("900元" in one for one in best), best
    assert any("600元" in one for one in best), best


def test_versions_held_against_each_other_take_turns(library_of: Filled) -> None:
    old = "# 甲川市渔业补贴办法（2019年）\n\n" + "".join(
        f"第{order}条 渔船更新补贴按第{order}档发放，更新渔船的补贴另有奖励。\n\n" for order in "一二三四五六"
    )
    new = "# 甲川市渔业补贴办法（2024年）\n\n第一条 买新船的每艘给五万元。\n\n第二条 由市农业局负责。\n"
    library = library_of({"old.md": old, "new.md": new})
    best = found(library, "渔业补贴新旧两份办法，渔船更新补贴有什么变化？", limit=4)
    assert {hit.document.source for hit in best[:2]} == {"old.md", "new.md"}


def test_the_title_tells_documents_apart_that_say_the_same(library_of: Filled) -> None:
    library = library_of(
        {
            "a.txt": "甲川市滨海旅游发展规划\n\n" + TEXT.format(12, 3),
            "b.txt": "乙原市滨海旅游发展规划\n\n" + TEXT.format(34, 5),
        }
    )
    assert "34公里" in found(library, "乙原市建成多少公里滨海栈道")[0].passage.text
    assert "12公里" in found(library, "甲川市建成多少公里滨海栈道")[0].passage.text


def test_what_is_in_force_comes_before_the_same_words_of_what_was_replaced(
    example_library: PolicyLibrary,
) -> None:
    hits = found(example_library, "高新技术企业奖励资金由市县财政按照比例分担")
    order = [hit.passage.text for hit in hits if "分担" in hit.passage.text]
    assert "6:4" in order[0]
    assert "5:5" in order[1]


@pytest.mark.parametrize(
    ("query", "gains"),
    [
        ("2023年渔船补助多少？", "a"),
        ("2026年渔船补助多少？", "b"),
        ("渔船补助多少？", ""),
        ("2030年渔船补助多少？", ""),
    ],
)
def test_the_edition_of_the_year_asked_for_is_worth_more(query: str, gains: str) -> None:
    documents = {
        "a": PolicyDocument("a", "a", "a", "渔船补助办法（2023年）"),
        "b": PolicyDocument("b", "b", "b", "渔船补助新政问答", issued_on=date(2026, 3, 5)),
    }
    worth = worth_of(understand(query, (), learn_names([])), documents)
    assert {key for key in documents if worth(key) > 0} == set(gains)


def test_a_pair_across_two_words_that_no_passage_holds_has_no_weight(library_of: Filled) -> None:
    library = library_of({"a.md": "# 甲川市渔港办法\n\n## 一、渔港\n\n渔港补助每年发放。\n"})
    weights = term_weights(library, understand("渔港灯塔补助", (), learn_names(library.documents())))
    assert {"渔港", "灯塔", "补助"} <= weights.keys()
    assert "港灯" not in weights


def test_what_is_said_word_for_word_again_is_shown_once(library_of: Filled) -> None:
    again = "关于转发海洋牧场计划的通知\n\n" + TEXT.format(12, 3).replace("为促进", "为了促进")
    library = library_of({"a.txt": TEXT.format(12, 3), "b.txt": again})
    assert sum("滨海栈道12公里" in text for text in texts(found(library, "滨海栈道多少公里"))) == 1


def test_the_same_words_with_other_figures_are_no_repetition(library_of: Filled) -> None:
    library = library_of({"a.txt": TEXT.format(12, 3), "b.txt": TEXT.format(15, 3)})
    said = "".join(texts(found(library, "滨海栈道多少公里")))
    assert "栈道12公里" in said
    assert "栈道15公里" in said


def test_a_scope_of_regions_holds(example_library: PolicyLibrary) -> None:
    hits = found(example_library, "生物医药产业规模目标", scope=Scope(regions=("砚川",)))
    assert hits
    assert all("砚川" in hit.document.region for hit in hits)


@pytest.mark.parametrize("by", ["id", "source"])
def test_a_scope_of_documents_holds_by_id_and_by_name(example_library: PolicyLibrary, by: str) -> None:
    document = next(document for document in example_library.documents() if "望汀区" in document.source)
    hits = found(example_library, "产业规模目标", scope=Scope(documents=(getattr(document, by),)))
    assert hits
    assert {hit.document.id for hit in hits} == {document.id}


def test_a_scope_that_holds_no_document_finds_nothing(example_library: PolicyLibrary) -> None:
    assert found(example_library, "产业规模目标", scope=Scope(documents=("没有这份文件.txt",))) == []
    assert scoped(example_library.documents(), Scope(regions=("不存在的地方",))) == frozenset()


def test_an_empty_library_finds_nothing(library_of: Filled) -> None:
    assert found(library_of({}), "产业规模目标") == []


@pytest.mark.parametrize("query", ["", "？？？", "\x00\x07", "AND OR NOT", 'title:"x" +(', "的" * 1000])
def test_queries_that_are_none_do_no_harm(example_library: PolicyLibrary, query: str) -> None:
    assert isinstance(found(example_library, query), list)


def test_words_that_are_rare_in_the_library_weigh_more(example_library: PolicyLibrary) -> None:
    weights = term_weights(example_library, understand("“蓝色药库”的产业"))
    assert weights["药库"] > weights["产业"]


def test_it_is_a_retriever_of_langchain(example_library: PolicyLibrary) -> None:
    retriever = HybridRetriever(library=example_library, limit=2)
    assert isinstance(retriever, BaseRetriever)
    first, second = retriever.invoke("通用机场建设几个")
    assert "1个通用机场" in first.page_content
    assert first.metadata["document"] == "临澜海岬高新区十五五规划纲要.md"
    assert first.metadata["section"][0].startswith("第三章")
    assert first.metadata["score"] >= second.metadata["score"]


def test_the_retriever_keeps_to_its_scope(example_library: PolicyLibrary) -> None:
    retriever = HybridRetriever(library=example_library, scope=Scope(regions=("砚川",)))
    assert all("砚川" in document.metadata["title"] for document in retriever.invoke("高新技术企业奖励"))


def _folded(text: str) -> str:
    return "".join(fold(text).split())


def test_the_evidence_of_the_questions_on_the_examples_is_among_ten(
    example_library: PolicyLibrary,
) -> None:
    records: list[dict[str, Any]] = [
        json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()
    ]
    wanted = held = 0
    for record in records:
        if record.get("history"):
            continue
        question: Question = understand(record["question"])
        passages = [_folded(hit.passage.text) for hit in find(example_library, question, 10)]
        for evidence in record["evidence"]:
            wanted += 1
            held += any(_folded(evidence["text"]) in passage for passage in passages)
    assert held / wanted >= 0.85
