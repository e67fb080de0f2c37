from __future__ import annotations

import gc
from pathlib import Path
from tempfile import gettempdir

import pytest

from assistant.records.attachments import Attachment, Attachments, is_attached
from assistant.settings import AssistantSettings
from assistant.types import Scope
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

TEXT = "青屿市渔港条例\n\n第一条 到2030年，全市渔港数量达到12个。".encode()


@pytest.fixture
def attachments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Attachments:
    """Takes files into a temporary folder that a test can look into."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return Attachments(AssistantSettings())


def left() -> list[Path]:
    return list(Path(gettempdir()).iterdir())


def test_a_file_is_answered_from_alone(attachments: Attachments) -> None:
    attachment = attachments.take("../渔港条例.txt", TEXT)
    answer = attachment.assistant().ask("到2030年渔港数量达到多少？").answer
    assert "12个" in answer.text
    assert [citation.document.source for citation in answer.citations] == ["渔港条例.txt"]
    assert attachment.holds(answer.citations[0].document.id)


def test_the_settings_of_the_shared_library_reach_no_attached_file(
    attachments: Attachments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    monkeypatch.setenv("POLICY_DATA_DIR", str(shared))
    monkeypatch.setenv("POLICY_DATABASE_URL", f"sqlite:///{shared}/other.sqlite")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("POLICY_DATABASE_URL=sqlite:////nowhere/at/all.sqlite\n", encoding="utf-8")
    attachment = attachments.take("渔港条例.txt", TEXT)
    assert "12个" in attachment.assistant().ask("到2030年渔港数量达到多少？").answer.text
    assert not shared.exists()
    with PolicyLibrary.open(LibrarySettings.in_folder(shared)) as library:
        assert library.documents() == ()


def test_a_file_that_cannot_be_read_says_why_in_one_line(attachments: Attachments) -> None:
    with pytest.raises(LibraryError, match=r"^坏\.docx 未能读取：.+$"):
        attachments.take("坏.docx", b"\x00broken").assistant()


def test_what_nobody_holds_any_more_is_gone_from_the_disk(attachments: Attachments) -> None:
    attachment: Attachment | None = attachments.take("渔港条例.txt", TEXT)
    assert attachment is not None
    attachment.assistant().ask("到2030年渔港数量达到多少？").answer  # noqa: B018
    assert [folder.stat().st_mode & 0o077 for folder in left()] == [0]
    del attachment
    gc.collect()
    assert left() == []


def test_a_question_about_a_file_is_told_from_one_about_a_document(attachments: Attachments) -> None:
    assert is_attached(attachments.take("渔港条例.txt", TEXT).scope)
    assert not is_attached(Scope(documents=("渔港条例.txt",)))
