"""Text to text: each rule takes out or mends one kind of debris and leaves the words alone.

Words are never changed. What is taken out leaves a `SEAM`, so that no later step takes what stood before it
and what stood behind it for neighbours.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.blocks import Block, Heading, Note, Paragraph, Table
from ingest.contents import drop_contents, drop_repeated_title
from ingest.marks import SEAM
from ingest.pages import drop_page_furniture
from ingest.webpage import drop_navigation, drop_spam, drop_trailer

_HAN = r"㐀-鿿"
_WIDE = rf"{_HAN}，。、；：？！（）《》“”‘’【】—…"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = re.compile(r"(?:[bpmfdtnlgkhjqxzcsryw]|[zcs]h)?[aeiouü]{1,3}(?:n|ng|r)?")
_GLOSS = re.compile(rf"(?<=[{_HAN}])\(([a-zü{_TONED}]{{1,7}})\)")
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|s|sup|sub|font|span|a|p|div|center|small|big)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BOLD_TAG = re.compile(r"</?(?:b|strong)\s*>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE_MAX = 200
_RULE = re.compile(r"^\s*(?:-{2,}|={3,}|\*{3,}|_{3,}|(?:[-*]\s*)?\|[\s|:-]*\|?)\s*$")
_CHINESE_COMMA = re.compile(rf"(?<=[{_WIDE}])[ \t]*([,;:?!])[ \t]*(?=[{_WIDE}])")
_CLAUSE_COMMA = re.compile(rf"(?<=[{_HAN}）”》%\d])[ \t]*,[ \t]*(?=[{_HAN}“《])")
_HALF_BRACKETS = re.compile(rf"\((?=[^()\n]{{0,300}}\))([^()\n]*[{_HAN}][^()\n]*)\)")
_FULL = str.maketrans(",;:?!", "，；：？！")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6});")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_MANY_SPACES = re.compile(" {9,}")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_MANY_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
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
        case Table(rows, header_rows, inline, filled):
            return Table(_clean_cells(rows), header_rows, inline, _clean_cells(filled))
        case Note(text, mark, anchor, at_end):
            return Note(clean_inline(text), mark, clean_inline(anchor), at_end)
        case _:
            return block


def _clean_cells(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(clean_inline(cell) for cell in row) for row in rows)


def clean_inline(text: str) -> str:
    """Clean one paragraph, heading or cell that a loader has already told apart."""
    for rule in _INLINE_RULES:
        text = rule(text)
    return text.strip()


def unescape(text: str) -> str:
    """Read HTML's names of characters, such as &nbsp;, where a text carries them."""
    return html.unescape(text) if _ENTITY.search(text) else text


def drop_invisible(text: str) -> str:
    """Take out soft hyphens, zero-width characters and controls; make every kind of space a plain one."""
    plain = _SPACES.sub(" ", _CONTROLS.sub("", _INVISIBLE.sub("", text)).replace("\u3000", "  "))
    return _MANY_SPACES.sub(" " * 8, plain)


def drop_glosses(text: str) -> str:
    """Take out pinyin glosses such as 發(fā), where a text is full of them; real brackets stay.

    A gloss without a tone mark, such as 的(de), counts only in a text that has many with one.
    """
    if sum(map(_is_toned, _GLOSS.findall(text))) < 3:
        return text
    return _GLOSS.sub(lambda found: "" if _is_gloss(found.group(1)) else found.group(0), text)


def strip_tags(text: str) -> str:
    """Take out inline HTML; bold becomes the Markdown mark, which later tells a paragraph's lead."""
    return _TAG.sub("", _BOLD_TAG.sub("**", _BREAK_TAG.sub("\n", text)))


def drop_rules(text: str) -> str:
    """Take out lines that only draw: horizontal rules, underlines of headings, empty table rows."""
    return _map_lines(text, lambda line: SEAM if _is_rule(line) else line)


def widen_punctuation(text: str) -> str:
    """Make half-width punctuation between Chinese characters full-width; figures such as 0.1:79.5 stay."""
    text = _CHINESE_COMMA.sub(lambda found: found.group(1).translate(_FULL), text)
    text = _CLAUSE_COMMA.sub("，", text)
    return _HALF_BRACKETS.sub(r"（\1）", text)


def tighten_spaces(text: str) -> str:
    """Take out the spaces that converters leave round figures and beside Chinese punctuation."""
    text = _map_lines(text, _close_gap)
    text = re.sub(rf"(?<=[{_HAN}]) (?=\d)|(?<=[\d%]) (?=[{_HAN}])", "", text)
    return re.sub(r"(?<=\S) (?=[，。、；：？！）》”】])|(?<=[，。、；：？！（《“【]) (?=\S)", "", text)


def _is_toned(letters: str) -> bool:
    return any(letter in _TONED for letter in letters)


def _is_gloss(letters: str) -> bool:
    return _is_toned(letters) or bool(_SYLLABLE.fullmatch(letters))


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


def _close_gap(line: str) -> str:
    """Close wide gaps, unless there are so many that they part the columns of a table."""
    if "  " not in line:
        return line
    return line if len(_GAP.findall(line)) > 1 else _GAP.sub(" ", line)


def _is_rule(line: str) -> bool:
    return len(line) <= _RULE_MAX and bool(_RULE.match(line)) and not _is_table_frame(line)


def _is_table_frame(line: str) -> bool:
    # A Markdown table's delimiter row has at least two columns; it tells the header from the body.
    return line.count("|") >= 3 and "-" in line


_INLINE_RULES: tuple[Callable[[str], str], ...] = (
    unescape,
    drop_invisible,
    drop_glosses,
    strip_tags,
    widen_punctuation,
    tighten_spaces,
)
_RULES: tuple[Callable[[str], str], ...] = (
    unescape,
    drop_invisible,
    drop_glosses,
    strip_tags,
    drop_page_furniture,
    drop_rules,
    drop_contents,
    drop_repeated_title,
    drop_navigation,
    drop_trailer,
    drop_spam,
    widen_punctuation,
    tighten_spaces,
)
_DROPPING = frozenset(
    {
        drop_page_furniture,
        drop_rules,
        drop_contents,
        drop_repeated_title,
        drop_navigation,
        drop_trailer,
        drop_spam,
    }
)
