"""What all pages have in common: style, the way between them, and the side."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

import streamlit as st

from assistant.days import today
from assistant.records.access import NOBODY, Role
from assistant.ui import sharing, state
from assistant.ui.batches import show_batches
from assistant.ui.chat import show_chat
from assistant.ui.compare_page import show_comparison
from assistant.ui.drafts import show_drafts
from assistant.ui.feedback import show_feedback
from assistant.ui.help import show_help
from assistant.ui.language import say
from assistant.ui.ledger_page import show_ledger
from assistant.ui.library import show_library
from assistant.ui.linked import show_linked, wanted_link
from assistant.ui.log import show_log
from assistant.ui.matching_page import show_matching
from assistant.ui.notice import guarded, notice_html, problem_line
from assistant.ui.overview import show_overview
from assistant.ui.relations_page import show_relations
from assistant.ui.sidebar import show_sidebar
from assistant.ui.sign_ins import show_sign_ins
from assistant.ui.signing_in import let_in
from assistant.ui.subscriptions_page import show_subscriptions, title_of_page
from assistant.ui.upload import forget_report
from assistant.ui.wording import words_html
from vectorstore.errors import PolicyError
from vectorstore.languages.language import own_words

_HERE = Path(__file__).parent
_SHEETS = ("page.css", "side.css", "wide.css")
_SCRIPTS = ("page.js", "previews.js", "tables.js", "mention.js", "preferences.js", "wording.js")


def make_ready() -> None:
    """Open what all visitors share; where that fails, the page says why and tries again."""
    with suppress(PolicyError):
        sharing.resources()


def show_page() -> None:
    """Draw the page that the address names."""
    for sheet in _SHEETS:
        st.html(_HERE / sheet)
    st.html(words_html())
    scripts = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    st.html(f"<script>{scripts}</script>", unsafe_allow_javascript=True)
    try:
        opened = sharing.resources()
        known = let_in(opened)
        shared = opened.seen_by(known.viewer)
    except Exception as error:
        st.html(notice_html(problem_line(error, own_words("资料库")), "problem"))
        st.button(say("重新打开"), on_click=sharing.resources.clear)
        return
    if link := wanted_link():
        show_linked(shared, link)
        return
    chat = st.Page(
        partial(show_chat, shared), title=say("问答"), icon=":material/forum:", url_path="chat", default=True
    )
    library = st.Page(
        partial(show_library, shared), title=say("资料库"), icon=":material/folder_open:", url_path="library"
    )
    ledger = st.Page(
        partial(show_ledger, shared), title=say("台账"), icon=":material/table_chart:", url_path="ledger"
    )
    matching = st.Page(
        partial(show_matching, shared), title=say("政策匹配"), icon=":material/rule:", url_path="matching"
    )
    drafts = st.Page(
        partial(show_drafts, shared), title=say("核稿"), icon=":material/fact_check:", url_path="drafts"
    )
    batches = st.Page(
        partial(show_batches, shared), title=say("批量问答"), icon=":material/table:", url_path="batches"
    )
    subscriptions = st.Page(
        partial(show_subscriptions, shared, ledger),
        title=title_of_page(shared),
        icon=":material/notifications:",
        url_path="subscriptions",
    )
    pages = [chat, library, ledger, matching, drafts, batches, subscriptions]
    if known.role >= Role.ADMINISTRATOR:
        overview, feedback, log = (
            partial(show_overview, shared, today()),
            partial(show_feedback, shared.feedback, today()),
            partial(show_log, shared.audit, today()),
        )
        pages += [
            st.Page(overview, title=say("概览"), icon=":material/monitoring:", url_path="overview"),
            st.Page(feedback, title=say("反馈"), icon=":material/rate_review:", url_path="feedback"),
            st.Page(log, title=say("日志"), icon=":material/history:", url_path="log"),
        ]
        if known is not NOBODY:
            pages += [
                st.Page(show_sign_ins, title=say("登录人员"), icon=":material/login:", url_path="sign-ins")
            ]
    # Reached from the library and from a document's page.
    comparison = st.Page(
        partial(show_comparison, shared), title=say("版本对比"), url_path="compare", visibility="hidden"
    )
    related = st.Page(
        partial(show_relations, shared), title=say("引用关系"), url_path="relations", visibility="hidden"
    )
    # Reached from the side, where it is in nobody's way.
    help_page = st.Page(show_help, title=say("帮助"), url_path="help", visibility="hidden")
    page = st.navigation([*pages, comparison, related, help_page], position="top")
    state.follow_address(on_chat=page is chat)
    if state.wants_chat() and page is not chat:
        st.switch_page(chat)
    if page is not library:
        forget_report(shared)
    with guarded(say("侧栏")):
        show_sidebar(shared, known, help_page)
    with guarded(say("资料库")):
        _show_damage(shared)
    page.run()
    # Last, when all that was asked for has been drawn.
    with guarded(say("订阅")):
        shared.noticing.notice(today())


def _show_damage(shared: sharing.Resources) -> None:
    """Name the documents that are no longer quoted, because they are not as they were stored."""
    names = "、".join(f"《{one.title or one.source}》" for one in shared.library.damaged)
    if names:
        line = say(
            "{names} 存储的内容与收录时不符，已停止引用，请管理员运行 policy-assistant repair", names=names
        )
        st.html(notice_html(line))
