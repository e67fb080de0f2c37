"""The rows of the ledger page, and the files they are taken along in: the same for all kinds of facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from assistant.days import today
from assistant.exporting.file_names import EXCEL
from assistant.ledger.cells import LABELS, cells, heading, own_columns, read_before
from assistant.ledger.sheets import csv_of, xlsx_of
from assistant.ledger.yearly import coming, count_without_day
from assistant.subscribing.watched import WatchedFacts
from assistant.ui.escaping import html_text
from assistant.ui.language import language, say, tell
from assistant.ui.ledger_proof import proof_button
from assistant.ui.sharing import Resources
from assistant.ui.sources import badge
from assistant.ui.subscribing import show_subscribing
from vectorstore.facts import FactKind, Indicator
from vectorstore.languages.language import Language, own_words
from vectorstore.ledger import FactFilter, FoundFact, Ledger
from vectorstore.library import PolicyLibrary

_PAGE = 20
_SHOWN = own_words(("指标", "地区", "年份", "值类型", "数值", "属性"))
_TITLE, _QUOTE = own_words(("文件标题", "原文"))
_HINTS = own_words(
    {
        "值类型": "实际值：已经达到；目标值：要求达到；预计值：估计达到",
        "属性": "文件对该指标的要求：约束性须完成，预期性为引导",
    }
)
_AIM = "(力争|争取|努力|预计|预期|有望|拟)(?:实现|达到)?(?:突破|超过|达到)?"
# 每年6月30日 is a day and no length from a day on.
_EVERY = re.compile("每|次年|翌年|当年|下")


def show_rows(library: PolicyLibrary, wanted: FactFilter, count: int, key: str) -> None:
    """Draw a page of facts and the way to the other pages.

    Args:
        library: as it stands.
        wanted: which ones, of one kind.
        count: how many there are.
        key: names the widgets, once on the page.
    """
    pages = -(-count // _PAGE)
    number = 1
    if pages > 1:
        label = say("第几页（共 {pages} 页）", pages=pages)
        number = int(st.number_input(label, 1, pages, key=f"ledger-page-{key}-{wanted}", width=180))
    names = _names(wanted.kind or FactKind.INDICATOR)
    st.html(_head(names))
    start, ledger = (number - 1) * _PAGE, library.ledger
    rows = (
        coming(ledger, wanted, wanted.since, start, _PAGE)
        if wanted.since
        else ledger.facts(wanted, start, _PAGE)
    )
    for at, found in enumerate(rows):
        _show_row(f"{key}-{number}-{at}", found, names, ledger)


def show_head(shared: Resources, library: PolicyLibrary, wanted: FactFilter, count: int) -> None:
    """Draw how many facts there are, what subscribes to them, and a button for each format of file.

    Args:
        shared: where subscriptions are kept.
        library: as it stands.
        wanted: what the file holds.
        count: how many there are.
    """
    ledger, kind = library.ledger, wanted.kind or FactKind.INDICATOR
    # Asked now: a file is made after the page was drawn, where nobody knows its reader.
    spoken = language()

    def table(make: Callable[..., bytes]) -> bytes:
        return make(ledger.every(wanted), kind, ledger, today(), spoken)

    told = say("共 {count} 条", count=count)
    if kind is FactKind.MEASURE:
        told = say("共 {count} 条，按金额（或上限）从高到低排列", count=count)
    with st.container(horizontal=True, vertical_alignment="center", key="ledger-head"):
        st.html(f'<p class="pa-facts" role="status">{html_text(told)}</p>')
        excel, plain = (say("下载 {format}", format=name) for name in ("Excel", "CSV"))
        _show_download(kind, excel, EXCEL, "xlsx", partial(table, xlsx_of))
        _show_download(kind, plain, "text/csv", "csv", partial(table, csv_of))
        if kind is FactKind.DEADLINE:
            made = partial(_calendar, ledger, wanted, spoken)
            _show_download(kind, say("下载日历"), "text/calendar", "ics", made)
            _tell_without_day(ledger, wanted)
        show_subscribing(shared, WatchedFacts(wanted), "ledger")


def _show_download(kind: FactKind, label: str, media: str, ending: str, made: Callable[[], bytes]) -> None:
    name = say(own_words("指标台账")) if kind is FactKind.INDICATOR else say(LABELS[kind])
    st.download_button(
        label,
        made,
        f"{name}.{ending}",
        media,
        key=f"ledger-{ending}",
        icon=":material/download:",
        on_click="ignore",
    )


def _tell_without_day(ledger: Ledger, wanted: FactFilter) -> None:
    if left_out := count_without_day(ledger, wanted):
        line = say("另有 {count} 条没有确定日期，未列入日历", count=left_out)
        st.html(f'<p class="pa-facts">{html_text(line)}</p>')


def _calendar(ledger: Ledger, wanted: FactFilter, spoken: Language) -> bytes:
    # It takes a while to load, and most visits want no calendar.
    from assistant.ledger.calendars import ics_of

    return ics_of(ledger.every(wanted), datetime.now(UTC), spoken)


def _names(kind: FactKind) -> tuple[str, ...]:
    """The columns of the page; where each stands in the documents is told behind its button."""
    if kind is FactKind.REFERENCE:
        # Read along the row: which document repeals which.
        return (_TITLE, *own_columns(kind))
    if kind is FactKind.INDICATOR:
        return (*_SHOWN, _TITLE)
    first, *others = own_columns(kind)
    # What is due, and on what conditions money is given, the document's own words tell.
    words = (_QUOTE,) if kind in (FactKind.DEADLINE, FactKind.MEASURE) else ()
    return (first, *words, *others, _TITLE)


def row_of(found: FoundFact, ledger: Ledger) -> dict[str, str]:
    """Return what stands in a fact's row on the page, by the names of its columns.

    Args:
        found: the fact.
        ledger: tells which document of the library a reference means.
    """
    row = cells(found, ledger, today())
    if isinstance(found.fact.statement, Indicator):
        row["值类型"] = tell(row["值类型"])
        told = "、".join(tell(row[name]) for name in ("增减或占比", "口径") if row[name])
        aim = re.search(_AIM + re.escape(row["数值"]), found.fact.quote)
        aimed = aim[1] if aim and aim[1] not in row["比较"] else ""
        row["数值"] = f"{aimed}{row['比较']}{row['数值']}{row['单位']}" + (f"（{told}）" if told else "")
    elif "事项" in row:
        row["事项"] = tell(row["事项"])
        if _EVERY.match(row["起算"]):
            row |= {"止": f"{row['起算']}{row['时长']}", "起算": "", "时长": ""}
    return row


def _show_row(key: str, found: FoundFact, names: tuple[str, ...], ledger: Ledger) -> None:
    row = row_of(found, ledger)
    shown = {name: html_text(row.get(name, "")) for name in names}
    shown[names[0]] += _marks(found)
    shown[_TITLE] += " " + badge(found.document.standing(today()), found.document.standing_label(today()))
    with st.container(horizontal=True, vertical_alignment="center", key=f"ledger-row-{key}"):
        st.html(_row(shown))
        proof_button(found, f"ledger-open-{key}")


def _marks(found: FoundFact) -> str:
    """What there is to know of a fact beside what it says."""
    marks = [say("数值不一致")] if found.disputed else []
    if found.fact.rejected:
        marks.append(say("误读"))
    if found.fact.original is not None:
        marks.append(say("已更正"))
    drawn = "".join(f' <span class="pa-badge pa-draft">{html_text(mark)}</span>' for mark in marks)
    if before := read_before(found.fact):
        told = "；".join(f"{say(name)} {text or say('（无）')}" for name, text in before.items())
        drawn += f" <small>{html_text(say('原为：{told}', told=told))}</small>"
    return drawn


def _head(names: tuple[str, ...]) -> str:
    inner = "".join(f"<span{_hint(name)}>{html_text(say(heading(name)))}</span>" for name in names)
    return f'<div class="pa-ledger pa-ledger-head{_width(names)}">{inner}</div>'


def _hint(name: str) -> str:
    return f' class="pa-hint" title="{html_text(say(_HINTS[name]))}"' if name in _HINTS else ""


def _row(shown: Mapping[str, str]) -> str:
    """A row of the ledger; what stands in its cells is HTML already."""
    inner = "".join(
        f'<span data-name="{html_text(say(heading(name)))}">{cell}</span>' for name, cell in shown.items()
    )
    return f'<div class="pa-ledger pa-ledger-row{_width(shown)}" lang="zh-CN">{inner}</div>'


def _width(names: Iterable[str]) -> str:
    return " pa-ledger-quoted" if _QUOTE in names else ""
