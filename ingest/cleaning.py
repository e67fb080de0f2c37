"""Text to text: each rule takes out or mends one kind of debris and leaves the words alone.

Two marks go through the text: a form feed where a page begins, and `SEAM` on a line of its own where a
line was taken out, so that no later step takes what stood before it and what stood after it for neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ingest.blocks import Block, Heading, Note, Paragraph, Table
from ingest.numbering import number_of

SEAM = "\x1e"
PAGE = "\f"

_HAN = r"㐀-鿿"
_WIDE = rf"{_HAN}，。、；：？！（）《》“”‘’【】—…"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(rf"(?<=[{_HAN}])\(([a-zü{_TONED}]{{1,7}})\)")
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|s|sup|sub|font|span|a|p|div|center|small|big)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BOLD_TAG = re.compile(r"</?(?:b|strong)\s*>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE = re.compile(r"^\s*(?:-{2,}|={3,}|\*{3,}|_{3,}|(?:[-*]\s*)?\|[\s|:-]*\|?)\s*$")
_LEADER = re.compile(r"(?:[.．·]{3,}|…+|\.(?:\s\.){2,})[\s*]*(?:\t|\s)*\**\d{0,4}\**\s*$")
_TAB_PAGE = re.compile(r"\S\t\s*\d{1,4}\s*$")
_CONTENTS = re.compile(r"^\s*#*\s*\**\s*(?:目\s*[录錄次]|contents)\s*\**\s*$", re.IGNORECASE)
_BREADCRUMB = re.compile(
    r"^\s*(?:您?(?:现在|現在|当前|當前|所在)(?:的)?位置)\s*[:：]?.*(?:首页|首頁|>|»|›|$)"
)
_CLOSING = re.compile(
    r"^\s*[（(【]?\s*(?:素材来源|素材來源|信息来源|稿件来源|文章来源|来源|來源|责任编辑|責任編輯|编辑|編輯|审核|校对)\s*[:：].{1,40}$"
)
_CHROME = re.compile(
    r"^\s*(?:点击查看更多|點擊查看更多|请输入关键字|請輸入關鍵字|网站首页|網站首頁|上一[篇条页].*|下一[篇条页].*|"
    r"返回(?:顶部|首页|列表)|【?打印(?:本页)?】?|【?关闭(?:窗口|本页)?】?|分享到?[:：]?.{0,20}|扫一扫.{0,20}|"
    r"字[体號号][:：\s].{0,20}|网站地图|友情链接.{0,20}|联系我们|关于我们|版权所有.*|.{0,40}ICP备.*|.{0,20}公网安备.*|"
    r"技术支持[:：].*|浏览次数[:：].*|网站标识码.*|收藏本[站页]|设为首页)\s*[>»]*\s*$"
)
_CHINESE_COMMA = re.compile(rf"(?<=[{_WIDE}])\s*([,;:?!])\s*(?=[{_WIDE}])")
_CLAUSE_COMMA = re.compile(rf"(?<=[{_HAN}）”》%\d])\s*,\s*(?=[{_HAN}“《])")
_HALF_BRACKETS = re.compile(rf"\(([^()\n]*[{_HAN}][^()\n]*)\)")
_FULL = str.maketrans(",;:?!", "，；：？！")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Clean lines, and the lines that were taken out as debris, in the order of the rules."""

    text: str
    dropped: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """Take the debris out of a document's text.

    Args:
        text: lines of a loader, pages parted by form feeds.

    Returns:
        The lines that are the document's own, with a `SEAM` line where others were.
    """
    dropped: list[str] = []
    for rule in _RULES:
        cleaned = rule(text)
        if rule in _DROPPING:
            dropped.extend(_missing(text, cleaned))
        text = cleaned
    return Cleaned(text, tuple(dropped))


def clean_block(block: Block) -> Block:
    """Clean the text of a piece that a loader has already told apart."""
    match block:
        case Heading(text, level):
            return Heading(clean_inline(text), level)
        case Paragraph(text, lead, item, joints):
            return Paragraph(clean_inline(text), clean_inline(lead), item, joints)
        case Table(rows, header_rows, inline):
            return Table(
                tuple(tuple(clean_inline(cell) for cell in row) for row in rows), header_rows, inline
            )
        case Note(text, mark, anchor, at_end):
            return Note(clean_inline(text), mark, clean_inline(anchor), at_end)
        case _:
            return block


def clean_inline(text: str) -> str:
    """Clean one paragraph, heading or cell that a loader has already told apart."""
    for rule in _INLINE_RULES:
        text = rule(text)
    return text.strip()


def drop_invisible(text: str) -> str:
    """Take out soft hyphens, zero-width characters and controls; make every kind of space a plain one."""
    return _SPACES.sub(" ", _CONTROLS.sub("", _INVISIBLE.sub("", text)))


def drop_glosses(text: str) -> str:
    """Take out pinyin glosses such as 發(fā), where a text is full of them; real brackets stay.

    A gloss without a tone mark, such as 的(de), counts only in a text that has many with one.
    """
    toned = sum(any(mark in gloss for mark in _TONED) for gloss in _GLOSS.findall(text))
    if toned < 3:
        return text
    return _GLOSS.sub("", text)


def strip_tags(text: str) -> str:
    """Take out inline HTML; bold becomes the Markdown mark, which later tells a paragraph's lead."""
    return _TAG.sub("", _BOLD_TAG.sub("**", _BREAK_TAG.sub("\n", text)))


def drop_rules(text: str) -> str:
    """Take out lines that only draw: horizontal rules, underlines of headings, empty table rows."""
    return _map_lines(text, lambda line: SEAM if _RULE.match(line) and not _is_table_frame(line) else line)


def drop_contents(text: str) -> str:
    """Take out the table of contents: dotted leaders, page numbers behind tabs, a list that recurs."""
    lines = text.split("\n")
    dropped = {index for index, line in enumerate(lines) if _is_contents_entry(line)}
    for start, line in enumerate(lines):
        if not _CONTENTS.match(line):
            continue
        dropped.add(start)
        dropped.update(_contents_after(lines, start))
    return "\n".join(SEAM if index in dropped else line for index, line in enumerate(lines))


def drop_repeated_title(text: str) -> str:
    """Take out a title that is printed again below, when only the table of contents stands between."""
    lines = text.split("\n")
    standing = [index for index, line in enumerate(lines) if line.strip() or line == SEAM]
    for order, first in enumerate(standing[:6]):
        following = standing[order + 1 :]
        again = next((index for index in following if lines[index] != SEAM), None)
        if again is None or lines[first] == SEAM or again == following[0]:
            continue
        if _bare(lines[first]) == _bare(lines[again]):
            lines[first] = SEAM
    return "\n".join(lines)


def drop_navigation(text: str) -> str:
    """Take out what a web page puts round its article: menus above the breadcrumb, buttons, footers."""
    lines = text.split("\n")
    head = next((index for index, line in enumerate(lines[:80]) if _BREADCRUMB.match(line)), None)
    if head is not None and not any(len(line.strip()) > 60 for line in lines[:head]):
        lines[: head + 1] = [SEAM] * (head + 1)
    return "\n".join(SEAM if _CHROME.match(line) else line for line in lines)


def drop_trailer(text: str) -> str:
    """Take out what follows the closing source line of an article: spam, links, the page's foot."""
    lines = text.split("\n")
    floor = len(lines) * 2 // 3
    closing = next(
        (index for index in range(len(lines) - 1, floor, -1) if _CLOSING.match(lines[index])), None
    )
    if closing is None:
        return text
    kept = lines[: closing + 1]
    trailer = [line for line in lines[closing + 1 :] if line.strip()]
    if len(trailer) > 12 or any("。" in line for line in trailer):
        return text
    return "\n".join(kept)


def drop_page_furniture(text: str) -> str:
    """Take out page numbers, headers and footers: lines at page edges that are numbers or recur."""
    if PAGE not in text:
        return _map_lines(
            text, lambda line: SEAM if re.fullmatch(r"\s*[-—–]\s*\d{1,4}\s*[-—–]\s*", line) else line
        )
    pages = [page.split("\n") for page in text.split(PAGE)]
    edges = Counter(shape for page in pages for shape in {_shape(line) for line in _edge_lines(page)})
    often = {shape for shape, count in edges.items() if count >= max(3, len(pages) // 3)}
    cleaned = []
    for page in pages:
        edge = set(map(id, _edge_lines(page)))
        furniture = [id(line) in edge and (_shape(line) in often or _is_page_number(line)) for line in page]
        cleaned.append("\n".join("" if drop else line for drop, line in zip(furniture, page, strict=True)))
    return PAGE.join(cleaned)


def widen_punctuation(text: str) -> str:
    """Make half-width punctuation between Chinese characters full-width; figures such as 0.1:79.5 stay."""
    text = _CHINESE_COMMA.sub(lambda found: found.group(1).translate(_FULL), text)
    text = _CLAUSE_COMMA.sub("，", text)
    return _HALF_BRACKETS.sub(r"（\1）", text)


def tighten_spaces(text: str) -> str:
    """Take out the spaces that converters leave round figures and beside Chinese punctuation."""
    text = re.sub(rf"(?<=[{_HAN}]) +(?=\d)", "", text)
    text = re.sub(rf"(?<=[\d%]) +(?=[{_HAN}])", "", text)
    text = re.sub(r" +(?=[，。、；：？！）》”】])", "", text)
    text = re.sub(r"(?<=[，。、；：？！（《“【]) +", "", text)
    return re.sub(r"(?<=\S) {2,}(?=\S)", " ", text)


def _missing(before: str, after: str) -> list[str]:
    """Lines that a rule put a seam in place of, or cut off at the end; such a rule moves no line."""
    old, new = before.split("\n"), after.split("\n")
    return [
        line.strip()
        for index, line in enumerate(old)
        if line.strip() and line != SEAM and (index >= len(new) or new[index] in ("", SEAM))
    ]


def _map_lines(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(change(line) for line in text.split("\n"))


def _is_table_frame(line: str) -> bool:
    # A Markdown table's delimiter row has at least two columns; it tells the header from the body.
    return line.count("|") >= 3 and "-" in line


def _is_contents_entry(line: str) -> bool:
    bare = line.replace("*", "")
    if _LEADER.search(bare) and re.search(r"\d\s*$", bare):
        return True
    return bool(_TAB_PAGE.search(bare)) and number_of(bare.strip()) is not None


def _contents_after(lines: list[str], start: int) -> list[int]:
    below = Counter(_bare(line) for line in lines[start + 1 :] if line.strip())
    taken: list[int] = []
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if not line.strip():
            continue
        if _is_contents_entry(line) or (len(line.strip()) <= 60 and below[_bare(line)] > 1):
            taken.append(index)
            below[_bare(line)] -= 1
            continue
        break
    return taken


def _bare(line: str) -> str:
    line = re.sub(r"(?:[.．·…]{2,}|\t)[\s*]*\d{0,4}[\s*]*$", "", line)
    return re.sub(r"[\s#*]+", "", line)


def _edge_lines(page: list[str]) -> list[str]:
    standing = [line for line in page if line.strip()]
    return standing[:2] + standing[-2:] if len(standing) > 4 else standing


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", line))


def _is_page_number(line: str) -> bool:
    return bool(re.fullmatch(r"\s*(?:第\s*)?[-—–]?\s*\d{1,4}\s*[-—–]?\s*(?:页)?(?:\s*[/共].*)?", line))


_INLINE_RULES: tuple[Callable[[str], str], ...] = (
    drop_invisible,
    drop_glosses,
    strip_tags,
    widen_punctuation,
    tighten_spaces,
)
_RULES: tuple[Callable[[str], str], ...] = (
    drop_invisible,
    drop_glosses,
    strip_tags,
    drop_page_furniture,
    drop_rules,
    drop_contents,
    drop_repeated_title,
    drop_navigation,
    drop_trailer,
    widen_punctuation,
    tighten_spaces,
)
_DROPPING = frozenset(
    {drop_page_furniture, drop_rules, drop_contents, drop_repeated_title, drop_navigation, drop_trailer}
)
