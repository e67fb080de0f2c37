"""Web pages: the article with its headings, lists, notes and tables, without what stands round it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.blocks import Block, Heading, Note, Paragraph, Seam, Table
from ingest.infobox import unfold_box
from ingest.loaders import Given, LoadedText, decoding
from ingest.loaders.html_blocks import read_element
from ingest.loaders.html_chrome import drop_chrome
from ingest.marks import SEAM
from ingest.webpage import drop_empty_fields, drop_navigation, drop_page_end, drop_trailer
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words

_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_PIECE = re.compile(r"<(?:p|div|br|table|span|h[1-6]|ul|ol|section|article)\b[^<>]*>", re.IGNORECASE)
_XML_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!doctype[^>\[]{0,500}(?:\[.{0,20000}?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_SITE_NAME = re.compile(
    r"(?:门户|門戶|政府|政务|政務|官方|信息|公众|公眾|政策|资讯|資訊)*(?:网站|網站|网|網|平台|平臺|首页|首頁|官网|主页)$|"
    r"^(?:首页|首頁|无标题|無標題|untitled|正文|详情|内容页?|文章(?:内容|详情)?|信息公开|政策文件|document)",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s*(?:[-_|—–－｜]+)\s*([^-_|—–－｜]{2,30})$")
_SAMPLE_BYTES = 4_000


def recognises(data: bytes, name: str) -> bool:
    """Tell a web page by its first tags, or by its name where it is a piece of one."""
    if not decoding.recognises(data, ""):
        return False
    head = data[:_SAMPLE_BYTES].replace(b"\x00", b"").decode("latin-1")
    return bool(_MARKUP.search(head)) or (name.lower().endswith((".html", ".htm", ".xhtml")) and "<" in head)


def is_piece(words: str) -> bool:
    """Return whether a text, as a record of an export holds it, is written in HTML."""
    return words.lstrip().startswith("<") and len(_PIECE.findall(words[:_SAMPLE_BYTES])) >= 2


def load(data: bytes, name: str) -> LoadedText:
    """Read a web page.

    Raises:
        UnreadableFileError: no encoding makes sense of the bytes, or there is no text in it.
    """
    del name
    return read_page(decoding.decode(data))


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
        page = document_fromstring(_DOCTYPE.sub("", _XML_PROLOG.sub("", markup)), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFileError("网页中没有可收录的文字") from error
    given = Given(headline=_headline(page), site=_site(page), source=_property(page, "ContentSource"))
    unread = drop_chrome(page)
    read = unfold_box(read_element(page))
    blocks = _without_furniture(read)
    furniture = (
        own_words(f"网页的栏目、按钮或页脚：{' '.join(before.text.split())}")
        for before, after in zip(read, blocks, strict=False)
        if isinstance(before, Paragraph | Heading | Note) and isinstance(after, Seam)
    )
    if not any(isinstance(block, Paragraph | Table | Heading) for block in blocks):
        raise UnreadableFileError("网页中没有可收录的文字")
    return LoadedText("html", blocks=tuple(blocks), given=given, unread=(*unread, *furniture))


def _headline(page: HtmlElement) -> str:
    """The article's title that a page states in its properties, "" where it names nothing but the site."""
    stated = (_property(page, "ArticleTitle"), _property(page, "og:title"), _window_title(page))
    return next((title for title in stated if len(title) >= 4 and not _SITE_NAME.search(title)), "")


def _site(page: HtmlElement) -> str:
    """The name of the site that a page states in its properties or in its window's title, else ""."""
    stated = _property(page, "SiteName") or _property(page, "og:site_name")
    if stated:
        return stated
    whole = _words_of_window(page)
    if behind := _SITE.search(whole):
        return behind.group(1)
    return whole if _SITE_NAME.search(whole) else ""


def _property(page: HtmlElement, name: str) -> str:
    for element in page.iter("meta"):
        if name.lower() in (str(element.get(key, "")).lower() for key in ("name", "property")):
            return " ".join(str(element.get("content", "")).split())
    return ""


def _window_title(page: HtmlElement) -> str:
    """The page's title without the name of the site behind it."""
    words = _words_of_window(page)
    return _SITE.sub("", words) or words


def _words_of_window(page: HtmlElement) -> str:
    found = page.find(".//title")
    return " ".join(found.text_content().split()) if found is not None else ""


def _without_furniture(blocks: Sequence[Block]) -> list[Block]:
    """Take out the lines that `ingest.webpage` knows: breadcrumbs, buttons, counters, the page's foot."""
    lines = [
        " ".join(block.text.split())
        if isinstance(block, Paragraph | Heading | Note)
        else ("\t" if isinstance(block, Table) else "　")
        for block in blocks
    ]
    left = drop_page_end(drop_trailer(drop_navigation("\n".join(lines)))).split("\n")
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
