"""The original file of a document: the file to take along."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import notice_html
from assistant.ui.sharing import Resources
from vectorstore.errors import LibraryError
from vectorstore.types import PolicyDocument


def show_download(shared: Resources, document: PolicyDocument, key: str) -> None:
    """Draw the button that hands out a document's original file, or say that none is kept.

    Args:
        shared: where the files are kept.
        document: the document.
        key: the button's.
    """
    try:
        file = shared.library.original(document)
    except LibraryError as error:
        st.html(notice_html(str(error), "problem"))
        return
    if file is None:
        st.html(f'<div class="pa-facts">{html_text(say("未保存原文件，来源：") + document.source)}</div>')
        return
    st.download_button(
        say("下载原文件"),
        data=file.read_bytes,
        file_name=PurePath(document.source).name,
        mime="application/octet-stream",
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )
