"""Zip archives: a folder inside a file, within limits."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.files import Found
from ingest.loaders import archive, members
from ingest.messages import Task, Wanted
from ingest.worker import read_file
from tests.ingest.loaders.made_up import plain_text
from tests.ingest.loaders.test_docx import made_up_word
from vectorstore.errors import UnreadableFileError

_TEXT = "云岭市对新开通的低空航线给予补贴。".encode()


def _zip(**inside: bytes) -> bytes:
    return _packed(list(inside.items()))


def _packed(inside: Sequence[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside:
            archive.writestr(name, data)
    return written.getvalue()


def _found(data: bytes) -> list[tuple[str, str]]:
    return [(member.name, member.refused) for member in members(data, "a.zip") or ()]


def test_every_document_inside_is_one_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "全部 文件😀.zip"
    path.write_bytes(
        _packed(
            [("乙/规划.docx", made_up_word()), ("甲/规划.txt", plain_text().encode()), ("图标.ico", b"\x00")]
        )
    )
    reads = list(read_file(Task(Found(path, path.name)), Wanted()))
    assert [(read.source, read.outcome) for read in reads] == [
        ("全部 文件😀.zip#乙/规划.docx", "read"),
        ("全部 文件😀.zip#甲/规划.txt", "read"),
    ]


def test_a_word_file_is_no_archive() -> None:
    assert members(made_up_word(), "a.zip") is None


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_are_read_whose_encoding_the_archive_does_not_tell(encoding: str) -> None:
    raw = "甲/通知.txt".encode(encoding)
    data = _packed([("x" * len(raw), _TEXT)]).replace(b"x" * len(raw), raw)
    assert _found(data) == [("甲/通知.txt", "")]


def test_names_that_point_outside_and_links_are_refused() -> None:
    link = zipfile.ZipInfo("链接.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = _packed(
        [
            ("../逃逸.txt", _TEXT),
            ("/etc/通知.txt", _TEXT),
            ("C:/通知.txt", _TEXT),
            (link, b"/etc/passwd"),
            ("好.txt", _TEXT),
        ]
    )
    refused = dict(_found(data))
    assert refused.pop("好.txt") == ""
    assert len(refused) == 4
    assert all("包外" in reason or "链接" in reason for reason in refused.values())


def test_archives_inside_are_read_to_a_limited_depth() -> None:
    data = _zip(**{"通知.txt": _TEXT})
    for _ in range(2):
        data = _zip(**{"内.zip": data})
    assert _found(data) == [("内.zip#内.zip#通知.txt", "")]
    assert "3 层以上" in _found(_zip(**{"内.zip": data}))[0][1]


def test_exports_inside_are_taken_apart() -> None:
    data = _zip(**{"导出.jsonl": '{"id": "a", "text": "甲"}\n{"id": "b", "text": "乙"}'.encode()})
    assert _found(data) == [("导出.jsonl#a", ""), ("导出.jsonl#b", "")]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableFileError, match="压缩炸弹"):
        _found(_zip(**{"a.txt": b"0" * 50_000_000}))


def test_a_broken_member_ends_alone() -> None:
    data = bytearray(_zip(**{"坏.txt": bytes(range(256)) * 40, "好.txt": _TEXT}))
    start = data.index(b"PK\x03\x04") + 60
    data[start : start + 40] = b"\xff" * 40
    assert dict(_found(bytes(data)))["坏.txt"].startswith("压缩结构已损坏")
    assert dict(_found(bytes(data)))["好.txt"] == ""


def test_a_member_that_is_locked_is_told() -> None:
    data = _zip(**{"a.txt": _TEXT})
    for head, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(head) + flag
        data = data[:place] + bytes([data[place] | 1]) + data[place + 1 :]
    assert _found(data) == [("a.txt", "压缩包有密码保护，请解除密码后再收录")]


def test_a_broken_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(_zip(**{"a.txt": _TEXT})[:40])
    (read,) = read_file(Task(Found(path, "a.zip")), Wanted())
    assert (read.outcome, read.reason) == ("failed", "压缩结构已损坏，请重新获取或另存一份")


def test_archives_inside_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_TOTAL_MAX", 1_000)
    inner = _zip(**{"通知.txt": _TEXT * 8})
    found = members(_zip(**{f"{number}.zip": inner for number in range(9)}), "a.zip")
    assert found is not None
    with pytest.raises(UnreadableFileError, match="总量异常"):
        list(found)


def test_of_two_members_under_one_name_each_is_a_document_of_its_own() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = _packed([("甲/规划.txt", _TEXT), ("甲/规划.txt", _TEXT + _TEXT), ("乙.txt", _TEXT)])
    assert _found(data) == [("乙.txt", ""), ("甲/规划.txt", ""), ("甲/规划（2）.txt", "")]


def test_a_member_without_a_name_is_left_out() -> None:
    assert _found(_packed([("x.txt", _TEXT), ("乙.txt", _TEXT)]).replace(b"x.txt", b"\0.txt")) == [
        ("乙.txt", "")
    ]
