"""Word files as they are printed."""

from __future__ import annotations

import time
from pathlib import Path

import docx
import pytest

from assistant.viewing import layouts
from assistant.viewing.layouts import Layouts
from assistant.viewing.pages import Pages
from assistant.viewing.quote_places import Sought
from vectorstore.libreoffice import program
from vectorstore.originals import Originals

QUOTE = "到2030年，港口岸电使用率达到95%。"
needs_libreoffice = pytest.mark.skipif(not program(), reason="LibreOffice (soffice) is not installed")


def word(folder: Path) -> Path:
    written = docx.Document()
    for number in range(60):
        written.add_paragraph(f"第{number + 1}条 港口单位应当完善第{number + 1}类设施。")
    written.add_paragraph(QUOTE)
    written.save(str(folder / "plan.docx"))
    return folder / "plan.docx"


def waited(made: Layouts, original: Path) -> Path | None:
    while made.is_coming(original):
        time.sleep(0.1)
    return made.ready(original)


@needs_libreoffice
def test_a_word_file_gets_pages_on_which_the_quote_is_found(tmp_path: Path) -> None:
    made, original = Layouts(), word(tmp_path)
    assert made.ready(original) is None
    assert made.come(original, "docx")
    form = waited(made, original)
    assert form is not None
    found = Pages().find(form, None, Sought(QUOTE))
    assert found.pages > 1
    assert list(found.marks) == [found.pages]


@needs_libreoffice
def test_a_broken_word_file_is_tried_once(tmp_path: Path) -> None:
    made, original = Layouts(), tmp_path / "plan.docx"
    original.write_bytes(b"PK\x03\x04" + b"\x00" * 2_000)
    assert made.come(original, "docx")
    assert waited(made, original) is None
    assert not made.come(original, "docx")


def test_without_libreoffice_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(layouts, "program", lambda: "")
    assert not Layouts().come(word(tmp_path), "docx")


def test_a_printed_form_goes_with_its_original(tmp_path: Path) -> None:
    kept = Originals(tmp_path / "originals")
    for number in ("a", "b"):
        folder = tmp_path / "originals" / (number * 2)
        folder.mkdir(parents=True)
        (folder / (number * 64)).write_bytes(b"1")
        (folder / f"{number * 64}.pdf").write_bytes(b"2")
    kept.drop_all_but({"a" * 64})
    assert sorted(file.name for file in (tmp_path / "originals").glob("??/*")) == [
        "a" * 64,
        "a" * 64 + ".pdf",
    ]
