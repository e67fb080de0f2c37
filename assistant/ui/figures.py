"""The figures behind an answer: the quoted rows of tables as a table, and what they give over the years."""

from __future__ import annotations

import streamlit as st

from assistant.conversations import Exchange
from assistant.exporting.answer_tables import QuotedRows, quoted_rows, tables_of
from assistant.exporting.copying import copied_tables
from assistant.exporting.export_excel import workbook_of
from assistant.exporting.file_names import EXCEL, file_name
from assistant.exporting.series import Series, series_of
from assistant.types import Answer
from assistant.ui.copy import copy_html
from assistant.ui.escaping import html_text
from assistant.ui.language import language, say
from assistant.ui.tables import cited_html
from vectorstore.library import PolicyLibrary

_CHARTS = 3
# What Vega says of an axis is English; each bar names its year and value.
_AXIS = {"title": None, "aria": False}
_HEIGHT = 150


def show_tables(library: PolicyLibrary, exchange: Exchange, spoken: Answer) -> None:
    """Draw the quoted rows of documents as tables, and what can be done with the tables of an answer.

    Args:
        library: where the tables are.
        exchange: the question.
        spoken: its answer in the reader's language.
    """
    quoted = show_rows(library, exchange, spoken)
    wanted = language()
    tables = tables_of(spoken, quoted, wanted)
    if not tables:
        return
    with st.container(horizontal=True, key=f"tables-{exchange.id}"):
        st.html(copy_html(say("复制表格"), copied_tables(tables, spoken.citations, wanted)), width="content")
        st.download_button(
            say("下载 Excel 表格"),
            lambda: workbook_of(tables, spoken.citations, wanted),
            f"{file_name(exchange.question, say('表格'))}.xlsx",
            EXCEL,
            key=f"workbook-{exchange.id}",
            icon=":material/table_view:",
            on_click="ignore",
        )


def show_rows(library: PolicyLibrary, exchange: Exchange, spoken: Answer) -> tuple[QuotedRows, ...]:
    """Draw the quoted rows of documents as tables, and return them.

    Args:
        library: where the tables are.
        exchange: the question.
        spoken: its answer in the reader's language.
    """
    quoted = quoted_rows(library, spoken)
    for one in quoted:
        st.html(cited_html(one.table, one.citations, exchange.id))
    return quoted


def show_charts(answer: Answer) -> None:
    """Draw the first indicators that have enough points in time, side by side.

    Args:
        answer: the answer that quotes them; what is only near a refused question is not drawn.
    """
    found = () if answer.refused else series_of(answer.citations)[:_CHARTS]
    if found:
        # Two places at least: a single indicator needs no chart as wide as the page.
        for place, series in zip(st.columns(max(len(found), 2)), found, strict=False):
            with place:
                _show_series(series)


def _show_series(series: Series) -> None:
    name = html_text(f"{series.name} [{series.number}]")
    st.html(f'<div class="pa-panel-label pa-chart-label" title="{name}">{name}</div>')
    # Not Streamlit's own bar chart: it asks for zooming, which bars do not have, and the browser says so.
    values = [value for _, value in series.points]
    # Told here, as the axis is drawn before the values have come.
    reach = {"domain": [min(0, *values), max(0, *values)], "nice": True}
    length = {"field": "value", "type": "quantitative", "title": series.name, "stack": None, "scale": reach}
    st.vega_lite_chart(
        {
            "data": {"values": [{"year": str(year), "value": value} for year, value in series.points]},
            "description": series.name,
            "mark": {"type": "bar", "tooltip": True},
            "encoding": {
                "x": {**length, "axis": _AXIS},
                "y": {"field": "year", "type": "nominal", "title": say("年份"), "axis": _AXIS},
            },
        },
        height=_HEIGHT,
    )
