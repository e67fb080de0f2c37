"""Adding documents: files chosen by an administrator, and how far their ingestion has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import streamlit as st

from assistant.records.audit import Action
from assistant.records.uploads import Progress
from assistant.ui import state
from assistant.ui.choosing_groups import choose_groups, may_choose
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import guarded, notice_html
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from assistant.ui.staged import hand_in
from vectorstore.languages.language import own_words
from vectorstore.viewers import group_names

Files = list[tuple[str, bytes]]
"""Names and bytes of files that a reader chose."""
_TOLD = "upload-told"
_GROUPS = "upload-groups"
_BEGUN = "upload-begun"
_OUTCOMES = own_words(
    {"added": "新增", "updated": "更新", "duplicate": "内容重复", "removed": "移除", "failed": "失败"}
)


def show_upload(shared: Resources) -> None:
    """Draw the way to add documents.

    Args:
        shared: who takes the files.
    """
    limited = person().limit is not None
    progress = _progress(shared)
    with st.expander(say("添加文件"), icon=":material/upload_file:", expanded=progress is not None):
        # Chosen before the files: what is sent is taken in at once.
        if may_choose(shared):
            with guarded(say("查阅范围")):
                label = say("可查阅的部门") if limited else say("可查阅的部门（留空为所有人）")
                choose_groups(shared, label, _GROUPS)
        if show_file_form("upload", say("选择文件（可多选；压缩包按文件夹收录）"), say("上传并收录"), _take):
            # What is said of this click stands alone.
            _put_away(shared)
        elif progress is not None and progress.ended:
            st.session_state[_TOLD] = True
            st.html(report_html(progress))
            st.button(say("知道了"), key="upload-done", on_click=_put_away, args=(shared,))
        elif progress is not None:
            _show_progress(shared)


def forget_report(shared: Resources) -> None:
    """Put away the report of an ingestion whose reader has gone to another page.

    Args:
        shared: who took the files.
    """
    if st.session_state.pop(_TOLD, False):
        _put_away(shared)


def begin_ingestion(shared: Resources) -> None:
    """Let what was taken go into the library, and tell the session of it how that went.

    Args:
        shared: who took the files.
    """
    st.session_state[_BEGUN] = True
    shared.uploads.ingest()


def _progress(shared: Resources) -> Progress | None:
    """Return how far the last ingestion has come; an administrator of groups is told of their files alone."""
    limit = person().limit
    if limit is None:
        return shared.uploads.progress()
    return shared.uploads.progress_within(limit) if st.session_state.get(_BEGUN) else None


def _put_away(shared: Resources) -> None:
    st.session_state.pop(_BEGUN, None)
    if person().limit is None:
        shared.uploads.dismiss()


def show_file_form(key: str, label: str, button: str, take: Callable[[Resources, Files], None]) -> bool:
    """Draw the form that hands documents over; return whether its button was pressed without a file.

    Args:
        key: names the form, once on the page.
        label: says what to choose.
        button: says what becomes of it.
        take: is given the names and bytes of the files.
    """
    st.html(dropzone_css(say("支持 Word、PDF、网页、表格、OFD、压缩包、图片和文本")))
    with st.form(key, clear_on_submit=True, border=False):
        # What a file is, its bytes tell: the name is no reason to turn one away.
        files = st.file_uploader(label, accept_multiple_files=True)
        sent = st.form_submit_button(button, type="primary")
    if sent and files:
        state.act(lambda known: take(known, [(file.name, file.getvalue()) for file in files]))
        for file in files:
            hand_in(file.file_id)
        st.rerun()
    elif sent:
        st.html(notice_html(say("请先选择文件"), "problem"))
        return True
    return False


def dropzone_css(hint: str) -> str:
    """Return the style that tells what may be dropped, in place of what Streamlit says of endings."""
    return (
        f"<style>[data-testid=stFileUploaderDropzoneInstructions]::after{{content:'{hint}';font-size:0.85rem}}"
        "</style>"
    )


def _take(shared: Resources, files: Files) -> None:
    known = person()
    groups = group_names(st.session_state.get(_GROUPS) or ())
    known.check_giving(groups)
    kept = 0
    try:
        for name, data in files:
            shared.uploads.take(name, data, groups, known.limit)
            shared.audit.note(known.called, Action.CHANGED, name, "上传")
            kept += 1
    finally:
        if kept:
            begin_ingestion(shared)


@st.fragment(run_every=1.0)
def _show_progress(shared: Resources) -> None:
    progress = _progress(shared)
    if progress is None or progress.ended:
        # The whole page, so that the list shows what came.
        st.rerun()
    share = progress.done / progress.total if progress.total else 0.0
    st.progress(share, text=progress_text(progress))


def progress_text(progress: Progress) -> str:
    """Return how far an ingestion has come.

    Args:
        progress: of an ingestion that goes on.
    """
    if not progress.total:
        return say("正在准备收录……")
    told = say("正在收录：已处理 {done}/{total} 个文件", done=progress.done, total=progress.total)
    failed = sum(file.outcome == "failed" for file in progress.files)
    return told + (say("，其中 {count} 个失败", count=failed) if failed else "")


def report_html(progress: Progress) -> str:
    """Return what became of the uploaded files.

    Args:
        progress: of an ingestion that is over.
    """
    if progress.problem:
        return notice_html(progress.problem, "problem")
    rows = "".join(
        f"<li>{html_text(say(_OUTCOMES.get(file.outcome, file.outcome)))}：{html_text(file.source)}"
        + (f"（{html_text(say('{count} 段', count=file.passages))}）" if file.passages else "")
        + (f"：{html_text(file.reason)}" if file.reason else "")
        + "</li>"
        for file in progress.files
    )
    counts = Counter(file.outcome for file in progress.files)
    parts = [
        say("{outcome} {count} 份", outcome=say(_OUTCOMES.get(outcome, outcome)), count=count)
        for outcome, count in counts.items()
    ]
    ending = say("收录结束") if counts["failed"] else say("收录完成")
    done = html_text(f"{ending}：{'，'.join(parts)}" if parts else ending)
    told = f"<ul>{rows}</ul>" if rows else f"<p>{html_text(say('没有新的内容'))}</p>"
    return f'<div class="pa-report" role="status"><strong>{done}</strong>{told}</div>'
