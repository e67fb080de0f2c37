"""How rightly facts are read from documents; run by hand.

    python -m benchmarks.facts [--more FOLDER] [--show] [--document WORDS]

It prints precision and recall of each kind of fact, on the documents that the rules were written with and on
those that they were not, as a Markdown table. A folder with more annotations gives a column of its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.facts.annotations import ANNOTATED, AnnotatedDocument, annotated_in
from benchmarks.facts.scoring import Score, scores_of, summed
from vectorstore.facts import FactKind


def main() -> None:
    """Read, compare and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--more", type=Path, help="a folder with more annotated documents")
    parser.add_argument("--show", action="store_true", help="list what is wrong and what was missed")
    parser.add_argument("--document", default="", help="only documents whose name holds these words")
    given = parser.parse_args()
    columns: dict[str, list[AnnotatedDocument]] = {"tuning": [], "held_out": []}
    for document in annotated_in(ANNOTATED):
        columns[document.half].append(document)
    if given.more:
        columns["more"] = list(annotated_in(given.more))
    totals = {
        name: summed(
            _scored(document, name, show=given.show)
            for document in documents
            if given.document in document.path.name
        )
        for name, documents in columns.items()
    }
    print("| kind | " + " | ".join(f"{name}: precision, recall (facts)" for name in totals) + " |")
    print("|---" * (len(totals) + 1) + "|")
    for kind in FactKind:
        cells = (_cell(total.get(kind, Score())) for total in totals.values())
        print(f"| {kind.value} | " + " | ".join(cells) + " |")


def _scored(document: AnnotatedDocument, half: str, *, show: bool) -> dict[FactKind, Score]:
    scores = scores_of(document)
    if show:
        print(f"\n## {document.path.name} ({half})\n")
        for kind, score in scores.items():
            for word, lines in (("wrong", score.wrong), ("missed", score.missed)):
                for line in lines:
                    print(f"- {kind.value}, {word}: {line}")
    return scores


def _cell(score: Score) -> str:
    if not (score.right or score.wrong or score.missed):
        return "–"
    return f"{score.precision:.3f}, {score.recall:.3f} ({score.right + len(score.missed)})"


if __name__ == "__main__":
    main()
