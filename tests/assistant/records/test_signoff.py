from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.records.signoff import Decision, SignOff
from tests.assistant.ui.samples import answer, citation, document
from vectorstore.records import Records

FIRST, SECOND = "到2030年，岸电使用率达到95%。", "到2030年，清洁能源集卡占比达到60%。"
TEXT = FIRST + SECOND
ANSWER = answer(f"{FIRST}[1]\n{SECOND}[2]", citation(TEXT, FIRST), citation(TEXT, SECOND, 2))


@pytest.fixture
def sign_off(records: Records) -> SignOff:
    return SignOff(records)


def test_the_last_mark_counts_and_all_are_kept_with_who_and_when(sign_off: SignOff) -> None:
    first = sign_off.mark("甲", ANSWER, ANSWER.citations[0], Decision.WRONG, " 页码\x00不对 ")
    second = sign_off.mark("乙", ANSWER, ANSWER.citations[0], Decision.CHECKED)
    assert sign_off.marks(ANSWER) == {1: second}
    assert sign_off.history(ANSWER, ANSWER.citations[0]) == (first, second)
    assert (first.remark, first.marked_by, second.decision.label) == ("页码不对", "甲", "已核对")
    assert first.at <= second.at


def test_a_mark_can_be_withdrawn(sign_off: SignOff) -> None:
    sign_off.mark("甲", ANSWER, ANSWER.citations[1], Decision.CHECKED)
    sign_off.mark("甲", ANSWER, ANSWER.citations[1], Decision.WITHDRAWN)
    assert sign_off.marks(ANSWER) == {}
    assert len(sign_off.history(ANSWER, ANSWER.citations[1])) == 2


def test_a_mark_shows_wherever_the_same_quote_proves_the_same_statement(sign_off: SignOff) -> None:
    mark = sign_off.mark("甲", ANSWER, ANSWER.citations[1], Decision.CHECKED)
    elsewhere = replace(answer(f"{SECOND}[1]", citation(TEXT, SECOND)), question="另一个问题")
    assert sign_off.marks(elsewhere) == {1: mark}


def test_another_statement_or_version_of_the_document_is_not_marked_by_it(sign_off: SignOff) -> None:
    sign_off.mark("甲", ANSWER, ANSWER.citations[0], Decision.CHECKED)
    claimed = answer("岸电使用率已经达到95%。[1]", citation(TEXT, FIRST))
    replaced = answer(ANSWER.text, citation(TEXT, FIRST, document=document(id="d2")))
    assert sign_off.marks(claimed) == sign_off.marks(replaced) == {}


def test_an_answer_without_citations_has_no_marks(sign_off: SignOff) -> None:
    assert sign_off.marks(answer("未找到", refused=True)) == {}
