import pytest

from vectorstore.divisions import (
    COUNTRY,
    Division,
    Level,
    Relation,
    by_name,
    contains,
    divisions,
    path,
    related,
)
from vectorstore.gazetteer import find_places, innermost, looks_like_place, region_of


def only(name: str) -> Division:
    (division,) = by_name()[name]
    return division


def found(text: str) -> list[str]:
    return [f"{mention.text}={path(mention.candidates[0])}" for mention in find_places(text)]


def test_the_divisions_cover_the_country() -> None:
    levels = [division.level for division in divisions().values()]
    assert levels.count(Level.PROVINCE) == 34
    assert levels.count(Level.PREFECTURE) >= 333
    assert levels.count(Level.COUNTY) > 2_800
    assert all(division.parent in divisions() for division in divisions().values() if division.parent)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("江海区", "广东省江门市江海区"),
        ("仙桃", "湖北省仙桃市"),
        ("浦东", "上海市浦东新区"),
        ("延边州", "吉林省延边朝鲜族自治州"),
        ("内蒙古", "内蒙古自治区"),
        ("博尔塔拉", "新疆维吾尔自治区博尔塔拉蒙古自治州"),
        ("神农架", "湖北省神农架林区"),
        ("高雄", "台湾省高雄市"),
    ],
)
def test_a_division_lies_in_those_above_it(name: str, whole: str) -> None:
    assert path(only(name)) == whole


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("湖北省的规定", ["湖北省=湖北省"]),
        ("请问柳河县怎么奖励旅游", ["柳河县=吉林省通化市柳河县"]),
        ("九江市旅游奖励", ["九江市=江西省九江市"]),
        ("补贴在九江、四平怎么领", ["九江=江西省九江市", "四平=吉林省四平市"]),
        ("哈尔滨冰雪旅游", ["哈尔滨=黑龙江省哈尔滨市"]),
        ("江门有效措施有哪些", ["江门=广东省江门市"]),
        ("上海浦东的政策", ["上海=上海市", "浦东=上海市浦东新区"]),
        ("北京上海对比", ["北京=北京市", "上海=上海市"]),
        ("台州市场监管", ["台州=浙江省台州市"]),
        ("武汉大学生创业", ["武汉=湖北省武汉市"]),
        ("義烏市的辦法", ["義烏市=浙江省金华市义乌市"]),
        ("臺灣地區居民", ["臺灣=台湾省"]),
        ("吉林长春", ["吉林=吉林省", "长春=吉林省长春市"]),
        ("吉林的补贴", ["吉林=吉林省"]),
        ("海南岛", ["海南=海南省"]),
        ("中山的规划", ["中山=广东省中山市"]),
        ("济南天桥", ["济南=山东省济南市", "天桥=山东省济南市天桥区"]),
        ("江苏省南京市鼓楼区", ["江苏省=江苏省", "南京市=江苏省南京市", "鼓楼区=江苏省南京市鼓楼区"]),
        ("南京鼓楼", ["南京=江苏省南京市", "鼓楼=江苏省南京市鼓楼区"]),
    ],
)
def test_places_are_found_at_any_position(text: str, places: list[str]) -> None:
    assert found(text) == places


@pytest.mark.parametrize(
    "text",
    [
        *("朝阳产业", "和平发展", "大同小异", "长治久安", "通化学检验", "河南岸", "日照标准", "平安建设"),
        *("城区和郊区", "各市和县", "名单县级", "提高县级", "惠民措施", "新建住宅", "东至河边", "过街天桥"),
        *("云栖市", "青石县", "全国", "我市", "鼓楼", ""),
    ],
)
def test_an_everyday_word_or_a_place_of_no_map_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["南京路", "南京西路改造", "中山大学", "广州大学招生", "上海银行", "北京大学深圳医院"]
)
def test_a_road_or_a_body_named_after_a_place_is_none(text: str) -> None:
    assert found(text) == []


def test_a_name_that_several_share_keeps_them_all() -> None:
    (mention,) = find_places("鼓楼区的政策")
    assert {path(division) for division in mention.candidates} >= {
        "江苏省南京市鼓楼区",
        "江苏省徐州市鼓楼区",
        "福建省福州市鼓楼区",
    }


def test_only_the_innermost_place_is_asked_about() -> None:
    mentions = innermost(find_places("江苏省南京市鼓楼区与徐州市"))
    assert [mention.text for mention in mentions] == ["鼓楼区", "徐州市"]


def test_places_hold_one_another() -> None:
    province, city, district = only("湖北省"), only("武汉市"), only("江岸区")
    assert contains(province, city)
    assert contains(city, district)
    assert contains(COUNTRY, district)
    assert not contains(city, province)
    assert not contains(city, city)
    assert not contains(only("九江市"), only("柳河县"))
    assert contains(province, only("仙桃市"))


def test_places_are_apart_only_if_all_they_may_be_are() -> None:
    drum_towers = by_name()["鼓楼区"]
    assert related(drum_towers, [only("南京市")]) is Relation.WITHIN
    assert related([only("福建省")], drum_towers) is Relation.CONTAINS
    assert related(drum_towers, [only("武汉市")]) is Relation.DISJOINT
    assert related(drum_towers, drum_towers[:1]) is Relation.SAME


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("江门市人民政府办公室", "广东省江门市"),
        ("国家税务总局南阳市税务局", "河南省南阳市"),
        ("中国人民银行江门市分行", "广东省江门市"),
        ("泰州市大健康产业发展规划", "江苏省泰州市"),
        ("南京市鼓楼区人民政府", "江苏省南京市鼓楼区"),
        ("鼓楼区人民政府", ""),
        ("国务院办公厅", ""),
        ("关于江门市的通知", "广东省江门市"),
        ("产业转移江门市", ""),
    ],
)
def test_the_region_stands_at_the_head_of_a_name(name: str, region: str) -> None:
    division = region_of(name)
    assert (path(division) if division else "") == region


@pytest.mark.parametrize(
    "name", ["云栖市", "青石县", "望汀区", "云泽省", "临澜市", "青石镇", "青禾区", "桁州市"]
)
def test_a_made_up_name_looks_like_a_place(name: str) -> None:
    assert looks_like_place(name)


@pytest.mark.parametrize(
    "name",
    [
        *("城市", "上市", "夜市", "超市", "园区", "社区", "辖区", "片区", "农贸市", "开发区", "直辖市"),
        *("致全体市", "个城市", "工业区", "示范区", "贫困县", "地级市", "中心城市", "自治区", "全市"),
    ],
)
def test_an_everyday_word_does_not_look_like_a_place(name: str) -> None:
    assert not looks_like_place(name)
