"""Issuer, document number and day, wherever a document says them."""

from datetime import date

import pytest

from ingest.dates import date_in
from ingest.pipeline import parse
from tests.ingest.test_metadata import BODY, read

NOTICE = "关于组织申报海洋经济专项资金的通知"


@pytest.mark.parametrize(
    ("head", "number"),
    [
        (f"{NOTICE}\n云发改〔2026〕 15号", "云发改〔2026〕15号"),
        (f"{NOTICE}\n云科字[2026]第7号", "云科字〔2026〕7号"),
        (f"{NOTICE}\n云政办规（2026）6号", "云政办规〔2026〕6号"),
        (f"{NOTICE}\n望发﹝2026﹞3号", "望发〔2026〕3号"),
        (f"{NOTICE}\n云政发【2026】3号", "云政发〔2026〕3号"),
        (f"云政发〔2026〕8号 签发人：某某\n{NOTICE}", "云政发〔2026〕8号"),
        (f"文 号：云政发〔2026〕8号\n{NOTICE}", "云政发〔2026〕8号"),
        (f"{NOTICE}（云政发〔2026〕8号）", "云政发〔2026〕8号"),
        (f"{NOTICE}\n（2026年第3号）", "2026年第3号"),
        (f"云泽省交通厅 云泽省海洋厅公告\n2026年 第 5 号\n{NOTICE}", "2026年第5号"),
        (f"云泽市人民政府公报 2026年第4期\n{NOTICE}\n云政发〔2026〕10号", "云政发〔2026〕10号"),
        (f"{NOTICE}\n雲政發〔2026〕18號", "雲政發〔2026〕18號"),
        (f"云泽省人民政府令\n第 318 号\n{NOTICE}", "云泽省人民政府令第318号"),
        (NOTICE, ""),
    ],
)
def test_the_number_is_found_wherever_the_head_says_it(head: str, number: str) -> None:
    told = read(f"{head}\n{BODY}")
    assert (told.document_number, told.title) == (number, NOTICE)


def test_a_number_in_a_line_under_the_list_of_another_s_numbers_is_not_invented() -> None:
    assert (
        read(f"{NOTICE}\n{BODY}\n根据《意见》（省政发〔2025〕3号）和省政发〔2024〕9号文件。").document_number
        == ""
    )


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026年3月1日", date(2026, 3, 1)),
        ("2026 年 3 月 1 日", date(2026, 3, 1)),
        ("二〇二六年三月一日", date(2026, 3, 1)),
        ("二○二六年十二月三十一日", date(2026, 12, 31)),
        ("2026-03-01", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("2026-03-01 08:30:00", date(2026, 3, 1)),
        ("2026年2月30日", None),
        ("3月1日", None),
    ],
)
def test_days_are_read_in_figures_of_either_kind(words: str, day: date | None) -> None:
    assert date_in(words) == day
    assert read(f"{NOTICE}\n{BODY}\n{words}").issued_on == day


def test_several_offices_sign_together() -> None:
    signed = "云泽市发展和改革委员会\n云泽市财政局（公章）\n2026年2月20日"
    assert read(f"{NOTICE}\n{BODY}\n{signed}").issuer == "云泽市发展和改革委员会、云泽市财政局"
    side_by_side = "云泽市发展和改革委员会    云泽市财政局\n2026年2月20日"
    told = read(f"{NOTICE}\n{BODY}\n{side_by_side}")
    assert (told.issuer, told.issued_on) == ("云泽市发展和改革委员会、云泽市财政局", date(2026, 2, 20))


def test_joint_issuers_stay_apart_in_the_title() -> None:
    told = read(f"云泽市发展和改革委员会 云泽市财政局\n{NOTICE}\n{BODY}")
    assert told.title == f"云泽市发展和改革委员会 云泽市财政局{NOTICE}"
    assert told.issuer == "云泽市发展和改革委员会、云泽市财政局"


def test_a_law_is_issued_by_the_congress_that_passed_it() -> None:
    adopted = (
        "（2019年11月29日云泽省第十三届人民代表大会常务委员会第十六次会议通过 根据2025年9月26日云泽省第十四届"
        "人民代表大会常务委员会第十二次会议《关于修改〈云泽省海洋环境保护条例〉的决定》修正）"
    )
    told = read(f"云泽省海洋环境保护条例\n{adopted}\n第一条 为了保护海洋环境，制定本条例。")
    assert told.issuer == "云泽省第十三届人民代表大会常务委员会"
    assert told.issued_on == date(2019, 11, 29)


def test_the_byline_of_a_report_tells_the_day() -> None:
    told = read(f"海洋项目集中开工\n2026-03-18 09:12 来源：云泽日报 字体：大 中 小\n{BODY}")
    assert told.issued_on == date(2026, 3, 18)


def test_a_letterhead_is_the_title_only_where_there_is_no_other() -> None:
    assert read(f"云泽市人民政府通告\n云政告〔2026〕1号\n{BODY}").title == "云泽市人民政府通告"


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        (
            "云泽省教育厅 云泽省财政厅云泽省海洋厅\n关于印发船员培训办法的通知",
            "云泽省教育厅、云泽省财政厅、云泽省海洋厅",
        ),
        ("云泽市民政局公共服务事项清单", "云泽市民政局"),
        ("云泽市民政局局长答记者问", ""),
        ("船员培训指南\n来源：云泽市海洋局 发布时间：2026-03-09", "云泽市海洋局"),
        ("船员培训消息\n来源：云泽日报 发布时间：2026-03-09", ""),
    ],
)
def test_an_issuer_is_told_by_what_else_names_it(head: str, issuer: str) -> None:
    assert read(f"{head}\n{BODY}").issuer == issuer


def test_minutes_are_known_by_a_number_without_an_office_s_sign() -> None:
    assert read(f"海洋工作会议纪要\n〔2026〕第23号\n{BODY}").document_number == "〔2026〕第23号"


def test_an_office_above_a_title_that_begins_with_it_is_not_said_twice() -> None:
    title = "云泽市海洋局关于调整渔港收费的通知"
    page = f"<title>{title}</title><body><p>云泽市海洋局</p><p>{title}</p><p>{BODY}</p></body>"
    assert parse(f"<html>{page}</html>".encode(), "a.html").document.title == title


@pytest.mark.parametrize("mark", ["[1]", "①", "[^1]"])
def test_the_mark_of_a_note_is_no_part_of_a_title(mark: str) -> None:
    title = "云泽市2025年国民经济和社会发展统计公报"
    assert read(f"{title}{mark}\n云泽市统计局\n2026年3月19日\n{BODY}").title == title


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "中共云岭县委\n云岭县人民政府\n关于推进林下经济发展的\n实 施 意 见",
            "中共云岭县委 云岭县人民政府关于推进林下经济发展的实施意见",
        ),
        ("云岭县海洋局\n关于渔船名单的公示", "云岭县海洋局关于渔船名单的公示"),
        ("云岭县海洋局\n行政处罚决定书", "云岭县海洋局行政处罚决定书"),
    ],
)
def test_offices_above_what_they_issue_belong_to_the_title(head: str, title: str) -> None:
    assert read(f"{head}\n{BODY}").title == title
