import pytest

from ingest.regions import prefectures, provinces, region_of


@pytest.mark.parametrize(
    ("title", "issuer", "region"),
    [
        ("江门市某某规划", "", "广东省江门市"),
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
    ],
)
def test_the_region_is_told_by_issuer_and_title(title: str, issuer: str, region: str) -> None:
    assert region_of(title, issuer, "") == region


def test_a_district_alone_is_completed_by_the_city_the_text_names() -> None:
    text = "火炬开发区地处中山市东部。中山市委提出目标，中山港扩建，与深圳隔海相望。"
    assert region_of("火炬开发区：产业腾飞", "", text) == "广东省中山市火炬开发区"


def test_a_text_that_names_two_cities_alike_tells_none() -> None:
    assert region_of("两地合作", "", "广州与深圳合作。广州牵头，深圳配合。广州出资，深圳出地。") == ""


def test_titles_of_other_documents_do_not_count() -> None:
    text = "《深圳市措施一》《深圳市措施二》《深圳市措施三》《深圳市措施四》"
    assert region_of("对标先进", "", text) == ""


def test_the_table_covers_the_country() -> None:
    assert len(provinces()) == 31
    assert len(prefectures()) > 320
    assert prefectures()["延边朝鲜族自治州"] == "吉林省延边朝鲜族自治州"
