"""Sentences keep their exact place in the document."""

from __future__ import annotations

from assistant.choosing.sentences import split_sentences
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
