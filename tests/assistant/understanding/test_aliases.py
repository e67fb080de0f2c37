"""Short names come from the documents' own definitions and from a list that users edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.question import understand
from assistant.understanding.aliases import Aliases, joined, learn_aliases, read_aliases
from assistant.understanding.names import learn_names, library_names
from tests.assistant.asking import Filled, asker
from vectorstore.errors import SettingsError
from vectorstore.library import PolicyLibrary

PARK = (
    "甲川市工业发展规划\n\n一、布局\n\n"
    "中澜（甲川）海洋装备产业园（以下简称“中澜产业园”）总体规划3200亩。\n\n"
    "依据甲川市海洋经济促进条例（以下简称“条例”），由甲川市工业和信息化局（以下简称市局）牵头。\n"
)


def test_a_definition_makes_a_short_name(library_of: Filled) -> None:
    groups = learn_aliases(library_of({"a.txt": PARK})).groups
    assert ("中澜(甲川)海洋装备产业园", "中澜产业园") in groups


def test_words_that_mean_something_else_in_every_document_are_no_short_names(library_of: Filled) -> None:
    learnt = {name for group in learn_aliases(library_of({"a.txt": PARK})).groups for name in group}
    assert learnt.isdisjoint({"条例", "市局"})


def test_a_body_is_known_by_the_short_name_that_its_plan_defines(example_library: PolicyLibrary) -> None:
    names = library_names(example_library)
    assert [mention.text for mention in names.mentions("海岬高新区的目标")] == ["海岬高新区"]


def test_the_other_names_of_a_thing_are_searched_for_as_well(library_of: Filled) -> None:
    names = library_names(library_of({"a.txt": PARK}))
    assert "中澜(甲川)海洋装备产业园" in understand("中澜产业园规划多少亩？", names=names).wording


def test_what_users_list_counts_as_the_same(tmp_path: Path, library_of: Filled) -> None:
    listed = tmp_path / "aliases.txt"
    listed.write_text("# 备注\n\n甲川市 ＝ 川城 = 川城市\n孤零零的一个名称\n", encoding="utf-8")
    aliases = read_aliases(listed)
    assert aliases.groups == (("甲川市", "川城", "川城市"),)
    library = library_of({"a.txt": PARK})
    (mention,) = learn_names(library.documents(), aliases).mentions("川城的工业布局")
    assert mention.text == "川城"
    assert mention.documents == {document.id for document in library.documents()}


def test_lists_that_share_a_name_are_one() -> None:
    one, other = Aliases((("甲", "乙"), ("丙", "丁"))), Aliases((("乙", "丙"),))
    assert joined(one, other).groups == (("甲", "乙", "丙", "丁"),)


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="POLICY_ALIASES"):
        read_aliases(tmp_path / "absent.txt")


def test_an_answer_is_found_by_the_short_name(library_of: Filled) -> None:
    assert "3200亩" in asker(library_of({"a.txt": PARK}))("中澜产业园总体规划多少亩？").text
