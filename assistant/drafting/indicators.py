"""Questions about a table as a whole: how many indicators it has, which they are, in which groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citations import Quote, quote_of
from assistant.drafting.draft import Draft, cell, numbered
from assistant.drafting.inquiry import Inquiry
from assistant.selecting.answer_types import answer_types_of
from assistant.selecting.sentences import split_sentences
from assistant.types import Hit
from vectorstore.languages.language import answer_line
from vectorstore.segmentation import fold
from vectorstore.types import DocumentTable, PassageKind

_ABOUT_A_TABLE = re.compile(
    r"指标表|指标体系|一览表|(?:哪些|多少[个项]?|几[个项]|全部|所有|各项?)(?:\S{0,4})指标|指标(?:都|分别)?有哪些|"
    r"(?:哪?几|多少|哪些)[个项]?\S{0,6}(?:约束性|预期性)|(?:约束性|预期性)(?:指标)?\S{0,2}(?:哪|几|多少)|"
    r"主要指标\S{0,6}(?:多少|几|哪)"
)
_ONE_VALUE = re.compile(r"(?:19|20)\d{2}年|目标(?:值)?是|指标值")
_GROUP = re.compile(r"^(?P<group>[^：]*)｜")
_ATTRIBUTE = re.compile(r"约束性|预期性")
_MOST_COLUMNS, _SERIAL = 9, "序号"
_MOST_LISTED = 12


def table(inquiry: Inquiry) -> Draft | None:
    """Return the table that is asked about as a whole, or whose rows are the list that is asked for.

    It is narrowed to 约束性 or 预期性 where it is asked so.
    """
    query, library = inquiry.folded, inquiry.library
    attribute = _ATTRIBUTE.search(query)
    # Which of them are binding is asked of all, a year named or not.
    of_all = attribute is not None and "哪" in query
    about = _ABOUT_A_TABLE.search(query) is not None
    # Of a list that stands in a table one row is as good as another: its rows are the list.
    row = next((hit for hit in inquiry.hits if hit.passage.kind is PassageKind.TABLE_ROW), None)
    if row is None:
        return None
    before = inquiry.hits[: inquiry.hits.index(row)]
    listed = all(_stands_above(hit, row) for hit in before) and "list" in answer_types_of(query)
    if not (about or listed) or (_ONE_VALUE.search(query) and not of_all):
        return None
    tables = [table for table in library.tables(row.document.id) if table.holds(row.passage)]
    rows = [
        quote_of(library, split_sentences(passage)[0], row.document)
        for passage in library.passages(row.document.id)
        if any(table.holds(passage) for table in tables)
    ]
    if not about and len(rows) > _MOST_LISTED:
        return None
    kept = [quote for quote in rows if attribute is None or attribute.group() in quote.text]
    return (
        _laid_out(row.passage.table, attribute.group() if attribute else "", tables, kept) if kept else None
    )


def _stands_above(hit: Hit, row: Hit) -> bool:
    """Return whether a passage stands in the section of a table's row, or in one that holds it."""
    section = hit.passage.section
    return hit.document.id == row.document.id and row.passage.section[: len(section)] == section


def _laid_out(caption: str, attribute: str, tables: Sequence[DocumentTable], rows: Sequence[Quote]) -> Draft:
    """Return the count of a table's rows, its groups, and the rows with their values."""
    caption = caption or "该表"
    subject = f"{caption}中，{attribute}指标" if attribute else caption
    named = [group for group in dict.fromkeys(map(_group, rows)) if group]
    count, kinds, groups = _counted(len(rows)), _counted(len(named)), "、".join(named)
    head = (
        answer_line(f"{subject}共{count}项，分为{groups}{kinds}类：")
        if len(named) > 1
        else answer_line(f"{subject}共{count}项：")
    )
    return Draft("\n".join([head, *(_cells(tables, rows) or numbered(rows))]), tuple(rows))


def _cells(tables: Sequence[DocumentTable], rows: Sequence[Quote]) -> list[str]:
    """Return rows as the lines of a Markdown table, each with its mark; none where columns differ."""
    headers = {table.header for table in tables}
    header = next(iter(headers)) if len(headers) == 1 else ()
    body = [one for table in tables for one in table.rows]
    cells = [next((one.cells for one in body if one.start <= row.start < one.end), ()) for row in rows]
    if len(header) != 1 or len(header[0]) > _MOST_COLUMNS or not all(cells):
        return []
    lines = [header[0], ("---",) * len(header[0])]
    for number, (quote, of_row) in enumerate(zip(rows, cells, strict=True), 1):
        # The mark stands where the row is named.
        named = max((one for one in of_row if one in _name(quote)), key=len, default=of_row[0])
        place = of_row.index(named)
        lines.append((*of_row[:place], f"{named}[{number}]", *of_row[place + 1 :]))
    # What only counts the rows takes the room of a value on a narrow screen.
    told = [at for at, name in enumerate(header[0]) if fold(name) != _SERIAL]
    return ["", *(f"| {' | '.join(cell(line[at]) for at in told)} |" for line in lines)]


def _name(row: Quote) -> str:
    """Return what a row is about: its text between the group and the values."""
    return _GROUP.sub("", row.text).partition("：")[0]


def _group(row: Quote) -> str:
    match = _GROUP.match(row.text)
    return match["group"] if match else ""


def _counted(number: int) -> str:
    """Return a count below a hundred in Chinese numerals: figures in an answer are quoted ones only."""
    if number == 2:
        return "两"
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    head = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones or not tens else "")
