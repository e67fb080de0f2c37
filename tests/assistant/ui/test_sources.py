from __future__ import annotations

import pytest

from assistant.ui.sources import badge, source_card
from tests.assistant.ui.samples import HOSTILE, citation, document, passage, seen
from vectorstore.types import PassageKind, Status

TEXT = "到2030年，港口岸电使用率达到95%。到2030年，清洁能源集卡占比达到60%。"
QUOTE = "到2030年，清洁能源集卡占比达到60%。"


def test_a_card_names_its_source_as_it_is_cited_officially() -> None:
    card = seen(source_card(citation(TEXT, QUOTE, passage=passage(TEXT, page=12)), "a0"))
    assert "《青屿市绿色港口发展办法》第一章第二节" in card.text
    assert "青屿市人民政府 · 青政发〔2026〕3号 · 2026年3月9日" in card.text
    assert "第一章 总则 › 第二节 发展目标" in card.text
    assert "第 12 页" in card.text


@pytest.mark.parametrize("named", ["第一章 总则", "青政发〔2026〕3号"])
def test_what_the_label_names_is_not_repeated(named: str) -> None:
    label = f"《青屿市绿色港口发展办法》{named}"
    assert seen(source_card(citation(TEXT, QUOTE, label=label), "a0")).text.count(named) == 1


def test_what_a_document_does_not_say_leaves_no_gap() -> None:
    bare = document(issuer="", document_number="", issued_on=None)
    card = source_card(citation(TEXT, QUOTE, document=bare, passage=passage(TEXT, section=())), "a0")
    assert "pa-facts" not in card


def test_the_quote_is_highlighted_exactly_where_it_stands() -> None:
    twice = "岸电覆盖率提高。岸电覆盖率提高。"
    second = citation(twice, "岸电覆盖率提高。", start=1008, end=1016)
    assert "岸电覆盖率提高。<mark>岸电覆盖率提高。</mark>" in source_card(second, "a0")


def test_a_table_row_is_highlighted_whole() -> None:
    row = passage("岸电使用率：2030年为95%。", kind=PassageKind.TABLE_ROW, table="主要指标", start=5, end=9)
    card = seen(source_card(citation(TEXT, QUOTE, passage=row, start=6, end=9), "a0"))
    assert card.marked == "岸电使用率：2030年为95%。"
    assert "表：主要指标" in card.text


@pytest.mark.parametrize(
    ("start", "end", "marked"), [(900, 1005, TEXT[:5]), (1004, 9999, TEXT[4:]), (0, 10, "")]
)
def test_a_quote_that_reaches_out_of_its_passage_is_highlighted_as_far_as_it_stands_there(
    start: int, end: int, marked: str
) -> None:
    assert seen(source_card(citation(TEXT, QUOTE, start=start, end=end), "a0")).marked == marked


def test_a_short_passage_is_shown_whole_and_not_folded() -> None:
    card = seen(source_card(citation(TEXT, QUOTE), "a0"))
    assert TEXT in card.text
    assert "details" not in card.tags


def test_a_long_passage_folds_around_its_quote_and_opens_whole() -> None:
    long = "前" * 300 + QUOTE + "后" * 300
    card = source_card(citation(long, QUOTE), "a0")
    excerpt, whole = card.split("<details>")
    assert seen(excerpt).marked == QUOTE
    assert 10 < seen(excerpt).text.count("前") < 100
    assert seen(whole).marked == QUOTE
    assert seen(whole).text.count("前") == 300
    assert f"查看完整段落（{len(long)} 字）" in whole


def test_an_excerpt_is_cut_at_whole_sentences_where_there_are_any() -> None:
    long = f"{'前' * 300}。港口先行。{QUOTE}航道随后。\n{'后' * 300}。"
    excerpt = source_card(citation(long, QUOTE), "a0").split("<details>")[0]
    assert f"……港口先行。<mark>{QUOTE}</mark>航道随后。" in excerpt


@pytest.mark.parametrize("hostile", ["label", "passage", "quote", "title", "why_not"])
def test_hostile_document_text_stays_text(hostile: str) -> None:
    plain = seen(source_card(citation(TEXT, QUOTE, supported=False), "a0"))
    card = {
        "label": citation(TEXT, QUOTE, label=HOSTILE, supported=False),
        "passage": citation(HOSTILE, HOSTILE[:3], supported=False),
        "quote": citation(HOSTILE, HOSTILE[40:90], supported=False),
        "title": citation(
            TEXT, QUOTE, document=document(issuer=HOSTILE, title=HOSTILE), label="", supported=False
        ),
        "why_not": citation(TEXT, QUOTE, supported=False, why_not=HOSTILE),
    }[hostile]
    drawn = seen(source_card(card, "a0"))
    assert set(drawn.tags) <= {*plain.tags, "details", "summary", "blockquote"}
    assert drawn.links == []
    assert HOSTILE.strip() in drawn.text


@pytest.mark.parametrize("status", list(Status))
def test_a_badge_says_the_standing_in_words_and_in_colour(status: Status) -> None:
    assert badge(status) == f'<span class="pa-badge pa-{status.value}">{status.label}</span>'


def test_a_statement_that_was_not_verified_says_why() -> None:
    assert "核对提示：数字不一致" in source_card(
        citation(TEXT, QUOTE, supported=False, why_not="数字不一致"), "a0"
    )
    assert "核对提示" not in source_card(citation(TEXT, QUOTE), "a0")
