"""What a web page's markup says is not its article: scripts, menus, forms, blocks that are links alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from vectorstore.languages.language import own_words

_NEVER = (
    "title", "script", "style", "noscript", "template", "button", "select", "input", "textarea", "iframe",
    "object", "embed", "svg", "canvas", "audio", "video", "map", "datalist",
)  # fmt: skip
_SELDOM = ("nav", "footer", "aside", "dialog")
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"}
)
_HINT = re.compile(
    r"(?:^|[-_\s])(?:nav\w*|\w*menu|crumbs?|breadcrumbs?|footer|foot|sidebar|side|share|toolbar|copyright|pagination|"
    r"pager|related|recommend\w*|comments?|qrcode|search\w*|login|banner|ads?|advert\w*|header|top(?:bar|nav)|friendlink\w*)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = ("div", "ul", "ol", "dl", "section", "table", "td", "p", "header")
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|ofd|pptx?)(?:[?#]|$)", re.IGNORECASE)
_HAN = re.compile("[㐀-鿿]")
_SENTENCE = re.compile(r"[。；]")
_SMALL_SHARE, _GREAT_SHARE = 0.3, 0.5


def drop_chrome(page: HtmlElement) -> tuple[str, ...]:
    """Take out of a page, in place, what its markup says is not the article.

    Markup may be wrong: what holds most of a page's words is its article, whatever role or tag it has. Hints
    in names count only for a small part of the page, since some sites call their article after them; blocks
    of links go unless they hold a sentence or name attachments.

    Args:
        page: the page's root element.

    Returns:
        What is taken out though it holds sentences or names a file, each with the reason.
    """
    left_out = [own_words(f"网页中嵌入的文件未读取：{name}") for name in _embedded(page)]
    left_out += [own_words(f"网页表单的值：{value}") for value in _entered(page)]
    left_out += _drop_struck(page)
    for element in list(page.iter(*_NEVER)):
        _drop(element)
    whole = len(_words(page))
    for element in list(page.iter(*_SELDOM)):
        if len(words := _words(element)) <= whole * _GREAT_SHARE:
            left_out += [own_words(f"网页的边栏或页脚：{words}")] if _SENTENCE.search(words) else []
            _drop(element)
    left_out += _drop_marked(page, whole)
    for element in list(page.iter(*_BLOCKS)):
        if element.getparent() is not None and _is_links(element):
            _drop(element)
    return tuple(left_out)


def _drop_marked(page: HtmlElement, whole: int) -> list[str]:
    """Take out what is hidden or marked as no article; returns what of it holds sentences.

    Args:
        page: the page's root element.
        whole: the number of its characters.
    """
    left_out: list[str] = []
    for element in list(page.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        if element.getparent() is None:
            continue
        is_hidden, is_hinted = _is_hidden(element), _is_hinted(element)
        if not (is_hidden or is_hinted or str(element.get("role", "")).lower() in _ROLES):
            continue
        words = _words(element)
        if len(words) <= whole * (_SMALL_SHARE if is_hinted else _GREAT_SHARE):
            if _SENTENCE.search(words):
                reason = "网页中隐藏的内容" if is_hidden else "网页的边栏或页脚"
                left_out.append(f"{reason}：{words}")
            _drop(element)
    return left_out


def _entered(page: HtmlElement) -> Iterator[str]:
    """The words that stand in the fields of a form."""
    for element in page.iter("input", "textarea"):
        is_text = element.tag == "textarea" or str(element.get("type", "text")).lower() == "text"
        value = str(element.get("value") or element.text or "").strip() if is_text else ""
        if _HAN.search(value):
            yield value


def _drop_struck(page: HtmlElement) -> list[str]:
    """Take out what is struck through, which counts no more; returns its words."""
    struck: list[str] = []
    for element in list(page.iter()):
        marked = element.tag in ("s", "strike", "del") or "line-through" in str(element.get("style", ""))
        if marked and element.getparent() is not None:
            struck += [own_words(f"划去的文字：{words}")] if (words := _words(element)) else []
            _drop(element)
    return struck


def _embedded(page: HtmlElement) -> Iterator[str]:
    """The names of the files that a page shows in frames of its own."""
    for element in page.iter("iframe", "object", "embed"):
        address = str(element.get("src") or element.get("data") or "")
        if _FILE.search(address):
            yield address.rpartition("/")[2].partition("?")[0]


def _words(element: HtmlElement) -> str:
    return "".join(element.text_content().split())


def _drop(element: HtmlElement) -> None:
    """Leave nothing of an element but its place: lxml moves no text that XML could not hold."""
    if element.getparent() is not None:
        element.clear(keep_tail=True)
        element.tag = "span"


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _is_hinted(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if not _HINT.search(names) or element.tag in ("h1", "h2", "h3", "p", "td", "tr", "table"):
        return False
    return element.find(".//h1") is None and not _SENTENCE.search(_own_words(element))


def _own_words(element: HtmlElement) -> str:
    """The text of an element outside its links."""
    words = element.text_content()
    for link in element.iter("a"):
        words = words.replace(link.text_content(), "", 1)
    return str(words)


def _is_links(element: HtmlElement) -> bool:
    links = list(element.iter("a"))
    if len(links) < 3:
        return False
    words = "".join(element.text_content().split())
    linked = sum(len("".join(link.text_content().split())) for link in links if link.get("href") is not None)
    if "附件" in words or _SENTENCE.search(_own_words(element)):
        return False
    # References to notes are short: two or three of them do not make a menu.
    return linked >= len(words) * 0.6 and linked >= len(links) * 2
