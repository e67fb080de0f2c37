"""Facts read held against those that a person wrote down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ingest.facts.reading import read_facts
from ingest.parsing import parse
from vectorstore.facts import Indicator


@dataclass(frozen=True, slots=True)
class Score:
    """What was read and what should have been.

    Attributes:
        wrong: read, and not written down.
        missed: written down, and not read.
        right: how many are both.
    """

    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    right: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed) or 1)


def indicator_score(document: Path, annotated: Path) -> Score:
    """Compare the indicators of a document with a table.

    Its columns: name, region, year, comparator, value, unit, kind of value, measure.
    """
    parsed = parse(document.read_bytes(), document.name)
    reading = read_facts(parsed)
    assert not reading.problem, reading.problem
    for fact in reading.facts:
        assert parsed.text[fact.start : fact.end] == fact.quote
    wanted = [line.split("|") for line in annotated.read_text(encoding="utf-8").splitlines() if line.strip()]
    wrong = []
    right = 0
    for fact in reading.facts:
        if not isinstance(fact.statement, Indicator):
            continue
        said = _fields(fact.statement, parsed.document.region)
        same = next((one for one in wanted if _agree(one, said)), None)
        if same is None:
            wrong.append("|".join(said) + "  <- " + fact.quote[-60:].replace("\n", " "))
        else:
            wanted.remove(same)
            right += 1
    return Score(tuple(wrong), tuple("|".join(one) for one in wanted), right)


def _fields(said: Indicator, own: str) -> list[str]:
    region = "" if said.region == own else said.region
    years = f"{said.year}-{said.until}" if said.until else str(said.year)
    return [
        said.normal_name,
        region,
        years,
        said.comparator,
        said.value,
        said.unit,
        said.value_kind.value,
        said.measure,
    ]


def _agree(wanted: list[str], said: list[str]) -> bool:
    names = [re.sub(r"[\s“”（）()《》]", "", name) for name in (wanted[0], said[0])]
    return wanted[1:] == said[1:] and (names[0] in names[1] or names[1] in names[0])
