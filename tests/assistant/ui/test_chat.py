from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from assistant.conversations import Conversations
from assistant.records.answer_links import AnswerLinks
from assistant.types import Answer, CheckedStatement, Scope, Turn
from assistant.ui import sharing
from assistant.ui.sharing import Resources
from tests.assistant.ui.libraries import fill
from tests.assistant.ui.samples import HOSTILE, answer, seen
from vectorstore.errors import PolicyError
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

APP = Path(__file__).parents[3] / "app.py"
TEXT = "到2030年，全市港口岸电使用率达到95%。到2030年，清洁能源集卡占比达到60%。"
QUESTION = "青屿市2030年港口岸电使用率的目标是多少？"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], AppTest]]:
    """Opens the page on the library of a data folder, as a new process would."""

    def open_page(folder: Path) -> AppTest:
        monkeypatch.setenv("POLICY_DATA_DIR", str(folder))
        forget()
        return AppTest.from_file(str(APP), default_timeout=60).run()

    def forget() -> None:
        sharing.resources.clear()
        st.cache_data.clear()

    yield open_page
    forget()


def bodies(page: AppTest) -> list[str]:
    """Return the page's pieces of HTML but its own style and script; nothing may have failed."""
    assert not page.exception
    found = [str(element.proto.body) for element in page.get("html")]
    return [body for body in found if not body.startswith(("<style", "<script>// What the page"))]


def drawn(page: AppTest) -> str:
    """Return the page's HTML in one piece."""
    return "".join(bodies(page))


def asked(page: AppTest, question: str) -> str:
    """Ask a question and return what the page shows then."""
    page.chat_input[0].set_value(question).run()
    return drawn(page)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path, TEXT)
    return tmp_path


def test_the_examples_offer_four_questions_and_each_is_answered_with_sources(
    page: Callable[[Path], AppTest], example_settings: LibrarySettings
) -> None:
    opened = page(example_settings.policy_data_dir)
    examples = [key for button in opened.main.button if (key := str(button.key)).startswith("example-")]
    assert examples == [f"example-{number}" for number in range(4)]
    for key in examples:
        opened = page(example_settings.policy_data_dir)
        shown = drawn(opened.button(key=str(key)).click().run())
        assert "pa-source-title" in shown
        assert "pa-refused" not in shown


def test_an_answer_stands_over_its_source_with_the_quote_highlighted(
    page: Callable[[Path], AppTest], folder: Path
) -> None:
    opened = page(folder)
    asked(opened, QUESTION)
    shown = drawn(opened.main.toggle[0].set_value(True).run())
    assert QUESTION in seen(shown).text
    assert "到2030年，全市港口岸电使用率达到95%。" in seen(shown).marked
    assert "《青屿市绿色港口发展办法》" in shown
    assert "现行有效" in shown


def test_the_conversation_stays_on_the_page_until_a_new_one_begins(
    page: Callable[[Path], AppTest], folder: Path
) -> None:
    opened = page(folder)
    asked(opened, QUESTION)
    assert asked(opened, "清洁能源集卡占比呢").count("pa-question") >= 2
    assert len(opened.chat_message) == 4
    opened.sidebar.button[0].click().run()
    assert not opened.chat_message
    assert "可以这样提问" in drawn(opened)


def test_an_empty_library_says_how_it_is_filled_and_answers_once_it_is(
    page: Callable[[Path], AppTest], tmp_path: Path
) -> None:
    opened = page(tmp_path)
    assert "policy-assistant ingest" in drawn(opened)
    assert "policy-assistant chat --docs" in drawn(opened)
    assert "pa-source-title" not in asked(opened, QUESTION)
    fill(tmp_path, TEXT)
    assert "pa-source-title" in asked(opened, QUESTION)


@pytest.mark.parametrize(
    "question", [" ", "\x00\x1b\u202e", "港" * 10_000, HOSTILE, "\n\n", "'; DROP TABLE passages; --"]
)
def test_bad_input_gets_a_line_and_the_page_goes_on(
    page: Callable[[Path], AppTest], folder: Path, question: str
) -> None:
    opened = page(folder)
    asked(opened, question)
    assert len(opened.chat_message) == 2
    assert "pa-source-title" in asked(opened, QUESTION)


def test_hostile_document_text_is_shown_as_text(page: Callable[[Path], AppTest], tmp_path: Path) -> None:
    fill(tmp_path, f"港口岸电使用率的目标是{HOSTILE}。", title=f"办法{HOSTILE[:60]}", issuer=HOSTILE[:90])
    shown = asked(page(tmp_path), "港口岸电使用率的目标是多少")
    own_script = 1
    assert seen(shown).tags.count("script") == own_script
    assert "img" not in seen(shown).tags
    assert all(link.startswith("#card-") for link in seen(shown).links)
    assert HOSTILE[:60] in seen(shown).text


def test_a_wrong_setting_is_one_line_and_the_page_recovers_when_it_is_mended(
    page: Callable[[Path], AppTest], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "nowhere")
    opened = page(folder)
    assert "OPENAI_BASE_URL" in drawn(opened)
    assert not opened.chat_input
    monkeypatch.delenv("OPENAI_BASE_URL")
    opened.main.button[0].click().run()
    assert "pa-source-title" in asked(opened, QUESTION)


def test_a_damaged_library_is_one_line_and_the_page_recovers_when_it_is_mended(
    page: Callable[[Path], AppTest], tmp_path: Path
) -> None:
    fill(tmp_path, TEXT)
    catalogue = tmp_path / "catalogue.sqlite"
    whole = catalogue.read_bytes()
    catalogue.write_bytes(b"not a database " * 1000)
    opened = page(tmp_path)
    assert "catalogue.sqlite" in drawn(opened)
    assert "Traceback" not in drawn(opened)
    catalogue.write_bytes(whole)
    assert "pa-source-title" in asked(opened.run(), QUESTION)


@dataclass
class Scripted:
    """An assistant whose answers are written beforehand; an exception among them is raised."""

    script: list[Answer | Exception]
    histories: list[Sequence[Turn]] = field(default_factory=list)

    def ask(
        self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope(), mode: str | None = None
    ) -> ScriptedStream:
        if mode == "extractive":
            return ScriptedStream(answer("例"))
        self.histories.append(history)
        return ScriptedStream(self.script.pop(0))

    def follow_ups(self, answer: Answer, history: Sequence[Turn], scope: Scope) -> tuple[str, ...]:
        return ()


@dataclass
class ScriptedStream:
    step: Answer | Exception
    statements: tuple[CheckedStatement, ...] = ()
    notices: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        yield "开头"
        if isinstance(self.step, Exception):
            raise self.step

    @property
    def answer(self) -> Answer:
        assert isinstance(self.step, Answer)
        return self.step


@pytest.fixture
def scripted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., tuple[AppTest, Scripted]]]:
    """Opens the page with an assistant that does what a script says."""
    monkeypatch.setenv("POLICY_DATA_DIR", str(folder))
    sharing.resources.clear()
    whole = sharing.resources()

    def open_page(*script: Answer | Exception) -> tuple[AppTest, Scripted]:
        assistant = Scripted(list(script))
        shared = replace(whole, assistant=cast(Assistant, assistant))
        monkeypatch.setattr(sharing, "resources", lambda: shared)
        st.cache_data.clear()
        return AppTest.from_file(str(APP), default_timeout=60).run(), assistant

    yield open_page
    whole.library.close()
    monkeypatch.undo()
    sharing.resources.clear()


def test_earlier_answers_go_along_as_history(scripted: Callable[..., tuple[AppTest, Scripted]]) -> None:
    opened, assistant = scripted(answer("甲[1]"), PolicyError("不行"), answer("乙"))
    for question in ("一", "二", "三"):
        asked(opened, question)
    said = (Turn("user", "一"), Turn("assistant", "甲[1]"))
    assert assistant.histories == [(), said, said]


def test_a_known_failure_is_its_own_line_and_an_unknown_one_tells_no_secrets(
    scripted: Callable[..., tuple[AppTest, Scripted]],
) -> None:
    opened, _ = scripted(
        PolicyError("模型服务无法连接，请检查设置"), RuntimeError("/secret/path"), answer("甲")
    )
    assert "模型服务无法连接，请检查设置" in asked(opened, "一")
    shown = asked(opened, "二")
    assert "回答暂时不可用" in shown
    assert "secret" not in shown
    assert "甲" in asked(opened, "三")


def test_a_failing_part_leaves_the_others_standing(
    scripted: Callable[..., tuple[AppTest, Scripted]], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, _ = scripted(answer("甲"))

    def broken(_: Resources) -> None:
        raise RuntimeError

    monkeypatch.setattr("assistant.ui.frame.show_sidebar", broken)
    shown = asked(opened, "一")
    assert "侧栏暂时不可用" in shown
    assert "甲" in shown


def test_a_failed_answer_can_be_asked_for_again(
    scripted: Callable[..., tuple[AppTest, Scripted]],
) -> None:
    opened, _ = scripted(PolicyError("不行"), answer("终于"))
    assert "不行" in asked(opened, "一")
    opened.button(key="again").click().run()
    assert "终于" in drawn(opened)
    assert "不行" not in drawn(opened)
    assert len(opened.chat_message) == 2


def test_the_last_question_can_be_changed(scripted: Callable[..., tuple[AppTest, Scripted]]) -> None:
    opened, assistant = scripted(answer("甲"), answer("乙"))
    asked(opened, "一")
    opened.button(key="edit").click().run()
    opened.text_area[0].set_value("二")
    opened.main.button[0].click().run()
    shown = drawn(opened)
    assert "乙" in shown
    assert "二" in shown
    assert "甲" not in shown
    assert assistant.histories == [(), ()]


def test_a_reader_who_comes_back_by_the_link_finds_the_conversation(
    scripted: Callable[..., tuple[AppTest, Scripted]],
) -> None:
    opened, _ = scripted(answer("甲"))
    asked(opened, "一")
    link = opened.query_params["conversation"]
    again = AppTest.from_file(str(APP), default_timeout=60)
    again.query_params["conversation"] = link
    assert "甲" in drawn(again.run())


def test_a_question_goes_on_in_a_new_conversation_where_the_old_one_was_deleted(
    scripted: Callable[..., tuple[AppTest, Scripted]],
) -> None:
    opened, _ = scripted(answer("甲"), answer("乙"))
    asked(opened, "一")
    kept = sharing.resources().conversations
    kept.delete("", kept.listed("")[0].id)
    assert "乙" in asked(opened, "二")
    assert len(opened.chat_message) == 2


def test_a_long_conversation_shows_its_end_first(
    scripted: Callable[..., tuple[AppTest, Scripted]],
) -> None:
    opened, _ = scripted(*(answer(f"答{number}号") for number in range(12)))
    for number in range(12):
        asked(opened, f"问{number}号")
    assert "问3号" not in drawn(opened)
    assert "问11号" in drawn(opened)
    opened.button(key="earlier").click().run()
    assert "问0号" in drawn(opened)


def test_a_citation_opens_its_document_at_the_quote_and_turns_its_pages(
    page: Callable[[Path], AppTest], example_settings: LibrarySettings
) -> None:
    opened = page(example_settings.policy_data_dir)
    opened.button(key="example-0").click().run()
    key = next(str(button.key) for button in opened.main.button if str(button.key).startswith("open-"))
    opened.button(key=key).click().run()
    reading = next(body for body in bodies(opened) if "pa-reading" in body)
    assert seen(reading).marked
    turn = "source-next" if not opened.button(key="source-next").disabled else "source-previous"
    opened.button(key=turn).click().run()
    turned = next(body for body in bodies(opened) if "pa-reading" in body)
    assert not seen(turned).marked
    assert "pa-here" in turned
    opened.button(key="source-back").click().run()
    assert reading in bodies(opened)
    opened.button(key="source-close").click().run()
    assert not any("pa-reading" in body for body in bodies(opened))


def test_a_scope_limits_the_next_question_until_it_is_cleared(
    page: Callable[[Path], AppTest], example_settings: LibrarySettings
) -> None:
    opened = page(example_settings.policy_data_dir)
    regions = opened.multiselect(key="scope-regions")
    regions.set_value([regions.options[0]]).run()
    asked(opened, "发展目标是什么")
    kept = sharing.resources().conversations
    (exchange,) = kept.exchanges("", kept.listed("")[0].id)
    named = {sharing.resources().library.document(identity).region for identity in exchange.scope.documents}
    assert named == {regions.options[0]}
    opened.button(key="scope-clear").click().run()
    assert opened.multiselect(key="scope-regions").value == []


def test_a_scope_without_documents_is_told_rather_than_searched(
    page: Callable[[Path], AppTest], example_settings: LibrarySettings
) -> None:
    opened = page(example_settings.policy_data_dir)
    documents = sharing.resources().library.documents()
    here = next(document for document in documents if document.region)
    elsewhere = next(document for document in documents if document.region not in ("", here.region))
    opened.multiselect(key="scope-regions").set_value([here.region]).run()
    opened.multiselect(key="scope-documents").set_value([elsewhere.id]).run()
    assert "所选范围内没有文件" in asked(opened, "发展目标是什么")
    assert not opened.chat_message


def test_a_second_click_on_what_is_being_answered_adds_nothing(folder: Path) -> None:
    kept = Conversations(Records(LibrarySettings(policy_data_dir=folder)))
    first = kept.ask("", "一")
    assert kept.ask("", "一", first.conversation_id) == first


def test_the_links_to_all_answers_are_asked_for_once_a_drawing(
    page: Callable[[Path], AppTest], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = page(folder)
    asked(opened, QUESTION)
    asked(opened, "清洁能源集卡占比呢")
    first = next(button for button in opened.button if str(button.key).startswith("link-"))
    first.click().run()
    assert [button.label for button in opened.button if str(button.key).startswith("unlink-")] == ["撤回分享"]
    queries = []
    made = AnswerLinks.made

    def counted(links: AnswerLinks, conversation_id: str) -> dict[str, str]:
        queries.append(conversation_id)
        return made(links, conversation_id)

    monkeypatch.setattr(AnswerLinks, "made", counted)
    opened.run()
    assert drawn(opened).count("data-makes") == 2
    assert len(queries) == 1


def test_a_new_conversation_takes_the_old_words_away_before_all_else_is_drawn(
    page: Callable[[Path], AppTest], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = page(folder)
    asked(opened, QUESTION)
    monkeypatch.setattr("assistant.ui.chat.show_asking", lambda shared: st.stop())
    opened.button(key="new").click().run()
    # The places of an earlier exchange and of the way to what was said before.
    assert len(opened.main.get("empty")) == 2
