"""The drawing of a document among its neighbours: links for all, nothing interpreted, no end of nodes."""

import base64
import re
from datetime import date

from assistant.relating.relations import Neighbours, Relation
from assistant.ui.graph import MOST, graph_html
from tests.assistant.ui.samples import HOSTILE, document, passage, seen
from vectorstore.facts import Fact, Reference
from vectorstore.ledger import FoundFact
from vectorstore.types import PolicyDocument, Status

TODAY = date(2026, 3, 1)


def relation(
    source: PolicyDocument, target: PolicyDocument | None, title: str = "办法", kind: str = "basis"
) -> Relation:
    reference = Reference(kind, title)
    found = FoundFact(Fact(reference, 0, "根据《办法》", 0, 6), source, passage("根据《办法》"))
    return Relation(found, reference, target)


def lines(html: str) -> list[str]:
    return [base64.b64decode(one).decode() for one in re.findall(r"base64,([^\"]+)", html)]


def test_each_document_is_a_link_to_its_page_and_one_that_is_missing_is_none() -> None:
    centre, basis = document(id="c"), document(id="b", title="青岚市上位办法", status=Status.SUPERSEDED)
    names = (relation(centre, basis), relation(centre, None, "缺失的办法"))
    drawn = graph_html(Neighbours(centre, names, ()), TODAY)
    assert [link for link in seen(drawn).links if link.startswith("library")] == [
        "library?document=b",
        "library?document=c",
    ]
    assert "《缺失的办法》" in seen(drawn).text
    assert "资料库未收录" in seen(drawn).text
    assert "pa-node-warned" in drawn
    assert lines(drawn)[0].count("#c0392b") == 1


def test_a_box_says_what_its_document_is_to_the_one_in_the_middle() -> None:
    new, old = document(id="n"), document(id="o", status=Status.SUPERSEDED)
    repeal = relation(new, old, kind="repeals")
    assert "废止本文件 · 发布于 2026-03-09" in seen(graph_html(Neighbours(old, (), (repeal,)), TODAY)).text
    assert "被本文件废止 · 发布于 2026-03-09" in seen(graph_html(Neighbours(new, (repeal,), ()), TODAY)).text


def test_no_more_than_so_many_are_drawn_and_the_rest_is_counted() -> None:
    centre = document(id="c")
    many = tuple(relation(document(id=f"d{number}"), centre) for number in range(MOST + 3))
    drawn = graph_html(Neighbours(centre, (), many), TODAY)
    assert len(seen(drawn).links) == MOST + 1 + 2
    assert "另有 3 份，见下表" in seen(drawn).text


def test_titles_are_text() -> None:
    hostile = document(id='"><script>', title=HOSTILE)
    drawn = graph_html(Neighbours(hostile, (relation(hostile, None, HOSTILE),), ()), TODAY)
    assert "script" not in seen(drawn).tags
    assert seen(drawn).tags.count("img") == 2
