"""Documents that are read again: what is understood otherwise takes the place of what was stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.vectorstore.samples import parsed
from vectorstore.doctor import examine
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument, Status


def understood(source: str, *texts: str, **said: object) -> ParsedDocument:
    """Return the document of one and the same file as some reader understands it."""
    told = parsed(source, *texts)
    first = parsed(source).document
    document = replace(told.document, id=first.id, content_hash=first.content_hash, **said)  # type: ignore[arg-type]
    passages = tuple(
        replace(
            passage,
            id=f"{first.id}:{passage.ordinal:05}",
            document_id=first.id,
            previous=f"{first.id}:{passage.ordinal - 1:05}" if passage.previous else "",
            next=f"{first.id}:{passage.ordinal + 1:05}" if passage.next else "",
        )
        for passage in told.passages
    )
    return replace(told, document=document, passages=passages)


@pytest.fixture
def settings(any_engine: LibrarySettings) -> LibrarySettings:
    return any_engine


def test_what_is_understood_otherwise_takes_the_place_of_what_was_stored(
    settings: LibrarySettings, library: PolicyLibrary
) -> None:
    with library.write() as writer:
        writer.put(parsed("规划.txt"))
        writer.correct("规划.txt", {"title": "碧螺岛渔业规划"})
    stood = library.pinned()
    (before,) = library.documents()
    new = understood("规划.txt", "碧螺岛建成深水网箱八百口。", "渔港扩建。", status=Status.DRAFT)
    with library.write() as writer:
        assert writer.put(new, again=True) == "updated"
    (after,) = library.documents()
    assert (after.title, after.status, after.content_hash) == (
        "碧螺岛渔业规划",
        Status.DRAFT,
        before.content_hash,
    )
    assert stood.documents() == (before,)
    assert library.text(after.id) == new.text
    held = list(library.passages(after.id))
    assert [passage.text for passage in held] == [passage.text for passage in new.passages]
    assert held[0].next == held[1].id
    for search in (library.search_keywords, library.search_vectors):
        assert {hit.document_id for hit in search("深水网箱八百口", 50)} == {after.id}
    assert examine(settings).findings == ()


def test_what_is_understood_as_before_stays(library: PolicyLibrary) -> None:
    with library.write() as writer:
        writer.put(parsed("规划.txt"))
    generation = library.generation
    with library.write() as writer:
        assert writer.put(parsed("规划.txt"), again=True) == "unchanged"
    assert library.generation == generation
    for _ in range(2):
        with library.write() as writer:
            writer.put(understood("规划.txt", "另一种理解。"), again=True)
    generation = library.generation
    with library.write() as writer:
        assert writer.put(understood("规划.txt", "另一种理解。"), again=True) == "unchanged"
        assert writer.put(parsed("规划.txt")) == "unchanged"
    assert library.generation == generation


def test_a_former_understanding_may_come_back(settings: LibrarySettings, library: PolicyLibrary) -> None:
    with library.write() as writer:
        writer.put(understood("规划.txt", "甲种理解。"))
    for text in ("乙种理解。", "甲种理解。", "乙种理解。"):
        with library.write() as writer:
            assert writer.put(understood("规划.txt", text), again=True) == "updated"
        (document,) = library.documents()
        assert text.rstrip("。") in library.text(document.id)
    assert examine(settings).findings == ()


def test_two_files_of_one_content_are_read_again_once(library: PolicyLibrary) -> None:
    with library.write() as writer:
        writer.put(parsed("规划.txt"))
        writer.put(parsed("副本.txt"))
    with library.write() as writer:
        one = understood("规划.txt", "另一种理解。", title="规划")
        other = understood("副本.txt", "另一种理解。", title="副本")
        assert writer.put(one, again=True) == "updated"
        assert writer.put(other, again=True) == "unchanged"
    (document,) = library.documents()
    assert (document.source, document.title) == ("规划.txt", "规划")
    with library.write() as writer:
        assert set(writer.sources()) == {"规划.txt", "副本.txt"}
        writer.forget("规划.txt")
    assert [document.source for document in library.documents()] == ["副本.txt"]
