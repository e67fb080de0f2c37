"""Which regular expressions of answers carry anything: each is switched off by itself.

    python -m benchmarks.rules SHARED [--folder KEPT] [--more SET]... [--only NAME]...

Every question of the sets is asked once, and of each expression on a question's way is noted in which of them
it matched. Then it is switched off, and these are asked again. An expression without which no answer is worse
may go. What is worked out once for a library, as the names of places, is not told by this.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from assistant.assistant import Assistant
from assistant.evaluation.examination import examine
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.questions import GoldenQuestion
from assistant.settings import AssistantSettings
from benchmarks.embedded import opened_library
from benchmarks.gate import is_right
from benchmarks.question_sets import QuestionSet, sets_parser, wanted_sets
from vectorstore.library import PolicyLibrary

_PACKAGES = ("assistant.understanding", "assistant.drafting", "assistant.selecting")
_MODULES = ("assistant.question", "assistant.retriever", "assistant.extractive")
_NEVER = re.compile(r"(?!)")
_SUBSTITUTING = ("sub", "subn")


class Rule:
    """A regular expression that notes when it matches, and can be switched off."""

    def __init__(self, name: str, pattern: re.Pattern[str]) -> None:
        """Take the place of a pattern.

        Args:
            name: module and variable, as the table shows them.
            pattern: what it matches with.
        """
        self.name, self.off, self.matched = name, False, False
        self._pattern = pattern

    def __getattr__(self, method: str) -> Any:
        """Return a method of the pattern that notes whether there is a match."""
        own = getattr(_NEVER if self.off else self._pattern, method)
        if not callable(own):
            return own
        tried = getattr(self._pattern, method if method in ("match", "fullmatch") else "search")

        def noted(*arguments: Any, **named: Any) -> Any:
            text = arguments[1:2] if method in _SUBSTITUTING else arguments
            self.matched = self.matched or tried(*text) is not None
            return own(*arguments, **named)

        return noted


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set, asked.

    Attributes:
        place: the name of its set.
        question: what was asked.
        outcome: what came of it.
        matched: names of the rules that matched.
    """

    place: str
    question: GoldenQuestion
    outcome: Outcome
    matched: frozenset[str]


@dataclass(frozen=True, slots=True)
class Worth:
    """What a rule comes to: figures without it, less those with it.

    Attributes:
        matched: questions in which it matched.
        changed: answers that are others without it.
        right: answered right, of those that can be answered.
        refused_wrongly, refused_rightly: of those that can be answered, and of the others.
        cited: pieces of evidence.
    """

    matched: int
    changed: int
    right: int
    refused_wrongly: int
    refused_rightly: int
    cited: int


def main() -> int:
    """Ask every set and print the table."""
    options = sets_parser(__doc__).parse_args()
    head = "| without | matched | changed | right | refused wrongly | rightly | cited |"
    sys.stdout.write(f"{head}\n|{' --- |' * 7}\n")
    for name, worth in worth_of_rules(wanted_sets(options), options.folder, modules_of_answers()):
        signed = (worth.right, worth.refused_wrongly, worth.refused_rightly, worth.cited)
        told = " | ".join(f"{value:+d}" for value in signed)
        sys.stdout.write(f"| {name} | {worth.matched} | {worth.changed} | {told} |\n")
        sys.stdout.flush()
    return 0


def modules_of_answers() -> Iterator[ModuleType]:
    """Yield the modules that a question passes on the way to its answer."""
    for package in map(importlib.import_module, _PACKAGES):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)
    yield from map(importlib.import_module, _MODULES)


def worth_of_rules(
    sets: Sequence[QuestionSet], folder: Path, modules: Iterable[ModuleType]
) -> Iterator[tuple[str, Worth]]:
    """Yield each rule with what it comes to, those that match in the fewest questions first.

    Args:
        sets: whose questions are asked.
        folder: where their libraries are, or come to be.
        modules: whose regular expressions are looked at.
    """
    with noting(modules) as rules, ExitStack() as open_libraries:
        libraries = {one.name: open_libraries.enter_context(opened_library(one, folder)) for one in sets}
        asked = _ask(libraries, [(one.name, question) for one in sets for question in one.questions], rules)
        of_rule = {rule.name: [one for one in asked if rule.name in one.matched] for rule in rules}
        for rule in sorted(rules, key=lambda rule: len(of_rule[rule.name])):
            before = of_rule[rule.name]
            rule.off = True
            after = _ask(libraries, [(one.place, one.question) for one in before], ())
            rule.off = False
            yield rule.name, _worth(before, after)


@contextmanager
def noting(modules: Iterable[ModuleType]) -> Iterator[list[Rule]]:
    """Put a rule in the place of each regular expression of some modules, wherever it is imported."""
    rules: dict[int, Rule] = {}
    for module in modules:
        for name, value in vars(module).items():
            for where, pattern in _patterns(f"{module.__name__}.{name}", value):
                rules.setdefault(id(pattern), Rule(where, pattern))
    loaded = [module for module in sys.modules.values() if isinstance(module, ModuleType)]
    changed = [
        (module, name, value)
        for module in loaded
        for name, value in list(vars(module).items())
        if any(id(pattern) in rules for _, pattern in _patterns(name, value))
    ]
    try:
        for module, name, value in changed:
            setattr(module, name, _noted(value, rules))
        yield list(rules.values())
    finally:
        for module, name, value in changed:
            setattr(module, name, value)


def _patterns(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the expressions of a variable, tuples and tables of them included, with their places."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, tuple | dict) and not name.endswith("__"):
        places = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in places:
            if isinstance(inner, tuple | re.Pattern):
                yield from _patterns(f"{name}[{key}]", inner)


def _noted(value: object, rules: Mapping[int, Rule]) -> object:
    """Return a variable with rules in the place of its expressions."""
    if isinstance(value, tuple):
        return tuple(_noted(inner, rules) for inner in value)
    if isinstance(value, dict):
        return {key: _noted(inner, rules) for key, inner in value.items()}
    return rules.get(id(value), value)


def _ask(
    libraries: Mapping[str, PolicyLibrary],
    questions: Iterable[tuple[str, GoldenQuestion]],
    rules: Iterable[Rule],
) -> list[Asked]:
    # What an assistant learns of its library is learnt anew where a rule is off.
    assistants = {
        name: Assistant(one, AssistantSettings.model_construct()) for name, one in libraries.items()
    }
    asked = []
    for place, question in questions:
        for rule in rules:
            rule.matched = False
        (outcome,) = examine(assistants[place], libraries[place], (question,), "extractive").outcomes
        matched = frozenset(rule.name for rule in rules if rule.matched)
        asked.append(Asked(place, question, outcome, matched))
    return asked


def _worth(before: Sequence[Asked], after: Sequence[Asked]) -> Worth:
    pairs = [(one.outcome, other.outcome) for one, other in zip(before, after, strict=True)]
    answerable = [pair for pair in pairs if pair[0].question.answerable]
    others = [pair for pair in pairs if not pair[0].question.answerable]
    return Worth(
        matched=len(pairs),
        changed=sum(one.answer.text != other.answer.text for one, other in pairs),
        right=sum(is_right(other) - is_right(one) for one, other in answerable),
        refused_wrongly=sum(other.answer.refused - one.answer.refused for one, other in answerable),
        refused_rightly=sum(other.answer.refused - one.answer.refused for one, other in others),
        cited=sum(other.cited.hits - one.cited.hits for one, other in answerable),
    )


if __name__ == "__main__":
    sys.exit(main())
