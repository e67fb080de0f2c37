"""Sentences keep their exact place in the document."""

from __future__ import annotations

import os
import subprocess
import sys

from assistant.selecting.sentences import split_sentences
from vectorstore.types import Passage, PassageKind


def _passage(text: str, kind: PassageKind = PassageKind.TEXT, start: int = 0) -> Passage:
    return Passage("d:00000", "d", 0, (), kind, text, None, start, start + len(text))


def test_each_sentence_is_the_document_between_its_start_and_end() -> None:
    document = "前言。" + "第一句有内容；第二句也有！\n  新的一段没有句号\n最后（见附件）。"
    passage = _passage(document[3:], start=3)
    for sentence in split_sentences(passage):
        assert document[sentence.start : sentence.end] == sentence.text


def test_a_run_in_head_stays_with_the_sentence_it_heads() -> None:
    texts = [
        sentence.text for sentence in split_sentences(_passage("药食同源。依托基地发展食品。扩大规模。"))
    ]
    assert texts == ["药食同源。依托基地发展食品。", "扩大规模。"]


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    texts = [
        sentence.text
        for sentence in split_sentences(
            _passage("会上指出“要抓住机遇，加快建设药谷和药港两个园区。”随后签约。")
        )
    ]
    assert texts == ["会上指出“要抓住机遇，加快建设药谷和药港两个园区。”", "随后签约。"]


def test_a_table_row_is_one_sentence() -> None:
    row = _passage("规模；2025年100。2030年200。", PassageKind.TABLE_ROW)
    assert [sentence.text for sentence in split_sentences(row)] == [row.text]


CLIPPED = """
from assistant.selecting.sentences import clip, split_sentences
from vectorstore.types import Passage, PassageKind

for size in range(3, 40):
    clauses = "".join(chr(0x4E00 + place) + "，" for place in range(size)) * 2
    passage = Passage("d:00000", "d", 0, (), PassageKind.TEXT, clauses, None, 0, len(clauses))
    values = {chr(0x4E00 + place): 0.1 + place / 7 for place in range(size)}
    (sentence,) = split_sentences(passage)
    print(clip(sentence, frozenset, values, 3 * size).start)
"""


def test_clauses_worth_the_same_are_chosen_alike_whatever_the_order_of_a_set() -> None:
    chosen = {
        subprocess.run(
            [sys.executable, "-c", CLIPPED],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2)
    }
    assert len(chosen) == 1
