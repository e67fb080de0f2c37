"""The units of policy documents: what each measures, and its base unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MONEY = "金额"
SHARE = "比例"
PEOPLE = "人数"
DURATION = "时长"
COUNT = "数量"
MULTIPLE = "倍数"
YEAR = "年份"
DAY = "日期"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written.

    Attributes:
        base: the unit its values are counted in.
        factor: how many of the base unit it is.
        kind: what it measures, such as 金额 or 面积.
    """

    base: str
    factor: Decimal
    kind: str


# Ways of writing, base unit, factor, kind.
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    ("元 元人民币 圆 块钱", "元", "1", MONEY),
    ("万元", "元", "10000", MONEY),
    ("美元 美金", "美元", "1", MONEY),
    ("港元 港币", "港元", "1", MONEY),
    ("澳门元 澳元 欧元 日元 英镑", "", "1", MONEY),
    ("% 个百分号", "%", "1", SHARE),
    ("‰", "%", "0.1", SHARE),
    ("个百分点 百分点", "百分点", "1", "百分点"),
    ("成", "%", "10", SHARE),
    ("倍", "倍", "1", MULTIPLE),
    ("番", "番", "1", MULTIPLE),
    ("人 名 位", "人", "1", PEOPLE),
    ("人次", "人次", "1", PEOPLE),
    ("户 户籍", "户", "1", PEOPLE),
    ("平方米 m2 m² m^2 ㎡", "平方米", "1", "面积"),
    ("公顷 ha", "平方米", "10000", "面积"),
    ("平方公里 平方千米 km2 km² km^2", "平方米", "1000000", "面积"),
    ("亩", "亩", "1", "面积"),
    ("米 m", "米", "1", "长度"),
    ("公里 千米 km", "米", "1000", "长度"),
    ("厘米 cm", "米", "0.01", "长度"),
    ("毫米 mm", "米", "0.001", "长度"),
    ("海里", "海里", "1", "长度"),
    ("吨 t", "吨", "1", "重量"),
    ("吨标准煤 吨标煤", "吨标准煤", "1", "重量"),
    ("千克 公斤 kg", "吨", "0.001", "重量"),
    ("斤", "吨", "0.0005", "重量"),
    ("克 g", "吨", "0.000001", "重量"),
    ("毫克 mg", "吨", "0.000000001", "重量"),
    ("微克 μg ug", "吨", "0.000000000001", "重量"),
    ("立方米 m3 m³ m^3", "立方米", "1", "体积"),
    ("升 L", "立方米", "0.001", "体积"),
    ("毫升 mL ml", "立方米", "0.000001", "体积"),
    ("千瓦 kW", "千瓦", "1", "功率"),
    ("瓦 W", "千瓦", "0.001", "功率"),
    ("兆瓦 MW", "千瓦", "1000", "功率"),
    ("吉瓦 GW", "千瓦", "1000000", "功率"),
    ("千伏安 kVA", "千伏安", "1", "容量"),
    ("千瓦时 度 kWh", "千瓦时", "1", "能量"),
    ("兆瓦时 MWh", "千瓦时", "1000", "能量"),
    ("千伏 kV", "千伏", "1", "电压"),
    ("标准箱 TEU 标箱", "标准箱", "1", COUNT),
    ("℃ °C 摄氏度", "℃", "1", "温度"),
    ("分贝 dB", "分贝", "1", "声级"),
    ("年 周年", "年", "1", DURATION),
    ("个月 月", "月", "1", DURATION),
    ("周 个星期", "周", "1", DURATION),
    ("天 日 个自然日 自然日", "日", "1", DURATION),
    ("个工作日 工作日", "工作日", "1", DURATION),
    ("小时 个小时 h", "小时", "1", DURATION),
    ("分钟 min", "分钟", "1", DURATION),
    ("秒 s", "秒", "1", DURATION),
    ("岁 周岁", "岁", "1", "年龄"),
)
_COUNTERS = (
    "个 家 项 件 处 座 栋 幢 箱 瓶 袋 桶 盒 所 间 套 台 辆 架 艘 条 批 类 种 次 场 期 届 门 本 篇 张 "
    "只 头 尾 株 棵 款 支 部 例 起 宗 笔 份 班 片 块 级 强 大 层 轮 颗 枚 对 组 队 面 幅 册 卷 集 字 "
    "步 环 带 轴 核 星 床 床位 张床位 点 分"
)
# Counters that are counters after a Chinese numeral too; behind others hide words such as 三位一体 and 十分.
_PLAIN = "个 家 项 条 座 所 处 类 种 批 大 次 件 名 支 套 人 户 倍 番 成 年 个月 天 级 轮"


def _units() -> dict[str, Unit]:
    units = {name: Unit(name, Decimal(1), COUNT) for name in _COUNTERS.split()}
    for names, base, factor, kind in _TABLE:
        units |= {name: Unit(base or name, Decimal(factor), kind) for name in names.split()}
    return units


UNITS = _units()


def unit_of(written: str) -> Unit | None:
    """Return what a unit means, a rate such as 元/平方米 included, or None for what is no unit."""
    above, slash, below = written.partition("/")
    over, under = UNITS.get(above), UNITS.get(below)
    if not slash or over is None or under is None:
        return UNITS.get(written)
    return Unit(f"{over.base}/{under.base}", over.factor / under.factor, f"{over.kind}/{under.kind}")


def follows_numeral(written: str) -> bool:
    """Return whether a unit after a Chinese numeral makes a quantity of it."""
    unit = unit_of(written)
    return unit is not None and (written in _PLAIN.split() or unit.kind not in (COUNT, PEOPLE, DURATION))
