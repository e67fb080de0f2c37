"""A library that its disk has changed says so, and quotes nothing of what changed."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from tests.vectorstore.damaging import flip, replace_bytes, settle
from tests.vectorstore.samples import DISTRICTS, SENTENCES, parsed
from vectorstore.database import FILE
from vectorstore.doctor import examine
from vectorstore.errors import DamagedError, LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

FLIPS = int(os.environ.get("BIT_FLIPS", "40"))


@pytest.fixture
def filled(settings: LibrarySettings) -> LibrarySettings:
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("规划.txt", tables=(DISTRICTS,)))
        writer.put(parsed("另一份.txt", "临江新城新增绿地12公顷。", title="临江新城规划"))
    settle(settings.policy_data_dir / FILE)
    return settings


def test_a_figure_that_changed_on_the_disk_is_never_quoted_and_the_document_is_named(
    filled: LibrarySettings, caplog: pytest.LogCaptureFixture
) -> None:
    assert replace_bytes(filled.policy_data_dir / FILE, "800亿元", "900亿元") >= 2
    with PolicyLibrary.open(filled) as library:
        hits = library.search_keywords("大健康产业总规模", 10)
        assert library.load([hit.passage_id for hit in hits]) == []
        assert "规划.txt" in caplog.text
        assert [document.source for document in library.damaged] == ["规划.txt"]
        with pytest.raises(DamagedError, match=r"规划\.txt"):
            library.text(library.damaged[0].id)
        assert library.search_keywords("大健康产业总规模", 10) == []
        # What is whole is found and quoted as before.
        whole = library.load([hit.passage_id for hit in library.search_keywords("新增绿地", 10)])
        assert [passage.text for passage in whole] == ["临江新城新增绿地12公顷。"]
    (finding,) = examine(filled).findings
    assert "规划.txt" in finding.problem
    assert "repair" in finding.remedy


def test_a_title_that_changed_takes_its_document_out(filled: LibrarySettings) -> None:
    replace_bytes(filled.policy_data_dir / FILE, "青岚市产业发展规划", "青屿市产业发展规划")
    with PolicyLibrary.open(filled) as library:
        assert [document.source for document in library.documents()] == ["另一份.txt"]
        assert all(hit.document_id == library.documents()[0].id for hit in library.search_keywords("规划", 9))


def test_the_same_content_read_again_takes_the_place_of_what_is_damaged(filled: LibrarySettings) -> None:
    replace_bytes(filled.policy_data_dir / FILE, "800亿元", "900亿元")
    with PolicyLibrary.open(filled) as library:
        with library.write() as writer:
            assert set(writer.damaged()) == {"规划.txt"}
            assert writer.put(parsed("规划.txt", tables=(DISTRICTS,)), again=True) == "updated"
        found = library.load([hit.passage_id for hit in library.search_keywords("大健康产业总规模", 1)])
        assert [passage.text for passage in found] == [SENTENCES[0]]
        assert library.tables(found[0].document_id) == (DISTRICTS,)
    assert examine(filled).findings == ()


def test_no_bit_that_turns_round_shows_in_what_is_read(filled: LibrarySettings, tmp_path: Path) -> None:
    chance = random.Random(20260202)  # noqa: S311
    with PolicyLibrary.open(filled) as library:
        texts = {document.source: library.text(document.id) for document in library.documents()}
        passages = {passage.text for passage in library.passages()}
        facts = {
            (document.source, document.title, document.document_number, document.period)
            for document in library.documents()
        }
    noticed = 0
    for seed in range(FLIPS):
        data = Path(shutil.copytree(filled.policy_data_dir, tmp_path / str(seed)))
        place = flip(data / FILE, chance, near=chance.choice(["", *SENTENCES, "青岚市产业发展规划"]))
        try:
            with PolicyLibrary.open(LibrarySettings.in_folder(data)) as library:
                for document in library.documents():
                    told = (document.source, document.title, document.document_number, document.period)
                    # The name of a file proves nothing and may have changed.
                    assert any(told[1:] == known[1:] for known in facts), place
                    assert library.text(document.id) in texts.values(), place
                assert {passage.text for passage in library.passages()} <= passages, place
                hits = library.search_keywords("产业 绿地", 10)
                assert {one.text for one in library.load([hit.passage_id for hit in hits])} <= passages
                noticed += len(library.damaged) or len(library.documents()) < len(facts)
        except LibraryError:
            noticed += 1
        shutil.rmtree(data)
    assert noticed


@pytest.mark.parametrize("ending", ["store", "term", "idx", "fieldnorm", "json"])
def test_a_keyword_index_whose_bit_turned_round_is_made_anew(filled: LibrarySettings, ending: str) -> None:
    chance = random.Random(7)  # noqa: S311
    for file in (filled.policy_data_dir / "keywords").rglob(f"*.{ending}"):
        flip(file, chance)
    with PolicyLibrary.open(filled) as library:
        assert library.search_keywords("大健康产业总规模", 1)
    assert examine(filled).findings == ()


def test_an_index_that_breaks_under_a_reader_is_made_anew(filled: LibrarySettings) -> None:
    chance = random.Random(7)  # noqa: S311
    with PolicyLibrary.open(filled) as library:
        assert library.search_keywords("大健康产业总规模", 1)
        for file in (filled.policy_data_dir / "keywords").rglob("*.store"):
            data = bytearray(file.read_bytes())
            with file.open("r+b") as opened:
                opened.write(bytes(chance.randrange(256) for _ in data[:-120]))
        assert library.pinned().search_keywords("青岚市产业", 1)
    assert examine(filled).findings == ()


def test_doctor_says_in_one_line_that_an_index_is_damaged(filled: LibrarySettings) -> None:
    (store,) = (filled.policy_data_dir / "keywords").glob("*/passages/*.store")
    flip(store, random.Random(7))  # noqa: S311
    (finding,) = examine(filled).findings
    assert (finding.part, "rebuild" in finding.remedy) == ("关键词索引", True)
