"""The rules of answers, each switched off by itself."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from assistant.understanding import document_questions
from benchmarks.question_sets import question_sets
from benchmarks.rules import noting, worth_of_rules


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module with one expression, as `sys.modules` knows it."""
    made = ModuleType("made_up_rules")
    vars(made)["COUNT"] = re.compile(r"(\d+)家")
    monkeypatch.setitem(sys.modules, made.__name__, made)
    return made


def test_a_rule_notes_its_matches_matches_nothing_when_off_and_goes_at_the_end(module: ModuleType) -> None:
    own = module.COUNT
    with noting([module]) as (rule,):
        assert (rule.name, module.COUNT) == ("made_up_rules.COUNT", rule)
        assert module.COUNT.sub("几家", "没有") == "没有"
        assert not rule.matched
        assert module.COUNT.search("建成63家")[1] == "63"
        assert rule.matched
        rule.off = True
        assert module.COUNT.sub("几家", "建成63家") == "建成63家"
        assert module.COUNT.fullmatch("63家") is None
        assert module.COUNT.pattern == "(?!)"
    assert module.COUNT is own


def test_what_answers_owe_to_a_rule_is_told(tmp_path: Path) -> None:
    examples = next(one for one in question_sets(tmp_path) if one.name == "examples")
    asked = tuple(one for one in examples.questions if one.id.startswith("status-"))
    told = dict(worth_of_rules([replace(examples, questions=asked)], tmp_path, [document_questions]))
    of_standing = told["assistant.understanding.document_questions.STANDING"]
    assert 0 < of_standing.changed <= of_standing.matched <= len(asked)
    assert of_standing.right < 0
    assert told["assistant.understanding.document_questions.NUMBER"].changed == 0
