"""The browser's door: `streamlit run app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.ui.chat import show_chat


def main() -> None:
    """Set the page up and draw it."""
    icon = Path(__file__).parent / "assistant" / "ui" / "icon.svg"
    st.set_page_config(page_title="政策文件问答", page_icon=str(icon), layout="centered")
    show_chat()


if __name__ == "__main__":
    main()
