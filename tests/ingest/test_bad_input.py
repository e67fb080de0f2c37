"""A folder of everything that goes wrong: one line each, the others go in, exit code 1."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from cli import main
from ingest.files import MAX_BYTES
from tests.ingest.loaders.test_docx import made_up_word

GOOD = "云泽市海洋经济实施方案\n一、目标\n到2030年，海洋生产总值突破1200亿元。{}\n"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "字"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w">&b;</w:document>'
LOCKED_WORD = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(1000)
    + "EncryptedPackage".encode("utf-16-le").ljust(64, b"\x00")
)


def pdf(encrypt: StandardEncryption | None = None) -> bytes:
    """A page that shows a picture and no words."""
    written = io.BytesIO()
    canvas = Canvas(written, encrypt=encrypt)
    canvas.drawInlineImage(Image.new("RGB", (20, 20), "white"), 100, 500)
    canvas.save()
    return written.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def word_with_entities() -> bytes:
    with zipfile.ZipFile(io.BytesIO(made_up_word())) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    return packed({**members, "word/document.xml": ENTITIES.encode()})


BAD = {
    "密码.pdf": (pdf(StandardEncryption("secret")), "有密码保护"),
    "扫描.pdf": (pdf(), "是扫描件"),
    "密码.docx": (LOCKED_WORD, "有密码保护"),
    "截断.docx": (made_up_word()[:5000], "损坏"),
    "实体.docx": (word_with_entities(), "实体定义"),
    "截断.zip": (packed({"a.txt": GOOD.encode()})[:40], "压缩结构已损坏"),
    "炸弹.zip": (packed({"a.txt": bytes(50_000_000)}), "压缩炸弹"),
    "空.zip": (packed({}), "没有可收录的文件"),
    "空.txt": (b" \n", "文件是空的"),
    "程序.txt": (b"\x7fELF\x00\x01" * 500, "不是文本文件"),
}
GOOD_NAMES = {"名字 有空格😀.txt", "其实是Word.pdf", "路径.zip#好.txt"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Bad and good files, and readers that have no text recognition."""
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "sitecustomize.py").write_text(
        "import ingest.loaders.ocr as ocr\nocr.is_installed = lambda: False\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "without"))
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "政策 文件😀"
    folder.mkdir()
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "名字 有空格😀.txt").write_text(GOOD.format("（一）"))
    (folder / "其实是Word.pdf").write_bytes(made_up_word())
    (folder / "路径.zip").write_bytes(packed({"../逃逸.txt": b"x", "好.txt": GOOD.format("（二）").encode()}))
    (folder / "链接.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "管道.txt")
    with (folder / "太大.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    return folder


def test_each_is_one_line_and_the_others_go_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(folder)]) == 1
    expected = {name: reason for name, (_, reason) in BAD.items()} | {
        "路径.zip#../逃逸.txt": "路径指向包外",
        "链接.txt": "是符号链接",
        "管道.txt": "不是普通文件",
        "太大.txt": "请拆分",
    }
    lines = capsys.readouterr().err.splitlines()
    told = {name: reason for _, name, reason in (line.split("：", 2) for line in lines)}
    assert len(lines) == len(expected)
    for name, reason in expected.items():
        assert reason in told[name], name
    main(["documents", "--json"])
    documents = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {document["document"] for document in documents} == GOOD_NAMES
