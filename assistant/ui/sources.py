"""The source under an answer: one card a citation, its quote highlighted in the passage it stands in."""

from __future__ import annotations

import re
from datetime import date

from assistant.types import Citation
from assistant.ui.escaping import html_text, passage_text
from assistant.ui.language import say, tell
from vectorstore.languages.language import own_words
from vectorstore.types import PassageKind, PolicyDocument, Status

_FOLD_OVER = 200
_CONTEXT = 60
_SENTENCE_END = re.compile(r"[。！？；\n]\s*")


def source_card(citation: Citation, group: str) -> str:
    """Return the card of one citation: number, label, standing, facts of the document, and the passage.

    Args:
        citation: the proof to show.
        group: prefix of the card's anchor.
    """
    doubt = doubt_of(citation)
    warning = f'<div class="pa-doubt">{html_text(doubt)}</div>' if doubt else ""
    return (
        f'<article class="pa-card" id="{anchor(group, citation.number)}">'
        f'<div class="pa-card-head"><span class="pa-number">{citation.number}</span>'
        f'<span class="pa-label">{html_text(citation.label or f"《{citation.document.title}》")}</span>'
        f"{badge(citation.standing, citation.standing_words)}</div>"
        f"{facts_html(citation)}"
        f"{_passage(citation)}{warning}</article>"
    )


def document_head(document: PolicyDocument, today: date) -> str:
    """Return the line that names a document, with its standing.

    Args:
        document: of the library.
        today: decides its standing.
    """
    title = html_text(document.title or document.source)
    return (
        f'<div class="pa-card-head"><span class="pa-label" lang="zh-CN">{title}</span>'
        f"{badge(document.standing(today), document.standing_label(today))}</div>"
    )


def doubt_of(citation: Citation) -> str:
    """Return the line that tells why a citation does not fully prove its statement, or ""."""
    if citation.supported:
        return ""
    return say("核对提示：") + tell(citation.why_not or own_words("所引原文未能完全支持该表述"))


def anchor(group: str, number: int) -> str:
    """Return the anchor of a card, for the [n] that leads to it."""
    return f"card-{group}-{number}"


def mark_link(number: int, group: str) -> str:
    """Return the [n] that leads to a card."""
    card = anchor(group, number)
    link = (
        f'<a href="#{card}" data-opens="{card}" aria-label="{html_text(say("依据"))} {number}">[{number}]</a>'
    )
    return f'<sup class="pa-mark">{link}</sup>'


def badge(standing: Status, words: str = "") -> str:
    """Return the badge that says what a document is worth as a source, in words and in colour.

    Args:
        standing: gives the colour.
        words: what is known of it beyond the standing's own label.
    """
    return f'<span class="pa-badge pa-{standing.value}">{html_text(tell(words or standing.label))}</span>'


def quote_span(citation: Citation) -> tuple[int, int]:
    """Return where the quote stands in the passage's text, in characters.

    A row of a table is read as a sentence that does not stand in the document so, hence it is quoted whole.

    Args:
        citation: a quote and the passage it stands in.
    """
    passage = citation.passage
    if passage.kind is PassageKind.TABLE_ROW:
        return 0, len(passage.text)
    start = max(citation.start - passage.start, 0)
    return start, max(min(citation.end - passage.start, len(passage.text)), start)


def facts_html(citation: Citation, *, whole: bool = False) -> str:
    """Return the line of what is known about a citation's document and place.

    Args:
        citation: the proof.
        whole: name also what its official label says already.
    """
    document, passage = citation.document, citation.passage
    path = [heading for heading in passage.section if whole or heading not in citation.label]
    number = document.document_number
    day = document.issued_on
    facts = [
        document.issuer,
        number if whole or number not in citation.label else "",
        say("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day) if day else "",
        say("规划期 {period}", period=period) if whole and (period := years_of(document)) else "",
        " › ".join(path),
        say("表：{name}", name=passage.table)
        if passage.table and passage.table not in passage.section
        else "",
        say("第 {page} 页", page=passage.page) if passage.page is not None else "",
    ]
    line = html_text(" · ".join(fact for fact in facts if fact))
    return f'<div class="pa-facts" lang="zh-CN">{line}</div>' if line else ""


def years_of(document: PolicyDocument) -> str:
    """Return the years that a document covers, an end that it does not state left open, or ""."""
    start, end = document.period.start, document.period.end
    return f"{start or '……'}–{end or '……'}" if start or end else ""


def _passage(citation: Citation) -> str:
    text = citation.passage.text
    start, end = quote_span(citation)
    whole = _marked(text, 0, len(text), start, end)
    if len(text) <= _FOLD_OVER:
        return f'<blockquote class="pa-passage">{whole}</blockquote>'
    first, last = _surroundings(text, start, end)
    whole_label = html_text(say("查看完整段落（{count} 字）", count=len(text)))
    excerpt = ("……" if first else "") + _marked(text, first, last, start, end)
    excerpt += "……" if last < len(text) else ""
    if first == 0 and last == len(text):
        return f'<blockquote class="pa-passage">{whole}</blockquote>'
    return (
        f'<blockquote class="pa-passage pa-excerpt">{excerpt}</blockquote>'
        f"<details><summary>{whole_label}</summary>"
        f'<blockquote class="pa-passage">{whole}</blockquote></details>'
    )


def _surroundings(text: str, start: int, end: int) -> tuple[int, int]:
    """Return from where to where a passage is shown around its quote: whole sentences where there are any."""
    first, last = max(start - _CONTEXT, 0), min(end + _CONTEXT, len(text))
    if first:
        opening = _SENTENCE_END.search(text, first, start)
        first = opening.end() if opening else first
    if last < len(text):
        closings = list(_SENTENCE_END.finditer(text, end, last))
        last = closings[-1].end() if closings else last
    return first, last


def _marked(text: str, first: int, last: int, start: int, end: int) -> str:
    before, quote, after = (passage_text(text[a:b]) for a, b in ((first, start), (start, end), (end, last)))
    return before + (f"<mark>{quote}</mark>" if quote else "") + after
