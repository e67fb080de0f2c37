"""What a question is about, apart from the words that ask and the time it asks for."""

from __future__ import annotations

import re

from vectorstore.segmentation import nouns

_YEAR = r"(?:到|至)?(?<!\d)(?:19|20)\d{2}\s*年?(?:底|末|前后|以前|之前)?"
_PERIOD = r"[“\"]?十[一二三四五六七八九]?五[”\"]?(?:时期|期间|期?末)?(?!规划|计划|纲要)"
TIME = re.compile(rf"(?:{_YEAR}|{_PERIOD})(?:[—–~～、和与跟及到至-]+(?:19|20)\d{{2}}\s*年?)*")
QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,60})[”\"」』》]")
_END = re.compile(r"[？?；;。]")
# What asks, with what follows it: before it stands what a question is about.
_ASKING = re.compile(
    r"(?:分别|各自|各|总体|规划|建|[是为有在达到要])*(?:多[少大]|什么|哪|几)[^？?。]*$|(?:怎么样?|如何|怎样)[^？?。]{0,2}$"
)
_HOW = re.compile(r"怎么|如何|怎样")
# What asks, with the unit asked for: the rest is what a question is about.
_ASKS = re.compile(
    r"(?:分别|各自|各|总体|规划)*[是为有达到要建位在]*(?:多[少大]|什么|哪[些个年天里儿边]?|几|谁)"
    r"(?:时候|[万亿]*(?:元|亩)|[家个名项条件岁年届%]|平方[公千]?[米里])?|怎么样?|如何|怎样|何时|吗$"
)
# What is left dangling where the words that ask are taken away.
_DANGLING = re.compile(r"(?:[，,、 的是由被在从向对给将要会能]|可以|打算|计划)+$")
# What belongs to a thing: without it, nobody knows whose it is.
_OF_SOMETHING = re.compile(
    r"有效期|期限|条件|要求|标准|材料|流程|程序|手续|对象|范围|金额|额度|比例|上限|下限|地址|位置|地点|面积|"
    r"核心区|启动区|首期|[一二三]期|负责人|责任|牵头|单位|部门|机关|机构|主体|时间|日期|文号|目标|数量|规模|总[数量额]|"
    r"现状|进展|投资|资金|奖励|补贴|补助|资助|支持|名单|名称|作用|原因|依据|来源|定位|分工|措施|内容|意思|情况|时候|"
    r"约束性|预期性|指标|申报|现在|目前"
)


def topic_of(question: str, *, timeless: bool = False) -> str:
    """Return what the first sentence of a question is about.

    Args:
        question: stands by itself.
        timeless: leave out the years and periods.
    """
    first = _HOW.sub("", _ASKING.sub("", _END.split(question)[0]))
    return _DANGLING.sub("", TIME.sub("", first) if timeless else first).strip("，,、 ")


def asking_of(question: str) -> str:
    """Return the words with which the first sentence of a question asks, up to its question mark."""
    asking = _ASKING.search(_END.split(question)[0])
    return f"{asking.group()}？" if asking else "？"


def without_asking(text: str) -> str:
    """Return a text without the words that ask and those that stand between them and what it is about."""
    return _ASKS.sub("", text).strip("，,。？? 的呢是有在那")


def has_subject(text: str) -> bool:
    """Return whether the first sentence of a question names a thing of its own, not only what is of one."""
    first = TIME.sub(" ", _END.split(text.lstrip())[0])
    return bool(nouns(_OF_SOMETHING.sub(" ", _ASKS.sub(" ", first))))
