"""What is searched for is found: in order, within limits, by any words, whichever engine holds it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.vectorstore.samples import SENTENCES, parsed, versioned
from vectorstore.library import PolicyLibrary
from vectorstore.types import PassageHit

WAYS = ("keywords", "vectors")


def search(library: PolicyLibrary, way: str) -> Callable[[str, int], list[PassageHit]]:
    return library.search_keywords if way == "keywords" else library.search_vectors


def test_few_documents_are_searched_as_by_the_index(
    library: PolicyLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library.write() as writer:
        for source in range(4):
            writer.put(versioned(source, 1))
    removed = versioned(3, 1).document.id
    with library.write() as writer:
        writer.remove(removed)
    scope = [*(document.id for document in library.documents()[:2]), removed]
    few = library.search_vectors("松涛县养老服务专项资金", 7, scope)
    monkeypatch.setattr("vectorstore.searches._FEW", len(scope))
    monkeypatch.setattr("vectorstore.searches._SHARE", 1.0)
    small_share = library.search_vectors("松涛县养老服务专项资金", 7, scope)
    monkeypatch.setattr("vectorstore.searches._FEW", 0)
    index = library.search_vectors("松涛县养老服务专项资金", 7, scope)
    assert {hit.document_id for hit in few} == set(scope[:2])
    for found in (few, small_share):
        assert [hit.passage_id for hit in found] == [hit.passage_id for hit in index]
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in index], abs=1e-5)


def test_passages_are_found_by_words_and_by_vectors(library: PolicyLibrary) -> None:
    with library.write() as writer:
        writer.put(parsed("规划.txt"))
        writer.put(parsed("办法.txt", "对企业给予奖励。", title="云溪区奖励办法"))
    for search in (library.search_keywords, library.search_vectors):
        hits = search("大健康产业总规模多少亿元", 3)
        assert library.load([hits[0].passage_id])[0].text == SENTENCES[0]
        assert hits == sorted(hits, key=lambda hit: -hit.score)
    assert (
        next(iter(library.score_documents("云溪区奖励办法")))
        == parsed("x", "对企业给予奖励。", title="云溪区奖励办法").document.id
    )


def test_the_passages_that_hold_a_word_are_counted(library: PolicyLibrary) -> None:
    assert library.frequencies(["廊道"]) == [0]
    with library.write() as writer:
        writer.put(parsed("plan.txt", "建设生态廊道。", "延长生态廊道。", "新增绿地。"))
    assert library.frequencies(["廊道", "绿地", "道路"]) == [2, 1, 0]


def test_search_can_be_limited_to_documents(library: PolicyLibrary) -> None:
    one, other = parsed("一.txt"), parsed("二.txt", title="云溪区产业规划")
    with library.write() as writer:
        writer.put(one)
        writer.put(other)
    for search in (library.search_keywords, library.search_vectors):
        hits = search("大健康产业", 10, [other.document.id])
        assert {hit.document_id for hit in hits} == {other.document.id}


def test_any_text_can_be_searched_for(library: PolicyLibrary) -> None:
    with library.write() as writer:
        writer.put(parsed("规划.txt"))
    for query in ("", "  ", "，。？", 'title:"*" OR (', "\x00'; drop table documents", "产业" * 5000):
        library.search_keywords(query, 5)
        library.search_vectors(query, 5)
        library.score_documents(query)


@pytest.mark.parametrize("way", WAYS)
def test_the_passage_that_says_it_comes_before_those_that_say_less(library: PolicyLibrary, way: str) -> None:
    with library.write() as writer:
        writer.put(parsed("一.txt", "建设冷链物流基地。", title="甲"))
        writer.put(parsed("二.txt", "建设冷链物流基地，发展低空经济，治理河道。", title="甲"))
        writer.put(parsed("三.txt", "治理河道，保护生态，发展养老服务。", title="甲"))
    hits = search(library, way)("冷链物流基地", 10)
    order = [library.document(hit.document_id).source for hit in hits]
    assert order[:2] == ["一.txt", "二.txt"]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_passages_that_say_the_same_stand_in_one_order_whichever_engine_holds_them(
    library: PolicyLibrary,
) -> None:
    with library.write() as writer:
        for number in (7, 3, 8, 5):
            writer.put(parsed(f"{number}.txt", f"建设冷链物流基地{number}处。", title="甲"))
    hits = library.search_keywords("冷链物流基地", 10)
    assert len(hits) == 4
    assert [hit.passage_id for hit in hits] == sorted(hit.passage_id for hit in hits)


@pytest.mark.parametrize("way", WAYS)
def test_no_more_is_found_than_was_asked_for_and_the_best_of_it(library: PolicyLibrary, way: str) -> None:
    with library.write() as writer:
        for source in range(3):
            writer.put(versioned(source, 1))
    find = search(library, way)
    every = find("专项资金", 100)
    assert len(every) == 60
    assert [hit.score for hit in find("专项资金", 7)] == pytest.approx(
        [hit.score for hit in every[:7]], abs=1e-5
    )
    assert find("专项资金", 0) == []


def test_a_rare_word_weighs_more_than_one_that_stands_everywhere(library: PolicyLibrary) -> None:
    with library.write() as writer:
        writer.put(parsed("一.txt", "安排资金，建设廊道。", "安排资金。", "安排资金。", title="甲"))
    weights = library.rarity("廊道资金")
    assert 1 > weights["廊道"] > weights["资金"] > 0
    assert library.rarity("戈壁")["戈壁"] == pytest.approx(2), "a word and a pair, which no passage holds"


def test_characters_that_are_rare_or_odd_are_stored_and_found(library: PolicyLibrary) -> None:
    texts = (
        "㵲阳河与𬭎矿的开发。",
        "投资①２０亿元，占比９％。",
        "“引号”、\t制表与\u200b零宽。",
        "臨瀾區發展計畫。",
    )
    document = parsed("规划 (1)?*'.txt", *texts)
    with library.write() as writer:
        writer.put(document)
    assert [one.text for one in library.passages(document.document.id)] == list(texts)
    for query, text in (("㵲阳河", texts[0]), ("投资20亿元", texts[1]), ("临澜区发展计划", texts[3])):
        best = library.search_keywords(query, 1)[0]
        assert library.load([best.passage_id])[0].text == text
