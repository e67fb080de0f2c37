"""The browser's door: `streamlit run app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.ui.frame import show_page

_ICON = Path(__file__).parent / "assistant" / "ui" / "icon.svg"


def main() -> None:
    """Set the page up and draw it."""
    st.set_page_config(page_title="政策文件问答", page_icon=str(_ICON), layout="centered")
    show_page()


if __name__ == "__main__":
    main()
