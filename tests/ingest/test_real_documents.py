"""What must hold on a folder of real documents; none of their words stand here."""

import unicodedata
from pathlib import Path

import pytest

from ingest.pipeline import parse
from ingest.script import simplified
from ingest.tokens import TokenBudget
from vectorstore.types import ParsedDocument, PassageKind, Status


def bare(text: str) -> str:
    folded = simplified(unicodedata.normalize("NFKC", text))
    return "".join(character for character in folded if not character.isspace() and character not in "*#")


@pytest.fixture(scope="module")
def parsed(real_documents: Path) -> list[ParsedDocument]:
    files = sorted(path for path in real_documents.iterdir() if path.is_file())
    return [parse(path.read_bytes(), path.name) for path in files]


def test_every_document_has_a_title_a_region_and_a_script(parsed: list[ParsedDocument]) -> None:
    for one in parsed:
        assert one.document.title
        assert one.document.region
        assert one.document.script in ("hans", "hant")


def test_a_plan_has_a_period(parsed: list[ParsedDocument]) -> None:
    plans = [one.document for one in parsed if "规划" in one.document.title]
    assert plans
    assert all(plan.period.start and plan.period.end for plan in plans)
    assert all(plan.status in (Status.IN_FORCE, Status.DRAFT) for plan in plans)


def test_passages_keep_their_promises(parsed: list[ParsedDocument]) -> None:
    for one in parsed:
        for passage in one.passages:
            assert TokenBudget().holds(passage.text, 0, len(passage.text))
            if passage.kind != PassageKind.TABLE_ROW:
                assert one.text[passage.start : passage.end] == passage.text


def test_no_line_of_a_contents_and_no_button_is_in_a_passage(parsed: list[ParsedDocument]) -> None:
    for one in parsed:
        for passage in one.passages:
            assert "....." not in passage.text
            assert ">>" not in passage.text
            assert "\ufffd" not in passage.text


def test_text_passages_stand_in_their_source(real_documents: Path, parsed: list[ParsedDocument]) -> None:
    for one in parsed:
        raw = (real_documents / one.document.source).read_text(encoding="utf-8")
        words = [character for character in bare(raw) if "\u4e00" <= character <= "\u9fff"]
        source = "".join(words)
        for passage in one.passages:
            if passage.kind == PassageKind.TEXT:
                han = "".join(
                    character for character in bare(passage.text) if "\u4e00" <= character <= "\u9fff"
                )
                assert han in source
