"""Which lines belong to one paragraph: those broken by pages, by a fixed width, or for no reason at all."""

from __future__ import annotations

import re
from collections import Counter

from ingest.imprint import imprint_in
from ingest.numbering import Rank, is_box_title, is_caption, number_of
from ingest.standing import DOCUMENT_NUMBER

BOLD_LEAD = re.compile(r"(?:[—－-]{1,2}\s*)?\*\*(.+?)\*\*(.*)", re.DOTALL)
_FINISHED = re.compile(r"[。！？；：!?;:…][”’\"）)》】」』\]*]*(?:[①-⑳]|\[\^?\w{1,8}\])?$")
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("(", ")"), ("【", "】"))
_LABEL = re.compile(r"[^，。；：:、\s“（(][^，。；：:]{1,20}[：:]")
_BULLET = re.compile(r"(?:[-*•·●◆■□○]|——|－－)\s*\S")
_WRAP_LINES = 12
_UNMARKED_MAX = 20
_DOUBLED_MIN = 4
_DOUBLED_MAX = 200
_ALONE = re.compile(
    r"(?:[（(【][^（）()]{2,30}[）)】]|文\s*[/／].*|(?:作者|记者|記者|来源|來源|素材来源|素材來源|发布时间|發布時間|日期)\s*[:：].*|"
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?|"
    r"[—－-]{1,2}\s*.{4,50}会议上)"
)
_NUMBER_LINE = re.compile(rf"{DOCUMENT_NUMBER.pattern}(?:\s+(?:签发人|簽發人).*)?")
_OFFICIAL_TITLE = re.compile(
    r"(?!为|為|根据|根據|按照|依据|依據|现|現|将|將|贯彻|貫徹|落实)[^，。；：、]{0,40}(?:关于|關於)[^。；：]{4,}"
    r"的(?:通知|通告|公告|意见|意見|决定|決定|通报|通報|批复|批復|函|报告|報告)"
)
_TAIL = 600


class OpenParagraph:
    """A paragraph that may still go on with the next line."""

    def __init__(self, line: str) -> None:
        self._parts = [line]
        # What follows is judged by the end alone, however long the paragraph.
        self.tail = line[-_TAIL:]
        self.joints: list[int] = []
        self._length = _plain_length(line)

    @property
    def text(self) -> str:
        """What was gathered, bold marks and all."""
        return "".join(self._parts)

    def join(self, line: str, *, after_blank: bool, at_width: bool) -> None:
        """Go on with a line.

        Args:
            line: without white space at its ends.
            after_blank: whether an empty line or a page break stood between.
            at_width: whether the break is one of those at a fixed width.
        """
        if after_blank:
            line = line[_doubled(self.tail, line) :]
        elif not at_width:
            self.joints.append(self._length)
        if not line:
            return
        if self.tail[-1].isascii() and self.tail[-1].isalpha() and line[0].isascii():
            line = f" {line}"
        self._parts.append(line)
        self._length += _plain_length(line)
        self.tail = (self.tail + line)[-_TAIL:]


def wrap_width(lines: list[str]) -> int:
    """The width at which a text breaks its lines, in full-width columns; 0 where it does not.

    Such a text has most of its lines within two columns of one width, and hardly any that is longer.
    """
    widths = Counter(columns(line.rstrip()) for line in lines if line.strip())
    total = sum(widths.values())
    if total < _WRAP_LINES:
        return 0
    longest, longer = 0, 0
    for width in sorted(widths, reverse=True):
        longest, longer = width, longer + widths[width]
        if longer >= total * 0.05:
            break
    full = sum(number for width, number in widths.items() if longest - 2 <= width <= longest)
    return longest if 15 <= longest <= 60 and full >= total * 0.4 else 0


def continues(open_text: str, line: str, *, is_title: bool = False, is_marked: bool = False) -> bool:
    """Return whether a line goes on with the paragraph above it.

    Args:
        open_text: the paragraph so far.
        line: the next line that is not blank.
        is_title: whether nothing stands above the paragraph; a headline may hold a comma and no stop.
        is_marked: whether the document marks its headings; what carries no mark is then none.
    """
    plain = open_text.replace("**", "").strip()
    if not plain or _FINISHED.search(plain) or _ALONE.fullmatch(plain) or is_caption(plain):
        return False
    if is_box_title(plain) or _is_standing_heading(plain) or _stands_in_head(plain):
        return False
    torn = plain[-1] in "、，,（(“《" or any(plain.count(left) > plain.count(right) for left, right in _PAIRS)
    if _opens_piece(line, torn=torn):
        return False
    if is_marked and not is_title and len(plain) > _UNMARKED_MAX and not plain.endswith(("）", ")")):
        return True
    return torn or _is_prose(plain, is_title=is_title)


def may_be_wrapped(open_text: str, line: str) -> bool:
    """Whether a full line may go on with the next one, even where it ends with a sentence."""
    plain = open_text.replace("**", "").strip()
    if _ALONE.fullmatch(plain) or is_caption(plain) or is_box_title(plain):
        return False
    return not _opens_piece(line, torn=not _FINISHED.search(plain))


def columns(line: str) -> int:
    """Width of a line in full-width columns; two half-width characters take one."""
    narrow = len(line.encode("ascii", "ignore"))
    return len(line) - narrow + (narrow + 1) // 2


def _plain_length(line: str) -> int:
    return len(line.replace("**", ""))


def _doubled(open_text: str, line: str) -> int:
    """How many characters at a line's beginning repeat the end of the text before a page break.

    A single character or a short word may well be meant twice; a longer run is not.
    """
    for length in range(min(len(line), _DOUBLED_MAX), _DOUBLED_MIN - 1, -1):
        if open_text.endswith(line[:length]):
            return length
    return 0


def _opens_piece(line: str, *, torn: bool) -> bool:
    if line.startswith("**"):
        bold = BOLD_LEAD.match(line)
        return not (bold and not bold.group(2).strip() and bold.group(1).endswith("。"))
    if number_of(line) or is_box_title(line) or is_caption(line) or _BULLET.match(line):
        return True
    return not torn and bool(_LABEL.match(line) or _ALONE.fullmatch(line) or _NUMBER_LINE.fullmatch(line))


def _stands_in_head(line: str) -> bool:
    """Tell an official title, a document number or an imprint, which no other line goes on with."""
    return bool(_NUMBER_LINE.fullmatch(line) or _OFFICIAL_TITLE.fullmatch(line) or imprint_in(line))


def _is_standing_heading(line: str) -> bool:
    number = number_of(line)
    if number is None:
        return False
    if number.rank <= Rank.SECOND and number.rank != Rank.ARTICLE:
        return len(line) <= 50 and "。" not in line and line[-1] not in "，、"
    return False


def _is_prose(line: str, *, is_title: bool) -> bool:
    if "。" in line or "；" in line or len(line) > 40:
        return True
    return ("，" in line and not is_title) or (len(line) > 24 and ("，" in line or "：" in line))
