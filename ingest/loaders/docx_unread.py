"""What a Word file holds beside the words that are read: pictures, objects, remarks, headers and footers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator

from lxml import etree

from ingest.loaders.docx_styles import W
from ingest.loaders.inline import one_line
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.zipped import parse_xml, read_member

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PICTURES = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WORDS_MAX = 80
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = (
    (re.compile(r"word/comments\.xml"), own_words("批注")),
    (re.compile(r"word/(?:header|footer)\d*\.xml"), own_words("页眉页脚")),
    (re.compile(r"word/diagrams/data\d*\.xml"), own_words("示意图（SmartArt）中的文字")),
    (re.compile(r"word/charts/chart\d*\.xml"), own_words("图表")),
)


def unread_of(
    package: zipfile.ZipFile, document: etree._Element, left_out: Iterable[tuple[str, str]]
) -> list[str]:
    """List what was not read of a Word file, and why.

    Args:
        package: the file, open.
        document: its document part.
        left_out: reasons and words that were left out of paragraphs.

    Returns:
        One line each, for the person who checks.
    """
    lines = [own_words(f"{reason}：{short(words)}") for reason, words in left_out if words.strip()]
    deleted = [element.text or "" for element in document.iter(f"{W}delText")]
    if "".join(deleted).strip():
        lines.append(own_words(f"修订中删除的文字：{short(''.join(deleted))}"))
    pictures = _count(document, f"{_PICTURES}pic", "{urn:schemas-microsoft-com:vml}imagedata")
    if pictures:
        lines.append(own_words(f"图片 {pictures} 张：其中的文字没有收录"))
    if objects := _count(document, f"{W}object"):
        lines.append(own_words(f"嵌入的对象或控件 {objects} 个：其中的内容没有收录"))
    return [*lines, *_parts(package)]


def short(words: str) -> str:
    """The beginning of words that are shown as not read."""
    plain = one_line(words)
    return plain if len(plain) <= _WORDS_MAX else f"{plain[:_WORDS_MAX]}…"


def _count(document: etree._Element, *tags: str) -> int:
    return sum(
        not any(above.tag == _FALLBACK for above in element.iterancestors())
        for element in document.iter(*tags)
    )


def _parts(package: zipfile.ZipFile) -> Iterator[str]:
    seen = set()
    for name in sorted(package.namelist()):
        part = next((said for pattern, said in _PARTS if pattern.fullmatch(name)), "")
        if not part:
            continue
        try:
            root = parse_xml(read_member(package, name))
        except UnreadableFileError:
            continue  # it is not needed for the text
        words = short("".join(element.text or "" for element in root.iter(f"{W}t", f"{_DRAWN}t")))
        if words and (part, words) not in seen and not re.fullmatch(r"[\s\d—–-]*", words):
            seen.add((part, words))
            yield own_words(f"{part}：{words}")
