"""Documents that end within a time are told, the next to end first, and not those that have ended."""

from __future__ import annotations

from datetime import date

from assistant.drafting.finding import Finding
from assistant.drafting.inquiry import Inquiry
from assistant.drafting.standing import findings
from assistant.question import understand
from assistant.retriever import find
from tests.assistant.asking import Filled
from vectorstore.library import PolicyLibrary

TODAY = date(2026, 11, 29)


def measure(name: str, last: str) -> str:
    lasting = f"第二条 本办法自2020年3月1日起施行，有效期至{last}。"
    return f"甲川市{name}管理办法\n\n第一条 {name}每月检查一次。\n\n{lasting}\n"


FILES = {
    "late.txt": measure("渔港", "2028年6月30日"),
    "soon.txt": measure("渔船", "2026年12月31日"),
    "over.txt": measure("渔网", "2025年12月31日"),
    "plan.txt": "甲川市海洋牧场发展规划\n\n（2026—2030年）\n\n"
    "为发展海洋牧场，制定本规划。规划期为2026年至2030年。\n",
}


def found(library: PolicyLibrary, text: str) -> list[Finding]:
    question = understand(text)
    return findings(Inquiry(library, question, find(library, question, 10), {}, TODAY))


def said(library: PolicyLibrary, text: str) -> str:
    return "".join(one.statement for one in found(library, text))


def test_what_ends_soon_is_told_with_the_time_that_is_meant(library_of: Filled) -> None:
    told = said(library_of(FILES), "哪些文件快到期了？")
    assert (
        told == "今后90天内（至2027年2月27日）到期的文件：\n《甲川市渔船管理办法》：有效期至2026年12月31日。"
    )


def test_what_ends_within_a_named_time_is_told_the_next_to_end_first(library_of: Filled) -> None:
    library = library_of(FILES)
    told = said(library, "2028年底前到期的有哪些")
    assert told.index("渔船") < told.index("渔港")
    assert "渔网" not in told
    assert "牧场" not in told
    assert "《甲川市海洋牧场发展规划》：规划期至2030年。" in said(library, "2030年到期的文件有哪些？")


def test_where_none_ends_it_is_said_and_the_next_one_is_named(library_of: Filled) -> None:
    library = library_of({name: FILES[name] for name in ("late.txt", "over.txt")})
    told = said(library, "哪些文件快到期了？")
    assert "没有文件到期" in told
    assert "下一份到期的是《甲川市渔港管理办法》" in told
    assert "渔网" not in told


def test_each_is_proven_by_the_sentence_that_says_when(library_of: Filled) -> None:
    library = library_of(FILES)
    quotes = [one.quote.text for one in found(library, "2028年底前到期的有哪些")]
    assert all("有效期至" in quote for quote in quotes)
