"""A draft held against the library: what agrees, what differs and what is said of it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.checked_sentence import CheckedSentence, Finding
from assistant.drafts import remark_on
from assistant.settings import AssistantSettings
from assistant.types import Verdict
from assistant.verification import Verification, ground_in_text
from tests.assistant.asking import Filled

TODAY = date(2026, 9, 1)
RULES = """云栖市人民政府关于印发《云栖市养老服务补贴办法》的通知

云栖政规〔2026〕7号

各县（市、区）人民政府：

《云栖市养老服务补贴办法》已经市政府同意，现印发给你们，请认真执行。

云栖市人民政府
2026年3月2日

云栖市养老服务补贴办法

第一条 本办法适用于在云栖市登记的养老机构。
第二条 市民政局负责补贴的审核，市财政局负责资金拨付。
第三条 对新建的养老机构，每张床位补贴8000元。
第四条 养老机构不得将补贴用于发放奖金。
第五条 申请人应当于每年5月31日前提出申请。
第六条 本办法自2026年4月1日起施行，有效期三年。
"""
DRAFT = """云栖市家政服务业发展规划（征求意见稿）

云栖市商务局
2026年2月

到2030年，全市家政服务企业达到260家，培训家政人员4万人次。
"""


@pytest.fixture
def verification(library_of: Filled) -> Verification:
    library = library_of({"办法.txt": RULES, "规划（征求意见稿）.txt": DRAFT})
    return Verification(library, Assistant(library, AssistantSettings()).search, TODAY)


def checked(verification: Verification, sentence: str) -> CheckedSentence:
    (found,) = verification.draft(sentence)
    return found


@pytest.mark.parametrize(
    "sentence",
    [
        "对新建的养老机构，每张床位补贴8000元。",
        "市民政局负责补贴的审核。",
        "《云栖市养老服务补贴办法》（云栖政规〔2026〕7号）自2026年4月1日起施行。",
        "养老机构不得将补贴用于发放奖金。",
    ],
)
def test_what_the_library_says_agrees_and_is_cited(verification: Verification, sentence: str) -> None:
    found = checked(verification, sentence)
    assert (found.finding, found.reason) == (Finding.AGREES, "")
    assert found.citations


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("对新建的养老机构，每张床位补贴9000元。", "对新建的养老机构，每张床位补贴8000元。"),
        (
            "《云栖市养老服务补助办法》自2026年4月1日起施行。",
            "《云栖市养老服务补贴办法》自2026年4月1日起施行。",
        ),
        (
            "《云栖市养老服务补贴办法》（云栖政规〔2026〕9号）自2026年4月1日起施行。",
            "《云栖市养老服务补贴办法》（云栖政规〔2026〕7号）自2026年4月1日起施行。",
        ),
    ],
)
def test_what_differs_is_shown_with_what_to_write(
    verification: Verification, sentence: str, right: str
) -> None:
    found = checked(verification, sentence)
    assert found.finding is Finding.DIFFERS
    assert found.suggestion == right


def test_a_rule_turned_round_differs(verification: Verification) -> None:
    found = checked(verification, "养老机构可以将补贴用于发放奖金。")
    assert found.finding is Finding.DIFFERS
    assert "不得" in found.reason


def test_what_stands_only_in_a_draft_is_told(verification: Verification) -> None:
    found = checked(verification, "到2030年，全市家政服务企业达到260家。")
    assert found.finding is Finding.LAPSED
    assert "征求意见稿" in found.reason
    assert (
        checked(verification, "征求意见稿提出，到2030年全市家政服务企业达到260家。").finding is Finding.AGREES
    )


def test_what_no_document_speaks_of_is_not_found(verification: Verification) -> None:
    found = checked(verification, "青石市轨道交通三号线于2027年12月开通运营。")
    assert found.finding is Finding.UNFOUND
    assert found.finding.verdict is Verdict.UNSUPPORTED


def test_what_is_merely_near_is_called_that_in_reason_and_remark(verification: Verification) -> None:
    found = checked(verification, "申请养老机构床位补贴的共有12家养老机构。")
    assert found.finding is Finding.UNFOUND
    assert found.reason == "最接近的内容中没有“12家”"
    assert "最接近的内容：《" in remark_on(found)


def test_a_document_that_the_library_lacks_is_named(verification: Verification) -> None:
    found = checked(verification, "依据《青石市港口条例》开展工作。")
    assert found.finding is Finding.UNFOUND
    assert "《青石市港口条例》" in found.reason


def test_sentences_keep_their_places_and_small_talk_is_let_be(verification: Verification) -> None:
    text = "# 汇报\n我们继续努力。\n对新建的养老机构，每张床位补贴9000元。"
    found = list(verification.draft(text))
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert [one.finding for one in found] == [Finding.UNCHECKED, Finding.DIFFERS]


def test_sources_that_differ_are_both_shown(library_of: Filled) -> None:
    told = "云栖市统计{}\n\n云栖市统计局\n2026年3月1日\n\n2025年，云栖市粮食播种面积为{}万亩。\n"
    texts = {"1.txt": told.format("公报", 52), "2.txt": told.format("通报", 57)}
    library = library_of(texts)
    verification = Verification(library, Assistant(library, AssistantSettings()).search, TODAY)
    found = checked(verification, "2025年，云栖市粮食播种面积为52万亩。")
    assert found.finding is Finding.DISPUTED
    assert len(found.citations) == 2


def test_a_text_that_comes_along_is_the_only_ground() -> None:
    told = "第二条 年满六十周岁的居民可以申请。"
    assert ground_in_text("年满六十周岁的居民可以申请。", told).verdict is Verdict.SUPPORTED
    assert ground_in_text("年满六十周岁的居民不得申请。", told).verdict is Verdict.CONTRADICTED
