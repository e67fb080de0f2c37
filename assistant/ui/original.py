"""The original file of an opened source: its page, where it has pages, and the file to take along."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from assistant.exporting.page_image import page_image
from assistant.types import Citation
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.sharing import Resources
from vectorstore.types import PolicyDocument


def show_original(shared: Resources, citation: Citation) -> None:
    """Draw the ways to the original file.

    Args:
        shared: where the files are kept.
        citation: the opened citation.
    """
    document, page = citation.document, citation.passage.page
    file = shared.library.original(document)
    if file is None:
        st.html(f'<div class="pa-facts">{html_text(say("未保存原文件，来源：") + document.source)}</div>')
        return
    with st.container(horizontal=True, key="source-original"):
        show_download(shared, document, "source-download")
        shown = document.format == "pdf" and page is not None
        wanted = shown and st.toggle(say("查看第 {page} 页原件", page=page), key="source-page")
    if wanted and page is not None:
        st.image(page_image(file, page), width="stretch")


def show_download(shared: Resources, document: PolicyDocument, key: str) -> None:
    """Draw the button that hands out a document's original file; nothing where none is kept.

    Args:
        shared: where the files are kept.
        document: the document.
        key: the button's.
    """
    file = shared.library.original(document)
    if file is not None:
        st.download_button(
            say("下载原文件"),
            data=file.read_bytes,
            file_name=PurePath(document.source).name,
            mime="application/octet-stream",
            key=key,
            icon=":material/download:",
            on_click="ignore",
        )
