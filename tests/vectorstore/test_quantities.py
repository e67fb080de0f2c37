from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.numerals import numeral
from vectorstore.quantities import Bound, quantities


def values(text: str) -> list[tuple[str, str]]:
    return [(format(quantity.value.normalize(), "f"), quantity.unit) for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("300亿元", "30000000000", "元"),
        ("1,200亿元", "120000000000", "元"),
        ("1200 亿元", "120000000000", "元"),
        ("0.12万亿元", "120000000000", "元"),
        ("1.2千亿元", "120000000000", "元"),
        ("1200亿", "120000000000", ""),
        ("５００億元", "50000000000", "元"),
        ("٥٠٠亿元", "50000000000", "元"),
        ("三分之۲", "66.66666666666666666666666667", "%"),
        ("三百亿元", "30000000000", "元"),
        ("500万元", "5000000", "元"),
        ("500万美元", "5000000", "美元"),
        ("30%", "30", "%"),
        ("30％", "30", "%"),
        ("百分之三十", "30", "%"),
        ("百分之三点五", "3.5", "%"),
        ("三成", "30", "%"),
        ("1/4以上", "25", "%"),
        ("3‰", "0.3", "%"),
        ("5个百分点", "5", "百分点"),
        ("12.5平方公里", "12500000", "平方米"),
        ("12.5km²", "12500000", "平方米"),
        ("3000㎡", "3000", "平方米"),
        ("1.8万畝", "18000", "亩"),
        ("500公里", "500000", "米"),
        ("50万人", "500000", "人"),
        ("50萬人", "500000", "人"),
        ("3个月", "3", "月"),
        ("30个工作日", "30", "工作日"),
        ("五个并举", "5", "个"),
        ("三大产业", "3", "大"),
        ("20多个", "20", "个"),
        ("-5%", "-5", "%"),
        ("0.5吨标准煤/万元", "0.00005", "吨标准煤/元"),
        ("3000元/平方米", "3000", "元/平方米"),
        ("2030年", "2030", "年份"),
        ("二〇三〇年", "2030", "年份"),
        ("3月15日", "315", "日期"),
        ("翻两番", "2", "番"),
        ("1.5倍", "1.5", "倍"),
    ],
)
def test_a_quantity_is_read_in_its_base_unit(text: str, value: str, unit: str) -> None:
    assert values(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "第三条",
        "第5章",
        "第3、5条",
        "第一、二产业",
        "第十四个五年规划",
        "“十四五”时期",
        "江政发〔2026〕15号",
        "江政发[2026]15号",
        "5G、PM2.5、CO2、GB33190",
        "一个中心",
        "一批项目",
        "统一部署",
        "三位一体",
        "十分重要",
        "完成建设成立",
        "三成立",
        "百家争鸣",
        "（3）",
        "3. 目标",
        "①建设",
        "几十个",
        "",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("规模达到300亿元", Bound.EXACT),
        ("不低于300亿元", Bound.AT_LEAST),
        ("超过300亿元", Bound.AT_LEAST),
        ("300亿元以上", Bound.AT_LEAST),
        ("300亿元（含）以上", Bound.AT_LEAST),
        ("300亿元（不含）以下", Bound.AT_MOST),
        ("300余亿元", Bound.AT_LEAST),
        ("不超过300亿元", Bound.AT_MOST),
        ("低于300亿元", Bound.AT_MOST),
        ("300亿元以内", Bound.AT_MOST),
        ("不高於300億元", Bound.AT_MOST),
        ("约300亿元", Bound.ABOUT),
        ("约为300亿元", Bound.ABOUT),
        ("300亿元左右", Bound.ABOUT),
        ("最近300天", Bound.EXACT),
    ],
)
def test_the_side_left_open_is_known(text: str, bound: Bound) -> None:
    assert [quantity.bound for quantity in quantities(text)] == [bound]


def test_an_aim_is_not_a_fact() -> None:
    aim, fact = quantities("力争到期时规模达到300亿元。现有企业50家。")
    assert (aim.hedge, fact.hedge) == ("力争", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("300—500亿元", [("30000000000", "元"), ("50000000000", "元")]),
        ("5%—8%", [("5", "%"), ("8", "%")]),
        ("5-8%", [("5", "%"), ("8", "%")]),
        ("3至5个", [("3", "个"), ("5", "个")]),
        ("2026—2030年", [("2026", "年份"), ("2030", "年份")]),
        ("2、5、8亿元", [("200000000", "元"), ("500000000", "元"), ("800000000", "元")]),
        ("2025、2030年", [("2025", "年份"), ("2030", "年份")]),
        ("（2026-2030）", [("2026", "年份"), ("2030", "年份")]),
    ],
)
def test_figures_of_a_range_or_a_series_share_scale_and_unit(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零二", 102),
        ("一百二", 120),
        ("一千二百", 1200),
        ("两万五", 25000),
        ("一亿二千万", 120_000_000),
        ("一万二千亿", 1_200_000_000_000),
        ("三万亿", 3_000_000_000_000),
        ("百亿", 10_000_000_000),
        ("一千零一万零三", 10_010_003),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert numeral(text) == value


def test_what_is_no_numeral_is_an_error() -> None:
    with pytest.raises(ValueError, match="甲"):
        numeral("甲")


def spoken(number: int) -> str:
    """Write a number below 10^8 in Chinese numerals, as grammar books do."""
    if number >= 10_000:
        rest = number % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return spoken(number // 10_000) + "万" + zero + (spoken(rest) if rest else "")
    text, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
        gap = bool(text) and not digit
    return text


@given(st.integers(1, 10**8 - 1))
def test_every_number_in_chinese_numerals_is_read_back(number: int) -> None:
    assert numeral(spoken(number)) == number


@given(
    st.integers(1, 10**7),
    st.sampled_from(["", "万", "亿", "万亿"]),
    st.sampled_from(["元", "吨", "人", "亩"]),
)
def test_the_way_of_writing_does_not_change_the_value(number: int, scale: str, unit: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for written in (str(number), f"{number:,}", wide):
        (quantity,) = quantities(f"总量{written}{scale}{unit}。")
        assert quantity.value == Decimal(number) * factor
        assert quantity.unit == unit


@given(
    st.text(
        alphabet="0123456789۴.,%％一二三十百千万亿年月日元个〔〕[]()（）-—至约不低于超过力争以上m²㎡甲。\n",
        max_size=50,
    )
)
def test_any_text_is_read_and_every_quantity_is_where_it_says(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.text
        end = quantity.end


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("公开募捐后10日之内补办", "公开募捐开始后10日内补办"),
        ("免征期限最长5个月", "免征期限不超过5个月"),
        ("实习满3个月", "实习3个月以上"),
        ("复工率不到60%", "复工率低于60%"),
        ("储备至少6辆客车", "储备不少于6辆客车"),
    ],
)
def test_bounds_said_otherwise_are_the_same(said: str, told: str) -> None:
    assert [one.bound for one in quantities(said)] == [one.bound for one in quantities(told)]
    assert quantities(said)[0].bound is not Bound.EXACT
