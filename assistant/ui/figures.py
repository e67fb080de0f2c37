"""The figures behind an answer: the quoted rows of tables as a table, and what they give over the years."""

from __future__ import annotations

import streamlit as st

from assistant.exporting.series import Series, series_of
from assistant.types import Answer
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.tables import cited_html
from vectorstore.library import PolicyLibrary
from vectorstore.types import PassageKind

_CHARTS = 3
_HEIGHT = 150


def show_rows(library: PolicyLibrary, answer: Answer, group: str) -> None:
    """Draw each table of which an answer quotes rows, these rows alone.

    Args:
        library: where the tables are; what has left it is not drawn.
        answer: the answer.
        group: prefix of the cards' anchors.
    """
    held = {document.id for document in library.documents()}
    cited_rows = (one for one in answer.citations if one.passage.kind is PassageKind.TABLE_ROW)
    rows = [one for one in cited_rows if one.document.id in held]
    for document in dict.fromkeys(citation.document.id for citation in rows):
        for table in library.tables(document):
            cited = [one for one in rows if one.document.id == document and table.holds(one.passage)]
            if cited:
                st.html(cited_html(table, cited, group))


def show_charts(answer: Answer) -> None:
    """Draw the first indicators that have enough points in time, side by side.

    Args:
        answer: the answer that quotes them.
    """
    found = series_of(answer.citations)[:_CHARTS]
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
            "mark": {"type": "bar", "tooltip": True},
            "encoding": {
                "x": {**length, "axis": {"title": None}},
                "y": {"field": "year", "type": "nominal", "title": say("年份"), "axis": {"title": None}},
            },
        },
        height=_HEIGHT,
    )
