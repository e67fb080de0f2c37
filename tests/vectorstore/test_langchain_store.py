"""The library's vectors as a vector store of LangChain."""

from __future__ import annotations

import pytest

from tests.coroutines import awaited
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

QUESTION = "首次认定的高新技术企业奖励多少"


def test_it_finds_what_the_library_finds_with_the_texts_of_the_catalogue(
    example_library: PolicyLibrary,
) -> None:
    store = example_library.as_vectorstore()
    found = store.similarity_search_with_score(QUESTION, k=5)
    hits = example_library.search_vectors(QUESTION, 5)
    assert [document.id for document, _ in found] == [hit.passage_id for hit in hits]
    first = found[0][0]
    document = example_library.document(first.metadata["document_id"])
    start = first.metadata["start_index"]
    assert first.metadata["source"] == document.source
    assert example_library.text(document.id)[start:].startswith(first.page_content[:20])
    assert store.get_by_ids([first.id or ""])[0].page_content == first.page_content


def test_it_serves_stock_retrievers_synchronously_and_not(example_library: PolicyLibrary) -> None:
    store = example_library.as_vectorstore()
    document = next(one for one in example_library.documents() if one.region == "砚川市")
    similar = store.as_retriever(search_kwargs={"k": 3, "filter": {"document": document.id}})
    found = similar.invoke(QUESTION)
    assert [one.metadata["document_id"] for one in found] == [document.id] * 3
    assert awaited(similar.ainvoke(QUESTION)) == found
    diverse = store.as_retriever(search_type="mmr", search_kwargs={"k": 3})
    assert len({one.id for one in diverse.invoke(QUESTION)}) == 3
    relevant = store.as_retriever(
        search_type="similarity_score_threshold", search_kwargs={"score_threshold": 0.3}
    )
    assert relevant.invoke(QUESTION)


def test_nothing_can_be_written_through_it(example_library: PolicyLibrary) -> None:
    store, before = example_library.as_vectorstore(), example_library.generation
    for change in (
        lambda: store.add_texts(["外来文字"]),
        lambda: store.delete(ids=["x"]),
        store.delete_collection,
        store.reset_collection,
    ):
        with pytest.raises(LibraryError, match="只读"):
            change()
    with pytest.raises(LibraryError, match="where_document"):
        store.similarity_search(QUESTION, where_document={"$contains": "奖励"})
    assert example_library.generation == before


def test_an_empty_library_is_told_in_one_line(settings: LibrarySettings) -> None:
    with PolicyLibrary.open(settings) as library, pytest.raises(LibraryError, match="ingest"):
        library.as_vectorstore().similarity_search(QUESTION)
