"""What the cells of tables look like: figures, dates, periods, codes, names of columns, words."""

from __future__ import annotations

import re
from enum import StrEnum

_NAME_MAX = 12
_PERIOD = re.compile(
    r"(?:19|20)\d{2}\s*年?(?:度|末|底)?(?:[（(].{1,6}[）)])?|\d{1,2}\s*月份?|[一二三四上下1-4]+季度|第[一二三四]季度|"
    r"[上下]半年|[一二三]期|第[一二三四五]年|(?:19|20)?\d{2}[-—~至](?:19|20)?\d{2}年"
)
_DATE = re.compile(r"(?:19|20)\d{2}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?(?:前|底|起)?")
_FIGURE = re.compile(
    r"(?:力争|达到?|约|超过?|不低于|不高于|不超过|每|第|[≥≤＞＜><±~～¥￥$-])?\s*"
    r"\d[\d,.，]*(?:\s*[-—~～至]\s*\d[\d,.，]*)?\s*(?P<unit>[^\d\s，。；]{0,8})"
)
_CODE = re.compile(r"[\dA-Za-z][\dA-Za-z()（）/.—-]{4,}")
_NAME = re.compile(
    r".{0,8}(?:单\s*位|部门|机构|名\s*称|事\s*项|内\s*容|标\s*准|时\s*间|时限|期限|周期|备\s*注|说\s*明|序\s*号|编\s*号|代码|文号|类\s*别|类\s*型|"
    r"分\s*类|项\s*目|指\s*标|目\s*标|任\s*务|措\s*施|对\s*象|范\s*围|地\s*点|地\s*址|位\s*置|电\s*话|方\s*式|金\s*额|数\s*量|比\s*例|来\s*源|依\s*据|"
    r"条\s*件|程\s*序|流程|材料|要\s*求|级\s*别|等\s*级|日\s*期|性\s*质|属\s*性|区\s*域|地\s*区|姓\s*名|职\s*务|年\s*度|领\s*域|阶\s*段|环节|主\s*体|"
    r"(?:责任|负责|联系)人|牵头|配合|进度|成果|权重|[分数]值|得分|规模|面积|长度|费用?|价格|单价|占比|情况|路段|街道|社区|年份|月份|税[率种]|科目|"
    r"用途|规格|型号|人数|户数|频次|次数|限额|[上下]限|额度|属地|标题|主题|依据|补贴|奖励|[额数率量值])"
)


class Kind(StrEnum):
    """What a cell looks like."""

    EMPTY = "empty"
    FIGURE = "figure"
    DATE = "date"
    CODE = "code"
    PERIOD = "period"
    TEXT = "text"


MEASURED = frozenset({Kind.FIGURE, Kind.DATE, Kind.CODE})


def kind_of(cell: str) -> Kind:
    """Tell what a cell looks like."""
    words = cell.strip()
    if not words or words in "-—/":
        return Kind.EMPTY
    for pattern, kind in (
        (_PERIOD, Kind.PERIOD),
        (_DATE, Kind.DATE),
        (_FIGURE, Kind.FIGURE),
        (_CODE, Kind.CODE),
    ):
        if pattern.fullmatch(words):
            return kind
    return Kind.TEXT


def is_column_name(cell: str) -> bool:
    """Tell a cell that reads as the name of a column, such as 责任单位 or 补贴标准（元）."""
    plain = re.sub(r"[（(][^（()）]{0,12}[）)]$|\s+", "", cell)
    return len(plain) <= _NAME_MAX and bool(_NAME.fullmatch(plain))


def unit_of(cell: str) -> str:
    """What stands behind the figure of a cell, "" where it is no figure alone."""
    found = _FIGURE.fullmatch(cell.strip())
    return found.group("unit") if found else ""
