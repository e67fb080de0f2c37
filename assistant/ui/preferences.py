"""At the foot of the side, folded: who is signed in, the language, the size of the text, light or dark."""

from __future__ import annotations

import streamlit as st

from assistant.records.access import NOBODY, Person
from assistant.ui.escaping import html_text, markdown_text
from assistant.ui.language import choose_language, language, say
from assistant.ui.signing_in import show_person
from vectorstore.languages.language import Language


def show_preferences(known: Person, help_page: st.Page) -> None:
    """Draw the way to the help page, and what a reader prefers.

    Args:
        known: who sits before the page.
        help_page: the page that explains the others.
    """
    with st.container(key="preferences"):
        st.page_link(help_page, label=say("帮助"), icon=":material/help:")
        label = say("设置") if known == NOBODY else say("{name} · 设置", name=known.name)
        with st.expander(markdown_text(label), icon=":material/settings:", key="settings"):
            _show_languages()
            st.html(preferences_html())
            show_person(known)


def preferences_html() -> str:
    """Return the choices that preferences.js keeps in the browser."""
    sizes = {"": say("标准"), "112.5": say("大"), "125": say("特大")}
    themes = {"System": say("跟随系统"), "Light": say("浅色"), "Dark": say("深色")}
    return _choice_html("size", say("文字大小"), sizes) + _choice_html("theme", say("配色"), themes)


def _choice_html(name: str, label: str, choices: dict[str, str]) -> str:
    buttons = "".join(
        f'<button type="button" data-preference="{name}" data-value="{value}">{html_text(told)}</button>'
        for value, told in choices.items()
    )
    return (
        f'<div class="pa-preference" role="group" aria-label="{html_text(label)}">'
        f"<span>{html_text(label)}</span><div>{buttons}</div></div>"
    )


def _show_languages() -> None:
    st.selectbox(
        say("界面语言 / Language"),
        list(Language),
        index=list(Language).index(language()),
        format_func=lambda tag: tag.own_name,
        key="language-choice",
        on_change=lambda: choose_language(st.session_state["language-choice"]),
    )
