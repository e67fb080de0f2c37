"""The gate: every question set at hand, beside the simplest method and the figures last kept.

    python -m benchmarks.gate SHARED [--folder KEPT] [--more SET]... [--only NAME]... [--keep]
        [--ablations] [--alone]

SHARED is the folder of the sets (`golden`, `golden-2`, `documents`, `benchmarks`); the project's examples
are asked in any case, and the sets of one's own that `--more` names (a folder with `documents` and
`questions.jsonl`). The simplest method answers with the 300 characters of the first passage found that
share most character bigrams with the question. Intervals are bootstrapped over questions (Efron 1979), 95 %.
A change stays where the sets together gain by it and none loses beyond its interval. `--ablations` asks again
with each form of answer switched off, `--alone` asks each document of a set in a library of its own, too.
`--keep` writes the figures to `benchmarks/gate.json`. With POLICY_EMBEDDING_MODEL set, all is found with that
embedding, whose vectors are kept in the folder.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.assistant import Assistant
from assistant.drafting.drafting import FORMS
from assistant.evaluation.examination import examine
from assistant.evaluation.matching import comparable, holds, unmarked
from assistant.evaluation.outcome import Outcome
from assistant.settings import AssistantSettings
from assistant.types import Certainty
from benchmarks.embedded import opened_library
from benchmarks.question_sets import QuestionSet, sets_parser, single_documents, wanted_sets
from vectorstore.segmentation import fold

_KEPT = Path(__file__).with_name("gate.json")
_WINDOW, _STEP = 300, 20
_SAMPLES, _SEED = 1000, 7


@dataclass(frozen=True, slots=True)
class SetFigures:
    """What a set comes to: shares of its questions, 0 to 1, and characters.

    Attributes:
        right: answered with all that a right answer holds; refused, where that is right.
        low, high: interval of `right`.
        simplest: the same for the simplest method; None where refusing is right.
        refused, doubtful: share of all questions.
        recall: share of the evidence found within ten passages; None where there is none.
        characters: median length of an answer.
    """

    right: float
    low: float
    high: float
    simplest: float | None
    refused: float
    doubtful: float
    cited: float | None
    recall: float | None
    characters: float


def main() -> int:
    """Ask every set and print the table."""
    parser = sets_parser(__doc__)
    parser.add_argument("--keep", action="store_true", help="keep the figures")
    parser.add_argument("--ablations", action="store_true", help="ask again with each form switched off")
    parser.add_argument("--alone", action="store_true", help="ask each document in a library of its own, too")
    options = parser.parse_args()
    sets = wanted_sets(options)
    kept = json.loads(_KEPT.read_text(encoding="utf-8")) if _KEPT.exists() else {}
    figures = dict(_measured(sets, options.folder, FORMS))
    if options.alone:
        figures |= _measured_alone(sets, options.folder)
    sys.stdout.write(_table(figures, kept))
    if options.ablations:
        sys.stdout.write(_ablations(sets, figures, options.folder))
    if options.keep:
        record = {
            name: {"right": one.right, "refused": one.refused, "doubtful": one.doubtful}
            for name, one in figures.items()
        }
        _KEPT.write_text(json.dumps(kept | record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _measured(
    sets: Sequence[QuestionSet], folder: Path, forms: Collection[str]
) -> Iterator[tuple[str, SetFigures]]:
    for one in sets:
        yield from _rows(one.name, _outcomes(one, folder, forms))


def _measured_alone(sets: Sequence[QuestionSet], folder: Path) -> Iterator[tuple[str, SetFigures]]:
    """Yield the figures of sets of a few documents, each of which is alone in its library."""
    for one in sets:
        alone = single_documents(one, folder)
        outcomes = [outcome for each in alone for outcome in _outcomes(each, folder, FORMS)]
        yield from _rows(f"{one.name}, alone", outcomes)


def _outcomes(one: QuestionSet, folder: Path, forms: Collection[str]) -> Sequence[Outcome]:
    with opened_library(one, folder) as library:
        assistant = Assistant(library, AssistantSettings.model_construct(), forms)
        return examine(assistant, library, one.questions, "extractive").outcomes


def _rows(name: str, outcomes: Sequence[Outcome]) -> Iterator[tuple[str, SetFigures]]:
    for answerable in (True, False):
        some = [outcome for outcome in outcomes if outcome.question.answerable is answerable]
        if some:
            yield name + ("" if answerable else " (to be refused)"), _figures(some)


def _figures(outcomes: Sequence[Outcome]) -> SetFigures:
    right = [is_right(outcome) for outcome in outcomes]
    answerable = outcomes[0].question.answerable
    low, high = _interval(right)
    cited = [outcome.cited for outcome in outcomes]
    ranks = [rank for outcome in outcomes for rank in outcome.ranks]
    return SetFigures(
        right=statistics.mean(right),
        low=low,
        high=high,
        simplest=statistics.mean(map(_simplest, outcomes)) if answerable else None,
        refused=statistics.mean(outcome.answer.certainty is Certainty.NONE for outcome in outcomes),
        doubtful=statistics.mean(outcome.answer.certainty is Certainty.DOUBTFUL for outcome in outcomes),
        cited=sum(one.hits for one in cited) / evidence
        if (evidence := sum(one.of for one in cited))
        else None,
        recall=statistics.mean(rank > 0 for rank in ranks) if ranks and answerable else None,
        characters=statistics.median(outcome.length for outcome in outcomes),
    )


def is_right(outcome: Outcome) -> bool:
    """Return whether a question was answered right; where a record is the proof, signs do not count."""
    if not outcome.question.gold or not outcome.question.answerable:
        return outcome.right
    return not outcome.answer.refused and _holds_all(outcome, unmarked(outcome.answer.text))


def _holds_all(outcome: Outcome, text: str) -> bool:
    bare = _bare(text)
    plain = comparable(text)
    exact = bool(outcome.question.gold)
    return all(
        any(
            _bare(choice) in bare if exact else holds(plain, comparable(choice)) for choice in item.split("|")
        )
        for item in outcome.question.must_include
    )


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _simplest(outcome: Outcome) -> bool:
    """Return whether the 300 characters of the first passage that share most with the question answer it."""
    if not outcome.hits:
        return False
    text, asked = outcome.hits[0].passage.text, _bare(outcome.question.text)
    pairs = {asked[at : at + 2] for at in range(len(asked) - 1)}

    def shared(start: int) -> int:
        window = _bare(text[start : start + _WINDOW])
        return sum(window[at : at + 2] in pairs for at in range(len(window) - 1))

    start = max(range(0, max(1, len(text) - _WINDOW + 1), _STEP), key=shared)
    return _holds_all(outcome, text[start : start + _WINDOW])


def _interval(right: Sequence[bool]) -> tuple[float, float]:
    chance = random.Random(_SEED)  # noqa: S311  (the same samples every time)
    means = sorted(statistics.mean(chance.choices(right, k=len(right))) for _ in range(_SAMPLES))
    return means[int(0.025 * _SAMPLES)], means[int(0.975 * _SAMPLES)]


def _table(figures: dict[str, SetFigures], kept: dict[str, dict[str, float]]) -> str:
    lines = [
        "| set | right | 95 % | last kept | simplest | refused | doubtful | cited | recall@10 | characters |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, one in figures.items():
        before = kept.get(name, {}).get("right")
        cells = (
            name,
            _share(one.right),
            f"{_share(one.low)}–{_share(one.high)}",
            *map(_share, (before, one.simplest, one.refused, one.doubtful, one.cited, one.recall)),
            f"{one.characters:.0f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _ablations(sets: Sequence[QuestionSet], figures: dict[str, SetFigures], folder: Path) -> str:
    """Return what is right without each form of answer, less what is right with it."""
    lines = [f"| without | {' | '.join(figures)} |", f"| --- |{' --- |' * len(figures)}"]
    for name in FORMS:
        rest = dict(_measured(sets, folder, [form for form in FORMS if form != name]))
        cells = (f"{rest[one].right - before.right:+.3f}" for one, before in figures.items())
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(["", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
