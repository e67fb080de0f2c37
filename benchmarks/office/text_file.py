"""A made-up paper as a web page, as Markdown, as plain text."""

from __future__ import annotations

import random
from html import escape

from benchmarks.office.content import Grid, Paper
from benchmarks.office.laying import placed, plain_rows

_WIDTH = 36


def web_page(paper: Paper, chance: random.Random) -> bytes:
    """Write a page of a government's site: menu, article, foot."""
    headed = chance.random() < 0.6
    body = [f"<h1>{escape(paper.title)}</h1>", f"<p>{paper.number}</p>", f"<p>{escape(paper.lead)}</p>"]
    for section in paper.sections:
        if section.heading and not section.heading.endswith("条"):
            tag = f"h{section.level + 1}" if headed else "p"
            body.append(f"<{tag}>{escape(section.heading)}</{tag}>")
        for piece in section.pieces:
            body += [_html_grid(piece, chance) if isinstance(piece, Grid) else f"<p>　　{escape(piece)}</p>"]
    body += [f'<p style="text-align:right">{line}</p>' for line in paper.signed]
    menu = "".join(
        f'<li><a href="/{n}">{name}</a></li>'
        for n, name in enumerate(("首页", "政务公开", "办事服务", "互动交流"))
    )
    page = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(paper.title)}</title></head><body>'
        f"<nav><ul>{menu}</ul></nav><div class='article'>{''.join(body)}</div>"
        "<footer>主办：市政府办公室 备案号：0570123</footer></body></html>"
    )
    return page.encode()


def _html_grid(grid: Grid, chance: random.Random) -> str:
    mark = chance.choice(("td", "th", "thead", "bold"))
    rows: list[str] = [""] * (grid.levels + len(grid.rows))
    for cell in placed(grid):
        tag = "th" if cell.head and mark in ("th", "thead") else "td"
        words = f"<b>{cell.text}</b>" if cell.head and mark == "bold" else cell.text
        spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
            f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        )
        rows[cell.row] += f"<{tag}{spans}>{words}</{tag}>"
    lines = [f"<tr>{row}</tr>" for row in rows]
    head = "".join(lines[: grid.levels])
    if mark == "thead" and head:
        head = f"<thead>{head}</thead>"
    caption = f"<p>{grid.caption}</p>" if grid.caption else ""
    return f"{caption}<table>{head}{''.join(lines[grid.levels :])}</table>"


def markdown_file(paper: Paper, chance: random.Random) -> bytes:
    """Write Markdown: headings by marks or bare, tables of pipes."""
    marked = chance.random() < 0.6
    lines = [f"# {paper.title}" if marked else paper.title, "", paper.number, "", paper.lead, ""]
    for section in paper.sections:
        if section.heading and not section.heading.endswith("条"):
            lines += [f"{'#' * (section.level + 1)} {section.heading}" if marked else section.heading, ""]
        for piece in section.pieces:
            lines += [*(_pipes(piece, chance) if isinstance(piece, Grid) else [piece]), ""]
    return "\n".join([*lines, *paper.signed]).encode()


def _pipes(grid: Grid, chance: random.Random) -> list[str]:
    rows = plain_rows(grid, blank=chance.random() < 0.5)
    rule = ["|" + "---|" * len(grid.rows[0])]
    if not grid.names:
        rows.insert(0, [""] * len(grid.rows[0]))
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [*([grid.caption, ""] if grid.caption else []), lines[0], *rule, *lines[1:]]


def plain_file(paper: Paper, chance: random.Random) -> bytes:
    """Write plain text, its lines broken at a width or whole; tables are left out."""
    wrapped = chance.random() < 0.5
    lines = [paper.title, "", paper.number, "", *_wrapped(f"　　{paper.lead}", wrapped=wrapped)]
    for section in paper.sections:
        if section.heading and not section.heading.endswith("条"):
            lines += [f"　　{section.heading}"]
        for piece in section.pieces:
            if isinstance(piece, str):
                lines += _wrapped(f"　　{piece}", wrapped=wrapped)
    text = "\n".join([*lines, "", *(f"{'　' * 18}{line}" for line in paper.signed)])
    return text.encode(chance.choice(("utf-8", "gb18030", "utf-8-sig", "utf-16")))


def _wrapped(words: str, *, wrapped: bool) -> list[str]:
    return [words[at : at + _WIDTH] for at in range(0, len(words), _WIDTH)] if wrapped else [words]
