"""What users list as names of the same thing counts as the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.question import understand
from assistant.understanding.learnt_names import read_aliases
from assistant.understanding.names import learn_names
from tests.assistant.asking import Filled
from vectorstore.errors import SettingsError

PARK = "甲川市工业发展规划\n\n一、布局\n\n中澜（甲川）海洋装备产业园总体规划3200亩。\n"


def test_what_users_list_counts_as_the_same(tmp_path: Path, library_of: Filled) -> None:
    listed = tmp_path / "aliases.txt"
    listed.write_text("# 备注\n\n甲川市 ＝ 川城 = 川城市\n孤零零的一个名称\n", encoding="utf-8")
    aliases = read_aliases(listed)
    assert aliases == (("甲川市", "川城", "川城市"),)
    library = library_of({"a.txt": PARK})
    (mention,) = learn_names(library.documents(), aliases).mentions("川城的工业布局")
    assert mention.text == "川城"
    assert mention.documents == {document.id for document in library.documents()}


def test_an_answer_is_found_by_another_name(tmp_path: Path, library_of: Filled) -> None:
    listed = tmp_path / "aliases.txt"
    listed.write_text("中澜（甲川）海洋装备产业园 = 中澜园\n", encoding="utf-8")
    names = learn_names(library_of({"a.txt": PARK}).documents(), read_aliases(listed))
    assert "中澜(甲川)海洋装备产业园" in understand("中澜园规划多少亩？", names=names).wording


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="POLICY_ALIASES"):
        read_aliases(tmp_path / "absent.txt")
