import pytest

from ingest.pipeline import parse
from ingest.regions import region_of


@pytest.mark.parametrize(
    ("title", "issuer", "region"),
    [
        ("江门市某某规划", "", "广东省江门市"),
        ("梧棠县人民政府常务会议纪要", "", "梧棠县"),
        ("棠梧县人大常委会某某决定", "", "棠梧县"),
        ("泰州医药高新区（高港区）某某规划", "", "江苏省泰州市医药高新区（高港区）"),
        ("广东省某某条例", "", "广东省"),
        ("广东省佛山市顺德区某某办法", "", "广东省佛山市顺德区"),
        ("上海市浦东新区某某办法", "", "上海市浦东新区"),
        ("某某管理办法", "苏州工业园区管理委员会", "江苏省苏州市"),
        ("临澜市望汀区某某规划", "", "临澜市望汀区"),
        ("關於印發廣州市某某辦法的通知", "", "广东省广州市"),
        ("关于加快海洋经济发展的意见", "", ""),
        ("云泽省临澜市望汀区某某办法", "", "云泽省临澜市望汀区"),
        ("图解：临澜市某某规划", "", "临澜市"),
        ("专家解读｜临澜市某某条例的亮点", "", "临澜市"),
        ("关于公开征求《临澜市某某条例》意见的公告", "", "临澜市"),
        ("我市出台某某办法", "", ""),
        ("各区某某办法", "", ""),
        ("云栖市农贸市场管理办法", "", "云栖市"),
        ("云栖市城市更新条例", "", "云栖市"),
        ("云栖市夜市管理办法", "云栖市上市服务中心", "云栖市"),
        ("云栖市开发区管理办法", "", "云栖市"),
        ("直辖市户籍办法", "", ""),
        ("致全体市民的一封信", "", ""),
        ("个城市试点方案", "", ""),
        ("关于税费的通告", "国家税务总局南阳市税务局", "河南省南阳市"),
        ("南京市鼓楼区某某办法", "", "江苏省南京市鼓楼区"),
        ("鼓楼区某某办法", "", "鼓楼区"),
        ("吉林省柳河县某某办法", "", "吉林省通化市柳河县"),
        ("台州市场监管办法", "", "浙江省台州市"),
        ("城区停车管理办法", "", ""),
        ("上市公司监管办法", "", ""),
        ("某某办法", "青石县人民政府", "青石县"),
        ("云栖市青禾区人民政府关于印发某某规划的通知", "", "云栖市青禾区"),
        ("青禾区某某行动计划", "云栖市青禾区人民政府", "云栖市青禾区"),
        ("云栖市工业区管理办法", "", "云栖市"),
    ],
)
def test_the_region_is_told_by_issuer_and_title(title: str, issuer: str, region: str) -> None:
    assert region_of(title, issuer, "") == region


def test_a_district_alone_is_completed_by_the_city_the_text_names() -> None:
    text = "火炬开发区地处中山市东部。中山市委提出目标，中山港扩建，与深圳隔海相望。"
    assert region_of("火炬开发区：产业腾飞", "", text) == "广东省中山市火炬开发区"


def test_a_district_that_many_cities_have_is_told_by_the_city_the_text_names() -> None:
    text = "南京正在更新。南京的鼓楼多年未修，南京人关心它。"
    assert region_of("鼓楼区更新办法", "", text) == "江苏省南京市鼓楼区"


def test_a_text_that_names_two_cities_alike_tells_none() -> None:
    assert region_of("两地合作", "", "广州与深圳合作。广州牵头，深圳配合。广州出资，深圳出地。") == ""


def test_titles_of_other_documents_do_not_count() -> None:
    text = "《深圳市措施一》《深圳市措施二》《深圳市措施三》《深圳市措施四》"
    assert region_of("对标先进", "", text) == ""


def test_a_table_of_cities_tells_no_region() -> None:
    rows = "".join(
        f"{city}市\t{amount}万元\n"
        for city, amount in zip(["临澜", "砚川", "望汀", "石浦"], range(4), strict=True)
    )
    text = f"各市不动产限额如下\n{rows}各市最低生活费如下\n{rows}"
    assert region_of("生活扶助参考资讯", "", text) == ""
    assert region_of("生活扶助参考资讯", "", f"{text}砚川市另行规定，由砚川市负责解释。") == "砚川市"


@pytest.mark.parametrize(
    ("witness", "region"),
    [
        ("云栖区政务服务网", "云栖区"),
        ("江门市人民政府门户网站", "广东省江门市"),
        ("柳河县重点产业意见", "吉林省通化市柳河县"),
        ("中国政府网", ""),
    ],
)
def test_what_is_told_beside_a_title_counts_where_the_title_names_no_place(witness: str, region: str) -> None:
    assert region_of("食品经营许可办事指南", "", "", [witness]) == region
    assert region_of("临澜市办事指南", "", "", [witness]) == "临澜市"


def test_a_page_has_its_region_from_its_source_its_site_or_its_file() -> None:
    article = "<h1>小餐饮登记办事指南</h1><p>{source}</p><p>申请人应当先行取得营业执照，再提交申请。</p>"

    def region(title: str, name: str, source: str = "") -> str:
        page = f"<html><head><title>{title}</title></head><body>{article.format(source=source)}</body></html>"
        return parse(page.encode(), name).document.region

    assert region("小餐饮登记办事指南_云栖区政务服务网", "a.html") == "云栖区"
    assert region("小餐饮登记办事指南", "03-青石县办事指南.html") == "青石县"
    assert region("小餐饮登记", "03-青石县办事指南.html", "来源：望汀区市场监督管理局") == "望汀区"
    assert region("小餐饮登记", "a.html", "来源：青石日报") == ""


def test_a_report_to_a_congress_is_of_the_congress_s_place() -> None:
    read_to = "——2026年1月20日在梧棠县第十八届人民代表大会第六次会议上"
    report = f"政府工作报告\n\n{read_to}\n\n县长　某某\n\n各位代表：\n"
    assert parse(report.encode(), "报告.txt").document.region == "梧棠县"
