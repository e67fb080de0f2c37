"""Documents of groups: nobody else sees a trace of them, whatever becomes of their files."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.samples import parsed
from vectorstore.backup import backup, restore
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import Status
from vectorstore.viewers import UNLIMITED, Viewer, group_names

STRANGER = Viewer(frozenset({"丙局"}))
MEMBER = Viewer(frozenset({"乙局", "丁局"}))


@pytest.fixture
def two(library: PolicyLibrary) -> PolicyLibrary:
    """A library with a document for everybody and one for a group."""
    with library.write() as writer:
        writer.assign_groups(["乙.txt"], ["乙局"])
        writer.put(parsed("甲.txt", title="青岚市甲规划", number="青府〔2020〕1号"))
        secret = parsed("乙.txt", "云溪区机密事项。", title="青岚市乙规划", repeals=("青府〔2020〕1号",))
        writer.put(secret)
    return library


def sources(library: PolicyLibrary) -> list[str]:
    return [document.source for document in library.documents()]


def hidden_one(library: PolicyLibrary) -> str:
    return next(document.id for document in library.documents() if document.source == "乙.txt")


def test_only_members_see_a_document_of_a_group(two: PolicyLibrary) -> None:
    assert (
        sources(two)
        == sources(two.seen_by(MEMBER))
        == sources(two.seen_by(UNLIMITED))
        == ["乙.txt", "甲.txt"]
    )
    stranger, key = two.seen_by(STRANGER), hidden_one(two)
    assert sources(stranger) == ["甲.txt"]
    for reading in (stranger.document, stranger.text, stranger.tables, stranger.left_out, stranger.passages):
        with pytest.raises(LibraryError, match="没有"):
            reading(key)
    assert not stranger.load([f"{key}:00000"])
    assert stranger.passage_counts([key]) == {}
    assert {passage.document_id for passage in stranger.passages()} == {stranger.documents()[0].id}
    assert stranger.original(two.document(key)) is None
    assert stranger.file_groups() == {}
    with pytest.raises(LibraryError, match="部分文件"):
        stranger.as_vectorstore().similarity_search("机密")


def test_what_a_hidden_document_repeals_is_in_force(two: PolicyLibrary) -> None:
    of_member = {one.source: one.status for one in two.seen_by(MEMBER).documents()}
    assert of_member["甲.txt"] is Status.SUPERSEDED
    assert two.seen_by(STRANGER).documents()[0].status is Status.IN_FORCE


def test_a_view_never_shows_more_than_the_library_that_it_is_of(two: PolicyLibrary) -> None:
    assert sources(two.seen_by(STRANGER).seen_by(MEMBER)) == ["甲.txt"]
    assert sources(two.seen_by(STRANGER).seen_by(UNLIMITED)) == ["甲.txt"]
    assert sources(two.seen_by(STRANGER).pinned()) == ["甲.txt"]
    assert sources(two.pinned().seen_by(STRANGER)) == ["甲.txt"]


def test_what_is_remembered_of_a_library_is_told_apart_by_whose_documents_show(two: PolicyLibrary) -> None:
    assert len({two.seen_by(one).seen for one in (UNLIMITED, STRANGER, MEMBER)}) == 3
    assert two.seen_by(STRANGER).seen == two.seen_by(Viewer()).seen


def test_groups_outlive_the_next_version_and_the_removal_of_a_file(two: PolicyLibrary) -> None:
    gone = two.document(hidden_one(two))
    with two.write() as writer:
        writer.put(parsed("乙.txt", "云溪区另一机密事项。", title="青岚市乙规划修订"))
    assert sources(two.seen_by(STRANGER)) == ["甲.txt"]
    assert not two.seen_by(STRANGER).shows(gone.id, gone.source)
    assert two.seen_by(MEMBER).shows(gone.id, gone.source)
    with two.write() as writer:
        writer.remove(hidden_one(two))
    assert not two.seen_by(STRANGER).shows(gone.id, gone.source)
    with two.write() as writer:
        writer.put(parsed("乙.txt", "云溪区机密事项。", title="青岚市乙规划"))
    assert sources(two.seen_by(STRANGER)) == ["甲.txt"]


def test_a_file_that_is_moved_keeps_its_groups(two: PolicyLibrary) -> None:
    with two.write() as writer:
        writer.put(
            parsed("移动/乙.txt", "云溪区机密事项。", title="青岚市乙规划", repeals=("青府〔2020〕1号",))
        )
        writer.forget("乙.txt")
    assert sources(two) == ["甲.txt", "移动/乙.txt"]
    assert sources(two.seen_by(STRANGER)) == ["甲.txt"]
    assert two.file_groups() == {"移动/乙.txt": frozenset({"乙局"})}


def test_groups_are_changed_for_readers_that_are_there(two: PolicyLibrary) -> None:
    stranger = two.seen_by(STRANGER)
    assert sources(stranger) == ["甲.txt"]
    with two.write() as writer:
        writer.assign_groups(["乙.txt"], [])
        writer.assign_groups(["甲.txt"], ["甲局"])
    assert sources(stranger) == ["乙.txt"]


def test_a_backup_keeps_groups(two: PolicyLibrary, settings: LibrarySettings, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    backup(settings, file)
    elsewhere = LibrarySettings.in_folder(tmp_path / "elsewhere")
    restore(elsewhere, file)
    with closing(PolicyLibrary.open(elsewhere)) as restored:
        assert sources(restored.seen_by(STRANGER)) == ["甲.txt"]
        assert sources(restored.seen_by(MEMBER)) == ["乙.txt", "甲.txt"]


def test_names_of_groups_are_plain() -> None:
    assert group_names([" 乙局 ", "乙局"]) == {"乙局"}
    with pytest.raises(LibraryError, match="不能为空"):
        group_names(["乙局", " "])
    for name in ("甲;乙", "甲|乙", "甲\n乙", "局" * 201):
        with pytest.raises(LibraryError, match="无法使用"):
            group_names([name])
