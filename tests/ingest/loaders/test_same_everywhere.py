"""The made-up document out of the containers and exports that other systems write."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from tests.ingest.loaders.made_up import TITLE, assert_whole, plain_text
from tests.ingest.loaders.test_docx import made_up_word
from tests.ingest.loaders.test_epub import made_up_epub
from tests.ingest.loaders.test_html import page
from tests.ingest.loaders.test_ofd import made_up_ofd
from tests.ingest.loaders.test_pdf import made_up_pdf


@pytest.mark.parametrize(
    ("name", "data", "mark"),
    [
        ("规划.txt", plain_text().encode(), "①"),
        ("规划.docx", made_up_word(), ""),
        ("规划.html", page().encode(), ""),
        ("规划.pdf", made_up_pdf(), "[1]"),
        ("规划.ofd", made_up_ofd(), "①"),
        ("规划.epub", made_up_epub(), ""),
    ],
)
def test_the_document_is_whole_out_of_an_archive(name: str, data: bytes, mark: str) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    assert_whole(written.getvalue(), "全部.zip", mark=mark)


@pytest.mark.parametrize("text", [plain_text(), page()], ids=["text", "html"])
def test_the_document_is_whole_out_of_a_line_of_json(text: str) -> None:
    line = json.dumps({"id": "7", "title": TITLE, "text": text}, ensure_ascii=False)
    mark = "" if text.startswith("<") else "①"
    assert assert_whole(line.encode(), "导出.jsonl", mark=mark).document.format == "jsonl"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_document_is_whole_out_of_a_row_of_csv(encoding: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("编号", "标题", "正文"), ("7", TITLE, plain_text())])
    assert_whole(written.getvalue().encode(encoding), "导出.csv", mark="①")
