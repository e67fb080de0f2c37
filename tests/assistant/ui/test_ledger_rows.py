"""What a row of the ledger says, as its reader understands it."""

from __future__ import annotations

import csv
from datetime import date

from assistant.ledger.sheets import csv_of
from assistant.ui.ledger_rows import row_of
from tests.assistant.asking import Filled
from vectorstore.facts import FactKind
from vectorstore.ledger import FactFilter

TEXT = """云泽市海洋经济促进办法

云泽市人民政府
2026年3月2日

第一条 到2030年，全市海洋经济规模力争突破3000亿元。
第二条 申报单位应当于每年6月30日前提交申报材料。
第三条 本办法自2026年4月1日起施行，《云泽市海洋经济办法》（云政规〔2020〕3号）同时废止。
"""


def rows(library_of: Filled, kind: FactKind) -> list[dict[str, str]]:
    ledger = library_of({"办法.txt": TEXT}).ledger
    return [row_of(found, ledger) for found in ledger.every(FactFilter(kind))]


def test_an_aim_stays_one_beside_its_bound(library_of: Filled) -> None:
    assert [row["数值"] for row in rows(library_of, FactKind.INDICATOR)] == ["力争≥3000亿元"]


def test_a_day_of_every_year_is_a_day_and_no_length(library_of: Filled) -> None:
    told = [(row["止"], row["起算"], row["时长"]) for row in rows(library_of, FactKind.DEADLINE)]
    assert ("每年6月30日", "", "") in told


def test_a_sheet_says_which_document_is_named_and_puts_the_title_before_the_file(library_of: Filled) -> None:
    ledger = library_of({"办法.txt": TEXT}).ledger
    sheet = csv_of(ledger.every(FactFilter(FactKind.REFERENCE)), FactKind.REFERENCE, ledger, date(2026, 9, 1))
    head, row = csv.reader(sheet.decode("utf-8-sig").splitlines())
    told = dict(zip(head, row, strict=True))
    assert (told["关系"], told["被引用文件"], told["被引用文号"]) == (
        "废止",
        "云泽市海洋经济办法",
        "云政规〔2020〕3号",
    )
    assert head.index("文件标题") < head.index("来源文件")
