"""The form of an answer to who, where, which names and on what terms."""

from __future__ import annotations

import re

from assistant.question import unasked
from assistant.understanding.numerals import FIGURE, numeral
from vectorstore.segmentation import words

_ROLE = r"([一-鿿]{0,2}(?:[市县区镇州院局处科会所队组事链校部行]长|主任|书记|总监|总经理|召集人))"
_WHO = r"(?:谁|哪位|什么名字)"
_ROLE_ASKED = re.compile(rf"{_ROLE}[是为叫]?{_WHO}|{_WHO}(?:是|担?任|当)?{_ROLE}|哪位{_ROLE}")
_TASK = "负责|牵头|管理|共建|承担|实施|推进|解释|主办|承办|组织|运营|建设|审批|批准|认定|监管|签发|提供|出资"
_BODY_ASKED = r"(?:谁|哪一?[个家些位]?[^,，。?的]{0,6}?)"
_TASK_ASKED = re.compile(rf"(?:[由归]{_BODY_ASKED}|谁|哪个部门)(?:来|共同|合作|具体|统筹)*(?:{_TASK})")
_TASK_TOLD = re.compile(r"由|[任归]|负责|牵头|统筹|管理|共建|承担|[主承]办|组织|运营|监管|签发")
# 有关部门 names nobody.
_BODY_TOLD = re.compile(
    r"(?<!有关)(?<!相关)(?:(?<!布)(?<!格)局|委员?会?|厅|[学医法研究]院|大学|办公室|公司|集团|协会|中心(?!城|区)|政府|"
    r"银行|部门|领导|小组|专班|主任|书记|[市县区省镇院局组]长)"
)
_SITE_ASKED = re.compile(r"地址|位置(?:在|是)|地点|在哪(?:里|儿|边|个地方)?(?:[,，。?]|$)")
_SITE_TOLD = re.compile(
    r"位于|坐落|地处|地址|地点|选址|设[在于]|落[户址在]|建在|毗邻|紧邻|周边(?!城市|地区|国家)|以[东南西北]|"
    r"[东南西北]侧|[路街道]\d+号|出口(?!额|总)|沿线|在[^,。;]{2,24}(?:打造|建设|布局|设立|举办)"
)
_TOWNS_ASKED = re.compile(r"哪(?:些|几个|个|[一二三四五六七八九十])(街道|镇|村|乡)")
_NAMES_ASKED = re.compile(
    rf"(\d+|{FIGURE})[家所名位个]\S{{0,8}}名称|(\d+|{FIGURE})[家所名位][^,，。?]{{0,6}}?(?:分别|都|具体)?[是有叫]?(?:谁|哪|什么)"
)
_TERMS_ASKED = re.compile(
    r"(?:条件|资格|门槛)[是有为要]?(?:什么|哪些|怎样)|(?:什么|哪些)(?:样的)?(?:条件|资格)"
)
_TERMS_TOLD = re.compile(
    r"应当?|必须|须|具[备有]|满足|不得|不[少低高]于|以上|条件(?:[为是:]|包括)|(?:下列|以下)[^。]{0,6}条件"
)
_FORMS = (
    (_SITE_ASKED, _SITE_TOLD),
    (_TERMS_ASKED, _TERMS_TOLD),
)
_LISTED = re.compile(r"[、和及与]|”“|\"\"")
_CLAUSE = re.compile(r"[。;:,]")
_LED_IN = ":"


def lacks_circumstance(part: str, text: str) -> bool:
    """Tell whether a text lacks the form of what a question for a person, body, place, name or term asks for.

    Args:
        part: a part of a question, folded.
        text: what may answer it, folded.
    """
    if any(asked.search(part) and not told.search(text) for asked, told in _FORMS):
        return True
    return any(lacks(part, text) for lacks in (_lacks_body, _lacks_role, _lacks_town, _lacks_names))


def _lacks_body(part: str, text: str) -> bool:
    """Tell whether the one who does something is asked for, and the text names no other body."""
    if not _TASK_ASKED.search(part):
        return False
    others = text
    for word in words(unasked(part)):
        others = others.replace(word, ",") if len(word) > 1 else others
    return not (_TASK_TOLD.search(text) and _BODY_TOLD.search(others))


def _lacks_role(part: str, text: str) -> bool:
    """Tell whether someone is asked for by an office, and the text names it not or that of another body."""
    asked = _ROLE_ASKED.search(part)
    role = next(filter(None, asked.groups()), "") if asked else ""
    if not role:
        return False
    subject = [word for word in words(unasked(part.replace(role, ","))) if len(word) > 1]
    return role[-2:] not in text or 2 * sum(word in text for word in subject) < len(subject)


def _lacks_town(part: str, text: str) -> bool:
    """Tell whether towns are asked for, and the text names none."""
    asked = _TOWNS_ASKED.search(part)
    return asked is not None and not re.search(rf"[一-鿿]{{2}}(?<![小城乡集村])(?<!特色){asked[1]}", text)


def _lacks_names(part: str, text: str) -> bool:
    """Tell whether the names of so many bodies or people are asked for, and the text lists fewer."""
    asked = _NAMES_ASKED.search(part)
    if asked is None or text.endswith(_LED_IN):
        return False
    number = numeral(next(filter(None, asked.groups())))
    return 1 + max(len(_LISTED.findall(clause)) for clause in _CLAUSE.split(text)) < number
