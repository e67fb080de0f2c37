from __future__ import annotations

from assistant.records.uploads import Progress, UploadedFile
from assistant.ui.upload import progress_text, report_html
from tests.assistant.ui.samples import seen

FAILED = UploadedFile("坏.docx", "failed", reason="不是 Word 文件")


def test_before_the_first_step_it_is_being_prepared() -> None:
    assert progress_text(Progress()) == "正在准备收录……"


def test_failed_files_are_told_apart_from_those_handled() -> None:
    assert progress_text(Progress(4, 4, (FAILED,) * 3)) == "正在收录：已处理 4/4 个文件，其中 3 个失败"


def test_the_report_counts_what_came_and_what_failed() -> None:
    files = (UploadedFile("好.txt", "added", 2), FAILED, FAILED, FAILED)
    assert "收录结束：新增 1 份，失败 3 份" in seen(report_html(Progress(4, 4, files, ended=True))).text
    assert "收录完成：新增 1 份" in seen(report_html(Progress(1, 1, files[:1], ended=True))).text
