"""The words that decide what a sentence says of a thing: negators, modes, quantifiers, aspects, opposites."""

from __future__ import annotations

import re

_NEGATOR = re.compile(
    "不得|不再|不能|不可|不予|不需|不必|不是|不会|不允许|无需|无须|毋需|没有|尚未|未经|未|非|无|禁止|严禁|不|取消|停止|暂停|免"
)
# Words that hold the sign of a negator and deny nothing.
_HARMLESS = re.compile(
    "没有超过|未超过|不断|不同|不动产|不少于|不低于|不超过|不高于|不良|不足|不仅|无人|非物质|非法|非税|未来|未成年|无障碍|无线|"
    "非常|非遗|除非"
)

CUES = {
    "only": re.compile("只能|仅限|只需|只有|仅|只"),
    "all": re.compile("全部|所有|一律|任何|均|全国|各类|完全|都"),
    "part": re.compile("部分|有的|一些|之一|等|其中"),
    "may": re.compile("可以|可|允许|能够|有权"),
    "must": re.compile("必须|应当|须|一定|强制|应"),
    "encouraged": re.compile("鼓励|支持|引导|提倡"),
    "needless": re.compile("不需要|无需|无须|不必|不用|毋须|不要求|不强制|不需"),
    "forbidden": re.compile("不得|禁止|严禁|不能|不可|不允许|不应|不予"),
    "done": re.compile("已经|已|完成了|实现了|建成|印发实施"),
    "aimed": re.compile("将|拟|力争|争取|预计|计划|目标|征求意见"),
    "more": re.compile("增长|提高|提升|上升|增加|扩大|加强|提前|延长|放宽"),
    "less": re.compile("下降|降低|减少|压减|缩减|缩短|减弱|推迟|收紧|限制"),
    "alone": re.compile("自行|自主|单独|独立|直接|随意|即可|就可以"),
    "lacking": re.compile("缺乏|不足|薄弱|滞后|难以|短板|尚不|不够|不理想"),
}

# What says that a thing is done, and what says so of its source in any way.
DONE = re.compile("已(?![婚过满届期])|建成了|完成了|实现了")
HAPPENED = re.compile("已|了|完成|建成|实现|获|达到|成为")

# What is wanted, under way or to come.
AIMED = re.compile("将|拟|力争|争取|争创|预计|计划|目标|加快|推进|推动|建设|打造|努力|奋力|要|筹建|启动|探索")
# What a figure measures: one of these in the place of another makes it another figure.
MEASURES = {
    "growth": re.compile("增长|增加|提高|提升|上升|下降|降低|减少|增幅|增速|净增"),
    "share": re.compile("占|比重|比例"),
    "level": re.compile("达|为|实现|突破|完成"),
    "sum": re.compile("累计|共|总"),
    "yearly": re.compile("每年|年均|逐年"),
    "new": re.compile("新增|净增|新建"),
    "compared": re.compile("同比|环比|比上年|较"),
}
SCOPE = re.compile("全球|世界|国际|亚洲|全国|国内|全省|省内|全市|市内|全区|国家级|省级|市级")
WELL = re.compile("充足|雄厚|健全|完善|合理|理想|领先|先进|充分|良好|成熟|齐全|突出|显著|优势|强|高|拥有")
WANTING = re.compile("缺乏|缺少|不足|薄弱|滞后|难以|短板|尚|不够|不理想|不完善|不合理|弱|低|差|少|欠|没有|无")

_PAIRS = """
    增加/减少 提高/降低 提升/下降 上升/下降 增长/下降 扩大/缩小 延长/缩短 加强/减弱 鼓励/限制
    允许/禁止 可以/不得 应当/可以 必须/可以 只能/可以 公开/保密 集中/分散 统一/分别 以上/以下
    以内/以上 国家级/省级 省级/市级 市级/县级 省级/县级 中央/地方 事前/事后 免费/收费 有偿/无偿
    强制/自愿 定期/不定期 长期/短期 直接/间接 东部/西部 城市/农村 城镇/农村 约束性/预期性 全部/部分
    规模以上/规模以下
    主要/次要 新增/累计 同比/环比 就高/就低 领先/先进 国内/国际 境内/境外 流入/流出 先/后 内/外 早/晚 强/弱
    前/后 高/低 多/少 大/小 上/下 有/无 是/非 年/月 月/日 市/县 省/市 县/乡
"""


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _PAIRS.split():
        one, other = pair.split("/")
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _opposites()


def negations(text: str) -> int:
    """Return how often a folded text denies something."""
    return len(_NEGATOR.findall(_HARMLESS.sub(" ", text)))


def opposite_in(said: str, told: str) -> str:
    """Return the opposite of a word of one short text that stands in its place in the other, or ""."""
    for word, others in OPPOSITES.items():
        if word in said and word not in told:
            for other in sorted(others):
                if other in told and other not in said:
                    return other
    return ""
