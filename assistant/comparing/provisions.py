"""The provisions of a document: its articles, or its paragraphs where it has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vectorstore.numerals import FIGURE
from vectorstore.segmentation import fold

_NUMBER = rf"(?:{FIGURE}|\d+)"
_DIVISION = re.compile(rf"\s*(第\s*{_NUMBER}\s*[编編章节節])\s*(?=\S)")
_ARTICLE = re.compile(rf"\s*(第\s*{_NUMBER}\s*[条條](?:之{FIGURE})?)(?![件款例目])\s*")
_ITEM = re.compile(rf"\s*({FIGURE}、|[（(]{_NUMBER}[)）][、.．]?|\d{{1,3}}(?:[.．](?!\d)|、))\s*")
_ATTACHED = re.compile(r"\s*(附(?:件|录|錄|表)\s*[\d一二三四五六七八九十]*)\s*(?:[：:.、]\s*|$)")
_LINE = re.compile(r"[^\n]+")
_FEWEST_ARTICLES = 2
_HEADING_CHARS = 40
# What is longer is an article with an annex behind it.
_ARTICLE_CHARS = 4000
_STOPS = re.compile("[。；;！？!?：:]")


@dataclass(frozen=True, slots=True)
class Provision:
    """A piece of a document that is compared as one.

    Attributes:
        label: its number as written, such as 第五条, or "".
        text: what it says, without its number.
        chapter: the heading of the chapter it stands in, without its number, or "".
        start, end: its place in the document's clean text, in characters, the number included.
        is_heading: whether it only names what follows.
    """

    label: str
    text: str
    chapter: str
    start: int
    end: int
    is_heading: bool = False

    @property
    def key(self) -> str:
        """What it says, without differences of writing that mean nothing."""
        return fold(self.text)

    @property
    def name(self) -> str:
        """What a reader calls it: its number, or how it begins."""
        if self.is_heading:
            return f"{self.label} {self.text}".strip()
        return self.label or self.text[:12] + ("……" if len(self.text) > 12 else "")


def provisions(text: str) -> tuple[Provision, ...]:
    """Cut a document into its provisions.

    Args:
        text: its clean text.

    Returns:
        In the order of the text: articles with all their paragraphs where it has articles, else its
        paragraphs; headings besides.
    """
    lines = [line for line in _LINE.finditer(text) if line[0].strip()]
    by_article = sum(_ARTICLE.match(line[0]) is not None for line in lines) >= _FEWEST_ARTICLES
    return tuple(_with_chapters(_joined(text, lines) if by_article else map(_paragraph, lines)))


def _joined(text: str, lines: list[re.Match[str]]) -> Iterator[Provision]:
    """Yield articles with the paragraphs behind their first one, all other lines one by one."""
    article: Provision | None = None
    for line in lines:
        found = _ARTICLE.match(line[0])
        ends = _DIVISION.match(line[0]) or _ATTACHED.match(line[0])
        if article is not None and not found and not ends and len(article.text) < _ARTICLE_CHARS:
            end = line.start() + len(line[0].rstrip())
            said = text[article.end : end]
            article = replace(article, text=article.text + said, end=end)
            continue
        if article is not None:
            yield article
        article = _cut(line, found, is_heading=False) if found else None
        if not found:
            yield _paragraph(line)
    if article is not None:
        yield article


def _paragraph(line: re.Match[str]) -> Provision:
    division = _DIVISION.match(line[0]) or _ATTACHED.match(line[0])
    found = division or _ARTICLE.match(line[0]) or _ITEM.match(line[0])
    short = len(line[0].strip()) <= _HEADING_CHARS and not _STOPS.search(line[0])
    return _cut(line, found, is_heading=bool(found) and short)


def _cut(line: re.Match[str], found: re.Match[str] | None, *, is_heading: bool) -> Provision:
    said = line[0].rstrip()
    begin = line.start() + len(said) - len(said.lstrip())
    label = found[1] if found else ""
    content = said[found.end() :] if found else said.lstrip()
    return Provision(label, content, "", begin, line.start() + len(said), is_heading)


def _with_chapters(pieces: Iterator[Provision] | map[Provision]) -> Iterator[Provision]:
    chapter = ""
    for piece in pieces:
        if piece.is_heading:
            chapter = piece.text
            yield piece
        else:
            yield replace(piece, chapter=chapter)
