"""Made-up office files of every format: what is read of them is what was written."""

from __future__ import annotations

from collections import defaultdict

import pytest

from benchmarks.office.comparing import Score
from benchmarks.office.content import paper_of
from benchmarks.office.files import FORMATS, read

_FILES = 100
_LEAST = {
    "text": 0.999,
    "order": 0.99,
    "rows": 0.99,
    "headings": 0.99,
    "title": 0.98,
    "number": 0.98,
    "validity": 0.99,
    "date": 0.98,
    "issuer": 0.98,
}


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    """The counts of a hundred files, by format and of all of them."""
    found: dict[str, Score] = defaultdict(Score)
    formats = list(FORMATS)
    for seed in range(_FILES):
        name = formats[seed % len(formats)]
        file, score = read(seed, name)
        for key in (name, "all"):
            found[key].merge(score)
            found[key].faults += [f"{file.name}: {fault}" for fault in score.faults]
    return found


@pytest.mark.parametrize("kind", sorted(_LEAST))
def test_what_was_written_is_read(scores: dict[str, Score], kind: str) -> None:
    faults = [fault for fault in scores["all"].faults if kind in fault]
    assert scores["all"].all[kind] > 50, "too little to tell"
    assert scores["all"].share(kind) >= _LEAST[kind], "\n".join(faults[:10])


@pytest.mark.parametrize("name", ["docx", "html", "md", "txt", "xlsx", "csv"])
def test_formats_that_state_their_structure_lose_nothing(scores: dict[str, Score], name: str) -> None:
    assert scores[name].faults == []


def test_a_paper_is_the_same_every_time() -> None:
    assert paper_of(7) == paper_of(7)
    assert paper_of(7) != paper_of(8)
