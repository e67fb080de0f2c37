"""The door of the page: who comes in, and as whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st

from assistant.records.access import NOBODY, AccessError, Person
from assistant.records.audit import Action
from assistant.settings import access_settings
from assistant.ui.cookies import sign_in_key
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import notice_html
from assistant.ui.sharing import Resources, sign_ins
from vectorstore.errors import SettingsError

_NOTED = "signed-in"
_HERE = ("127.0.0.1", "localhost", "::1")


def person() -> Person:
    """Return who sits before the page; asked anew at each click, for a session can expire.

    Raises:
        AccessError: nobody is signed in, or the claims do not say who it is.
        SettingsError: sign-in is on, but not configured.
    """
    settings = access_settings()
    if not settings.policy_sign_in:
        return NOBODY
    # Streamlit knows the attribute only where a provider is configured.
    signed_in = getattr(st.user, "is_logged_in", None)
    if signed_in is None:
        raise SettingsError(
            "已开启登录（POLICY_SIGN_IN），请在 .streamlit/secrets.toml 的 [auth] 中配置登录服务"
        )
    if not sign_ins().guarded:
        raise SettingsError(
            "已开启登录（POLICY_SIGN_IN），请用 policy-assistant chat 或 streamlit run server.py 启动"
        )
    if not signed_in:
        raise AccessError("请先登录")
    key = sign_in_key(st.context.cookies.to_dict())
    claims = st.user.to_dict()
    sign_ins().tell(key, claims, str(st.user.tokens.get("access", "")), _metadata_url(claims))
    return sign_ins().person(key, settings)


def _metadata_url(claims: Mapping[str, object]) -> str:
    configured = st.secrets["auth"]
    return str(configured.get(str(claims.get("provider")), configured)["server_metadata_url"])


def let_in(shared: Resources) -> Person:
    """Return who sits before the page; where nobody may come in, say so and draw nothing else.

    Args:
        shared: where it is noted who came, and whose documents they see.
    """
    settings = access_settings()
    if not settings.policy_sign_in:
        _only_here()
        return NOBODY
    if not getattr(st.user, "is_logged_in", True):
        _show_door()
    try:
        known = person()
    except AccessError as error:
        _show_door(str(error))
    shared.viewers.note(known.owner, known.viewer)
    if st.session_state.get(_NOTED) != known.owner:
        st.session_state[_NOTED] = known.owner
        shared.conversations.take_over(known.owner, known.before)
        shared.audit.note(known.called, Action.SIGNED_IN, detail=known.role.label)
    st.html("<script>window.policyPage?.resume()</script>", unsafe_allow_javascript=True)
    return known


def show_person(known: Person) -> None:
    """Draw who is signed in, and the way out; without sign-in, that the page is for this machine alone.

    Args:
        known: who sits before the page.
    """
    if known == NOBODY:
        st.caption(say("未启用登录，仅供本机使用"))
        return
    st.html(f'<p class="pa-facts">{html_text(known.name)} · {html_text(say(known.role.label))}</p>')
    st.button(say("退出登录"), key="sign-out", icon=":material/logout:", on_click=st.logout)


def _only_here() -> None:
    """Refuse to serve a network without knowing who asks."""
    address = st.get_option("server.address")
    if address not in _HERE:
        line = say(
            "服务绑定在 {address}，但未启用登录：请设置 POLICY_SIGN_IN=true，或改为绑定 127.0.0.1",
            address=address or "0.0.0.0",  # noqa: S104
        )
        st.html(notice_html(line, "problem"))
        st.stop()


def _show_door(line: str = "") -> NoReturn:
    st.html(f'<header class="pa-heading"><h1>{html_text(say("政策文件问答"))}</h1></header>')
    if line:
        st.html(notice_html(line))
    st.html("<script>window.policyPage?.remember()</script>", unsafe_allow_javascript=True)
    st.button(say("登录"), key="sign-in", type="primary", icon=":material/login:", on_click=st.login)
    st.stop()
