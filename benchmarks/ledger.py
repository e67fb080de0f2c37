"""How fast the ledger of facts answers, and how that grows with the facts; run by hand.

    python -m benchmarks.ledger [--sizes 10000 100000]

It prints a Markdown table: milliseconds for each question, the best of five. All sizes are measured in one
run, so that their ratios mean something.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from vectorstore.facts import (
    Deadline,
    Fact,
    FactKind,
    FactReading,
    Indicator,
    Measure,
    Statement,
    Task,
    ValueKind,
)
from vectorstore.ledger import FactFilter, Ledger
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument, Passage, PassageKind, PolicyDocument, passage_id

Maker = Callable[[random.Random], Fact]
Questions = dict[str, Callable[[], object]]

_A_DOCUMENT = 200
_ROUNDS = 5
_WORDS = "全市软件业务收入达到800亿元"
_INDICATORS = FactFilter(FactKind.INDICATOR)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    sizes = parser.parse_args().sizes
    measured = [_measured(size) for size in sizes]
    print("| question | " + " | ".join(f"{size:,} facts" for size in sizes) + " |")
    print("|---" * (len(sizes) + 1) + "|")
    for question in measured[0]:
        print(f"| {question} | " + " | ".join(f"{one[question]:.0f} ms" for one in measured) + " |")
    return 0


def _measured(size: int) -> dict[str, float]:
    return _of_facts(size, _figure, _questions) | _of_facts(size, _other, _other_questions)


def _of_facts(size: int, fact: Maker, questions: Callable[[Ledger, int], Questions]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        settings = LibrarySettings(policy_data_dir=Path(folder))
        with PolicyLibrary.open(settings) as library:
            with library.write() as writer:
                for number in range(size // _A_DOCUMENT):
                    writer.put(_document(number, fact))
            return {name: _best(ask) for name, ask in questions(library.ledger, size).items()}


def _questions(ledger: Ledger, size: int) -> Questions:
    return {
        "first page": lambda: ledger.facts(_INDICATORS, 0, 20),
        "last page": lambda: ledger.facts(_INDICATORS, size - 20, 20),
        "one region": lambda: ledger.facts(FactFilter(FactKind.INDICATOR, region="7区"), 0, 20),
        "one year": lambda: ledger.facts(FactFilter(FactKind.INDICATOR, year=2030), 0, 20),
        "one name": lambda: ledger.facts(FactFilter(FactKind.INDICATOR, name="指标77"), 0, 20),
        "count of a year": lambda: ledger.count(FactFilter(FactKind.INDICATOR, year=2030)),
    }


def _other_questions(ledger: Ledger, _: int) -> Questions:
    day = date(2026, 6, 1)
    return {
        "coming deadlines": lambda: ledger.facts(FactFilter(FactKind.DEADLINE, since=day), 0, 20),
        "deadlines over, counted": lambda: ledger.count(FactFilter(FactKind.DEADLINE, before=day)),
        "duties of a body": lambda: ledger.facts(FactFilter(FactKind.TASK, body="第7局"), 0, 20),
        "measures by sum": lambda: ledger.facts(FactFilter(FactKind.MEASURE), 0, 20),
        "measures of no such word": lambda: ledger.facts(FactFilter(FactKind.MEASURE, text="渔船"), 0, 20),
    }


def _best(ask: Callable[[], object]) -> float:
    spent = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        ask()
        spent.append(time.perf_counter() - began)
    return min(spent) * 1000


def _document(number: int, fact: Maker) -> ParsedDocument:
    chance = random.Random(number)  # noqa: S311 - made-up figures, not a secret
    key = f"{number:016}"
    passage = Passage(passage_id(key, 0), key, 0, (), PassageKind.TEXT, _WORDS, None, 0, len(_WORDS))
    facts = tuple(fact(chance) for _ in range(_A_DOCUMENT))
    document = PolicyDocument(key, f"{number}.txt", key, f"规划{number}")
    return ParsedDocument(document, _WORDS, (passage,), facts=FactReading(facts))


def _figure(chance: random.Random) -> Fact:
    name, region = f"指标{chance.randrange(3000)}", f"第{chance.randrange(300)}区"
    value, year = str(chance.randrange(1000)), chance.randrange(2015, 2036)
    figure = Indicator(
        region, name, name, year, None, ValueKind.TARGET, "", value, "亿元", f"{value}00000000", "元"
    )
    return Fact(figure, 0, _WORDS, 0, len(_WORDS))


def _body(chance: random.Random) -> str:
    return f"第{chance.randrange(300)}局"


def _other(chance: random.Random) -> Fact:
    """A deadline, a duty or a measure."""
    day = date(2020, 1, 1) + timedelta(days=chance.randrange(4000))
    statement: Statement = chance.choice(
        (
            Deadline("apply", "", day.isoformat()),
            Task(
                "编制方案", (f"第{chance.randrange(300)}局",), (f"第{chance.randrange(300)}局",), "2027年底前"
            ),
            Measure("企业", f"{chance.randrange(1, 999)}万元"),
        )
    )
    return Fact(statement, 0, _WORDS, 0, len(_WORDS))


if __name__ == "__main__":
    sys.exit(main())
