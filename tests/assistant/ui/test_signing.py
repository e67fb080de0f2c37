from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.records.signoff import Decision, SignOff
from tests.assistant.ui.samples import HOSTILE, answer, citation, seen
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

TEXT = "到2030年，全市港口岸电使用率达到95%。"
ANSWER = answer(f"{TEXT}[1]", citation(TEXT, TEXT))
CITED = ANSWER.citations[0]


@pytest.fixture
def sign_off(tmp_path: Path) -> Iterator[SignOff]:
    with closing(Records(LibrarySettings.in_folder(tmp_path / "data"))) as kept:
        yield SignOff(kept)


def beside(sign_off: SignOff) -> AppTest:
    """Draw the mark beside the only citation, for 甲."""

    def script(sign_off: object, answer: object) -> None:
        from assistant.ui.signing import show_mark

        mark = sign_off.marks(answer).get(1)  # type: ignore[attr-defined]
        show_mark(sign_off, "甲", answer, answer.citations[0], mark, "a-1")  # type: ignore[arg-type, attr-defined]

    return AppTest.from_function(script, default_timeout=60, args=(sign_off, ANSWER)).run()


def drawn(page: AppTest) -> str:
    assert not page.exception
    return "".join(str(element.proto.body) for element in page.get("html"))


def test_a_citation_is_marked_with_a_remark_and_shows_it_with_who_and_when(sign_off: SignOff) -> None:
    page = beside(sign_off)
    assert "pa-sign" not in drawn(page)
    page.button(key="mark-a-1").click().run()
    page.radio[0].set_value(Decision.WRONG)
    page.text_area[0].set_value("页码不对")
    page.button[-1].click().run()
    mark = sign_off.marks(ANSWER)[1]
    assert (mark.decision, mark.remark, mark.marked_by) == (Decision.WRONG, "页码不对", "甲")
    shown = seen(drawn(page)).text
    assert shown == f"有误 · 甲 · {mark.at.astimezone():%Y-%m-%d %H:%M}：页码不对"


def test_only_what_is_marked_can_be_taken_back(sign_off: SignOff) -> None:
    page = beside(sign_off)
    page.button(key="mark-a-1").click().run()
    assert page.radio[0].options == ["已核对", "有误"]
    page.button[-1].click().run()
    page.button(key="mark-a-1").click().run()
    page.radio[0].set_value(Decision.WITHDRAWN)
    page.button[-1].click().run()
    assert sign_off.marks(ANSWER) == {}
    assert "pa-sign" not in drawn(page)
    page.button(key="mark-a-1").click().run()
    assert "已核对 · 甲" in seen(drawn(page)).text


def test_hostile_remarks_stay_text(sign_off: SignOff) -> None:
    sign_off.mark("甲", ANSWER, CITED, Decision.CHECKED, HOSTILE[:400])
    shown = seen(drawn(beside(sign_off)))
    assert set(shown.tags) == {"div"}
    assert HOSTILE[:400] in shown.text
