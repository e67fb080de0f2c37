"""Lines of nothing but who issued a document, under which number, on which day."""

from datetime import date

import pytest

from ingest.imprint import Imprint, imprint_in
from ingest.pipeline import parse
from tests.ingest.test_metadata import BODY, read

OFFICE, NUMBER, DAY = "云泽市人民政府办公室", "云政办发〔2026〕7号", date(2026, 2, 26)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"{OFFICE} {NUMBER} 2026年2月26日印发", Imprint(OFFICE, NUMBER, DAY)),
        (f"{NUMBER} {OFFICE}2026年2月26日印发 编制单位：市海洋局", Imprint(OFFICE, NUMBER, DAY)),
        (f"（2025年修订，{NUMBER}，{OFFICE}2026年2月26日印发）", Imprint(OFFICE, NUMBER, DAY)),
        (f"（{NUMBER}，2026年2月26日印发，自2026年4月1日起施行）", Imprint("", NUMBER, DAY)),
        (f"（{OFFICE} 2026年2月26日）", Imprint(OFFICE, "", DAY)),
        (
            "2026年2月26日 云泽市人民代表大会常务委员会公告公布",
            Imprint("云泽市人民代表大会常务委员会", "", DAY),
        ),
        (
            "（云泽市人民政府令第27号。2026年1月6日市人民政府第4次常务会议通过，2026年2月26日公布）",
            Imprint("云泽市人民政府", "云泽市人民政府令第27号", DAY),
        ),
    ],
)
def test_an_imprint_says_who_which_and_when(line: str, told: Imprint) -> None:
    assert imprint_in(line) == told


@pytest.mark.parametrize(
    "line",
    [
        "云泽市海洋局",
        "2026年2月26日",
        "（试行）",
        "（2026年—2030年）",
        "2026年2月26日，市政府印发",
        "市政府2026年2月26日印发了《海洋经济规划》",
        "各县区人民政府、市直各部门",
        "全市海洋经济发展大局 全面部署",
        "（2026年2月26日村民会议通过，2026年3月1日修订）",
    ],
)
def test_a_line_that_says_anything_else_is_none(line: str) -> None:
    assert imprint_in(line) is None


def test_a_document_is_described_by_its_imprint() -> None:
    told = read(f"云泽市海洋经济发展规划\n{OFFICE} {NUMBER} 2026年2月26日印发\n{BODY}")
    assert (told.issuer, told.document_number, told.issued_on) == (OFFICE, NUMBER, DAY)


@pytest.mark.parametrize("speaker", ["云泽市人民政府市长 某某", "云泽市市长 某某", "云泽市代市长 某某"])
def test_a_report_to_the_congress_is_of_whose_head_gives_it_on_that_day(speaker: str) -> None:
    congress = "——2026年1月20日在云泽市第九届人民代表大会第六次会议上"
    told = read(f"政府工作报告\n{congress}\n{speaker}\n{BODY}")
    assert (told.issuer, told.issued_on) == ("云泽市人民政府", date(2026, 1, 20))


def test_a_paragraph_below_an_imprint_is_not_joined_with_it() -> None:
    sections = "".join(f"## {name}、目标\n\n到2030年，海洋产值达到650亿元。\n\n" for name in "一二三四五")
    line = f"{OFFICE} {NUMBER} 2026年2月26日印发"
    source = f"# 云泽市海洋经济发展规划\n\n{line}\n\n为发展海洋经济，制定本规划。\n\n{sections}"
    assert "印发\n为发展海洋经济" in parse(source.encode(), "规划.md").text


def test_a_line_of_acts_tells_who_made_it_public_by_which_order_and_when() -> None:
    passed, order = (
        "2007年2月14日 国务院第169次常务会议通过",
        "2007年2月25日 中华人民共和国国务院令第488号公布",
    )
    found = imprint_in(f"（{passed} {order} 自2007年5月1日起施行）")
    assert found == Imprint("中华人民共和国国务院", "中华人民共和国国务院令第488号", date(2007, 2, 25))
    assert imprint_in(order) == found
    # What was passed has its day from elsewhere, but is no text that the next line goes on with.
    assert imprint_in(passed) == Imprint()
    assert (
        imprint_in("2013年11月21日 云泽市人大常委会第九次会议修订根据2017年11月23日会议第二次修正")
        == Imprint()
    )
    assert imprint_in("2007年5月1日 施行") == Imprint()


@pytest.mark.parametrize(
    "line", ["2026年3月15日前完成修订", "2026年3月15日云泽市人民政府发布了规划，并作说明。"]
)
def test_a_sentence_with_a_day_is_no_line_of_acts(line: str) -> None:
    assert imprint_in(line) is None


def test_the_head_of_a_regulation_tells_who_issued_it_line_by_line() -> None:
    head = ["2007年2月14日 市政府第16次常务会议通过", "2007年2月25日 云泽市人民政府令第48号公布"]
    body = ["第一章 总则", "第一条 为了促进残疾人就业，制定本办法。", "第二条 本市实行集中就业。"]
    text = "\n\n".join(["残疾人就业办法", *head, "2007年5月1日 施行", *body])
    document = parse(text.encode(), "办法.txt").document
    assert document.issuer == "云泽市人民政府"
    assert document.document_number == "云泽市人民政府令第48号"
    assert document.issued_on == date(2007, 2, 25)
