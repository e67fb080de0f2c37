"""Text to text: each rule takes out or mends one kind of debris and leaves the words alone.

Words are never changed. What is taken out leaves a `SEAM`, so that no later step takes what stood before it
and what stood behind it for neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.blocks import Block, Heading, Note, Paragraph, Table
from ingest.contents import drop_contents, drop_repeated_title
from ingest.embedded import tables_as_pipes
from ingest.marks import SEAM
from ingest.markup import drop_struck, strip_formulas, strip_markdown, strip_tags, unescape
from ingest.pages import drop_page_furniture
from ingest.spacing import close_numbers, join_words
from ingest.webpage import drop_navigation, drop_spam, drop_trailer

_HAN = r"㐀-鿿"
_WIDE = rf"{_HAN}，。、；：？！（）《》“”‘’【】—…"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = re.compile(r"(?:[bpmfdtnlgkhjqxzcsryw]|[zcs]h)?[aeiouü]{1,3}(?:n|ng|r)?")
_GLOSS = re.compile(rf"(?<=[{_HAN}])\(([a-zü{_TONED}]{{1,7}})\)")
_RULE_MAX = 200
_RULE = re.compile(r"^\s*(?:-{2,}|={3,}|[—－─━]{3,}|\*{3,}|_{3,}|(?:[-*]\s*)?\|[\s|:-]*\|?)\s*$")
_CHINESE_COMMA = re.compile(rf"(?<=[{_WIDE}])[ \t]*([,;:?!])[ \t]*(?=[{_WIDE}])")
_CLAUSE_COMMA = re.compile(rf"(?<=[{_HAN}）”》%\d])[ \t]*,[ \t]*(?=[{_HAN}“《])")
_LINE_END = re.compile(rf"(?m)(?<=[{_HAN}）”》])([,;:])(?=[ \t]*$)")
_HALF_BRACKETS = re.compile(rf"\((?=[^()\n]{{0,300}}\))([^()\n]*[{_HAN}][^()\n]*)\)")
_MIXED_BRACKETS = re.compile(r"（([^（）()\n]{0,300})\)|\(([^（）()\n]{0,300})）")
_FULL = str.maketrans(",;:?!", "，；：？！")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_MANY_SPACES = re.compile(" {9,}")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Each begins with the space itself, which is quick to look for.
_STRAY_SPACES = (
    re.compile(rf" (?:(?<=[{_HAN}] )(?=\d)|(?<=[\d%] )(?=[{_HAN}]))"),
    re.compile(r" (?:(?<=\S )(?=[，。、；：？！）》”】])|(?<=[，。、；：？！（《“【] )(?=\S))"),
    # Behind a number such as （一）, and behind a joining word, where a title was broken.
    re.compile(r" (?<=^[（(][一二三四五六七八九十][）)] ) *(?=\S)", re.MULTILINE),
    re.compile(rf" (?<=[{_HAN}][和与與及] )(?=[{_HAN}])"),
)
# 总　则, set wide.
_SPREAD_WORD = re.compile(rf"(?m)^(第[^\s，。]{{1,4}}[编章节]\s+|)([{_HAN}]) {{1,6}}(?=[{_HAN}]$)")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Clean lines and what was taken out of them.

    Attributes:
        text: the clean lines.
        dropped: the lines that were taken for debris, in the order of the rules.
        running: those of them that ran along the pages' edges, each once.
    """

    text: str
    dropped: tuple[str, ...] = ()
    running: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """Take the debris out of a document's text.

    Args:
        text: lines of a loader, pages parted by form feeds.

    Returns:
        The lines that are the document's own, with a `SEAM` line where others were.
    """
    text, dropped = drop_struck(text)
    running: tuple[str, ...] = ()
    for rule in _RULES:
        cleaned = rule(text)
        if rule in _DROPPING:
            dropped += (missing := _missing(text, cleaned))
            if rule is drop_page_furniture:
                running = tuple(dict.fromkeys(missing))
        text = cleaned
    return Cleaned(text, tuple(dropped), running)


def clean_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Clean the pieces that a loader has already told apart.

    Args:
        blocks: the whole document; what it is full of, such as glosses, goes from every piece.

    Returns:
        The same pieces with clean text.
    """
    glossed = is_glossed("\n".join(b.text for b in blocks if isinstance(b, Heading | Paragraph | Note)))
    return tuple(_clean_block(block, glossed=glossed) for block in blocks)


def _clean_block(block: Block, *, glossed: bool) -> Block:
    def inline(text: str) -> str:
        return _clean_inline(text, glossed=glossed)

    def cells(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(map(inline, row)) for row in rows)

    match block:
        case Heading(text, level):
            return Heading(inline(text), level)
        case Paragraph(text, lead, item, joints):
            return Paragraph(inline(text), inline(lead), item, joints)
        case Table(rows, header_rows, between, filled):
            return Table(cells(rows), header_rows, between, cells(filled))
        case Note(text, mark, anchor, at_end):
            return Note(inline(text), mark, inline(anchor), at_end)
        case _:
            return block


def _clean_inline(text: str, *, glossed: bool) -> str:
    """Clean one paragraph, heading or cell."""
    text = _without_glosses(text) if glossed else text
    for rule in _INLINE_RULES:
        text = rule(text)
    return text.strip()


def drop_invisible(text: str) -> str:
    """Take out soft hyphens, zero-width characters and controls; make every kind of space a plain one."""
    plain = _SPACES.sub(" ", _CONTROLS.sub("", _INVISIBLE.sub("", text)).replace("\u3000", "  "))
    return _MANY_SPACES.sub(" " * 8, plain)


def drop_glosses(text: str) -> str:
    """Take out pinyin glosses such as 發(fā), where a text is full of them; real brackets stay.

    A gloss without a tone mark, such as 的(de), counts only in a text that has many with one.
    """
    return _without_glosses(text) if is_glossed(text) else text


def is_glossed(text: str) -> bool:
    """Return whether a text is full of pinyin glosses."""
    return sum(map(_is_toned, _GLOSS.findall(text))) >= 3


def _without_glosses(text: str) -> str:
    return _GLOSS.sub(lambda found: "" if _is_gloss(found.group(1)) else found.group(0), text)


def drop_rules(text: str) -> str:
    """Take out lines that only draw: horizontal rules, underlines of headings, empty table rows."""
    return _map_lines(text, lambda line: SEAM if _is_rule(line) else line)


def widen_punctuation(text: str) -> str:
    """Make half-width punctuation between Chinese characters full-width; figures such as 0.1:79.5 stay."""
    text = _CHINESE_COMMA.sub(lambda found: found.group(1).translate(_FULL), text)
    text = _CLAUSE_COMMA.sub("，", text)
    text = _LINE_END.sub(lambda found: found.group(1).translate(_FULL), text)
    return match_brackets(_HALF_BRACKETS.sub(r"（\1）", text))


def match_brackets(text: str) -> str:
    """Make a half-width bracket full-width where the one it belongs to is; no character moves."""
    return _MIXED_BRACKETS.sub(r"（\1\2）", text)


def tighten_spaces(text: str) -> str:
    """Take out the spaces that converters leave round figures and beside Chinese punctuation."""
    for stray in _STRAY_SPACES:
        text = stray.sub("", text)
    text = _SPREAD_WORD.sub(r"\1\2", text)
    return _map_lines(close_numbers(text), lambda line: join_words(_close_gap(line)))


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
    strip_tags,
    widen_punctuation,
    tighten_spaces,
)
_RULES: tuple[Callable[[str], str], ...] = (
    unescape,
    drop_invisible,
    drop_glosses,
    tables_as_pipes,
    strip_tags,
    strip_formulas,
    strip_markdown,
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
