"""How fast the ledger of facts answers, and how that grows with the facts; run by hand.

    python -m benchmarks.ledger [--sizes 10000 100000]

It prints a Markdown table: milliseconds of processor time for each question, the median of five, and beside
it when the same is asked again. What is asked of a page is how many facts there are and twenty of them, as
the page, the command and the HTTP service ask. All sizes are measured in one run, so that their ratios mean
something; by the clock a loaded machine takes longer.
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
from statistics import median

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
Ask = Callable[[Ledger], object]
Questions = dict[str, Ask]

_A_DOCUMENT = 200
_ROUNDS, _SHOWN = 5, 20
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
    print("| question | " + " | ".join(f"{size:,} facts, ms | again" for size in sizes) + " |")
    print("|---" * (2 * len(sizes) + 1) + "|")
    for question in measured[0]:
        told = (f"{spent:.0f}" for one in measured for spent in one[question])
        print(f"| {question} | " + " | ".join(told) + " |")
    return 0


def _measured(size: int) -> dict[str, tuple[float, float]]:
    return _of_facts(size, _figure, _OF_FIGURES) | _of_facts(size, _other, _OF_OTHERS)


def _of_facts(size: int, fact: Maker, questions: Questions) -> dict[str, tuple[float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        settings = LibrarySettings(policy_data_dir=Path(folder))
        with PolicyLibrary.open(settings) as library, library.write() as writer:
            for number in range(size // _A_DOCUMENT):
                writer.put(_document(number, fact))
        return {name: _spent(settings, ask) for name, ask in questions.items()}


def _page(wanted: FactFilter, share: float = 0.0) -> Ask:
    """Ask how many there are, and for twenty of them from a share of the way on."""

    def ask(ledger: Ledger) -> None:
        count = ledger.count(wanted)
        ledger.facts(wanted, int(max(0, count - _SHOWN) * share), _SHOWN)

    return ask


_DAY = date(2026, 6, 1)
_OF_FIGURES: Questions = {
    "figures, first page": _page(_INDICATORS),
    "figures, halfway": _page(_INDICATORS, 0.5),
    "figures, last page": _page(_INDICATORS, 1.0),
    "of a region": _page(FactFilter(FactKind.INDICATOR, region="第7区")),
    "of a word of regions": _page(FactFilter(FactKind.INDICATOR, region="7区")),
    "of a year": _page(FactFilter(FactKind.INDICATOR, year=2030)),
    "of a name": _page(FactFilter(FactKind.INDICATOR, name="指标77")),
    "of a value type, far on": _page(FactFilter(FactKind.INDICATOR, value_kind=ValueKind.TARGET), 0.7),
    "with a word that all have": _page(FactFilter(FactKind.INDICATOR, text="软件")),
    "with a word that none has": _page(FactFilter(FactKind.INDICATOR, text="渔船")),
    "of a document": _page(FactFilter(FactKind.INDICATOR, document=f"{3:016}")),
    "of a document and a year": _page(FactFilter(FactKind.INDICATOR, document=f"{3:016}", year=2030)),
    "regions to choose from": lambda ledger: ledger.regions(),
}
_OF_OTHERS: Questions = {
    "deadlines to come": _page(FactFilter(FactKind.DEADLINE, since=_DAY)),
    "deadlines over": _page(FactFilter(FactKind.DEADLINE, before=_DAY)),
    "duties of a body": _page(FactFilter(FactKind.TASK, body="第7局")),
    "duties of no such body": _page(FactFilter(FactKind.TASK, body="渔业局")),
    "measures by sum": _page(FactFilter(FactKind.MEASURE)),
    "measures with a word that all have": _page(FactFilter(FactKind.MEASURE, text="软件")),
    "measures with a word that none has": _page(FactFilter(FactKind.MEASURE, text="渔船")),
    "bodies to choose from": lambda ledger: ledger.bodies,
}


def _spent(settings: LibrarySettings, ask: Ask) -> tuple[float, float]:
    """What asking takes a ledger that was not asked this before, and what it takes again."""
    new, again = [], []
    for _ in range(_ROUNDS):
        with PolicyLibrary.open(settings) as library:
            ledger = library.ledger
            ledger.facts(_INDICATORS, 0, 1)  # finds what contradicts what, once for a generation
            began = time.process_time()
            ask(ledger)
            once = time.process_time()
            ask(ledger)
            new.append(once - began)
            again.append(time.process_time() - once)
    return median(new) * 1000, median(again) * 1000


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
