"""The page where a spreadsheet of questions is answered."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from assistant.exporting.file_names import EXCEL
from assistant.records.audit import Action
from assistant.records.question_sheet import QuestionSheet
from assistant.ui import state
from assistant.ui.escaping import html_text
from assistant.ui.language import language, say
from assistant.ui.notice import guarded, notice_html
from assistant.ui.sharing import Resources
from assistant.ui.upload import dropzone_css
from vectorstore.errors import PolicyError

_BATCH = "questions-answered"
_MOST = 1000


@dataclass
class _Batch:
    """A spreadsheet that is being answered; it is kept while the page is open.

    Attributes:
        name: the file's name.
        sheet: its questions and the answers so far.
        running: whether it is being answered.
        problem: why it stopped, or "".
    """

    name: str
    sheet: QuestionSheet
    running: bool = True
    problem: str = ""


def show_batches(shared: Resources) -> None:
    """Draw the page: a spreadsheet chosen, how far it is answered, and the file to take along.

    Args:
        shared: what answers.
    """
    st.html(
        f'<header class="pa-heading"><h1>{html_text(say("批量问答"))}</h1>'
        f"<p>{html_text(say('逐行回答表格中“问题”一列，答案、原文、出处、状态和把握写在其后各列'))}</p></header>"
    )
    st.html(dropzone_css(say("支持 Excel（.xlsx）")))
    with st.form("batch", clear_on_submit=True, border=False):
        file = st.file_uploader(say("选择问题表格（.xlsx）；未答完的结果可再次上传，接着回答"), type=["xlsx"])
        sent = st.form_submit_button(say("开始回答"), type="primary")
    if sent and file is not None:
        with guarded(say("批量问答")):
            _take(shared, file.name, file.getvalue())
    elif sent:
        st.html(notice_html(say("请先选择文件"), "problem"))
    batch: _Batch | None = st.session_state.get(_BATCH)
    if batch is not None:
        _show(shared, batch)


def _take(shared: Resources, name: str, content: bytes) -> None:
    st.session_state.pop(_BATCH, None)
    try:
        if not shared.library.documents():
            raise PolicyError(say("资料库中还没有文件，上传后即可提问。"))
        sheet = QuestionSheet(content, name, language=language())
        if len(sheet) > _MOST:
            raise PolicyError(say("一次最多回答 {most} 个问题，请分成几个文件。", most=_MOST))
    except PolicyError as error:
        st.html(notice_html(str(error), "problem"))
        return
    st.session_state[_BATCH] = _Batch(name, sheet)


def _show(shared: Resources, batch: _Batch) -> None:
    place = st.empty()
    with st.container(horizontal=True, key="batch-ways"):
        way, taken = st.empty(), st.empty()
    if batch.running:
        # A click interrupts this run of the script; what was answered by then stays.
        way.button(
            say("停止"), key="batch-stop", icon=":material/stop_circle:", on_click=_set, args=(batch, False)
        )
        _answer(shared, batch, place)
    left = sum(1 for _ in batch.sheet.unanswered())
    told = say("已回答 {done} 个问题，共 {all} 个。", done=len(batch.sheet) - left, all=len(batch.sheet))
    place.html(f'<p class="pa-facts" role="status">{html_text(told)}</p>')
    if batch.problem:
        st.html(notice_html(batch.problem, "problem"))
    if left:
        way.button(
            say("继续"), key="batch-go", icon=":material/play_circle:", on_click=_set, args=(batch, True)
        )
    else:
        way.empty()
    taken.download_button(
        say("下载结果"),
        batch.sheet.content,
        f"{batch.name.removesuffix('.xlsx')}-{say('答案')}.xlsx",
        EXCEL,
        key="batch-file",
        icon=":material/download:",
        on_click="ignore",
    )


def _set(batch: _Batch, running: bool) -> None:
    batch.running = running


def _answer(shared: Resources, batch: _Batch, place: st.delta_generator.DeltaGenerator) -> None:
    """Answer what is left, one question after another, showing how far it is."""
    rows = list(batch.sheet.unanswered())
    before, batch.problem = len(batch.sheet) - len(rows), ""
    for done, row in enumerate(rows, before):
        place.progress(done / len(batch.sheet), text=say("正在回答第 {number} 个问题", number=done + 1))
        shared.audit.note(state.who(), Action.ASKED, batch.name, row.question)
        try:
            batch.sheet.put(row, shared.assistant.ask(row.question).answer)
        except PolicyError as error:
            batch.problem = str(error)
            break
    batch.running = False
