"""Questions about a table as a whole: how many indicators it has, which they are, in which groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.question import Question
from assistant.selecting.sentences import split_sentences
from assistant.types import Hit
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.types import DocumentTable, PassageKind

_ABOUT_A_TABLE = re.compile(
    r"指标表|指标体系|一览表|(?:哪些|多少[个项]?|几[个项]|全部|所有|各项?)(?:\S{0,4})指标|指标(?:都|分别)?有哪些|"
    r"(?:哪?几|多少|哪些)[个项]?\S{0,6}(?:约束性|预期性)|(?:约束性|预期性)(?:指标)?\S{0,2}(?:哪|几|多少)|"
    r"主要指标\S{0,6}(?:多少|几|哪)"
)
_ONE_VALUE = re.compile(r"(?:19|20)\d{2}年|目标(?:值)?是|指标值")
_GROUP = re.compile(r"^(?P<group>[^：]*)｜")
_WHICH = re.compile(r"哪些|几[个项]|多少[个项]")
_NUMBER = re.compile(r"^[一二三四五六七八九十\d]+[.、 ]*")
_UNIT = re.compile(r"^\d+[.、 ]*|\([^()]*\)$")
_NAME_CHARS = 4
_MOST_COLUMNS, _SERIAL = 9, "序号"
_ATTRIBUTE = re.compile(r"约束性|预期性")
# Which of them are binding is asked of all, a year named or not.
_ATTRIBUTES = re.compile(
    r"哪[些几]\S{0,6}(?:约束性|预期性)|(?:约束性|预期性)(?:的?指标)?(?:有|是|都有)?哪[些几]"
)


@dataclass(frozen=True, slots=True)
class Indicators:
    """The rows of a table that a question asks about.

    Attributes:
        caption: of the table.
        attribute: 约束性 or 预期性 where only those are asked for, else "".
        groups: category → its rows as quotes, both in the table's order; one group "" where it has none.
        header: what its columns are called; empty where one row does not name them.
        cells: of each row in that order, as wide as the header; empty without one.
    """

    caption: str
    attribute: str
    groups: dict[str, list[Quote]]
    header: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()


def indicators(library: PolicyLibrary, question: Question, hits: Sequence[Hit]) -> Indicators | None:
    """Return the table that a question asks about as a whole, narrowed to 约束性 or 预期性 where it says so.

    Args:
        library: the library the passages come from.
        question: what is asked.
        hits: the found passages, best first; the first row among them tells which table is meant.

    Returns:
        The table's rows, or None where the question asks for something else.
    """
    query = fold(question.query)
    if not _ABOUT_A_TABLE.search(query) or (_ONE_VALUE.search(query) and not _ATTRIBUTES.search(query)):
        return None
    row = next((hit for hit in hits if hit.passage.kind is PassageKind.TABLE_ROW), None)
    if row is None:
        return None
    attribute = _ATTRIBUTE.search(query)
    tables = [table for table in library.tables(row.document.id) if table.holds(row.passage)]
    rows = [
        quote_of(library, split_sentences(passage)[0], row.document)
        for passage in library.passages(row.document.id)
        if any(table.holds(passage) for table in tables)
    ]
    if not _WHICH.search(query) and any(_is_named(query, quote) for quote in rows):
        return None
    kept = [quote for quote in rows if attribute is None or attribute.group() in quote.text]
    kept = [quote for quote in kept if _in_named_group(query, quote)] or kept
    narrowed = attribute.group() if attribute else ""
    if not kept:
        return None
    groups = _grouped(kept)
    header, cells = _columns(tables, [quote for quotes in groups.values() for quote in quotes])
    return Indicators(row.passage.table, narrowed, groups, header, cells)


def _columns(
    tables: Sequence[DocumentTable], rows: Sequence[Quote]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return what the columns are called and the cells of rows; nothing where they are not told alike."""
    headers = {table.header for table in tables}
    header = next(iter(headers)) if len(headers) == 1 else ()
    if len(header) != 1 or len(header[0]) > _MOST_COLUMNS:
        return (), ()
    body = [one for table in tables for one in table.rows]
    cells = [next((one.cells for one in body if one.start <= row.start < one.end), ()) for row in rows]
    if not all(cells):
        return (), ()
    # What only counts the rows takes the room of a value on a narrow screen.
    told = [at for at, name in enumerate(header[0]) if fold(name) != _SERIAL]
    return tuple(header[0][at] for at in told), tuple(tuple(row[at] for at in told) for row in cells)


def name_of(quote: Quote) -> str:
    """Return what a row is about: its text between the group and the values."""
    return _GROUP.sub("", quote.text).partition("：")[0]


def _is_named(query: str, row: Quote) -> bool:
    """Return whether a folded question names a row itself, bare of its unit and number."""
    name = _UNIT.sub("", fold(name_of(row)))
    return len(name) >= _NAME_CHARS and name in query


def _in_named_group(query: str, row: Quote) -> bool:
    """Return whether a folded question asks for the group that a row stands in: “产业规模”类有哪些."""
    match = _GROUP.match(row.text)
    group = _NUMBER.sub("", fold(match.group("group"))) if match else ""
    return bool(group) and re.search(rf"{re.escape(group)}[”\"]?(?:这一?|一)?类", query) is not None


def _grouped(rows: Iterable[Quote]) -> dict[str, list[Quote]]:
    groups: dict[str, list[Quote]] = {}
    for quote in rows:
        match = _GROUP.match(quote.text)
        groups.setdefault(match.group("group") if match else "", []).append(quote)
    return groups
