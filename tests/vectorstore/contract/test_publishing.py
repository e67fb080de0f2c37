"""What readers see is one whole generation, whatever a writer does or suffers, whichever engine holds it."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from tests.vectorstore.samples import parsed, versioned
from vectorstore.doctor import examine
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild
from vectorstore.passage_vectors import PassageEmbedder
from vectorstore.session import Session
from vectorstore.settings import LibrarySettings


class BrokenOffError(Exception):
    """A writer that broke off."""


def test_a_pinned_library_stays_as_it_stood(library: PolicyLibrary) -> None:
    old, new = parsed("规划.txt", "旧的目标。"), parsed("通知.txt", "新的目标。")
    with library.write() as writer:
        writer.put(old)
    pinned = library.pinned()
    with library.write() as writer:
        writer.put(new)
    assert pinned.documents() == (old.document,)
    assert {hit.document_id for hit in pinned.search_keywords("目标", 5)} == {old.document.id}
    assert set(library.documents()) == {old.document, new.document}


def test_a_reader_sees_news_without_a_restart(settings: LibrarySettings) -> None:
    with PolicyLibrary.open(settings) as reader, PolicyLibrary.open(settings) as other:
        assert reader.documents() == ()
        with other.write() as writer:
            writer.put(parsed("规划.txt"))
            assert reader.documents() == ()
        assert reader.search_keywords("大健康", 5)
        assert reader.search_vectors("大健康", 5)


def test_what_was_stored_when_a_writer_broke_off_before_it_was_shown_is_shown_by_the_next(
    settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = parsed("规划.txt", "旧版本的目标。"), parsed("规划.txt", "新版本的目标。")
    with PolicyLibrary.open(settings) as reader:
        with reader.write() as writer:
            writer.put(old)
        generation = reader.generation

        def broken(self: Session, changes: object) -> None:
            raise BrokenOffError

        with monkeypatch.context() as patch:
            patch.setattr(Session, "publish", broken)
            with pytest.raises(BrokenOffError), reader.write() as writer:
                writer.put(new)
        # Whoever reads on sees the old, whole, in every way.
        assert (reader.generation, reader.documents()) == (generation, (old.document,))
        for search in (reader.search_keywords, reader.search_vectors):
            assert {hit.document_id for hit in search("版本的目标", 9)} == {old.document.id}
    with PolicyLibrary.open(settings) as library:
        assert library.documents() == (new.document,)
        for search in (library.search_keywords, library.search_vectors):
            assert {hit.document_id for hit in search("版本的目标", 9)} == {new.document.id}
    assert examine(settings).findings == ()


def test_what_a_writer_gave_up_in_the_middle_of_a_batch_shows_nothing(
    settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = parsed("规划.txt", "旧版本的目标。")
    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            writer.put(old)

        def broken(self: PassageEmbedder, *given: object) -> None:
            raise BrokenOffError

        with monkeypatch.context() as patch:
            patch.setattr(PassageEmbedder, "made", broken)
            with pytest.raises(BrokenOffError), library.write() as writer:
                writer.put(parsed("规划.txt", "新版本的目标。"))
        assert library.documents() == (old.document,)
        assert {hit.document_id for hit in library.search_keywords("版本的目标", 9)} == {old.document.id}
    assert examine(settings).findings == ()


def test_each_change_is_one_generation_more(library: PolicyLibrary) -> None:
    seen = [library.generation]
    for version in (1, 2, 3):
        with library.write() as writer:
            writer.put(versioned(1, version))
            assert library.generation == seen[-1]
        seen.append(library.generation)
    assert seen == sorted(set(seen))


def test_a_reader_beside_a_writer_sees_whole_documents_alone(settings: LibrarySettings) -> None:
    wrong: list[str] = []
    begun, done = threading.Event(), threading.Event()

    def look() -> None:
        with PolicyLibrary.open(settings) as reader:
            try:
                while not done.is_set():
                    pinned = reader.pinned()
                    for search in (pinned.search_keywords, pinned.search_vectors):
                        found = Counter(hit.document_id for hit in search("专项资金", 1_000))
                        if set(found.values()) - {20} or set(found) - {one.id for one in pinned.documents()}:
                            wrong.append(f"{pinned.generation}: {found}")
                    begun.set()
            except BaseException as error:
                wrong.append(repr(error))
                begun.set()
                raise

    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            writer.put(versioned(0, 1))
        reader = threading.Thread(target=look)
        reader.start()
        assert begun.wait(60)
        for version in (2, 3, 4):
            with library.write() as writer:
                writer.put(versioned(0, version))
                writer.put(versioned(version, 1))
        done.set()
        reader.join()
        assert wrong == []
        assert len(library.documents()) == 4
        assert len(library.search_vectors("专项资金", 1_000)) == 80


def test_indexes_made_anew_find_what_the_old_ones_found(
    library: PolicyLibrary, settings: LibrarySettings
) -> None:
    def found() -> list[set[str]]:
        searches = (library.search_keywords, library.search_vectors)
        return [{hit.passage_id for hit in search("专项资金", 100)} for search in searches]

    with library.write() as writer:
        for source in range(3):
            writer.put(versioned(source, 1))
    with library.write() as writer:
        writer.remove(versioned(2, 1).document.id)
    before = found()
    rebuild(settings)
    assert found() == before
    assert [len(passages) for passages in before] == [40, 40]
    assert examine(settings).findings == ()
