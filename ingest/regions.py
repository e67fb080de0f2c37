"""Which place a document speaks for: provinces and prefectures of GB/T 2260, districts by their endings."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from operator import add

from ingest.script import simplified

_CITY = re.compile(r"[㐀-鿿]{2,4}?(?:自治州|省|市|州|盟|地区|县)(?!场)")
_DISTRICT = re.compile(
    r"[㐀-鿿]{1,12}?(?:开发区|高新区|经开区|新区|示范区|自贸区|自治县|区|县|旗|市|镇|街道)"
    r"(?:[（(][^（）()]{1,8}[区县市镇][）)])?"
)
_NOT_DISTRICT = re.compile(r"关于|[的和与]|产业(?!开发区)|社区|园区|地区")
_NAMED_CITY = re.compile(r"(?<![㐀-鿿])([㐀-鿿]{2,3}市)(?![场民区长级委])")
_OPENING = 6_000
# What such a word opens names no place: 我市, 各区, 全省.
_ANY = "我本全各该此"

_PROVINCE_ENDINGS = ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")

_PREFECTURES = """
北京市:
天津市:
上海市:
重庆市:
河北省: 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水
山西省: 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
内蒙古自治区: 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒盟 阿拉善盟
辽宁省: 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛
吉林省: 长春 吉林 四平 辽源 通化 白山 松原 白城 延边朝鲜族自治州
黑龙江省: 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭地区
江苏省: 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁
浙江省: 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水
安徽省: 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
福建省: 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德
江西省: 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
山东省: 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽
河南省: 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源
湖北省: 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施土家族苗族自治州 仙桃 潜江 天门
湖南省: 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西土家族苗族自治州
广东省: 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源
  阳江 清远 东莞 中山 潮州 揭阳 云浮
广西壮族自治区: 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左
海南省: 海口 三亚 三沙 儋州
四川省: 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳
  阿坝藏族羌族自治州 甘孜藏族自治州 凉山彝族自治州
贵州省: 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南布依族苗族自治州 黔东南苗族侗族自治州 黔南布依族苗族自治州
云南省: 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄彝族自治州 红河哈尼族彝族自治州 文山壮族苗族自治州
  西双版纳傣族自治州 大理白族自治州 德宏傣族景颇族自治州 怒江傈僳族自治州 迪庆藏族自治州
西藏自治区: 拉萨 日喀则 昌都 林芝 山南 那曲 阿里地区
陕西省: 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛
甘肃省: 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏回族自治州 甘南藏族自治州
青海省: 西宁 海东 海北藏族自治州 黄南藏族自治州 海南藏族自治州 果洛藏族自治州 玉树藏族自治州
  海西蒙古族藏族自治州
宁夏回族自治区: 银川 石嘴山 吴忠 固原 中卫
新疆维吾尔自治区: 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉回族自治州 博尔塔拉蒙古自治州 巴音郭楞蒙古自治州
  阿克苏地区 克孜勒苏柯尔克孜自治州 喀什地区 和田地区 伊犁哈萨克自治州 塔城地区 阿勒泰地区
"""


def _lines() -> list[str]:
    return _PREFECTURES.strip().replace("\n  ", " ").splitlines()


@cache
def provinces() -> dict[str, str]:
    """Provinces by short name: 广东 → 广东省."""
    found = {}
    for line in _lines():
        province = line.partition(":")[0]
        ending = next(ending for ending in _PROVINCE_ENDINGS if province.endswith(ending))
        found[province.removesuffix(ending)] = province
    return found


@cache
def prefectures() -> dict[str, str]:
    """Prefectures by short name, each with its province: 江门 → 广东省江门市."""
    found = {}
    for line in _lines():
        province, _, names = line.partition(":")
        for name in names.split():
            is_whole = len(name) > 2 and name.endswith(("自治州", "盟", "地区"))
            found[name] = province + (name if is_whole else f"{name}市")
    return found


def region_of(title: str, issuer: str, text: str) -> str:
    """Tell the place a document speaks for: by its issuer and title, else the city its opening names most.

    Args:
        title: its title.
        issuer: who issued it, or "".
        text: its clean text.

    Returns:
        Province, city and district as far as they are told, such as 广东省江门市; "" where nothing tells.
    """
    district = ""
    title = simplified(title)
    for words in (simplified(issuer), title, *re.findall(r"《([^《》]+)", title)):
        city, inner = _place_at_start(words)
        if city:
            return city + inner
        district = district or inner
    return _city_of_text(simplified(text[:_OPENING])) + district


def _place_at_start(words: str) -> tuple[str, str]:
    """The province or city that words open with, and the district behind it."""
    words = re.sub(
        r"^(?:中共|关于|《|印发|一图读懂|图解|.{0,4}解读(?=[：:丨|｜《\s])|[：:丨|｜\s])+", "", words
    )
    for name, whole in provinces().items():
        if words.startswith(name):
            city, district = _place_at_start(words.removeprefix(name).removeprefix(whole.removeprefix(name)))
            return (city, district) if city.startswith(whole) else (whole + city, district)
    for name, whole in prefectures().items():
        if words.startswith(name):
            return whole, _district(words.removeprefix(name).removeprefix("市"))
    named = _CITY.match(words)
    if named and named.group(0)[0] not in _ANY:
        return _unknown_place(named.group(0), words[named.end() :])
    return "", _district(words)


def _unknown_place(name: str, rest: str) -> tuple[str, str]:
    """A place that no table knows, with the city of a province and the district behind it."""
    city = _CITY.match(rest) if name.endswith(("省", "自治区")) else None
    if city and not _NOT_DISTRICT.search(city.group(0)):
        return name + city.group(0), _district(rest[city.end() :])
    return name, _district(rest)


def _district(words: str) -> str:
    found = _DISTRICT.match(words)
    if not found or _NOT_DISTRICT.search(found.group(0)) or found.group(0)[0] in _ANY:
        return ""
    return found.group(0)


def _city_of_text(text: str) -> str:
    text = re.sub(r"《[^《》]*》", "", text)
    # Counting takes a walk through the text for each name, and hardly any name is there.
    pairs = set(map(add, text, text[1:]))
    counts = sorted(
        ((text.count(name) if name[:2] in pairs else 0, whole) for name, whole in prefectures().items()),
        reverse=True,
    )
    (most, whole), (second, _) = counts[0], counts[1]
    if most >= 3 and most >= second * 1.5:
        return whole
    named = Counter(_NAMED_CITY.findall(text)).most_common(1)
    return named[0][0] if named and named[0][1] >= 2 and named[0][0][0] not in "全我各本城" else ""
