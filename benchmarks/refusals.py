"""Calibrates refusing: right refusals against wrong ones at every strictness.

    python -m benchmarks.refusals QUESTIONS.jsonl DOCUMENTS [--picture curve.svg] [--json]

DOCUMENTS is the folder that the questions are about. Questions that ought to be refused are made of those
that can be answered (`benchmarks/unanswerable.py`); each is asked with thresholds
(`assistant/choosing/thresholds.py`) from none to strict, all of them scaled together and each by itself.
Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from assistant.assistant import Assistant
from assistant.choosing.thresholds import CALIBRATED, Thresholds
from assistant.evaluation.matching import comparable
from assistant.evaluation.outcome import Tally
from assistant.evaluation.questions import GoldenQuestion, read_questions
from assistant.settings import AssistantSettings
from assistant.understanding.names import learn_names
from benchmarks.curve import Point, curve
from benchmarks.unanswerable import Unanswerable, unanswerable
from ingest.pipeline import ingest
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_SCALES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.15, 1.3, 1.5, 2.0)
_ALONE = (0.0, 0.5, 1.5, 2.0)
# Documents are taken out in at most so many bundles, each from a copy of the library.
_LIBRARIES = 12


@dataclass(frozen=True, slots=True)
class Setting:
    """Thresholds with the words that tell them."""

    label: str
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Row:
    """What a setting comes to: wrong refusals, right ones in all, and by the way they were made."""

    setting: Setting
    wrong: Tally
    right: Tally
    by_way: Mapping[str, Tally]


def main() -> int:
    """Measure every setting and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("questions", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--picture", type=Path, help="where the curve is drawn to, as SVG")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    together = [Setting(f"× {scale:g}", _scaled(scale)) for scale in _SCALES]
    alone = [
        Setting(f"{name.name} × {scale:g}", _scaled(scale, name.name))
        for name in fields(Thresholds)
        for scale in _ALONE
    ]
    rows = _measure(read_questions(options.questions), options.documents, [*together, *alone])
    first, second = rows[: len(together)], rows[len(together) :]
    if options.picture:
        points = [_point(row) for row in first]
        options.picture.write_text(curve(points, "误拒与应拒：各严格程度"), encoding="utf-8")
    if options.json:
        sys.stdout.write(json.dumps([_record(row) for row in rows], ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{_table(first)}\n{_table(second)}")
    return 0


def _scaled(scale: float, only: str = "") -> Thresholds:
    values = {
        name: min(1.0, value * scale) if only in ("", name) else value
        for name, value in asdict(CALIBRATED).items()
    }
    return Thresholds(**values)


def _measure(questions: Sequence[GoldenQuestion], documents: Path, settings: Sequence[Setting]) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "library"
        with PolicyLibrary.open(LibrarySettings.in_folder(whole)) as library:
            ingest([documents], library)
            texts = {document.id: comparable(library.text(document.id)) for document in library.documents()}
            made = list(unanswerable(questions, texts, learn_names(library.documents())))
            answerable = [question for question in questions if question.answerable]
            wrong = {setting: _refused(library, answerable, setting) for setting in settings}
        right: dict[Setting, dict[str, Tally]] = {setting: {} for setting in settings}
        for number, (without, asked) in enumerate(_bundles(made).items()):
            lacking = Path(folder) / str(number)
            shutil.copytree(whole, lacking)
            with PolicyLibrary.open(LibrarySettings.in_folder(lacking)) as library:
                _take_out(library, without)
                _add_refusals(right, library, asked)
    return [
        Row(setting, wrong[setting], sum(ways.values(), Tally()), ways) for setting, ways in right.items()
    ]


def _bundles(made: Iterable[Unanswerable]) -> dict[frozenset[str], list[Unanswerable]]:
    """Bring questions together that are asked of the same library: documents taken out → questions."""
    by_documents: dict[frozenset[str], list[Unanswerable]] = defaultdict(list)
    for one in made:
        by_documents[one.without].append(one)
    bundles = {frozenset[str](): by_documents.pop(frozenset(), [])}
    parts = list(by_documents.items())
    for start in range(min(_LIBRARIES, len(parts))):
        together = parts[start::_LIBRARIES]
        without = frozenset[str]().union(*(documents for documents, _ in together))
        bundles[without] = [one for _, part in together for one in part]
    return bundles


def _take_out(library: PolicyLibrary, documents: Iterable[str]) -> None:
    with library.write() as writer:
        for document_id in documents:
            writer.remove(document_id)


def _add_refusals(
    right: Mapping[Setting, dict[str, Tally]], library: PolicyLibrary, asked: Sequence[Unanswerable]
) -> None:
    for way in dict.fromkeys(one.way for one in asked):
        questions = [one.question for one in asked if one.way == way]
        for setting, ways in right.items():
            ways[way] = ways.get(way, Tally()) + _refused(library, questions, setting)


def _refused(library: PolicyLibrary, questions: Iterable[GoldenQuestion], setting: Setting) -> Tally:
    assistant = Assistant(library, AssistantSettings.model_construct(), setting.thresholds)
    refusals = [
        assistant.ask(question.text, question.history, mode="extractive").answer.refused
        for question in questions
    ]
    return Tally(sum(refusals), len(refusals))


def _table(rows: Sequence[Row]) -> str:
    ways = list(dict.fromkeys(way for row in rows for way in row.by_way))
    lines = [
        f"| 门槛 | 误拒 | 应拒已拒 | {' | '.join(ways)} |",
        f"| --- |{' ---: |' * (2 + len(ways))}",
    ]
    for row in rows:
        tallies = (row.wrong, row.right, *(row.by_way.get(way, Tally()) for way in ways))
        lines.append(f"| {row.setting.label} | {' | '.join(_cell(tally) for tally in tallies)} |")
    return "\n".join(lines) + "\n"


def _cell(tally: Tally) -> str:
    return "—" if tally.share is None else f"{tally.share:.3f} ({tally.hits}/{tally.of})"


def _point(row: Row) -> Point:
    calibrated = row.setting.thresholds == CALIBRATED
    return Point(row.wrong.share or 0.0, row.right.share or 0.0, row.setting.label, marked=calibrated)


def _record(row: Row) -> dict[str, object]:
    return {
        "setting": row.setting.label,
        "thresholds": asdict(row.setting.thresholds),
        "refused_wrong": row.wrong.share,
        "refused_right": row.right.share,
        "by_way": {way: tally.share for way, tally in row.by_way.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
