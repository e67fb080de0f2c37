from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from assistant.types import Answer, Turn
from assistant.ui import state
from assistant.ui.state import Exchange, Resources
from tests.assistant.ui.libraries import fill
from tests.assistant.ui.samples import HOSTILE, answer, seen
from vectorstore.errors import PolicyError
from vectorstore.library import PolicyLibrary
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
        state.resources.clear()
        st.cache_data.clear()

    yield open_page
    forget()


def drawn(page: AppTest) -> str:
    """Return the page's HTML without its style sheet, after making sure that nothing failed."""
    assert not page.exception
    bodies = [str(element.proto.body) for element in page.get("html")]
    return "".join(body for body in bodies if not body.startswith("<style"))


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
    examples = [button.key for button in opened.main if button.type == "button"]
    assert examples == [f"example-{number}" for number in range(4)]
    for key in examples:
        opened = page(example_settings.policy_data_dir)
        shown = drawn(opened.button(key=str(key)).click().run())
        assert "pa-card" in shown
        assert "<mark>" in shown
        assert "pa-refused" not in shown


def test_an_answer_stands_over_its_source_with_the_quote_highlighted(
    page: Callable[[Path], AppTest], folder: Path
) -> None:
    shown = asked(page(folder), QUESTION)
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
    assert "make chat DOCS=" in drawn(opened)
    assert "<mark>" not in asked(opened, QUESTION)
    fill(tmp_path, TEXT)
    assert "<mark>" in asked(opened, QUESTION)


@pytest.mark.parametrize(
    "question", [" ", "\x00\x1b\u202e", "港" * 10_000, HOSTILE, "\n\n", "'; DROP TABLE passages; --"]
)
def test_bad_input_gets_a_line_and_the_page_goes_on(
    page: Callable[[Path], AppTest], folder: Path, question: str
) -> None:
    opened = page(folder)
    asked(opened, question)
    assert len(opened.chat_message) == 2
    assert "<mark>" in asked(opened, QUESTION)


def test_hostile_document_text_is_shown_as_text(page: Callable[[Path], AppTest], tmp_path: Path) -> None:
    fill(tmp_path, f"港口岸电使用率的目标是{HOSTILE}。", title=f"办法{HOSTILE[:60]}", issuer=HOSTILE[:90])
    shown = asked(page(tmp_path), "港口岸电使用率的目标是多少")
    own_script = 1
    assert seen(shown).tags.count("script") == own_script
    assert "img" not in seen(shown).tags
    assert all(link.startswith("#a0-") for link in seen(shown).links)
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
    assert "<mark>" in asked(opened, QUESTION)


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
    assert "<mark>" in asked(opened.run(), QUESTION)


@dataclass
class Scripted:
    """An assistant whose answers are written beforehand; an exception among them is raised."""

    script: list[Answer | BaseException]
    histories: list[Sequence[Turn]] = field(default_factory=list)

    def ask(self, question: str, history: Sequence[Turn] = (), mode: str | None = None) -> ScriptedStream:
        if mode == "extractive":
            return ScriptedStream(answer("例"))
        self.histories.append(history)
        return ScriptedStream(self.script.pop(0))


@dataclass
class ScriptedStream:
    step: Answer | BaseException

    def __iter__(self) -> Iterator[str]:
        yield "开头"
        if isinstance(self.step, BaseException):
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
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=folder)) as library:

        def open_page(*script: Answer | BaseException) -> tuple[AppTest, Scripted]:
            assistant = Scripted(list(script))
            shared = Resources(library, cast(Assistant, assistant))
            monkeypatch.setattr(state, "resources", lambda: shared)
            st.cache_data.clear()
            return AppTest.from_file(str(APP), default_timeout=60).run(), assistant

        yield open_page


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

    def broken(_: PolicyLibrary) -> None:
        raise RuntimeError

    monkeypatch.setattr("assistant.ui.chat.show_sidebar", broken)
    shown = asked(opened, "一")
    assert "资料库目录暂时不可用" in shown
    assert "甲" in shown


def test_a_question_whose_answer_was_interrupted_is_answered_by_the_next_run(
    scripted: Callable[..., tuple[AppTest, Scripted]],
) -> None:
    from streamlit.runtime.scriptrunner import StopException

    opened, _ = scripted(StopException(), answer("终于"))
    assert "终于" not in asked(opened, "一")
    opened.run()
    assert "终于" in drawn(opened)


def test_a_second_click_on_what_is_being_answered_adds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    state.ask("一")
    state.ask("一")
    assert state.conversation() == (Exchange("一"),)
    state.settle(0, Exchange("一", problem="不行"))
    state.ask("一")
    assert len(state.conversation()) == 2
