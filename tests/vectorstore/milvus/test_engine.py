"""A library on Milvus: moved there and back, restored, and ranking the same however it grew."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.vectorstore.samples import parsed
from vectorstore.backup import backup, restore
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild
from vectorstore.settings import LibrarySettings


@pytest.fixture
def on_milvus(settings: LibrarySettings, tmp_path: Path) -> LibrarySettings:
    """The same library with its indexes in Milvus Lite."""
    url = SecretStr(f"milvus://{tmp_path}/new/milvus.db")
    return settings.model_copy(update={"policy_search_url": url})


def fill(settings: LibrarySettings, *files: str) -> None:
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        for file in files:
            writer.put(parsed(file, f"{file}安排资金，建设廊道。", title=file))


def test_a_library_moves_to_milvus_and_back_by_rebuilding(
    settings: LibrarySettings, on_milvus: LibrarySettings
) -> None:
    fill(settings, "一.txt")
    for place in (on_milvus, settings):
        with pytest.raises(LibraryError, match="rebuild"):
            fill(place, "二.txt")
        rebuild(place)
        assert examine(place).findings == ()
        with PolicyLibrary.open(place) as library:
            assert library.search_keywords("廊道", 3)
            assert library.search_vectors("廊道", 3)


def test_a_backup_is_restored_into_milvus(
    settings: LibrarySettings, on_milvus: LibrarySettings, tmp_path: Path
) -> None:
    fill(settings, "一.txt", "二.txt")
    backup(settings, tmp_path / "backup.zip")
    restored = on_milvus.model_copy(update={"policy_data_dir": tmp_path / "restored"})
    restored.policy_data_dir.mkdir()
    restore(restored, tmp_path / "backup.zip")
    assert examine(restored).findings == ()
    backup(restored, tmp_path / "again.zip")
    with PolicyLibrary.open(restored) as library:
        assert len(library.search_keywords("廊道", 9)) == 2


def test_indexes_that_are_gone_are_made_anew(on_milvus: LibrarySettings, tmp_path: Path) -> None:
    fill(on_milvus, "一.txt")
    elsewhere = SecretStr(f"milvus://{tmp_path}/other/milvus.db")
    empty = on_milvus.model_copy(update={"policy_search_url": elsewhere})
    with PolicyLibrary.open(empty) as library:
        assert library.search_keywords("廊道", 3)
        assert library.search_vectors("廊道", 3)
    assert examine(empty).findings == ()


def test_a_library_that_grew_ranks_as_one_made_at_once(on_milvus: LibrarySettings) -> None:
    with PolicyLibrary.open(on_milvus) as library:
        with library.write() as writer:
            writer.put(parsed("短.txt", "建设廊道。", "安排资金。", title="甲"))
        with library.write() as writer:
            for number in range(3):
                long = "".join(f"第{number}项建设廊道，治理河道{place}处。" for place in range(30))
                writer.put(parsed(f"{number}.txt", long, f"{long}安排资金。", title="乙"))
        grown = library.search_keywords("廊道资金", 20), library.score_documents("廊道资金")
        rebuild(on_milvus)
        made = library.search_keywords("廊道资金", 20), library.score_documents("廊道资金")
    assert {hit.passage_id: hit.score for hit in grown[0]} == pytest.approx(
        {hit.passage_id: hit.score for hit in made[0]}, rel=1e-3
    )
    assert grown[1] == pytest.approx(made[1], rel=1e-3)
