"""Web pages: the article with its headings, lists, notes and tables, without what stands round it."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.blocks import Block, Heading, Note, Paragraph, Seam, Table
from ingest.loaders import Given, LoadedText, text
from ingest.loaders.html_blocks import read_element
from ingest.loaders.html_chrome import drop_chrome
from ingest.marks import SEAM
from ingest.webpage import drop_empty_fields, drop_navigation, drop_trailer
from vectorstore.errors import UnreadableFileError

_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_PIECE = re.compile(r"<(?:p|div|br|table|span|h[1-6]|ul|ol|section|article)\b[^<>]*>", re.IGNORECASE)
_XML_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!doctype\b", re.IGNORECASE)
# What XML lets a document define of itself; in HTML it would end at the first ">" and leave the rest as text.
_DEFINITIONS = re.compile(r"<!doctype[^<>\[]*\[.*?\]\s{0,20}>", re.IGNORECASE | re.DOTALL)
_SITE = re.compile(r"\s*(?:[-_|—–－｜]+)\s*[^-_|—–－｜]{2,30}$")
_SAMPLE_BYTES = 4_000


def recognises(data: bytes, name: str) -> bool:
    """Tell a web page by its first tags, or by its name where it is a piece of one."""
    if not text.recognises(data, ""):
        return False
    head = data[:_SAMPLE_BYTES].replace(b"\x00", b"").decode("latin-1")
    return bool(_MARKUP.search(head)) or (name.lower().endswith((".html", ".htm", ".xhtml")) and "<" in head)


def is_piece(words: str) -> bool:
    """Tell whether a text, as a record of an export holds it, is written in HTML."""
    return words.lstrip().startswith("<") and len(_PIECE.findall(words[:_SAMPLE_BYTES])) >= 2


def load(data: bytes, name: str) -> LoadedText:
    """Read a web page.

    Raises:
        UnreadableFileError: no encoding makes sense of the bytes, or there is no text in it.
    """
    del name
    return read_page(text.decode(data))


def read_page(markup: str) -> LoadedText:
    """Read a web page whose characters are known.

    Args:
        markup: the page.

    Returns:
        Its blocks, and the title that its properties give.

    Raises:
        UnreadableFileError: there is no text in it.
    """
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        page = document_fromstring(_without_definitions(_XML_PROLOG.sub("", markup)), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFileError("网页中没有可收录的文字") from error
    title = _property(page, "ArticleTitle") or _window_title(page)
    drop_chrome(page)
    blocks = _without_furniture(read_element(page))
    if not any(isinstance(block, Paragraph | Table | Heading) for block in blocks):
        raise UnreadableFileError("网页中没有可收录的文字")
    return LoadedText(format="html", blocks=tuple(blocks), given=Given(title=_if_missing(title, blocks)))


def _without_definitions(markup: str) -> str:
    begun = _DOCTYPE.search(markup)
    found = _DEFINITIONS.match(markup, begun.start()) if begun else None
    return markup[: found.start()] + markup[found.end() :] if found else markup


def _property(page: HtmlElement, name: str) -> str:
    for element in page.iter("meta"):
        if str(element.get("name", "")).lower() == name.lower():
            return " ".join(str(element.get("content", "")).split())
    return ""


def _window_title(page: HtmlElement) -> str:
    """The page's title without the name of the site behind it."""
    found = page.find(".//title")
    words = " ".join(found.text_content().split()) if found is not None else ""
    return _SITE.sub("", words) or words


def _if_missing(title: str, blocks: list[Block]) -> str:
    """A page's title, unless the article states its own: a site's name is a poor one, so is a file's."""
    first = [block.text for block in blocks[:12] if isinstance(block, Heading | Paragraph)]
    if any(isinstance(block, Heading) and block.level == 1 for block in blocks[:12]):
        return ""
    stated = any((title and title in line) or line.startswith("标题：") for line in first)
    return "" if stated or len(title) < 4 else title


def _without_furniture(blocks: list[Block]) -> list[Block]:
    """Take out the lines that `ingest.webpage` knows: breadcrumbs, buttons, counters, the page's foot."""
    lines = [
        " ".join(block.text.split()) if isinstance(block, Paragraph | Heading | Note) else "　"
        for block in blocks
    ]
    left = drop_trailer(drop_navigation("\n".join(lines))).split("\n")
    kept = [drop_empty_fields(line).removeprefix(f"{SEAM}\n") for line in left]
    result: list[Block] = []
    for block, before, after in zip(blocks, lines, kept, strict=False):
        if after == SEAM:
            result.append(Seam())
        elif after != before and isinstance(block, Paragraph):
            result.append(Paragraph(after, block.lead if after.startswith(block.lead) else "", block.item))
        else:
            result.append(block)
    return result
