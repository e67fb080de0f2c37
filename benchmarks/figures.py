"""How often a figure that a person found in a document is told when it is asked for; run by hand.

    python -m benchmarks.figures

Each annotated indicator of a year becomes a question of its place, year and name, put to a library of all the
annotated documents. Prints a Markdown table: how many answers have the figure in their first line, how many
anywhere, with the ledger's own form of answer and without it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant
from assistant.drafting.drafting import FORMS
from assistant.settings import AssistantSettings
from benchmarks.facts.annotations import ANNOTATED, annotated_in
from ingest.pipeline import parse
from vectorstore.facts import FactKind
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.settings import LibrarySettings


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """A question with the figure that answers it.

    Attributes:
        text: the question.
        figure: the figure with its unit, folded.
        half: tuning or held_out, of the annotated document.
    """

    text: str
    figure: str
    half: str


def main() -> None:
    """Ask and print."""
    with tempfile.TemporaryDirectory() as folder:
        library = PolicyLibrary.open(LibrarySettings.in_folder(Path(folder)))
        questions = list(_questions(library))
        print("| answers | half | questions | in the first line | anywhere | refused |")
        print("|---|---|---:|---:|---:|---:|")
        for name, forms in (("with the ledger's figure", FORMS), ("without", set(FORMS) - {"figure"})):
            for half in ("tuning", "held_out"):
                _print_row(library, name, forms, [one for one in questions if one.half == half], half)


def _questions(library: PolicyLibrary) -> Iterator[FigureQuestion]:
    documents = list(annotated_in(ANNOTATED))
    with library.write() as writer:
        for document in documents:
            writer.put(parse(document.path.read_bytes(), document.path.name))
    regions = {document.source: document.region for document in library.documents()}
    asked: set[str] = set()
    for document in documents:
        for one in document.annotations:
            said = {
                name: one.field(name).accepted[0]
                for name in ("name", "region", "years", "value", "unit", "measure")
            }
            if (
                one.kind is not FactKind.INDICATOR
                or one.optional
                or said["measure"]
                or len(said["years"]) != 4
            ):
                continue
            text = f"{said['region'] or regions[document.path.name]}{said['years']}年{said['name']}是多少？"
            if text not in asked:
                asked.add(text)
                yield FigureQuestion(text, fold(said["value"] + said["unit"]), document.half)


def _print_row(
    library: PolicyLibrary,
    name: str,
    forms: Collection[str],
    questions: Collection[FigureQuestion],
    half: str,
) -> None:
    assistant = Assistant(library, AssistantSettings(), forms)
    first = anywhere = refused = 0
    for question in questions:
        answer = assistant.ask(question.text).answer
        text = fold(answer.text)
        anywhere += not answer.refused and question.figure in text
        first += not answer.refused and question.figure in fold(answer.text.split("\n")[0])
        refused += answer.refused
    count = len(questions) or 1
    cells = (
        name,
        half,
        len(questions),
        f"{first / count:.3f}",
        f"{anywhere / count:.3f}",
        f"{refused / count:.3f}",
    )
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    main()
