"""Documents come, change and go whole, whichever engine holds them."""

import pytest

from tests.vectorstore.samples import DISTRICTS, parsed
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import Status


def test_an_absent_library_is_empty_and_reading_makes_nothing(settings: LibrarySettings) -> None:
    with PolicyLibrary.open(settings) as library:
        assert library.generation == 0
        assert library.documents() == ()
        assert library.search_keywords("产业", 5) == []
        assert library.search_vectors("产业", 5) == []
        assert library.score_documents("产业") == {}
        assert list(library.passages()) == []
    assert not settings.policy_data_dir.exists()


def test_what_is_put_comes_back_unchanged(library: PolicyLibrary) -> None:
    document = parsed("规划.txt", number="青政发〔2026〕1号")
    with library.write() as writer:
        assert writer.put(document) == "added"
    assert library.documents() == (document.document,)
    assert library.text(document.document.id) == document.text
    assert tuple(library.passages(document.document.id)) == document.passages
    assert tuple(library.passages()) == document.passages


def test_the_tables_of_a_document_come_and_go_with_it(library: PolicyLibrary) -> None:
    old, new = parsed("规划.txt", "旧的目标。", tables=(DISTRICTS,)), parsed("规划.txt", "新的目标。")
    with library.write() as writer:
        writer.put(old)
    assert library.tables(old.document.id) == (DISTRICTS,)
    with library.write() as writer:
        writer.put(new)
    assert library.tables(new.document.id) == ()
    with pytest.raises(LibraryError, match="没有文件"):
        library.tables(old.document.id)


def test_load_keeps_the_order_and_skips_the_unknown(library: PolicyLibrary) -> None:
    document = parsed("规划.txt")
    with library.write() as writer:
        writer.put(document)
    first, second, third = document.passages
    assert library.load([third.id, "nothing:00000", first.id, second.id]) == [third, first, second]


def test_a_new_version_takes_the_place_of_the_old(library: PolicyLibrary) -> None:
    old, new = parsed("规划.txt", "旧版本的目标是四百亿元。"), parsed("规划.txt", "新版本的目标是八百亿元。")
    with library.write() as writer:
        writer.put(old)
    before = library.generation
    with library.write() as writer:
        assert writer.put(new) == "updated"
    assert library.generation > before
    assert library.documents() == (new.document,)
    for search in (library.search_keywords, library.search_vectors):
        assert {hit.document_id for hit in search("版本的目标", 10)} == {new.document.id}


def test_putting_the_same_again_changes_nothing(library: PolicyLibrary) -> None:
    with library.write() as writer:
        writer.put(parsed("规划.txt"))
    before = library.generation
    with library.write() as writer:
        assert writer.put(parsed("规划.txt")) == "unchanged"
        assert writer.sources() == {"规划.txt": parsed("规划.txt").document.content_hash}
    assert library.generation == before


def test_the_same_content_under_two_names_is_kept_once(library: PolicyLibrary) -> None:
    with library.write() as writer:
        assert writer.put(parsed("一.txt")) == "added"
        assert writer.put(parsed("二.txt")) == "duplicate"
    with library.write() as writer:
        assert writer.put(parsed("二.txt")) == "unchanged"
        assert set(writer.sources()) == {"一.txt", "二.txt"}
    assert len(library.documents()) == 1


def test_a_renamed_file_keeps_its_document(library: PolicyLibrary) -> None:
    with library.write() as writer:
        writer.put(parsed("旧名.txt"))
    with library.write() as writer:
        writer.put(parsed("新名.txt"))
        writer.forget("旧名.txt")
    assert [document.source for document in library.documents()] == ["新名.txt"]
    with library.write() as writer:
        writer.forget("新名.txt")
    assert library.documents() == ()


def test_a_removed_document_is_gone_and_may_come_back(library: PolicyLibrary) -> None:
    document = parsed("规划.txt")
    for _ in range(2):
        with library.write() as writer:
            assert writer.put(document) == "added"
        assert library.search_keywords("大健康", 5)
        with library.write() as writer:
            writer.remove(document.document.id)
        assert library.documents() == ()
        assert library.search_keywords("大健康", 5) == []
        assert library.search_vectors("大健康", 5) == []
    with library.write() as writer:
        writer.put(document)
        writer.remove(document.document.id)
        writer.put(document)
    assert library.documents() == (document.document,)


def test_an_unknown_document_is_said_to_be_unknown(library: PolicyLibrary) -> None:
    with pytest.raises(LibraryError, match="没有文件"):
        library.document("nothing")
    with library.write() as writer, pytest.raises(LibraryError, match="没有文件"):
        writer.remove("nothing")


def test_a_repealed_document_is_superseded_by_title_or_number(library: PolicyLibrary) -> None:
    old = parsed("旧.txt", title="青岚市奖励办法（试行）")
    older = parsed("更旧.txt", title="青岚市奖励意见", number="青政办发〔2019〕8号")
    new = parsed("新.txt", title="青岚市奖励办法", repeals=("《青岚市奖励办法(试行)》", "青政办发[2019]8号"))
    with library.write() as writer:
        for document in (old, older, new):
            writer.put(document)
    assert library.document(new.document.id).status is Status.IN_FORCE
    for document in (old, older):
        found = library.document(document.document.id)
        assert (found.status, found.superseded_by) == (Status.SUPERSEDED, new.document.id)
