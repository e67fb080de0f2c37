"""What a viewer may not see is left out by the engine itself: it fills no place among the hits."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from tests.vectorstore.samples import parsed
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.viewers import Viewer
from vectorstore.writing import expect

QUERY = "大健康产业总规模"
MEMBER = Viewer(frozenset({"乙局"}))


def put(library: PolicyLibrary, sources: Iterable[str], groups: tuple[str, ...] = ()) -> list[str]:
    """Put documents that say the same and return their ids."""
    made = [parsed(source, "大健康产业总规模达到900亿元。", title=f"{source}规划") for source in sources]
    with library.write() as writer:
        writer.assign_groups([document.document.source for document in made], groups)
        for document in made:
            writer.put(document)
    return [document.document.id for document in made]


def found(library: PolicyLibrary, limit: int, documents: Iterable[str] = ()) -> list[set[str]]:
    """Return which documents each way of searching finds, each once."""
    ways = (library.search_keywords, library.search_vectors)
    hits = [[hit.document_id for hit in way(QUERY, limit, list(documents))] for way in ways]
    assert all(len(of_way) == len(set(of_way)) for of_way in hits)
    return [set(of_way) for of_way in hits]


def test_more_is_hidden_than_seen(library: PolicyLibrary) -> None:
    own, others = put(library, ["甲"]), put(library, [f"乙{number}" for number in range(5)], ("乙局",))
    assert found(library.seen_by(Viewer()), 1) == found(library.seen_by(Viewer()), 9) == [set(own)] * 2
    assert list(library.seen_by(Viewer()).score_documents(QUERY, 1)) == own
    assert found(library.seen_by(MEMBER), 9) == found(library, 9) == [{*own, *others}] * 2


def test_less_is_hidden_than_seen(library: PolicyLibrary) -> None:
    own, others = put(library, [f"甲{number}" for number in range(5)]), put(library, ["乙"], ("乙局",))
    stranger = library.seen_by(Viewer(frozenset({"丙局"})))
    assert found(stranger, 5) == [set(own)] * 2
    assert set(stranger.score_documents(QUERY, 5)) == set(own)
    assert found(library.seen_by(MEMBER), 9) == [{*own, *others}] * 2


def test_a_search_within_hidden_documents_finds_nothing_and_not_all(library: PolicyLibrary) -> None:
    own, others = put(library, ["甲"]), put(library, ["乙"], ("乙局",))
    stranger = library.seen_by(Viewer())
    assert found(stranger, 9, others) == [set()] * 2
    assert found(stranger, 9, [*own, *others]) == [set(own)] * 2


def test_nothing_is_found_where_all_is_hidden(library: PolicyLibrary) -> None:
    put(library, ["乙"], ("乙局",))
    stranger = library.seen_by(Viewer())
    assert found(stranger, 9) == [set()] * 2
    assert stranger.score_documents(QUERY) == {}
    assert not stranger.documents()


def test_of_two_groups_that_claim_a_name_at_once_one_gets_it(
    library: PolicyLibrary, settings: LibrarySettings
) -> None:
    put(library, ["公开"])
    names, groups = [f"新{number}" for number in range(5)], ("甲局", "乙局")
    with ThreadPoolExecutor(2) as both:
        won = [
            list(both.map(lambda group, name=name: expect(settings, name, [group], [group]), groups))
            for name in names
        ]
    assert all(sorted(one) == [False, True] for one in won)
    put(library, ["占位"])
    for name, (first, _) in zip(names, won, strict=True):
        owner = groups[0] if first else groups[1]
        assert expect(settings, name, [owner], [owner])
    assert not expect(settings, "公开", ["甲局"], ["甲局"])
    assert library.is_of(names[0], groups)
    assert not library.is_of("公开", groups)
