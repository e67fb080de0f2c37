"""Whose validity a sentence speaks of: the document's own, that of a licence, or that of another paper."""

from __future__ import annotations

import re

_PAPER = (
    "办法|规定|条例|细则|意见|方案|通知|通告|公告|决定|政策|措施|规划|规则|文件|指引|指南|标准|要点|章程|制度|规程|目录|"
    "清单|规范|准则|规例|附例|法规|批示|法|令|批复|函|计划|纲要|预案|补充规定|暂行规定|安排|决议|通报|复函|要求|条款|价格|收费标准|修正案"
)
_POINTING = "本|该|此|上述|以上|前述|前款|本次|这一|现行"
# 本办法, 本《办法》, 上述安排; what stands between makes no thing of its own, as in 本办法规定的许可证.
_OWN = re.compile(
    rf"(?:{_POINTING})(?:[《“〈]?(?:(?:(?![的所]|规定)[㐀-鿿]){{0,8}}(?:{_PAPER}))[》”〉]?(?:（[^（）]{{1,12}}）)?)"
    rf"(?:(?:规定|所列|明确|确定)?的?[㐀-鿿]{{0,8}}(?:政策|优惠|措施)|的?文件)?"
)
_BARE = re.compile(
    r"(?:优惠|扶持|支持|补贴|奖励|惠企)?(?:政策|文件|办法|措施|通知|公告|方案|规定|条例|细则|意见)"
)
_NAMED = re.compile(r"[《〈]([^《》〈〉]{2,60})[》〉](?:（[^（）]{1,30}）)?")
_PRECEDING = re.compile(r"[，。；：、,;（(\n]")
NUMBERING = re.compile(
    r"^\s*(?:第\s*[\d零〇一二三四五六七八九十百\s]{1,8}\s*条(?:之[一二三四五六七八九十])?|"
    r"[（(][\d一二三四五六七八九十]{1,3}[）)]|[\d一二三四五六七八九十]{1,3}\s*[、.．])\s*"
)
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_BRACKETED = re.compile(r"《[^《》]*》")
_JOINT = re.compile(r"(?:的|其|现|并|且|也|均|即|应|将|从而|有关|同时|而)+$|\s+$")
# Things with a validity of their own.
_THING = re.compile(
    r"(?:证|证书|许可|资格|资质|执照|牌照|合同|协议|标志|卡|券|标识|名单|结果|结论|认定|认证|报告书|意见书|通行证|"
    r"备案|保单|发票|账号|密码|号牌|授权|委托书|承诺书|申请|报价|投标|预约|二维码|凭证|证明|核准|批文|许可文件)"
)
_ISSUING = re.compile(r"印发|发布|公布|颁布|通过|批准|修订|修正|同意|遵照|贯彻|令第")


class Owner:
    """Tells statements of a document about itself from those about others.

    Args:
        title: the document's title, in Simplified characters.
    """

    def __init__(self, title: str) -> None:
        self._title = _plain(title)

    def of_effect(self, sentence: str, place: int) -> str | None:
        """Tell whose day of effect is stated.

        Args:
            sentence: the whole of it.
            place: where the statement begins, in characters.

        Returns:
            The subject's words, "" where the sentence names none and so means the document; None where it is
            another's.
        """
        prefix, before = _clause(sentence, place)
        subject = self._named(prefix)
        if subject is not None or prefix:
            return subject
        return self._in(before) if not _THING.search(before) or _ISSUING.search(before) else self._own(before)

    def of_term(self, sentence: str, place: int, *, inherits: bool) -> str | None:
        """Tell whose end is stated; without a subject it is that of the statement it goes on with.

        Args:
            sentence: the whole of it.
            place: where the statement begins, in characters.
            inherits: whether a statement of the document about itself stands in the sentence or before it.

        Returns: as for `of_effect`.
        """
        prefix, before = _clause(sentence, place)
        subject = self._named(prefix)
        if subject is not None or prefix:
            return subject
        if _THING.search(_BRACKETED.sub("", _OWN.sub("", _last_clause(before)))):
            return None
        own = self._own(before)
        return "" if own is None and inherits else own

    def _named(self, prefix: str) -> str | None:
        """The subject right in front of a statement, where it is the document."""
        own = list(_OWN.finditer(prefix))
        if own and own[-1].end() == len(prefix):
            return own[-1].group(0)
        named = list(_NAMED.finditer(prefix))
        if named and named[-1].end() == len(prefix) and self._is_title(named[-1].group(1)):
            return named[-1].group(0)
        return prefix if _BARE.fullmatch(prefix) else None

    def _own(self, before: str) -> str | None:
        found = _OWN.search(before)
        if found:
            return found.group(0)
        named = next((one for one in _NAMED.finditer(before) if self._is_title(one.group(1))), None)
        return named.group(0) if named else None

    def _in(self, before: str) -> str | None:
        own = self._own(before)
        if own is not None:
            return own
        return None if any(_NAMED.finditer(before)) and not _ISSUING.search(before) else ""

    def _is_title(self, named: str) -> bool:
        name = _plain(named)
        return bool(name) and (name in self._title or self._title in name)


def _clause(sentence: str, place: int) -> tuple[str, str]:
    """What stands between a statement and the mark before it, and what stands before that."""
    words = _REMARK.sub("", NUMBERING.sub("", sentence[:place]))
    cuts = [found.end() for found in _PRECEDING.finditer(words)]
    cut = cuts[-1] if cuts else 0
    prefix = _JOINT.sub("", words[cut:].strip())
    return prefix.strip(), words[:cut]


def _last_clause(before: str) -> str:
    return next((part for part in reversed(_PRECEDING.split(before)) if part.strip()), "")


def _plain(title: str) -> str:
    return re.sub(r"[\s《》〈〉“”（）()]", "", title)
