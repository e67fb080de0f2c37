"""What tells whether passages answer a question, feature by feature."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import pytest

from assistant.question import understand
from assistant.retriever import find, term_weights
from assistant.selecting.answerability import ANSWERABILITY_FEATURES, answerability_features
from assistant.selecting.candidates import candidates_of
from assistant.selecting.query_profile import profile_of
from assistant.selecting.units import units_of
from assistant.understanding.names import learn_names
from tests.assistant.asking import Filled
from vectorstore.library import PolicyLibrary

MEASURES = """# 苍屏市支持演出市场若干措施

苍政办发〔2026〕12号

第一条 单场售票观众5000人以上、1万人以上的演唱会，分别给予20万元、50万元补助。

第二条 同一企业每年补助总额为300万元。

第三条 演出主办单位应当在演出结束后60日内提出申请。
"""
TALK = """# 苍屏市演出市场工作通报

2026年，同一企业每年补助总额上限为300万元，市文化旅游局将按月公布。
"""


def features(library: PolicyLibrary, text: str, weight: float | None = None) -> dict[str, float]:
    """Return the named features of a question, each sentence as likely as the order they stand in."""
    question = understand(text, (), learn_names(library.documents()))
    weights = term_weights(library, question)
    passages = candidates_of(find(library, question, 10, weight=weight), weights)
    asked = profile_of(question, weights, library.rarity(question.search), passages)
    scores = [share for passage in passages for share in (len(held) / 100 for held in passage.held)]
    row = answerability_features(question, asked, passages, units_of(asked, passages, scores, None))
    return dict(zip(ANSWERABILITY_FEATURES, row, strict=True))


def test_every_feature_that_decides_is_told_of() -> None:
    told = Path("docs/internals/answering.md").read_text(encoding="utf-8")
    for name in ANSWERABILITY_FEATURES:
        assert f"`{name}`" in told or f"`{name.removeprefix('peak_')}`" in told, name


def test_a_number_that_is_asked_for_must_be_found(library_of: Filled) -> None:
    library = library_of({"b.md": TALK})
    assert features(library, "同一企业7号线每年补助总额多少？")["number_absent"] == 1
    assert features(library, "同一企业每年补助总额上限300万元吗？")["number_absent"] == 0


@pytest.mark.parametrize(
    ("passages", "weight", "known"),
    [(30, None, (True, True)), (3, None, (True, False)), (30, 0.0, (False, False))],
)
def test_what_vectors_tell_is_not_known_without_them_nor_of_a_few_passages(
    library_of: Filled, passages: int, weight: float | None, known: tuple[bool, bool]
) -> None:
    clauses = (f"第{number}条 演出场次满{number}场的，补助{number}万元。" for number in range(1, passages))
    values = features(library_of({"a.md": "\n\n".join(("# 演出补助", *clauses))}), "满2场补助多少？", weight)
    assert tuple(isfinite(values[name]) for name in ("similarity", "standout")) == known


def test_days_and_working_days_are_one_unit(library_of: Filled) -> None:
    library = library_of({"a.md": MEASURES})
    assert features(library, "演出结束后主办单位应当多少天内提出申请？")["no_unit"] == 0
    assert features(library, "演出结束后主办单位应当多少亩内提出申请？")["no_unit"] == 1


def test_the_longest_run_of_the_question_that_is_missing_is_told_as_a_share_of_it(library_of: Filled) -> None:
    library = library_of({"a.md": MEASURES})
    assert features(library, "同一企业每年补助总额多少？")["missing_run"] == 0
    some = features(library, "同一企业每年航班补助总额多少？")["missing_run"]
    more = features(library, "同一企业每年国际航班补助总额多少？")["missing_run"]
    assert 0 < some < more < 1


def test_what_is_asked_for_is_told(library_of: Filled) -> None:
    library = library_of({"a.md": MEASURES})
    number = features(library, "同一企业每年补助总额多少？")
    name = features(library, "演出主办单位的负责人叫什么名字？")
    assert (number["asks_number"], number["asks_name"]) == (1, 0)
    assert (name["asks_number"], name["asks_name"]) == (0, 1)


def test_what_the_likeliest_sentence_leaves_to_its_neighbours_is_told_of_it_alone(library_of: Filled) -> None:
    text = (
        "大剧场由市演艺集团经营，每周开放六天，节假日照常接待市民和游客。"
        "展览厅由市文化馆管理，每周开放五天，共有讲解员3人。"
    )
    told = features(library_of({"c.md": f"# 苍屏市文化场馆开放通告\n\n{text}\n"}), "大剧场的讲解员有多少人？")
    assert told["words"] == 1 > told["peak_words"]
    assert told["heaviest_missing"] == 0 < told["peak_heaviest_missing"]
    assert told["missing_run"] < told["peak_missing_run"]


def test_a_text_without_the_form_of_fact_that_is_asked_for_lacks_it(library_of: Filled) -> None:
    library = library_of({"a.md": MEASURES})
    assert features(library, "演出主办单位应当在什么时候提出申请？")["peak_no_form"] == 0
    assert features(library, "演出主办单位提出申请应当联系哪个电话？")["peak_no_form"] == 1
