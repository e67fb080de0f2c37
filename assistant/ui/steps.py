"""The small buttons that turn an opened source: to a passage, a page, a place found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

_Target = TypeVar("_Target")


def show_step(
    label: str, icon: str, name: str, go: Callable[[_Target], None], target: _Target, *, enabled: bool = True
) -> None:
    """Draw a button that goes somewhere.

    Args:
        label: what it says.
        icon: name of its Material symbol.
        name: end of its key.
        go: takes where to go.
        target: where this button goes.
        enabled: whether there is anything to go to.
    """
    st.button(
        label,
        key=f"source-{name}",
        icon=f":material/{icon}:",
        disabled=not enabled,
        on_click=go,
        args=(target,),
    )
