"""The kind of a document by its title, its head and its byline."""

import pytest

from ingest.kinds import kind_named
from tests.ingest.test_metadata import BODY, read
from vectorstore.types import DocumentKind, Status


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云泽市海洋经济发展“十五五”规划", DocumentKind.PLAN),
        ("云泽市低空经济三年行动计划（2026—2028年）（征求意见稿）", DocumentKind.PLAN),
        ("云泽市人民政府关于印发《云泽市海洋经济规划（2026—2030年）》的通知", DocumentKind.PLAN),
        ("云泽市人才公寓管理办法（试行）", DocumentKind.MEASURE),
        ("云泽市关于促进海洋经济发展的若干意见", DocumentKind.MEASURE),
        ("云泽市支持创新药发展十条", DocumentKind.MEASURE),
        ("关于印发云泽市人才公寓管理办法实施细则的通知", DocumentKind.MEASURE),
        ("关于开展2026年人才公寓申报工作的通知", DocumentKind.NOTICE),
        ("关于做好政策解读工作的通知", DocumentKind.NOTICE),
        ("关于公布2026年度专精特新企业名单的通知", DocumentKind.NOTICE),
        ("关于转发《省级专项资金申报通知》的通知", DocumentKind.NOTICE),
        ("关于公开征求《云泽市人才公寓管理办法（征求意见稿）》意见的公告", DocumentKind.NOTICE),
        ("云泽市海域使用条例", DocumentKind.LAW),
        ("中华人民共和国某某促进法", DocumentKind.LAW),
        ("《云泽市人才公寓管理办法》政策解读", DocumentKind.INTERPRETATION),
        ("一图读懂《云泽市人才公寓管理办法》", DocumentKind.INTERPRETATION),
        ("政策解读丨云泽市人才公寓管理办法", DocumentKind.INTERPRETATION),
        ("关于《云泽市海域使用条例（草案）》的说明", DocumentKind.INTERPRETATION),
        ("雲澤市住房局負責人就《管理辦法》答記者問", DocumentKind.INTERPRETATION),
        ("关于同意设立云泽海洋产业园的批复", DocumentKind.UNKNOWN),
        ("云泽市权责清单", DocumentKind.UNKNOWN),
        ("潮水退去的地方", DocumentKind.UNKNOWN),
        ("我们的想法", DocumentKind.UNKNOWN),
        ("我市印发《云泽市海洋经济规划》", DocumentKind.UNKNOWN),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: DocumentKind) -> None:
    assert read(f"{title}\n{BODY}").kind is kind


@pytest.mark.parametrize(
    "source",
    [
        f"我市出台海洋经济发展规划\n本报记者 某某\n{BODY}",
        f"人才公寓明年动工\n{BODY}\n（记者 某某 通讯员 某某）",
        f"海岸边的新厂房\n来源：云泽日报\n{BODY}",
        f"我市印发《云泽市海洋经济规划》\n近日，市政府印发规划，提出新的目标。\n{BODY}",
        f"云泽市出台海洋经济发展规划\n近日，市政府印发规划，提出新的目标。\n{BODY}",
        f"云泽召开海洋经济大会\n3月5日上午，全市海洋经济大会在某地召开，会议部署了全年的任务。\n{BODY}",
        f"海洋产业再添新军\n作者：　来源：　发布时间：2026-03-05\n{BODY}\n据介绍，该项目将于年底投产。",
    ],
)
def test_reporting_tells_news_whatever_the_headline_ends_with(source: str) -> None:
    told = read(source)
    assert (told.kind, told.status) == (DocumentKind.NEWS, Status.NOT_POLICY)


def test_an_author_tells_an_article() -> None:
    told = read(f"潮水退去的地方\n文/某某 某某\n{BODY}\n据介绍，当年这里只有三户人家。")
    assert (told.kind, told.status) == (DocumentKind.ARTICLE, Status.NOT_POLICY)
    assert read(f"潮水退去的地方\n作者：某某\n{BODY}").kind is DocumentKind.ARTICLE
    assert read(f"潮水退去的地方\n某某\n{BODY}\n（作者系云泽市某会会员）").kind is DocumentKind.ARTICLE


def test_a_policy_reprinted_with_its_source_stays_a_policy() -> None:
    source = f"云泽市人才公寓管理办法\n来源：云泽日报\n云政规〔2026〕3号\n{BODY}"
    assert read(source).kind is DocumentKind.MEASURE


@pytest.mark.parametrize(
    "head",
    [
        "（2026年1月8日云泽市第五届人民代表大会常务委员会第三次会议通过）",
        "云泽市人民政府令\n第18号",
        "云泽市人民代表大会常务委员会公告",
    ],
)
def test_what_a_congress_or_an_order_enacts_is_law(head: str) -> None:
    assert read(f"云泽市海域使用规定\n{head}\n{BODY}").kind is DocumentKind.LAW


def test_a_plan_approved_by_the_congress_stays_a_plan() -> None:
    head = "（2026年1月8日云泽市第五届人民代表大会第三次会议批准）"
    assert read(f"云泽市第十五个五年规划纲要\n{head}\n{BODY}").kind is DocumentKind.PLAN


def test_the_label_of_a_government_page_goes_before_the_title() -> None:
    assert read(f"体裁：通知\n标题：云泽市工作方案\n{BODY}").kind is DocumentKind.NOTICE


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("notice", DocumentKind.NOTICE),
        ("规划", DocumentKind.PLAN),
        ("地方性法规", DocumentKind.LAW),
        ("政策解讀", DocumentKind.INTERPRETATION),
        ("新闻动态", DocumentKind.NEWS),
        ("其他", DocumentKind.UNKNOWN),
        ("", DocumentKind.UNKNOWN),
    ],
)
def test_a_kind_has_many_names(words: str, kind: DocumentKind) -> None:
    assert kind_named(words) is kind
