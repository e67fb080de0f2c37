"""The administrator's own words; those of the tests are used nowhere else, since a process keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.dictionary import learn_dictionary
from vectorstore.errors import SettingsError
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import nouns, words
from vectorstore.settings import LibrarySettings


def test_its_words_stay_whole_in_every_library_opened_with_it(tmp_path: Path) -> None:
    file = tmp_path / "词典.txt"
    file.write_text("\ufeff# 本市用语\n蓝穹计划\n苔原券 300 n\n\n", encoding="utf-8")
    assert "蓝穹计划" not in words("申请蓝穹计划和苔原券")
    PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path, policy_dictionary=file)).close()
    assert words("申请蓝穹计划和苔原券") == ["申请", "蓝穹计划", "和", "苔原券"]
    assert "蓝穹计划" in nouns("申请蓝穹计划")


def test_what_is_added_later_is_learnt(tmp_path: Path) -> None:
    file = tmp_path / "词典.txt"
    file.write_text("雾汐工程", encoding="utf-8")
    learn_dictionary(file)
    file.write_text("雾汐工程\n雾汐贷款贴息 5 n", encoding="utf-8")
    learn_dictionary(file)
    assert words("雾汐贷款贴息") == ["雾汐贷款贴息"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_one_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "词典.txt"
    if content:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match="POLICY_DICTIONARY"):
        PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path, policy_dictionary=file))
