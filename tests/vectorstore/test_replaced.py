"""A library that is deleted and made anew, under those that read it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.settings import AssistantSettings
from tests.assistant.api.serving import post, serving
from tests.vectorstore.samples import parsed, versioned
from vectorstore import session
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings
from vectorstore.tables import conversations


def fill(settings: LibrarySettings, source: str, text: str) -> None:
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed(source, text, title=source))


def test_readers_notice_that_it_is_another_library(settings: LibrarySettings) -> None:
    fill(settings, "旧.txt", "旧港区安排专项资金500万元。")
    with PolicyLibrary.open(settings) as library:
        before = library.generation
        assert library.search_keywords("专项资金", 3)
        shutil.rmtree(settings.policy_data_dir)
        assert library.documents() == ()
        fill(settings, "新.txt", "新港区安排专项资金900万元。")
        assert [document.source for document in library.documents()] == ["新.txt"]
        (hit,) = library.search_keywords("专项资金", 3)
        assert library.load([hit.passage_id])[0].text == "新港区安排专项资金900万元。"
        # What was learnt of the old one is not taken for the newest of this one.
        assert library.generation > before


def test_the_service_answers_from_the_library_that_is_there(tmp_path: Path) -> None:
    settings = LibrarySettings.in_folder(tmp_path / "data")
    fill(settings, "旧.txt", "旧港区安排专项资金500万元。")
    with PolicyLibrary.open(settings) as library, serving(library, AssistantSettings()) as url:
        assert "旧港区" in post(url, "/search", {"query": "专项资金"}).text
        shutil.rmtree(settings.policy_data_dir)
        assert post(url, "/search", {"query": "专项资金"}).status_code == 503
        fill(settings, "新.txt", "新港区安排专项资金900万元。")
        said = post(url, "/search", {"query": "专项资金"}).text
        assert "新港区" in said
        assert "旧港区" not in said


def test_what_people_leave_goes_to_the_library_that_is_there(settings: LibrarySettings) -> None:
    with closing(Records(settings)) as records:
        with records.writing():
            pass
        shutil.rmtree(settings.policy_data_dir)
        with records.reading() as connection:
            assert connection.scalar(select(func.count()).select_from(conversations)) == 0
        assert (settings.policy_data_dir / "catalogue.sqlite").exists()


def test_a_question_whose_vectors_went_meanwhile_takes_the_newest(
    library: PolicyLibrary, settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "GRACE_SECONDS", 0.0)
    with library.write() as writer:
        writer.put(versioned(1, 1))
    with PolicyLibrary.open(settings) as reader:
        question = reader.pinned()
        for version in (2, 3, 4):
            with library.write() as writer:
                writer.put(versioned(1, version))
        document = {hit.document_id for hit in question.search_vectors("专项资金", 5)}
        assert document == {versioned(1, 4).document.id}
