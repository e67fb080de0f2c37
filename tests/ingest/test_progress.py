from pathlib import Path

from rich.console import Console

from ingest.files import Found
from ingest.messages import PageDone
from ingest.progress import Course, Step
from ingest.progress_cli import progress_bar
from ingest.report import FileResult

FILES = [
    Found(Path(name), name, size=size) for name, size in (("甲.txt", 100), ("扫描.pdf", 1000), ("乙.txt", 10))
]


def test_pages_of_unfinished_files_count_until_their_file_does() -> None:
    steps: list[Step] = []
    course = Course(FILES, steps.append)
    course.page(PageDone("扫描.pdf", 1, 4))
    course.document(FileResult("甲.txt", "added", 3), 1)
    course.page(PageDone("扫描.pdf", 2, 4))
    course.document(FileResult("扫描.pdf", "added", 9), 2)
    course.document(FileResult("乙.txt", "added", 1), 3)
    assert [step.bytes_done for step in steps] == [250, 350, 600, 1100, 1110]
    assert [step.files_done for step in steps] == [0, 1, 1, 2, 3]
    assert {(step.files, step.bytes) for step in steps} == {(3, 1110)}


def test_a_terminal_shows_files_passages_time_left_and_the_page() -> None:
    console = Console(force_terminal=True, width=120, record=True)
    with progress_bar(console) as bar:
        assert bar
        course = Course(FILES, bar)
        course.document(FileResult("甲.txt", "added", 3), 1)
        course.page(PageDone("扫描.pdf", 2, 4))
    shown = console.export_text()
    for words in ("1/3 个文件", "3 段", "剩余", "扫描.pdf 第 2/4 页"):
        assert words in shown


def test_nothing_is_drawn_where_there_is_no_terminal() -> None:
    with progress_bar(Console(force_terminal=False)) as bar:
        assert bar is None
