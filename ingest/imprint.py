"""Imprints: lines of nothing but who issued a document, under which number, on which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.dates import DAY, date_in
from ingest.standing import DOCUMENT_NUMBER, number_in

NAME = r"(?!\d|关于|關於)(?:(?!关于|關於)[^\s，。：；、《》“”（）]){2,30}"
# Bodies that are no offices sign and name themselves in titles too; alone on a line they may be anything.
BODY = re.compile(
    rf"{NAME}(?:委员会|委員會|管委会|政府|办公室|辦公室|办公厅|辦公廳|局|厅|廳|部|院|署|小组|小組|指挥部|联席会议|联合会|聯合會|协会|協會|"
    "学会|學會|商会|商會|基金会|基金會|工会|妇联|工商联|残联|科协|文联|侨联|红十字会|社|中心|公司|集团|银行|大学|大學|学校|管理处|"
    r"管理所|办事处|街道办|公所|支队|大队|总队|调查队|督查室|海关|研究所|监狱|站|司|处|處|委)(?:[（(][^\s，。（）()]{2,20}[）)])?"
)
LABELS = "单位|單位|日期|时间|時間|部门|部門|名称|来源|來源|货币"
"""What stands before a colon where a line or cell says who made a table, when, in which unit."""
_ISSUES = r"(?:联合)?(?:印发|发布|公布|公告|编印)"
_PIECE = re.compile(
    rf"(?P<early>{DAY})?(?P<body>{BODY.pattern})?(?:公告)?(?P<late>{DAY})?(?P<issues>{_ISSUES})?"
)
_ORDER = re.compile(r"(?P<number>(?P<body>[㐀-鿿]{2,20}?)令\s*第\s*\d{1,4}\s*[号號])")
_DRAWN_UP = re.compile(r"(?:编制|起草|牵头|主管|承办|解读)(?:单位|部门|机关)[:：]\S+")
_NOTE = re.compile(r"[（(](.+)[）)]")
# How an act came to be, as its head tells: passed on one day, made public by an order on another.
_ACT = re.compile(
    rf"(?:根据)?(?P<day>{DAY})\s*(?P<who>[^。；;]{{0,90}}?)(?P<did>通过|批准|公布|发布|修订|修正|施行)[\s，,、]*"
)
_BY_WHOM = re.compile(r"会议|令\s*第|委员会|政府|决定")
_BY_ORDER = re.compile(r"(?P<body>[㐀-鿿]{2,20})令\s*第\s*\d{1,4}\s*[号號]")
_FROM_WHEN = re.compile(r"(?:自.{2,20}(?:施行|实施))?。?")
# Where spaces beside figures were taken out, nothing parts a number from the day.
_BEHIND_NUMBER = re.compile(r"(?<=\d[号號])(?=[\d㐀-鿿])")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a line says of a document's issue; what it does not say stays empty."""

    issuer: str = ""
    number: str = ""
    day: date | None = None


def imprint_in(line: str) -> Imprint | None:
    """Read a line of nothing but bodies, number and day, or the note in brackets below a title.

    Args:
        line: without white space at its ends.

    Returns:
        What it says; None where the line says anything else, or no number or day; outside a note, or no body.
    """
    enacted = _enacted(line)
    return enacted if enacted and enacted.number else _issued(line) or enacted


def _issued(line: str) -> Imprint | None:
    if len(line) > _LONGEST:
        return None
    note = _NOTE.fullmatch(line)
    words = _BEHIND_NUMBER.sub(" ", note.group(1) if note else line)
    pieces = list(filter(None, re.split(r"[\s，。；;、]+", words)))
    # A note may tell of more: who passed it, from when it applies.
    if note and not all(map(_says_issue, pieces)):
        pieces = [piece for piece in pieces if _says_issue(piece, alone=True)]
    if not all(map(_says_issue, pieces)):
        return None
    bodies: list[str] = []
    number, day = "", None
    for piece in pieces:
        numbered, ordered = DOCUMENT_NUMBER.fullmatch(piece), _ORDER.fullmatch(piece)
        told = _PIECE.fullmatch(piece)
        if numbered or ordered:
            number = number_in(numbered) if numbered else piece
        if told:
            day = date_in(told["early"] or told["late"] or "") or day
        named = ordered or (None if numbered else told)
        bodies += [named["body"]] if named and named["body"] else []
    if not (number or day) or not (bodies or note):
        return None
    return Imprint("、".join(dict.fromkeys(bodies)), number, day)


def _enacted(line: str) -> Imprint | None:
    """Read a line of nothing but acts with their days: 某日某会议通过 某日国务院令第488号公布."""
    words = line.strip("（()） ")
    at, numbered = 0, Imprint()
    while act := _ACT.match(words, at):
        if act["did"] != "施行" and not _BY_WHOM.search(act["who"]):
            return None
        if order := _BY_ORDER.search(act["who"]):
            numbered = Imprint(order["body"], order.group(), date_in(act["day"]))
        at = act.end()
    return numbered if at and _FROM_WHEN.fullmatch(words, at) else None


def _says_issue(piece: str, *, alone: bool = False) -> bool:
    """Return whether a piece of an imprint says who, which number or when; alone, that it was issued."""
    if (
        DOCUMENT_NUMBER.fullmatch(piece)
        or _ORDER.fullmatch(piece)
        or (not alone and _DRAWN_UP.fullmatch(piece))
    ):
        return True
    told = _PIECE.fullmatch(piece)
    if told is None or not alone:
        return told is not None
    return bool(told["issues"] or (told["body"] and (told["early"] or told["late"])))
