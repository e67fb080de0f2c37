"""The question sets at hand, each with a library of its documents."""

from __future__ import annotations

import json
import random
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import opencc
from pypinyin import lazy_pinyin

from assistant.evaluation.matching import comparable
from assistant.evaluation.questions import GoldenQuestion, read_questions
from assistant.question import understand
from assistant.retriever import find
from assistant.understanding.names import learn_names
from ingest.pipeline import ingest
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_PROJECT = Path(__file__).parents[1]
# Documents of many kinds about made-up places, with questions as different people ask them.
_MADE_UP = Path(__file__).with_name("made_up")
_LEFT_OUT, _SEED = 150, 7


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions with the documents that they are asked of.

    Attributes:
        name: as the tables show it.
        documents: folder or file that is ingested.
        questions: what is asked.
        left_out: ids of the records that are kept out of the library.
        whole: the set whose documents these are some of.
    """

    name: str
    documents: Path
    questions: tuple[GoldenQuestion, ...]
    left_out: frozenset[str] = frozenset()
    whole: QuestionSet | None = None


def sets_parser(doc: str | None) -> ArgumentParser:
    """Return a parser of the options that say which sets are asked, and where their libraries are kept."""
    parser = ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--folder", type=Path, default=Path("build") / "gate")
    parser.add_argument(
        "--more", action="append", type=Path, default=[], help="a folder with a set of one's own"
    )
    parser.add_argument("--only", action="append", default=[], help="name of a set; may be given again")
    return parser


def wanted_sets(options: Namespace) -> list[QuestionSet]:
    """Return the sets that the options of `sets_parser` name; all of them where they name none."""
    sets = question_sets(options.shared, options.more)
    return [one for one in sets if not options.only or one.name in options.only]


def question_sets(shared: Path, more: Sequence[Path] = ()) -> Iterator[QuestionSet]:
    """Yield every set at hand.

    Args:
        shared: folder with `golden`, `golden-2`, `documents` and `benchmarks`; sets that are not there are
            left out.
        more: folders of one's own sets, each with `documents` and `questions.jsonl`.
    """
    for folder in (*sorted(_MADE_UP.iterdir()), *more):
        name = f"made-up {folder.name}" if folder.parent == _MADE_UP else folder.name
        yield _set(name, folder / "documents", folder / "questions.jsonl")
    yield _set("examples", _PROJECT / "examples", _PROJECT / "tests" / "data" / "questions.jsonl")
    benchmarks = shared / "benchmarks"
    places = (
        ("golden", shared / "documents", shared / "golden" / "questions.jsonl"),
        ("colloquial", shared / "documents", shared / "golden" / "colloquial.jsonl"),
        ("golden-2", shared / "golden-2" / "documents", shared / "golden-2" / "questions.jsonl"),
        (
            "policy-qa",
            benchmarks / "policy-qa" / "documents.jsonl",
            benchmarks / "policy-qa" / "questions.jsonl",
        ),
        (
            "cross-script",
            benchmarks / "cross-script" / "documents.jsonl",
            benchmarks / "cross-script" / "questions.jsonl",
        ),
    )
    there = {name: _set(name, *files) for name, *files in places if files[1].exists()}
    yield from there.values()
    if "golden" in there:
        yield from _reworded(there["golden"])
    if "policy-qa" in there:
        yield _unanswerable(there["policy-qa"])


def library_of(one: QuestionSet, folder: Path) -> PolicyLibrary:
    """Open the library of a set; the first time its documents are ingested.

    Args:
        one: a question set.
        folder: where libraries are kept from one run to the next.
    """
    home = home_of(one, folder)
    library = PolicyLibrary.open(LibrarySettings.in_folder(home))
    if not library.documents():
        source = one.documents
        if one.left_out:
            home.mkdir(parents=True, exist_ok=True)
            source = home / "documents.jsonl"
            kept = (
                line
                for line in one.documents.read_text(encoding="utf-8").splitlines()
                if json.loads(line)["id"] not in one.left_out
            )
            source.write_text("\n".join(kept), encoding="utf-8")
        ingest([source], library)
    return library


def single_documents(one: QuestionSet, folder: Path) -> tuple[QuestionSet, ...]:
    """Return each document of a set as a set of its own, as a library looks that has just been begun.

    Args:
        one: a question set.
        folder: where libraries are kept from one run to the next.

    Returns:
        Sets with the questions whose evidence the document holds, and those that no document answers for
        which it is the first found; none for a set that is one file of many records.
    """
    if not one.documents.is_dir():
        return ()
    files = {file.name: file for file in one.documents.rglob("*") if file.is_file()}
    with library_of(one, folder) as library:
        asked = _asked_of(one, library)
        sources = {key: files.get(PurePath(library.document(key).source).name) for key in asked}
    return tuple(
        QuestionSet(one.name, file, tuple(questions), whole=one)
        for key, questions in asked.items()
        if questions and (file := sources[key])
    )


def _asked_of(one: QuestionSet, library: PolicyLibrary) -> dict[str, list[GoldenQuestion]]:
    """Return document id → the questions of a set that are asked of it."""
    names = learn_names(library.documents())
    texts = {key: comparable(library.text(key)) for key in library.by_id}
    asked: dict[str, list[GoldenQuestion]] = {key: [] for key in texts}
    for question in one.questions:
        evidence = [comparable(each) for each in question.evidence]
        if question.answerable:
            of = [key for key, text in texts.items() if evidence and all(each in text for each in evidence)]
        else:
            first = find(library, understand(question.text, question.history, names), 1)
            of = [hit.document.id for hit in first]
        for key in of:
            asked[key].append(question)
    return asked


def home_of(one: QuestionSet, folder: Path) -> Path:
    """Return the folder of a set's library."""
    folder = folder / f"{one.name} alone" if one.whole else folder
    return folder / f"{one.documents.parent.name}-{one.documents.name}-{len(one.left_out)}"


def _set(name: str, documents: Path, questions: Path) -> QuestionSet:
    return QuestionSet(name, documents, read_questions(questions))


def _reworded(golden: QuestionSet) -> Iterator[QuestionSet]:
    """Yield the answerable questions in Traditional characters, and with one like-sounding wrong one."""
    traditional = opencc.OpenCC("s2t").convert
    asked = [one for one in golden.questions if one.answerable and not one.history]
    yield replace(
        golden,
        name="golden, Traditional",
        questions=tuple(replace(one, text=traditional(one.text)) for one in asked),
    )
    alike: dict[str, set[str]] = {}
    for character in sorted(
        {character for one in asked for character in one.text if "一" <= character <= "鿿"}
    ):
        alike.setdefault(lazy_pinyin(character)[0], set()).add(character)
    chance = random.Random(_SEED)  # noqa: S311  (the same wrong characters every time)
    yield replace(
        golden,
        name="golden, one wrong character",
        questions=tuple(replace(one, text=_misspelt(one.text, alike, chance)) for one in asked),
    )


def _misspelt(text: str, alike: dict[str, set[str]], chance: random.Random) -> str:
    places = [
        at
        for at, character in enumerate(text)
        if "一" <= character <= "鿿" and len(alike[lazy_pinyin(character)[0]]) > 1
    ]
    at = chance.choice(places)
    others = sorted(alike[lazy_pinyin(text[at])[0]] - {text[at]})
    return text[:at] + chance.choice(others) + text[at + 1 :]


def _unanswerable(policy: QuestionSet) -> QuestionSet:
    """Return questions whose documents are left out of the library, all at once."""
    chance = random.Random(_SEED)  # noqa: S311  (the same questions every time)
    asked = chance.sample(policy.questions, min(_LEFT_OUT, len(policy.questions)))
    return QuestionSet(
        "policy-qa, documents left out",
        policy.documents,
        tuple(replace(one, answerable=False) for one in asked),
        frozenset(name for one in asked for name in one.gold),
    )
