"""The page where a draft is checked before it is signed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.days import today
from assistant.drafts import Draft, draft_of
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import guarded, notice_html
from assistant.ui.sharing import Resources
from assistant.ui.upload import dropzone_css
from assistant.verification import CheckedSentence, Finding, Verification
from vectorstore.errors import PolicyError

_CHECKED = "checked-draft"
_LONGEST = 100_000


def show_drafts(shared: Resources) -> None:
    """Draw the page: a draft pasted or chosen, then its sentences with what the library says of them.

    Args:
        shared: where the documents are.
    """
    st.html(f'<header class="pa-heading"><h1>{html_text(say("核稿"))}</h1></header>')
    st.html(dropzone_css(say("支持 Word、Markdown 和纯文本")))
    with st.form("draft", border=False):
        text = st.text_area(say("粘贴文稿"), height=200, max_chars=_LONGEST, key="draft-text")
        file = st.file_uploader(say("或选择文件（.txt、.md、.docx）"), type=["txt", "md", "docx"])
        sent = st.form_submit_button(say("开始核对"), type="primary")
    if sent and (file is not None or text.strip()):
        with guarded(say("核稿")):
            _check(shared, text, None if file is None else (file.name, file.getvalue()))
    elif sent:
        st.html(notice_html(say("请先粘贴文稿或选择文件"), "problem"))
    kept = st.session_state.get(_CHECKED)
    if kept is not None:
        _show(*kept)


def _check(shared: Resources, text: str, file: tuple[str, bytes] | None) -> None:
    st.session_state.pop(_CHECKED, None)
    try:
        draft = draft_of(*file) if file else Draft(text)
        if not shared.library.documents():
            raise PolicyError(say("资料库中还没有文件，上传后即可核对。"))
    except PolicyError as error:
        st.html(notice_html(str(error), "problem"))
        return
    bar = st.progress(0.0, text=say("正在核对"))
    checked = []
    for sentence in Verification(shared.library, shared.assistant.search, today()).draft(draft.text):
        checked.append(sentence)
        bar.progress(min(1.0, sentence.end / max(1, len(draft.text))), text=say("正在核对"))
    bar.empty()
    st.session_state[_CHECKED] = (draft, tuple(checked))


def _show(draft: Draft, checked: Sequence[CheckedSentence]) -> None:
    care = sum(sentence.finding.needs_care for sentence in checked)
    told = say("共 {all} 句，其中 {care} 句需要留意。", all=len(checked), care=care)
    st.html(f'<p class="pa-facts" role="status">{html_text(told)}</p>')
    only = st.toggle(say("只看需要留意的"), key="draft-care", value=care > 0)
    st.html(checked_html([one for one in checked if one.finding.needs_care or not only]))
    if draft.word is not None:
        st.download_button(
            say("下载带批注的 Word 文件"),
            lambda: draft.remarked(checked, with_sources=True),
            "checked.docx",
            key="draft-word",
            icon=":material/download:",
            on_click="ignore",
        )


def checked_html(checked: Sequence[CheckedSentence]) -> str:
    """Return sentences with their findings, the proof behind each.

    Args:
        checked: in the order of the draft.
    """
    return f'<ol class="pa-checked">{"".join(map(_item, checked))}</ol>'


def _item(sentence: CheckedSentence) -> str:
    finding = sentence.finding
    head = f'<span class="pa-finding">{html_text(say(finding.label))}</span> {html_text(sentence.text)}'
    lines = [f"<p>{html_text(sentence.reason)}</p>"] if sentence.reason else []
    if sentence.suggestion:
        lines.append(f"<p>{html_text(say('建议：{sentence}', sentence=sentence.suggestion))}</p>")
    lines += [
        f"<blockquote>{html_text(item.quote)}<cite>{html_text(item.label)}"
        f"（{html_text(say(item.standing.label))}）</cite></blockquote>"
        for item in sentence.citations
        if finding is not Finding.UNCHECKED
    ]
    return f'<li class="pa-{finding.value}">{head}{"".join(lines)}</li>'
