"""The page where a draft is checked before it is signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from uuid import uuid4

import streamlit as st

from assistant.checked_sentence import CheckedSentence, Finding
from assistant.drafts import Draft, draft_of, finding_label
from assistant.types import Answer, Certainty, Citation
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.language import language, say
from assistant.ui.notice import guarded, notice_html
from assistant.ui.opened import Source
from assistant.ui.sharing import Resources
from assistant.ui.source_panel import show_source_panel
from assistant.ui.sources import anchor
from assistant.ui.upload import dropzone_css
from vectorstore.errors import PolicyError

_CHECKED = "checked-draft"
_LONGEST = 100_000
# What a reason quotes of the sentence, and what of its source.
_SAID, _TOLD = re.compile("不是“([^”]+)”"), re.compile("资料中为“([^”]+)”")


def show_drafts(shared: Resources) -> None:
    """Draw the page: a draft pasted or chosen, then its sentences with what the library says of them.

    Args:
        shared: where the documents are.
    """
    told = say("逐句对照资料库核对文稿，标出不符、找不到依据和来源已失效的句子，并给出原文。")
    st.html(f'<header class="pa-heading"><h1>{html_text(say("核稿"))}</h1><p>{html_text(told)}</p></header>')
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
        turn = st.empty()
        if sent:
            # Drawn anew for each check, else the browser runs it once.
            script = f"document.querySelector('.pa-result')?.scrollIntoView(); // {uuid4()}"
            turn.html(f"<script>{script}\n</script>", unsafe_allow_javascript=True)
        show_source_panel(shared, marked=False)


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
    for sentence in shared.assistant.verify(draft.text):
        checked.append(sentence)
        bar.progress(min(1.0, sentence.end / max(1, len(draft.text))), text=say("正在核对"))
    bar.empty()
    st.session_state[_CHECKED] = (draft, tuple(checked))


def _show(draft: Draft, checked: Sequence[CheckedSentence]) -> None:
    care = sum(sentence.finding.needs_care for sentence in checked)
    told = say("共 {all} 句，其中 {care} 句需要留意。", all=len(checked), care=care)
    st.html(f'<p class="pa-facts pa-result" role="status">{html_text(told)}</p>')
    only = st.toggle(say("只看需要留意的"), key="draft-care", value=care > 0)
    shown = [(number, one) for number, one in enumerate(checked, 1) if one.finding.needs_care or not only]
    st.html(checked_html(shown))
    # What page.js clicks for a source: a link in HTML cannot call the server.
    with st.container(key="openers-draft"):
        for number, sentence in shown:
            for citation in sentence.citations:
                st.button(
                    say("在原文中查看"),
                    key=f"open-{anchor(_group(number), citation.number)}",
                    on_click=state.open_source,
                    args=(_source_of(sentence, citation),),
                )
    st.download_button(
        say("下载带批注的 Word 文件"),
        partial(draft.remarked, checked, with_sources=True, language=language()),
        "checked.docx",
        key="draft-word",
        icon=":material/download:",
        on_click="ignore",
    )


def _group(number: int) -> str:
    return f"draft-{number}"


def _source_of(sentence: CheckedSentence, citation: Citation) -> Source:
    text = sentence.text
    answer = Answer(text, text, text, sentence.citations, Certainty.SURE, "extractive", (), 0.0)
    return Source(answer, citation)


def checked_html(checked: Iterable[tuple[int, CheckedSentence]]) -> str:
    """Return sentences with their findings, the proof behind each.

    Args:
        checked: in the order of the draft, each with its number there.
    """
    return f'<ol class="pa-checked">{"".join(_item(*one) for one in checked)}</ol>'


def _item(number: int, sentence: CheckedSentence) -> str:
    finding = sentence.finding
    said, told = (tuple(pattern.findall(sentence.reason)) for pattern in (_SAID, _TOLD))
    text = _marked(sentence.text, said)
    head = f'<span class="pa-finding">{html_text(say(finding_label(sentence)))}</span> {text}'
    lines = [f"<p>{html_text(sentence.reason)}</p>"] if sentence.reason else []
    if sentence.suggestion:
        lines.append(f"<p>{html_text(say('建议：{sentence}', sentence=sentence.suggestion))}</p>")
    if finding is Finding.UNFOUND and sentence.citations:
        lines.append(f'<p class="pa-facts">{html_text(say("最接近的内容，不是依据："))}</p>')
    lines += [
        f"<blockquote>{_marked(item.quote, told)}<cite>{_link(number, item)}"
        f"（{html_text(say(item.standing.label))}）</cite></blockquote>"
        for item in sentence.citations
        if finding is not Finding.UNCHECKED
    ]
    return f'<li value="{number}" class="pa-{finding.value}">{head}{"".join(lines)}</li>'


def _link(number: int, citation: Citation) -> str:
    card = anchor(_group(number), citation.number)
    return f'<a href="#{card}" data-opens="{card}">{html_text(citation.label)}</a>'


def _marked(text: str, parts: Sequence[str]) -> str:
    """Return a text with the first place of each part marked."""
    places = sorted((text.find(part), part) for part in set(parts) if part and part in text)
    html, at = "", 0
    for start, part in places:
        if start >= at:
            html += f"{html_text(text[at:start])}<mark>{html_text(part)}</mark>"
            at = start + len(part)
    return html + html_text(text[at:])
