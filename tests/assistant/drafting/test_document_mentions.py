"""Which documents speak of a thing: those that say its name, each with its words."""

from __future__ import annotations

import pytest

from tests.assistant.asking import Filled, asker, proven, sources

OUTLINE = "甲川市国民经济和社会发展第十五个五年规划纲要\n\n第一章 目标\n\n推进潮汐能利用，建设潮汐电站2座。\n"
PLAN = "乙原市海洋产业规划\n\n一、能源\n\n探索潮汐能利用，形成示范。\n\n二、渔业\n\n建设海洋牧场。\n"
NOTICE = "丙港市关于渔港建设的通知\n\n改造渔港7座。\n"
TEXTS = {"a.txt": OUTLINE, "b.txt": PLAN, "c.txt": NOTICE}


@pytest.mark.parametrize(
    "question",
    ["哪些文件提到了潮汐能利用？", "资料里有哪些规划谈到潮汐能利用？", "潮汐能利用在哪几份资料中出现过？"],
)
def test_each_document_that_says_the_name_is_listed_with_its_words(library_of: Filled, question: str) -> None:
    library = library_of(TEXTS)
    answer = asker(library)(question)
    assert sources(answer) == {"a.txt", "b.txt"}
    assert all("潮汐能利用" in citation.quote for citation in answer.citations)
    assert proven(answer, library)


def test_a_five_year_plan_is_told_by_its_short_name_too(library_of: Filled) -> None:
    assert "（“十五五”规划纲要）" in asker(library_of(TEXTS))("哪些文件提到了潮汐电站？").text


def test_what_no_document_says_is_refused(library_of: Filled) -> None:
    assert asker(library_of(TEXTS))("哪些文件提到了深海采矿平台？").refused
