from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.conversations import Conversations
from assistant.evaluation import read_questions
from assistant.records.feedback import FeedbackBook, Filter, Opinion, Reason
from assistant.records.history import Exchange
from assistant.records.question_file import question_file
from assistant.types import Answer, Turn
from tests.assistant.ui.samples import answer, citation
from vectorstore.records import Records

TEXT = "到2030年，全市港口岸电使用率达到95%。"
CITED = replace(answer(f"{TEXT}[1]", citation(TEXT, TEXT)), question="岸电使用率的目标？")
REFUSED = replace(answer("资料中未找到。", refused=True), question="补贴多少钱？")
USELESS = Opinion(False, Reason.WRONG_CITATION, "数字不对")


@pytest.fixture
def book(records: Records) -> FeedbackBook:
    return FeedbackBook(records)


def settled(records: Records, given: Answer, owner: str = "甲") -> Exchange:
    saved = Conversations(records)
    asked = saved.ask(owner, given.question)
    saved.settle(owner, asked.id, given)
    return saved.exchanges(owner, asked.conversation_id)[0]


def test_feedback_comes_with_question_answer_sources_and_settings(
    book: FeedbackBook, records: Records
) -> None:
    history = (Turn("user", "港口有哪些目标？"), Turn("assistant", "有三项。"))
    book.give("甲", settled(records, CITED), USELESS, history, {"对话模型": "无"})
    (given,) = book.listed()
    assert given.opinion == USELESS
    assert given.answer == CITED
    assert (given.owner, given.history, given.settings_used) == ("甲", history, {"对话模型": "无"})


def test_the_last_opinion_counts_and_can_be_taken_back(book: FeedbackBook, records: Records) -> None:
    exchange = settled(records, CITED)
    book.give("甲", exchange, USELESS)
    book.give("甲", exchange, Opinion(True, Reason.OTHER))
    assert book.given("甲", [exchange.id]) == {exchange.id: Opinion(True)}
    assert book.given("乙", [exchange.id]) == {}
    book.take_back("乙", exchange.id)
    assert len(book.listed()) == 1
    book.take_back("甲", exchange.id)
    assert book.listed() == ()


def test_feedback_outlives_its_conversation(book: FeedbackBook, records: Records) -> None:
    exchange = settled(records, CITED)
    book.give("甲", exchange, USELESS)
    Conversations(records).delete("甲", exchange.conversation_id)
    assert [one.answer for one in book.listed()] == [CITED]


def test_what_has_no_answer_takes_no_feedback(book: FeedbackBook, records: Records) -> None:
    book.give("", Conversations(records).ask("", "问"), USELESS)
    assert book.listed() == ()


def test_feedback_is_filtered_by_opinion_reason_time_and_words(book: FeedbackBook, records: Records) -> None:
    book.give("甲", settled(records, CITED), USELESS)
    book.give("乙", settled(records, REFUSED, "乙"), Opinion(False, Reason.NOT_FOUND))
    book.give("丙", settled(records, REFUSED, "丙"), Opinion(True))

    def owners(chosen: Filter) -> list[str]:
        return [one.owner for one in book.listed(chosen)]

    assert owners(Filter()) == ["丙", "乙", "甲"]
    assert owners(Filter(useful=False)) == ["乙", "甲"]
    assert owners(Filter(useful=True)) == ["丙"]
    assert owners(Filter(reasons=(Reason.NOT_FOUND, Reason.OTHER))) == ["乙"]
    assert owners(Filter(query="數字不對 岸电")) == ["甲"]
    assert owners(Filter(since=datetime.now(UTC) + timedelta(minutes=1))) == []
    assert len(book.listed(limit=2)) == 2


def test_feedback_becomes_a_question_file_for_evaluation(
    book: FeedbackBook, records: Records, tmp_path: Path
) -> None:
    history = (Turn("user", "港口\u2028？"), Turn("assistant", "有。"))
    for owner, given, opinion in [
        ("甲", CITED, Opinion(True)),
        ("乙", CITED, USELESS),
        ("丙", REFUSED, Opinion(True)),
        ("丁", REFUSED, Opinion(False, Reason.NOT_FOUND, "第三条就有\n“补贴”")),
    ]:
        book.give(owner, settled(records, given, owner), opinion, history)
    file = tmp_path / "questions.jsonl"
    file.write_text(question_file(book.listed()), encoding="utf-8")
    not_found, rightly_refused, wrong, useful = read_questions(file)
    assert (useful.text, useful.answerable, useful.evidence) == ("岸电使用率的目标？", True, (TEXT,))
    assert (wrong.answerable, wrong.evidence, wrong.kind) == (True, (), "wrong_citation")
    assert (rightly_refused.answerable, rightly_refused.kind) == (False, "useful")
    assert (not_found.answerable, not_found.kind) == (True, "not_found")
    assert useful.history == history
    assert {one.group for one in (not_found, rightly_refused, wrong, useful)} == {"feedback"}
