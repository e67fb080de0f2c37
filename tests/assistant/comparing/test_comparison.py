"""What a comparison of two versions tells, and tells first."""

from collections import Counter
from datetime import date

import pytest

from assistant.comparing.alignment import Fate
from assistant.comparing.comparison import Comparison, compare, counterparts, in_order
from assistant.comparing.matters import Matter
from assistant.comparing.told import words_of
from assistant.comparing.words import Step
from tests.assistant.comparing.made_up_pairs import (
    FIGURES,
    IDENTICAL,
    LATER,
    MOVED,
    PAIRS,
    RENUMBERED,
    SPLIT,
    Expected,
    Pair,
)
from tests.assistant.ui.samples import document
from vectorstore.types import Status

# As measured on the pairs; both may only rise.
LEAST_PRECISION = LEAST_RECALL = 0.96


def compared(pair: Pair) -> Comparison:
    return compare(document(), document(id="d2"), pair.before, pair.after)


def told(pair: Pair) -> Counter[Expected]:
    return Counter((one.matter, one.before, one.after) for one in compared(pair).matters)


def fates(pair: Pair) -> list[tuple[Fate, bool, str, str]]:
    return [
        (match.fate, match.moved, "、".join(one.name for one in match.before), match.after[0].name)
        for _, match in compared(pair).changed
        if match.after
    ]


def test_the_list_tells_what_a_careful_reader_lists_and_little_else() -> None:
    every = PAIRS | LATER
    found = {name: told(pair) for name, pair in every.items()}
    wanted = {name: Counter(pair.expected) for name, pair in every.items()}
    right = sum((found[name] & wanted[name]).total() for name in every)
    surplus = {name: list(found[name] - wanted[name]) for name in every if found[name] - wanted[name]}
    missing = {name: list(wanted[name] - found[name]) for name in every if wanted[name] - found[name]}
    assert right / sum(one.total() for one in found.values()) >= LEAST_PRECISION, surplus
    assert right / sum(one.total() for one in wanted.values()) >= LEAST_RECALL, missing


def test_a_new_number_alone_is_no_change() -> None:
    assert fates(RENUMBERED) == [(Fate.ADDED, False, "", "第三条")]


def test_an_article_that_moved_is_told_as_moved_and_not_as_changed() -> None:
    assert fates(MOVED) == [(Fate.SAME, True, "第五条", "第二条")]


def test_a_split_article_is_told_with_its_parts_and_nothing_as_new() -> None:
    [(_, match)] = compared(SPLIT).changed
    assert match.fate is Fate.SPLIT
    assert [one.label for one in match.after] == ["第二条", "第三条"]


def test_articles_that_became_one_are_told_as_merged() -> None:
    [(_, match)] = compared(Pair(SPLIT.after, SPLIT.before, ())).changed
    assert match.fate is Fate.MERGED
    assert [one.label for one in match.before] == ["第二条", "第三条"]


def test_writing_that_means_the_same_is_no_change() -> None:
    found = compared(IDENTICAL)
    assert not found.changed
    assert not found.matters
    assert found.kept == len(found.matches)


def test_changed_words_are_marked_and_the_rest_is_kept_to_the_letter() -> None:
    found = compared(FIGURES)
    [match] = [match for match in found.matches if match.after and match.after[0].label == "第一条"]
    words = list(words_of(match))
    assert [one.text for one in words if one.step is Step.DELETED] == ["30万元"]
    assert [one.text for one in words if one.step is Step.INSERTED] == ["50万元"]
    kept_and_new = "".join(one.text for one in words if one.step is not Step.DELETED)
    assert kept_and_new == match.new_text


def test_each_provision_stands_where_it_says() -> None:
    for pair in PAIRS.values():
        for match in compared(pair).matches:
            for text, side in ((pair.before, match.before), (pair.after, match.after)):
                for one in side:
                    said = text[one.start : one.end]
                    assert said.startswith(one.label)
                    assert said.endswith(one.text)


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_no_provision_is_lost_or_told_twice(pair: Pair) -> None:
    found = compared(pair)
    for text, side in ((pair.before, "before"), (pair.after, "after")):
        places = sorted(one.start for match in found.matches for one in getattr(match, side))
        assert len(places) == len(set(places))
        covered = sum(one.end - one.start for match in found.matches for one in getattr(match, side))
        assert covered == len(text) - text.count("\n") + _inner_breaks(found, side)


def _inner_breaks(found: Comparison, side: str) -> int:
    return sum(one.text.count("\n") for match in found.matches for one in getattr(match, side))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("申请期限为6个月。", "申请期限为一年。", (Matter.FIGURE, "6个月", "一年")),
        ("可再生能源项目应当备案。", "可再生能源的项目应当备案。", None),
        ("奖励由市财政承担。", "奖励由市财政全额承担。", None),
        ("申请人须提交审计报告。", "申请人无需提交审计报告。", (Matter.DUTY, "须", "无需")),
        ("企业申报前应当备案。", "企业申报前备案。", (Matter.DUTY, "应当", "")),
        (
            "年产值2000万元以上的企业。",
            "年产值2000万元以下的企业。",
            (Matter.BOUND, "不低于2000万元", "不超过2000万元"),
        ),
    ],
)
def test_what_matters_within_a_sentence(before: str, after: str, expected: Expected | None) -> None:
    found = told(Pair(f"第一条 {before}\n第二条 略。", f"第一条 {after}\n第二条 略。", ()))
    assert list(found) == ([expected] if expected else [])


def test_a_document_goes_with_its_versions_the_earlier_one_or_the_draft_first() -> None:
    old = document(id="old", title="青岚市养老服务管理办法", issued_on=date(2022, 1, 1))
    new = document(id="new", title="青岚市养老服务管理办法（2025年修订）", issued_on=date(2025, 1, 1))
    draft = document(id="draft", title="青岚市养老服务管理办法（征求意见稿）", status=Status.DRAFT)
    other = document(id="other", title="青岚市港口岸电推广方案")
    assert {one.id for one in counterparts(old, [old, new, draft, other])} == {"new", "draft"}
    assert [one.id for one in in_order(new, old)] == ["old", "new"]
    assert [one.id for one in in_order(new, draft)] == ["draft", "new"]
    assert [one.id for one in in_order(draft, new)] == ["draft", "new"]
