from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.answering import STOPPED
from assistant.conversations import Exchange
from assistant.export import briefing
from assistant.exporting.copying import as_text, copied
from assistant.exporting.export_markdown import markdown_of
from assistant.exporting.translating import in_language
from assistant.types import CheckedStatement, Scope, Verdict
from tests.assistant.ui.samples import answer, citation
from vectorstore.languages.language import Language

QUOTE = "对象为本市登记的企业，资料中未找到的除外。"
TABLE = f"| 对象 | 资料所载 |\n| --- | --- |\n| 临澜市 | {QUOTE}[1] |\n| 砚川市 | 资料中未找到 |"
DRAFT = "《港口办法》为征求意见稿，尚未正式印发，内容可能调整。"


def test_headings_change_and_quotes_do_not() -> None:
    told = in_language(answer(TABLE, citation(QUOTE, QUOTE), notices=(DRAFT,)), Language.TRADITIONAL)
    assert told.text.split("\n") == [
        "| 對象 | 資料所載 |",
        "| --- | --- |",
        f"| 临澜市 | {QUOTE}[1] |",
        "| 砚川市 | 資料中未找到 |",
    ]
    assert told.notices == ("《港口办法》為徵求意見稿，尚未正式印發，內容可能調整。",)
    assert told.citations[0].quote == QUOTE


def test_a_checked_sentence_is_found_again_behind_a_longer_line() -> None:
    text = f"相关内容：\n{QUOTE}[1]"
    start = text.index(QUOTE)
    doubted = CheckedStatement(
        start, start + len(QUOTE), QUOTE, (1,), Verdict.UNSUPPORTED, "资料库中未找到依据"
    )
    made = answer(text, citation(QUOTE, QUOTE))
    told = in_language(replace(made, statements=(doubted,)), Language.ENGLISH)
    (moved,) = told.statements
    assert told.text.startswith("Related content:")
    assert told.text[moved.start : moved.end] == QUOTE
    assert moved.reason == "Nothing in the library supports this"


def test_simplified_is_what_was_made() -> None:
    made = answer(TABLE, citation(QUOTE, QUOTE))
    assert in_language(made, Language.SIMPLIFIED) is made


def test_what_is_copied_and_exported_is_in_the_language_of_the_page() -> None:
    made = answer(TABLE, citation(QUOTE, QUOTE), notices=(DRAFT,))
    lines = as_text(copied(made, Language.ENGLISH)).splitlines()
    assert lines[0] == "Note: 《港口办法》 is a draft for comment; it has not been issued and may change."
    assert "Sources:" in lines
    now = datetime.now(UTC)
    kept = Exchange("e", "c", made.question, Scope(), now, now, made)
    told = briefing("岸电", [kept], Language.TRADITIONAL)
    assert told is not None
    text = markdown_of(told)
    assert text.startswith("# 政策問答簡報")
    assert "| 對象 | 資料所載 |" in text
    assert f"“{QUOTE}”" in text


def test_the_notice_of_a_stopped_answer_is_translated() -> None:
    told = in_language(answer(STOPPED, notices=(STOPPED,)), Language.ENGLISH)
    assert (told.text, told.notices) == ("The answer was stopped.", ("The answer was stopped.",))
