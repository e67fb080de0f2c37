"""Who leads a duty, who helps, and until when, by the words that share it out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABEL = re.compile(
    r"(?P<person>[㐀-鿿]{2}领导|责任人|联系人)[:：]|"
    r"(?P<lead>牵头(?:责任)?(?:单位|部门|处室|科室)?|负责(?:单位|部门)|主办(?:单位|部门))[:：]|"
    r"(?P<duty>责任(?:单位|部门|处室|科室|主体)?)[:：]|"
    r"(?P<help>(?:配合|协助|参与|协办|参加)(?:责任)?(?:单位|部门)?)[:：]|"
    r"(?P<due>(?:完成|实施|办理|推进)?(?:时限|时间|期限))[:：]"
)
_LEADS = re.compile(r"^由?(?P<bodies>[^:：]{2,80}?)(?:牵头负责|牵头|负责)(?:落实|组织实施|推进)?$")
_HELPS = re.compile(
    r"^(?P<bodies>[^:：]{2,120}?)(?:等)?(?:按职责分工)?(?:配合|参与|协助|按职责分工负责)(?:落实)?$"
)
_SPLIT = re.compile(r"[、，,；;\s]+(?![^（(〔]{0,6}[）)〕])|(?<=[局委办厅部院会室])和")
_BODY = re.compile(r"[㐀-鿿（）()〔〕、]{2,24}")
_REST = re.compile(r"^[\d.、]+|等(?:相关)?(?:部门|单位)?$|按职责分工.*$")
_SHARED = re.compile("按职责分工负责(?:落实)?$")
_DUE = re.compile(r"((?:20\d{2}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?(?:之?前)?)(?:完成|建成|落实|实施)?")
_LEADING = re.compile(r"[（(]牵头[）)]$")


@dataclass(frozen=True, slots=True)
class Bodies:
    """Who has a duty.

    Attributes:
        lead: bodies in charge.
        partners: bodies that help.
        due: until when, or "".
        duty: whether those in charge are named as 责任单位, and nobody of them leads.
    """

    lead: tuple[str, ...]
    partners: tuple[str, ...] = ()
    due: str = ""
    duty: bool = False


def bodies_in(words: str) -> Bodies | None:
    """Read who has a duty: 牵头单位：A；配合单位：B, or A牵头，B配合; None where words say something else."""
    words = words.strip()
    labels = list(_LABEL.finditer(words))
    if labels:
        return _labelled(words, labels) if labels[0].start() == 0 else None
    return _told(words)


def bodies_of_cells(lead: str, partners: str, *, duty: bool) -> Bodies:
    """Read who has a duty from the cells of a table; one marked （牵头） leads the others of its cell.

    Args:
        lead: the cells of those in charge.
        partners: the cells of those who help.
        duty: whether the table calls those in charge 责任单位.
    """
    listed = _listed(_LABEL.sub("", lead))
    leading = tuple(_LEADING.sub("", body) for body in listed if _LEADING.search(body))
    helping = tuple(body for body in listed if leading and not _LEADING.search(body))
    helping += _listed(_LABEL.sub("", partners))
    return Bodies(leading or listed, helping, duty=duty and not leading)


def _told(words: str) -> Bodies | None:
    """Read bodies whose part stands behind them: A牵头，B配合; A、B按职责分工负责."""
    if shared := _SHARED.search(words):
        # A、B，各县人民政府按职责分工负责.
        bodies = words[: shared.start()]
        if "牵头" not in bodies and (lead := _listed(bodies)):
            return Bodies(lead)
    lead = ()
    partners: tuple[str, ...] = ()
    due = ""
    for part in filter(None, re.split(r"[，,；;]", words)):
        led, helped, until = _LEADS.match(part), _HELPS.match(part), _DUE.fullmatch(part)
        if until:
            due = until.group(1)
        elif helped:
            partners += _listed(helped["bodies"])
        elif led:
            lead += _listed(led["bodies"])
        else:
            return None
    return Bodies(lead, partners, due) if lead else None


def _labelled(words: str, labels: list[re.Match[str]]) -> Bodies | None:
    said: dict[str, str] = {}
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = words[label.end() : following.start() if following else len(words)]
        said.setdefault(label.lastgroup or "", value.strip("；;，,。 "))
    told = _told(said.get("duty", ""))
    if told and not said.get("lead"):
        # 责任单位：A牵头，B配合.
        return Bodies(
            told.lead, told.partners + _listed(said.get("help", "")), said.get("due", "") or told.due
        )
    duty = _listed(said.get("duty", ""))
    lead = _listed(said.get("lead", ""))
    partners = _listed(said.get("help", ""))
    due = re.split("[；;。]", said.get("due", ""))[0]
    if not (lead or duty):
        return None
    return Bodies(lead or duty, (duty if lead else ()) + partners, due, not lead)


def _listed(words: str) -> tuple[str, ...]:
    parts = (_REST.sub("", part) for part in _SPLIT.split(words))
    return tuple(dict.fromkeys(part for part in parts if _BODY.fullmatch(part)))
