"""How the forms of an answer are laid out, once it is known what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.citations import Quote
from assistant.drafting.draft import NOTHING_FOUND, Draft
from assistant.drafting.indicators import Indicators, name_of
from assistant.drafting.sides import Side
from assistant.drafting.standing import Finding
from assistant.types import Certainty
from vectorstore.languages.language import answer_line

_SILENT = answer_line("资料中未找到")
_SIDES_HEAD = answer_line(("对象", "资料所载"))


def of_findings(found: Sequence[Finding]) -> Draft:
    """Return what documents say of themselves, a line each; a refusal where they say nothing."""
    quotes = tuple(finding.quote for finding in found)
    text = "\n".join(f"{finding.statement}[{number}]" for number, finding in enumerate(found, 1))
    return Draft(text or NOTHING_FOUND, quotes, Certainty.SURE if found else Certainty.NONE)


def of_indicators(table: Indicators) -> Draft:
    """Return the count of a table's rows and the rows, as a table or as their names, a group a line."""
    quotes = tuple(quote for rows in table.groups.values() for quote in rows)
    named = [group for group in table.groups if group]
    caption = table.caption or "该表"
    subject = f"{caption}中，{table.attribute}指标" if table.attribute else caption
    count, kinds, groups = _counted(len(quotes)), _counted(len(named)), "、".join(named)
    lines = [
        answer_line(f"{subject}共{count}项，分为{groups}{kinds}类：")
        if len(named) > 1
        else answer_line(f"{subject}共{count}项：")
    ]
    if table.header:
        return Draft("\n".join([*lines, "", *_cells(table, quotes)]), quotes)
    number = 0
    for group, rows in table.groups.items():
        cells = []
        for row in rows:
            number += 1
            cells.append(f"{name_of(row)}[{number}]")
        lines.append(f"{group}：{'；'.join(cells)}" if group else "；".join(cells))
    return Draft("\n".join(lines), quotes)


def _cells(table: Indicators, quotes: Sequence[Quote]) -> Iterator[str]:
    """Yield the lines of a Markdown table, each row with its mark where it is named."""
    yield f"| {' | '.join(map(_cell, table.header))} |"
    yield f"|{' --- |' * len(table.header)}"
    for number, (quote, cells) in enumerate(zip(quotes, table.cells, strict=True), 1):
        named = max((cell for cell in cells if cell in name_of(quote)), key=len, default=cells[0])
        place = cells.index(named)
        marked = (f"{_cell(cell)}[{number}]" if at == place else _cell(cell) for at, cell in enumerate(cells))
        yield f"| {' | '.join(marked)} |"


def _counted(number: int) -> str:
    """Return a count below a hundred in Chinese numerals: figures in an answer are quoted ones only."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    if number == 2:
        return "两"
    head = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones or not tens else "")


def of_sides_listed(sides: Sequence[Side]) -> Draft:
    """Return what each side says, a line each; a refusal where none says anything."""
    quotes = tuple(quote for side in sides for quote in side.quotes)
    lines = [f"{side.name}：{quote.text}" for side in sides for quote in side.quotes]
    text = "\n".join(f"{line}[{number}]" for number, line in enumerate(lines, 1))
    return Draft(text or NOTHING_FOUND, quotes, Certainty.SURE if quotes else Certainty.NONE)


def of_sides(sides: Sequence[Side], remark: str = "") -> Draft:
    """Return a comparison as a small Markdown table, a side a row, and what should be known of it below."""
    quotes: list[Quote] = []
    rows = [f"| {' | '.join(_SIDES_HEAD)} |", "| --- | --- |"]
    for side in sides:
        cells: list[str] = []
        for quote in side.quotes:
            quotes.append(quote)
            cells.append(f"{'' if side.reckoned else _cell(quote.text)}[{len(quotes)}]")
        if side.reckoned:
            cells = [_cell(side.reckoned) + "".join(cells)]
        rows.append(f"| {_cell(side.name)} | {' '.join(cells) or _SILENT} |")
    return Draft("\n".join([*rows, *(["", remark] if remark else [])]), tuple(quotes))


def _cell(text: str) -> str:
    return text.replace("|", "｜").replace("\n", " ")
