"""An answer that is not sure shows what may answer as well; what a form leaves open is told below it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.selecting.fitted_models import fitted
from tests.assistant.asking import Ask, Filled, asker, proven
from vectorstore.library import PolicyLibrary
from vectorstore.types import Status

REGULATION = """# 云泽市渔港管理条例

（2025年3月12日云泽市第八届人民代表大会常务委员会第二十次会议通过）

第一条 为了加强渔港管理，保障渔业生产安全，制定本条例。

第二条 渔港经营人应当每月清淤一次，并保持航道畅通。

第三条 违反本条例规定的，由渔业行政主管部门处五千元以上二万元以下罚款。

第四条 本条例自2025年7月1日起施行。
"""


@pytest.fixture
def never_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is not refused be told with doubt, whatever the weights are."""
    models = fitted(embedded=False)
    doubting = replace(models, found=replace(models.found, sure=1.1))
    monkeypatch.setattr("assistant.reading.fitted", lambda _: doubting)


def test_what_a_form_leaves_open_is_told_below_it(library_of: Filled) -> None:
    library = library_of({"条例.md": REGULATION})
    answer = asker(library)("《云泽市渔港管理条例》哪天起施行，违反的由谁罚款？")
    assert "2025年7月1日" in answer.text
    assert "渔业行政主管部门" in answer.text
    assert proven(answer, library)


def test_a_form_that_leaves_nothing_open_stands_alone(library_of: Filled) -> None:
    text = asker(library_of({"条例.md": REGULATION}))("《云泽市渔港管理条例》哪天起施行？").text
    assert len(text.splitlines()) == 1


@pytest.mark.usefixtures("never_sure")
def test_what_is_told_below_a_form_with_doubt_says_so(library_of: Filled) -> None:
    question = "《云泽市渔港管理条例》哪天起施行，渔港经营人应当做什么？"
    lines = asker(library_of({"条例.md": REGULATION}))(question).text.splitlines()
    assert "2025年7月1日" in lines[0]
    assert lines[2] == "可能相关，请核对原文："
    assert "每月清淤一次" in lines[3]


def test_what_is_not_known_of_a_document_hides_no_answer_to_the_other_part(ask: Ask) -> None:
    assert ask("临澜市生物医药规划哪天发布？").refused
    answer = ask("临澜市生物医药规划哪天发布，2030年规模目标是多少？")
    assert not answer.refused
    assert "1200亿元" in answer.text


def test_what_a_form_has_told_is_not_told_again_below_it(library_of: Filled) -> None:
    question = "《云泽市渔港管理条例》哪天起施行，渔港经营人有哪些权利？"
    text = asker(library_of({"条例.md": REGULATION}))(question).text
    assert "第二条" in text
    assert text.count("第四条") == 1


def test_what_may_answer_as_well_stands_below_the_answer(ask: Ask, example_library: PolicyLibrary) -> None:
    answer = ask("海岬高新区的“2+3”现代产业体系包括哪些产业？")
    told, _, also = answer.text.partition("另见：")
    assert "聚焦“2+3”现代产业体系" in told
    assert "以智能传感、生物医药为主导，以新型储能、低空经济、海洋装备为新兴支撑" in also
    assert proven(answer, example_library)


def test_what_is_sure_stands_alone(ask: Ask) -> None:
    assert "另见" not in ask("如何推进低效用地再开发？").text


@pytest.mark.usefixtures("never_sure")
def test_what_answers_with_doubt_says_so_once_for_all_of_it(ask: Ask) -> None:
    lines = ask("海岬高新区的“2+3”现代产业体系包括哪些产业？").text.splitlines()
    assert lines[0] == "可能相关，请核对原文："
    assert "另见：" not in lines
    assert sum(line.endswith("]") for line in lines) > 1


def test_a_refusal_shows_shortly_what_is_nearest(ask: Ask, example_library: PolicyLibrary) -> None:
    answer = ask("临澜市生物医药产业园的停车场有多少个车位？")
    assert answer.refused
    related = answer.text.partition("相关内容：\n")[2]
    assert 1 <= len(answer.citations) <= 3
    assert len(related) < 3 * 200
    assert any(citation.document.status is Status.DRAFT for citation in answer.citations)
    assert answer.notices == ()
    assert proven(answer, example_library)
