from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.conversations import Conversations, Exchange
from assistant.records.answer_links import AnswerLinks, new_link
from tests.assistant.ui.samples import answer, citation
from vectorstore.errors import LibraryError
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

TEXT = "到2030年，全市港口岸电使用率达到95%。"
ANSWER = answer(f"{TEXT}[1]", citation(TEXT, TEXT), notices=("该文件为征求意见稿。",))


@pytest.fixture(params=["sqlite", "postgresql"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    settings = LibrarySettings.in_folder(tmp_path / "data")
    if request.param == "postgresql":
        settings = settings.model_copy(
            update={"policy_database_url": request.getfixturevalue("database_url")()}
        )
    with closing(Records(settings)) as kept:
        yield kept


def answered(saved: Conversations, owner: str = "甲") -> Exchange:
    asked = saved.ask(owner, "岸电？")
    saved.settle(owner, asked.id, ANSWER)
    (exchange,) = saved.exchanges(owner, asked.conversation_id)
    return exchange


def test_a_link_leads_to_the_answer_as_it_was_until_it_is_withdrawn(records: Records) -> None:
    saved, links = Conversations(records), AnswerLinks(records)
    exchange, link = answered(saved), new_link()
    links.make("甲", exchange, link)
    later = new_link()
    links.make("甲", exchange, later)
    assert links.made(exchange.conversation_id) == {exchange.id: later}
    assert links.made("") == {}
    followed = links.followed(link)
    assert followed is not None
    assert (followed.question, followed.answer) == ("岸电？", ANSWER)
    links.withdraw("乙", exchange.id)
    assert links.followed(link) is not None
    links.withdraw("甲", exchange.id)
    assert links.followed(link) is None
    assert links.made(exchange.conversation_id) == {}


def test_a_link_still_leads_to_its_answer_when_the_question_was_asked_once_more(records: Records) -> None:
    saved, links = Conversations(records), AnswerLinks(records)
    exchange, link = answered(saved), new_link()
    links.make("甲", exchange, link)
    again = saved.ask_again("甲", exchange.id, "岸电？")
    saved.settle("甲", again.id, answer("另一个"))
    followed = links.followed(link)
    assert followed is not None
    assert followed.answer == ANSWER
    saved.ask_again("甲", again.id, "集卡？")
    assert links.followed(link) is None


def test_a_link_goes_with_a_deleted_conversation_and_comes_back_with_it(records: Records) -> None:
    saved, links = Conversations(records), AnswerLinks(records)
    exchange, link = answered(saved), new_link()
    links.make("甲", exchange, link)
    saved.delete("甲", exchange.conversation_id)
    assert links.followed(link) is None
    saved.bring_back("甲", [exchange.conversation_id])
    assert links.followed(link) is not None


def test_nobody_shares_what_belongs_to_another_and_unknown_links_lead_nowhere(records: Records) -> None:
    saved, links = Conversations(records), AnswerLinks(records)
    exchange = answered(saved)
    with pytest.raises(LibraryError, match="未能分享"):
        links.make("乙", exchange, new_link())
    for link in ("", exchange.id, exchange.conversation_id, "'; --", "%", new_link()):
        assert links.followed(link) is None


def test_links_are_long_and_never_the_same() -> None:
    made = {new_link() for _ in range(50)}
    assert len(made) == 50
    assert min(map(len, made)) >= 22
