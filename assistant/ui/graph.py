"""The neighbours of a document as a drawing: what it names on the left, what names it on the right."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.relating.relations import Neighbours, Relation
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.sources import badge
from vectorstore.languages.language import own_words
from vectorstore.types import PolicyDocument

# Most documents drawn on a side; the table below lists all.
MOST = 8
# Height of a document's place, in pixels; page.css gives it that.
_ROW = 92
# What the document of a box is to the one in the middle.
_NAMED = own_words(
    {
        "basis": "本文件的依据",
        "forwards": "被本文件转发",
        "revises": "被本文件修订",
        "repeals": "被本文件废止",
        "interprets": "被本文件解读",
    }
)
_NAMING = own_words(
    {
        "basis": "以本文件为依据",
        "forwards": "转发本文件",
        "revises": "修订本文件",
        "repeals": "废止本文件",
        "interprets": "解读本文件",
    }
)
_LINE, _WARNED = "#8a93a0", "#c0392b"


def graph_html(found: Neighbours, today: date) -> str:
    """Return the drawing; each document is a link to its page, for pointer and keyboard alike.

    Args:
        found: the document and what it has to do with others.
        today: decides the standings.
    """
    left, right = found.names[:MOST], found.named_by[:MOST]
    rows = max(len(left), len(right), 1)
    nodes = [
        _side(say("本文件引用的"), [_node(one, one.target, _NAMED, today) for one in left], len(found.names)),
        _edges(left, rows, today, inward=False),
        f'<div class="pa-graph-centre">{_centre(found.document, today)}</div>',
        _edges(right, rows, today, inward=True),
        _side(
            say("引用本文件的"),
            [_node(one, one.source, _NAMING, today) for one in right],
            len(found.named_by),
        ),
    ]
    name = html_text(say("引用关系图"))
    return f'<div class="pa-graph" role="group" aria-label="{name}" lang="zh-CN">{"".join(nodes)}</div>'


def document_link(document: PolicyDocument) -> str:
    """Return the link to a document's page, named by its title."""
    title = html_text(document.title or document.source)
    return f'<a href="library?document={html_text(document.id)}" target="_self" title="{title}">{title}</a>'


def _side(name: str, nodes: Sequence[str], count: int) -> str:
    rest = count - len(nodes)
    more = f'<p class="pa-facts">{html_text(say("另有 {count} 份，见下表", count=rest))}</p>' if rest else ""
    drawn = "".join(f"<li>{node}</li>" for node in nodes) or f"<li>{html_text(say('无'))}</li>"
    return f'<div class="pa-graph-side"><h3>{html_text(name)}</h3><ul>{drawn}</ul>{more}</div>'


def _centre(document: PolicyDocument, today: date) -> str:
    standing = badge(document.standing(today), document.standing_label(today))
    return f'<div class="pa-node pa-node-centre">{document_link(document)}{standing}</div>'


def _node(relation: Relation, other: PolicyDocument | None, roles: Mapping[str, str], today: date) -> str:
    warned = " pa-node-warned" if relation.is_unsound(today) else ""
    day = say("发布于 {day}", day=other.issued_on.isoformat()) if other and other.issued_on else ""
    told = " · ".join(filter(None, (say(roles[relation.reference.relation]), day)))
    label = f"<small>{html_text(told)}</small>"
    if other is None:
        named = html_text(relation.named)
        missing = f'<span title="{named}">{named}</span><small>{html_text(say("资料库未收录"))}</small>'
        return f'<div class="pa-node pa-node-missing">{label}{missing}</div>'
    standing = badge(other.standing(today), other.standing_label(today))
    return f'<div class="pa-node{warned}">{label}{document_link(other)}{standing}</div>'


def _edges(side: Sequence[Relation], rows: int, today: date, *, inward: bool) -> str:
    """Return the lines between a side and the centre, as a picture that says nothing the nodes do not say."""
    height = rows * _ROW
    top = (rows - len(side)) * _ROW / 2
    lines = []
    for at, one in enumerate(side):
        colour, width = (_WARNED, 3) if one.is_unsound(today) else (_LINE, 1.5)
        y = top + (at + 0.5) * _ROW
        begin, end = ((0, height / 2), (100, y)) if inward else ((0, y), (100, height / 2))
        lines.append(
            f'<path d="M{begin[0]} {begin[1]} C50 {begin[1]} 50 {end[1]} {end[0]} {end[1]}" fill="none" '
            f'stroke="{colour}" stroke-width="{width}" vector-effect="non-scaling-stroke"/>'
        )
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 {height}" '
        f'preserveAspectRatio="none">{"".join(lines)}</svg>'
    )
    encoded = base64.b64encode(picture.encode()).decode()
    source = f"data:image/svg+xml;base64,{encoded}"
    return f'<img class="pa-graph-lines" alt="" src="{source}" style="height:{height}px">'
