import os
import socket
from pathlib import Path

import pytest

from ingest.files import find_files, read_whole
from vectorstore.errors import UnreadableFileError


def test_folders_are_read_recursively_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("乙/规划.md", "甲.txt", "乙/丙/办法.txt", "图片.exe", ".隐藏.txt", ".git/配置.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("文", encoding="utf-8")
    assert [found.source for found in find_files([tmp_path])] == ["甲.txt", "乙/规划.md", "乙/丙/办法.txt"]


def test_a_file_that_is_named_goes_by_its_own_name_whatever_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "政策 文件😀.dat"
    path.write_text("文", encoding="utf-8")
    (found,) = find_files([path])
    assert (found.source, found.refused) == ("政策 文件😀.dat", "")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    (found,) = find_files([tmp_path / "没有.txt"])
    assert "不存在" in found.refused


def test_links_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "文件夹"
    (folder / "内").mkdir(parents=True)
    (tmp_path / "外.txt").write_text("文", encoding="utf-8")
    (folder / "链接.txt").symlink_to(tmp_path / "外.txt")
    (folder / "内" / "环").symlink_to(folder, target_is_directory=True)
    found = find_files([folder])
    assert {item.source: "链接" in item.refused for item in found} == {"链接.txt": True, "内/环": True}


def test_devices_pipes_and_sockets_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.txt"))
        found = find_files([tmp_path, Path("/dev/null")])
    assert len(found) == 3
    assert all("不是普通文件" in item.refused for item in found)


def test_one_source_name_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("文", encoding="utf-8")
    assert len(find_files([tmp_path, tmp_path, tmp_path / "甲.txt"])) == 1


def test_two_files_of_one_name_are_not_taken_for_each_other(tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "规划.txt").write_text(folder, encoding="utf-8")
    first, second = find_files([tmp_path / "甲", tmp_path / "乙"])
    assert (first.source, first.refused) == ("规划.txt", "")
    assert "同名" in second.refused


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes(b"abc")
    assert read_whole(tmp_path / "甲.txt") == b"abc"


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="无法读取"):
        read_whole(tmp_path / "没有.txt")


def test_a_link_that_took_a_file_s_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "外.txt").write_text("文", encoding="utf-8")
    (tmp_path / "甲.txt").symlink_to(tmp_path / "外.txt")
    with pytest.raises(UnreadableFileError, match="无法读取"):
        read_whole(tmp_path / "甲.txt")


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(b"old")
    real = os.fstat
    seen: list[int] = []

    def fstat(descriptor: int) -> os.stat_result:
        if seen:
            path.write_bytes(b"new and longer")
        seen.append(descriptor)
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", fstat)
    with pytest.raises(UnreadableFileError, match="被改动"):
        read_whole(path)
