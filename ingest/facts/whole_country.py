"""Figures of the whole country inside a document of a place: 国务院《…》提出，到2020年…达到8万亿元."""

from __future__ import annotations

import re

_MARK = r"(?:[^\w“《]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|\d{4}年(?:底|末)?|目前)*"
_TITLED = r"(?:《[^《》]*(?:〈[^〈〉]*〉[^《》]*)?》|[^，,；;。《》]){0,60}"
# Whose figure it is: the state or a document of it is the subject, and not what somebody acts on.
_STATE = r"(?:国务院|中共中央|党中央|国家(?![级队]))"
_ATTRIBUTED = re.compile(
    rf"^{_MARK}(?:《{_STATE}[^《》]*》|{_STATE}(?!{_TITLED}(?:核定|下达|批复)))"
    rf"{_TITLED}(?:[，,](?=提出|明确|指出|强调))?(?:提出|明确|指出|强调|预测)(?:到)?"
)
# 从全国看，…; 我国健康服务业发展迅速，市场规模达到…; not 我国最大的基地, 全国首批.
_SAID = re.compile(
    r"(?:^|[，,；;：:。])\W*(?:\d{4}年(?:底|末)?[，,]?|目前[，,]?)?(?:从|就|在)?"
    r"(?:全国(?:层面|范围|看|来看)|国家层面|我国(?!最|首|第|唯一|重要|重点|主要|著名|知名|规模|沿海))"
)
_OWN = re.compile(r"[我本全](?:省|市|区|县|州|镇)|(?:各|其他)[市区县]")


def is_of_country(text: str, place: int, region: str) -> bool:
    """Tell whether a sentence says its figure of the whole country, in other words than the figure's name.

    Args:
        text: the sentence.
        place: where the figure stands in it.
        region: the document's own, which takes the figures behind its name.
    """
    before = text[max(text.rfind("；", 0, place), text.rfind(";", 0, place)) + 1 : place]
    said = _ATTRIBUTED.match(before) or next(reversed(list(_SAID.finditer(before))), None)
    if said is None:
        return False
    behind = before[said.end() :]
    own = re.split(r"[省市区县州]", region.rstrip("）)省市区县州"))[-1]
    return not _OWN.search(behind) and not (own and own in behind)


def without_attribution(words: str) -> str:
    """Leave out who states a figure in front of its name: 国家提出到健康服务业总规模."""
    said = _ATTRIBUTED.match(words)
    return words[said.end() :] if said else words
