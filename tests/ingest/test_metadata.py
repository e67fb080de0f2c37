from datetime import date

import pytest

from ingest.cleaning import clean
from ingest.lines import read_blocks
from ingest.loaders import Given
from ingest.metadata import Description, describe
from ingest.structure import outline
from vectorstore.types import DocumentKind, Period, Status
from vectorstore.validity import Validity

BODY = (
    "全市围绕海洋经济高质量发展，"
    "着力构建现代海洋产业体系，取得明显成效，基础更加坚实，前景更加广阔，动能更加充沛。"
)

NOTICE = f"""云泽市人民政府办公室文件
云政办〔2024〕12号

云泽市人民政府办公室
关于印发云泽市人才公寓管理办法的通知

各县（市、区）人民政府，市政府各部门：
{BODY}

云泽市人民政府办公室
二〇二四年五月六日

云泽市人才公寓管理办法
第一条 为规范管理，制定本办法。
第二条 本办法自2024年6月1日起施行，有效期3年。
原《云泽市人才公寓管理暂行办法》（云政办[2020]05号）同时废止。"""


def read(source: str, name: str = "文件", given: Given | None = None) -> Description:
    cleaned = clean(source)
    return describe(outline(read_blocks(cleaned.text)), name, given, cleaned.running)


def test_a_notice_tells_all_about_itself() -> None:
    assert read(NOTICE) == Description(
        title="云泽市人民政府办公室关于印发云泽市人才公寓管理办法的通知",
        issuer="云泽市人民政府办公室",
        document_number="云政办〔2024〕12号",
        issued_on=date(2024, 5, 6),
        region="云泽市",
        kind=DocumentKind.MEASURE,
        status=Status.IN_FORCE,
        validity=Validity(
            date(2024, 6, 1),
            date(2027, 5, 31),
            limited=True,
            subject="本办法",
            basis="自2024年6月1日起算3年",
            start=182,
            end=209,
        ),
        script="hans",
    )


def test_what_a_text_does_not_say_stays_empty() -> None:
    silent = read(f"随想\n{BODY}")
    assert silent == Description(title="随想", script="hans")


def test_a_text_without_any_title_goes_by_its_file_name() -> None:
    assert read(BODY * 2, "会议材料").title == "会议材料"


@pytest.mark.parametrize(
    ("front", "period"),
    [
        ("云泽市海洋经济规划\n（2023年—2030年）", Period(2023, 2030)),
        ("云泽市海洋经济规划（2023-2030）", Period(2023, 2030)),
        ("云泽市海洋经济规划\n（2023年3月—2030年12月）", Period(2023, 2030)),
        ("云泽市海洋经济行动方案（2023年3月至2030年12月）", Period(2023, 2030)),
        ("云泽市人民政府关于印发《云泽市海洋经济规划（2023—2030年）》的通知", Period(2023, 2030)),
        ("云泽市人民政府关于落实《全省海洋规划（2020—2035年）》的意见", Period()),
        ("云泽市海洋经济发展“十四五”规划", Period(2021, 2025)),
        ("云泽市国民经济和社会发展第十五个五年规划纲要", Period(2026, 2030)),
        ("云泽市海洋经济发展“十三五”规划", Period(2016, 2020)),
        ("云泽市海洋经济规划", Period()),
    ],
)
def test_the_period_of_a_plan_is_read_from_its_title(front: str, period: Period) -> None:
    assert read(f"{front}\n{BODY}").period == period


def test_the_period_a_plan_states_in_its_text_counts() -> None:
    months = "本规划的规划期限为2023年3月至2030年12月。"
    assert read(f"云泽市海洋经济规划\n{BODY}{months}").period == Period(2023, 2030)
    project = "项目实施期限为2023年3月至2030年12月。"
    assert read(f"云泽市海洋经济规划\n{BODY}{project}").period == Period()
    assert read(f"云泽市海洋经济规划\n{BODY}本规划的规划期限为2023年至2030年。").period == Period(2023, 2030)


def test_the_years_of_another_document_it_names_do_not() -> None:
    assert read(f"云泽市海洋经济规划\n{BODY}依据《全省规划（2020—2035年）》编制。").period == Period()


@pytest.mark.parametrize(
    ("source", "status"),
    [
        (f"云泽市海洋经济规划\n（公开征求意见稿）\n{BODY}", Status.DRAFT),
        (f"关于公开征求《云泽市管理办法》意见的公告\n{BODY}", Status.DRAFT),
        (f"云泽市人才公寓管理办法（草案）\n{BODY}", Status.DRAFT),
        (f"从盐田到药港\n文/某某\n{BODY}", Status.NOT_POLICY),
        (f"海岬藥港投產\n作者:某某 來源:某報 發布時間:2026-09-18\n{BODY}", Status.NOT_POLICY),
        (f"《云泽市人才公寓管理办法》政策解读\n{BODY}", Status.NOT_POLICY),
        (f"云泽市海洋经济发展“十四五”规划\n{BODY}", Status.IN_FORCE),
        (f"云泽市人才公寓管理办法\n第一条 本办法自印发之日起施行。\n{BODY}", Status.IN_FORCE),
        (f"云泽市人才公寓管理办法\n{BODY}", Status.UNKNOWN),
        (f"工作随想\n{BODY}", Status.UNKNOWN),
    ],
)
def test_the_status_follows_the_marks_of_the_text(source: str, status: Status) -> None:
    assert read(source).status == status


def test_a_draft_that_is_only_mentioned_makes_no_draft() -> None:
    source = f"云泽市海洋经济发展“十四五”规划\n{BODY}{BODY}\n在形成征求意见稿的基础上，多次修改完善。"
    assert read(source).status == Status.IN_FORCE


@pytest.mark.parametrize("head", ["云泽市海洋经济规划  征求意见稿", "（送审稿）", "讨论稿　第{n}页"])
def test_a_draft_that_only_the_heads_of_its_pages_name_is_one(head: str) -> None:
    title = "云泽市海洋经济发展规划\n（2026—2030年）\n"
    pages = [f"{head}\n{title if n == 1 else ''}{n}、目标\n第{n}项甲。\n乙。\n{n}" for n in range(1, 6)]
    told = read("\f".join(page.replace("{n}", str(n)) for n, page in enumerate(pages, 1)))
    assert (told.title, told.status) == ("云泽市海洋经济发展规划", Status.DRAFT)


def test_news_have_no_period() -> None:
    assert read(f"三年行动见成效（2023—2025年）\n文/某某\n{BODY}").period == Period()


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("云政发〔2026〕8号", "云政发〔2026〕8号"),
        ("云政发[2026]008号", "云政发〔2026〕8号"),
        ("发文字号：云政发（2026）8号", "云政发〔2026〕8号"),
    ],
)
def test_the_brackets_of_a_document_number_are_normalised(line: str, number: str) -> None:
    assert read(f"云泽市实施方案\n{line}\n{BODY}").document_number == number


def test_a_document_number_that_is_cited_in_the_text_is_not_its_own() -> None:
    assert read(f"云泽市实施方案\n{BODY}根据《省意见》（省政发〔2025〕3号）制定。").document_number == ""


def test_the_table_of_a_government_page_is_read() -> None:
    page = (
        "索引号：123\n发布机构：云泽市科技局\n发文字号：云科〔2026〕1号\n成文日期：2026-01-09\n"
        f"标题：关于组织申报的通知\n{BODY}"
    )
    told = read(page)
    assert (told.title, told.issuer) == ("关于组织申报的通知", "云泽市科技局")
    assert (told.document_number, told.issued_on) == ("云科〔2026〕1号", date(2026, 1, 9))


def test_the_space_of_a_broken_line_leaves_a_formal_title_but_not_a_headline() -> None:
    assert read(f"# 云泽市国民经济和 社会发展规划纲要\n\n{BODY}").title == "云泽市国民经济和社会发展规划纲要"
    assert read(f"对标先进 加速升级\n文/某某\n{BODY}").title == "对标先进 加速升级"


def test_a_title_over_two_lines_is_one() -> None:
    source = f"云泽市海洋生物医药产业\n高质量发展规划\n（2026—2030年）\n{BODY}"
    assert read(source).title == "云泽市海洋生物医药产业高质量发展规划"


def test_a_date_that_cannot_be_is_none() -> None:
    assert read(f"云泽市实施方案\n2026年13月40日\n{BODY}").issued_on is None


def test_what_a_record_says_goes_before_the_text() -> None:
    given = Given(title="标题", issuer="某局", issued_on=date(2020, 1, 2), region="某省", status=Status.DRAFT)
    told = read(NOTICE, given=given)
    assert (told.title, told.issuer, told.region, told.status) == ("标题", "某局", "某省", Status.DRAFT)
    assert told.document_number == "云政办〔2024〕12号"


def test_the_script_is_told() -> None:
    assert read("雲澤市海洋經濟發展規劃\n圍繞海洋經濟高質量發展，構建現代產業體系。").script == "hant"
    assert read("Plan\nNo Chinese at all.").script == ""


def test_the_signature_goes_before_the_day_a_page_was_shown() -> None:
    source = f"云泽市管理规定\n发布时间：2024-07-22\n{BODY}\n云泽市人民政府\n二00五年六月十七日"
    assert read(source).issued_on == date(2005, 6, 17)
    assert read(f"云泽市管理规定\n发布时间：2024-07-22\n{BODY}").issued_on == date(2024, 7, 22)


LONG_TITLE = "云泽市人民政府办公室关于印发《云泽市海洋生物医药产业倍增行动方案（2026—2030年）》的通知"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_long_title_ends_where_the_number_or_the_addressees_begin(gap: str) -> None:
    addressees = "各县（市、区）人民政府，市有关单位："
    told = read(gap.join([LONG_TITLE, "云政办发〔2026〕12号", addressees, BODY]))
    assert (told.title, told.document_number) == (LONG_TITLE, "云政办发〔2026〕12号")
    assert read(gap.join([LONG_TITLE, addressees, BODY])).title == LONG_TITLE


def test_the_first_line_is_a_title_unless_it_is_numbered() -> None:
    assert read("一、总体要求\n坚持以人民为中心。", "导出 7").title == "导出 7"
    assert read(f"云泽市人才公寓管理办法 第一条 {BODY}", "导出 7").title == "云泽市人才公寓管理办法"


def test_a_validity_of_two_years_is_read_in_either_word() -> None:
    source = f"云泽市管理办法\n第一条 本办法自2026年5月1日起施行，有效期两年。\n{BODY}"
    validity = read(source).validity
    assert validity
    assert (validity.first_day, validity.last_day) == (date(2026, 5, 1), date(2028, 4, 30))


def test_what_applies_for_some_years_covers_no_planning_period() -> None:
    source = f"云泽市管理办法\n第一条 本办法自2026年5月1日起施行，有效期两年。\n{BODY}"
    assert read(source).period == Period()
