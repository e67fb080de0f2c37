"""The original page of an opened source as a picture, with the quote marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from assistant.ui import opened
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import notice_html
from assistant.ui.sharing import Resources
from assistant.ui.steps import show_step
from assistant.viewing.layouts import FORMATS
from assistant.viewing.pages import Area, Found, Pages, Picture
from assistant.viewing.quote_places import Ranges, Sought
from assistant.viewing.scans import is_installed
from vectorstore.errors import LibraryError
from vectorstore.types import PolicyDocument

_PICTURED = ("pdf", "image", "ofd")
_ZOOMS = (1.0, 1.5, 2.0, 3.0)
_ZOOM = "source-zoom"
_KEPT_SECONDS = 600
# The picture arrives after the script; once it has its size, the mark is brought into sight. Who has no
# pointer scrolls a frame that can be focused.
_TO_THE_MARK = (
    "<script>{{const page={page},sheet=document.querySelector('.st-key-source-sheet-{zoom}');"
    "if(sheet){{sheet.tabIndex=0;sheet.role='region';sheet.ariaLabel='{name} '+page;"
    "const watch=new ResizeObserver(()=>{{const image=sheet.querySelector('img');"
    "if(!image?.naturalWidth)return;watch.disconnect();"
    "sheet.scrollTo(image.clientWidth*{left}-20,image.clientHeight*{top}-sheet.clientHeight/3)}});"
    "watch.observe(sheet.firstElementChild??sheet)}}}}</script>"
)


def show_original_page(shared: Resources, document: PolicyDocument, page: int | None, wanted: Sought) -> None:
    """Draw the page of the original on which a quote stands, and the ways to turn it.

    Args:
        shared: where the files are kept.
        document: the document.
        page: the page on which the quote's passage begins, from 1; None where it is not known.
        wanted: the quote.
    """
    try:
        file = shared.library.original(document)
    except LibraryError as error:
        st.html(notice_html(str(error), "problem"))
        return
    if file is None:
        st.html(notice_html(say("未保存原文件，无法显示原件页面。")))
    elif document.format in _PICTURED:
        if document.format == "ofd":
            _tell(say("版面按 OFD 文件绘制，字体可能与原文件不同，不含印章和批注"))
        _show_pages(shared, file, page, wanted)
    elif document.format in FORMATS:
        _show_printed_form(shared, document, file, page, wanted)
    else:
        st.html(notice_html(say("该格式的原件没有固定页面，请查看文字，或下载原文件。")))


def _show_printed_form(
    shared: Resources, document: PolicyDocument, original: Path, page: int | None, wanted: Sought
) -> None:
    form = shared.layouts.ready(original)
    if form is not None:
        _tell(say("版面由 LibreOffice 生成，可能与原文件略有不同"))
        # Where a page ends is the program's doing: the page that was read is none of this form's.
        _show_pages(shared, form, None, wanted)
    elif shared.layouts.come(original, document.format):
        _wait(say("正在生成版面，完成后自动显示……"), shared.layouts.is_coming, original)
    else:
        st.html(notice_html(say("无法生成该文件的版面，请查看文字，或下载原文件。")))


def _tell(line: str) -> None:
    st.html(f'<div class="pa-facts">{html_text(line)}</div>')


@st.fragment(run_every=1.0)
def _wait(line: str, is_coming: Callable[[Path], bool], original: Path) -> None:
    st.html(f'<div class="pa-facts" role="status">{html_text(line)}</div>')
    if not is_coming(original):
        st.rerun()


def _show_pages(shared: Resources, file: Path, page: int | None, wanted: Sought) -> None:
    found = _found(shared.pages, str(file), page, wanted)
    if isinstance(found, str):
        st.html(notice_html(found, "problem"))
        return
    is_awaited = False
    if page is not None and not found.marks and is_installed():
        recognised = shared.scans.find(file, page, found.pages, wanted)
        found, is_awaited = recognised or found, recognised is None
    home = min(found.marks, default=min(page or 1, found.pages))
    source = opened.opened_source()
    shown = min((source.page if source else None) or home, found.pages)
    zoom = st.session_state.setdefault(_ZOOM, 0)
    _show_ways(shown, home, found.pages, zoom)
    if is_awaited:
        _wait(say("正在识别页面上的文字，完成后自动标出引文……"), shared.scans.is_coming, file)
    else:
        st.html(place_html(found, page, shown))
    _show_sheet(shared.pages, file, found, shown, zoom)


def _show_sheet(pages: Pages, file: Path, found: Found, shown: int, zoom: int) -> None:
    marks, areas = found.marks.get(shown, ()), found.areas.get(shown, ())
    drawn = _drawn(pages, str(file), shown, marks, areas, _ZOOMS[zoom])
    if isinstance(drawn, str):
        st.html(notice_html(drawn, "problem"))
        return
    with st.container(key=f"source-sheet-{zoom}"):
        st.image(drawn.image, width="stretch", alt=say("原件第 {page} 页", page=shown))
    left, top = drawn.mark or (0.0, 0.0)
    script = _TO_THE_MARK.format(page=shown, zoom=zoom, name=html_text(say("原件")), left=left, top=top)
    st.html(script, unsafe_allow_javascript=True)


def _show_ways(shown: int, home: int, pages: int, zoom: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="source-turn"):
        turn = opened.turn_to
        show_step(say("上一页"), "chevron_left", "page-before", turn, shown - 1, enabled=shown > 1)
        show_step(say("下一页"), "chevron_right", "page-after", turn, shown + 1, enabled=shown < pages)
        show_step(say("缩小"), "zoom_out", "zoom-out", _zoom_to, zoom - 1, enabled=zoom > 0)
        show_step(say("放大"), "zoom_in", "zoom-in", _zoom_to, zoom + 1, enabled=zoom < len(_ZOOMS) - 1)
        if shown != home:
            show_step(say("回到引文"), "my_location", "page-home", turn, None)


def _zoom_to(zoom: int) -> None:
    st.session_state[_ZOOM] = zoom


def place_html(found: Found, page: int | None, shown: int) -> str:
    """Return the line that says which page this is, and where the quote is marked or why it is not.

    Args:
        found: what is known of the quote's place.
        page: the page on which its passage begins, None where it is not known.
        shown: the page before the reader.
    """
    where = say("第 {page} 页，共 {pages} 页", page=shown, pages=found.pages)
    if found.marks:
        marked = "、".join(map(str, found.marks))
        where += "；" + say("引文已标在第 {pages} 页", pages=marked)
    line = f'<div class="pa-facts" role="status">{html_text(where)}</div>'
    if found.marks:
        return line
    if page is None:
        return line + notice_html(say("未能确定引文所在的页，从第 1 页起显示，请翻页查找。"))
    if not found.legible:
        return line + notice_html(say("原件为扫描件，只能打开引文所在的页，不能标出引文。"))
    return line + notice_html(say("未能在第 {page} 页标出引文，请在该页对照查找。", page=page))


@st.cache_data(show_spinner=False, max_entries=200, ttl=_KEPT_SECONDS)
def _found(_pages: Pages, file: str, page: int | None, wanted: Sought) -> Found | str:
    """Return where a quote stands, or the line that says why nobody can tell."""
    try:
        return _pages.find(Path(file), page, wanted)
    except LibraryError as error:
        return str(error)


@st.cache_data(show_spinner=False, max_entries=24, ttl=_KEPT_SECONDS)
def _drawn(
    _pages: Pages, file: str, page: int, marks: Ranges, areas: tuple[Area, ...], zoom: float
) -> Picture | str:
    """Return a page, or the line that says why there is none: what hangs is not tried anew at each click."""
    try:
        return _pages.draw(Path(file), page, marks, zoom, areas)
    except LibraryError as error:
        return str(error)
