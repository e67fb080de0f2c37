"""What a passage holds of a question: words near in meaning count in part, and its best sentence speaks."""

from __future__ import annotations

import pytest

from assistant.fusion.passage_features import words_and_sentences
from ingest.pipeline import parse
from vectorstore.types import Passage, PolicyDocument

NONE, MONEY = frozenset[str](), frozenset({"money"})
FINES = "携犬出户不牵绳的，处二百元处罚。"
OTHERS = "河道每周清理一次。公园周末延长开放。路灯由供电所维护。图书馆每月新增藏书。道路两侧不得堆放杂物。"


def passages(*texts: str) -> list[tuple[PolicyDocument, Passage]]:
    found = []
    for text in texts:
        read = parse(f"青石市城市管理办法\n\n{text}\n".encode(), "rules.txt")
        found.append((read.document, next(one for one in read.passages if text[:8] in one.text)))
    return found


def test_a_word_counts_fully_and_one_near_in_meaning_in_part() -> None:
    given = passages(f"不牵绳的罚款{OTHERS}", FINES, OTHERS)
    same, near, far = words_and_sentences("罚款", {"罚款": 2.0}, given, NONE)
    assert same[0] == pytest.approx(1)
    assert 0.5 < near[0] < 1
    assert far[0] < 0.4


def test_words_count_by_their_weight_in_title_and_headings_too() -> None:
    weights = {"城市": 1.0, "骆驼": 3.0}
    found = words_and_sentences("城市骆驼", weights, passages(OTHERS), NONE)
    assert found[0, 0] == pytest.approx(0.25, abs=0.1)


def test_a_long_passage_is_as_near_as_its_nearest_sentence() -> None:
    question, weights = "遛狗不拴绳罚款", {"遛狗": 1.0, "狗": 1.0, "绳": 1.0, "罚款": 1.0}
    given = passages(FINES, OTHERS + FINES, OTHERS)
    alone, among, other = words_and_sentences(question, weights, given, NONE)[:, 1]
    assert among == pytest.approx(alone, abs=0.02)
    assert among > other + 0.2


def test_a_heading_holds_no_figure_that_is_asked_for() -> None:
    bare, told = passages("关于遛狗不牵绳罚款的说明。", FINES)
    found = words_and_sentences("遛狗不牵绳罚款多少元", {"遛狗": 1.0, "罚款": 1.0}, [bare, told], MONEY)
    assert found[0, 1] > found[1, 1], "the heading is nearer"
    assert found[0, 2] == 0
    assert found[1, 2] == found[1, 1] > 0


def test_without_words_or_passages_there_is_nothing() -> None:
    assert words_and_sentences("", {}, passages(OTHERS), NONE).tolist() == [[0.0, 0.0, 0.0]]
    assert words_and_sentences("罚款", {"罚款": 1.0}, [], NONE).shape == (0, 3)
    assert words_and_sentences("zzz", {}, passages(OTHERS), NONE)[0].tolist() == [0.0, 0.0, 0.0]
