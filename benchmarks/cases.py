"""Questions with what was found for them, as the answering is fitted on: answerable ones and others.

Unanswerable are those of the sets that no document answers, ones whose proof is taken out of what was found,
and ones whose year, place or quantity is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.matching import comparable, holds
from assistant.evaluation.questions import GoldenQuestion
from assistant.question import Question, understand
from assistant.retriever import find, term_weights
from assistant.selecting.candidates import Candidate, candidates_of
from assistant.selecting.places import holds_for
from assistant.selecting.query_profile import QueryProfile, profile_of
from assistant.selecting.sentence_features import SENTENCE_FEATURES, sentence_features
from assistant.selecting.units import Unit, units_of
from assistant.types import Hit
from assistant.understanding.names import Names, learn_names
from benchmarks.embedded import opened_library
from benchmarks.question_sets import QuestionSet, single_documents
from benchmarks.unanswerable import GIVEN, SWAPS, unanswerable
from vectorstore.library import PolicyLibrary

PROOF_OUT, FOREIGN = "证据不在所找段落中", "与资料无关"
# Of many documents only so many questions have their place or year changed; shorter references prove little.
_SOME_DOCUMENTS, _SWAPPED, _WORD_CHARS = 100, 200, 5
_THIRD, _HITS, _MORE_HITS = 3, 10, 24


@dataclass
class Case:
    """A question with what was found for it.

    Attributes:
        of: name of the set.
        group: its small set, or its record in a large one: what is judged by models fitted without it.
        way: how it was made unanswerable; "" for an answerable one.
        overlap: for each sentence the share of the reference that it holds.
        features: of each sentence, a row each.
        scores: of each sentence, from a scorer that has not seen its group.
        alone: whether its document is the only one of the library.
    """

    of: str
    group: str
    way: str
    wanted: tuple[tuple[str, ...], ...]
    question: Question
    profile: QueryProfile
    passages: tuple[Candidate, ...]
    overlap: NDArray[np.float64]
    features: NDArray[np.float64]
    scores: NDArray[np.float64]
    alone: bool = False

    def units(self) -> list[Unit]:
        """Return the best unit of each passage by the scores, best first."""
        return units_of(self.profile, self.passages, self.scores.tolist(), None)

    def right(self) -> bool:
        """Return whether the best unit holds all that a right answer holds."""
        unit = self.units()[0]
        said = comparable("".join(one.text for one in unit.passage.sentences[unit.first : unit.last + 1]))
        return all(any(bare(choice) in bare(said) for choice in item) for item in self.wanted)


def cases_of(one: QuestionSet, folder: Path) -> Iterator[Case]:
    """Yield the cases of a set.

    Args:
        one: a question set.
        folder: where libraries are kept from one run to the next.
    """
    with opened_library(one, folder) as library:
        names = learn_names(library.documents())
        questions = one.questions[::_THIRD] if one.name == "cross-script" else one.questions
        for question in questions:
            found = _found(library, question, names, _HITS)
            way = "" if question.answerable else GIVEN
            yield from _case(library, one.name, question, way, found, names)
            if question.answerable:
                more = _found(library, question, names, _MORE_HITS)
                rest = without_proof(more, partial(_proves, question))[:_HITS]
                yield from _case(library, one.name, question, PROOF_OUT, rest, names)
        few = len(library.documents()) < _SOME_DOCUMENTS
        texts = {each.id: comparable(library.text(each.id)) for each in library.documents()} if few else {}
        for made in unanswerable(questions if few else questions[:_SWAPPED], texts, names):
            if made.way in SWAPS:
                found = _found(library, made.question, names, _HITS)
                yield from _case(library, one.name, made.question, made.way, found, names)


def cases_alone(one: QuestionSet, folder: Path) -> Iterator[Case]:
    """Yield the cases of a small set that are asked of one document alone (arguments as for `cases_of`)."""
    for each in single_documents(one, folder):
        for case in cases_of(each, folder):
            case.alone = True
            yield case


def foreign_cases(one: QuestionSet, folder: Path, questions: Sequence[GoldenQuestion]) -> Iterator[Case]:
    """Yield the cases of questions that are foreign to a set: asked of other documents of other places."""
    with opened_library(one, folder) as library:
        names = learn_names(library.documents())
        for question in questions:
            found = _found(library, question, names, _HITS)
            yield from _case(library, one.name, question, FOREIGN, found, names)


def _found(library: PolicyLibrary, question: GoldenQuestion, names: Names, limit: int) -> list[Hit]:
    return find(library, understand(question.text, question.history, names), limit)


def without_proof(hits: Sequence[Hit], proves: Callable[[Hit], bool]) -> list[Hit]:
    """Return hits as they would be found if what proves the answer stood in no document.

    The nearest that is left has the similarity 1, as the nearest has in any search: less would tell that
    something was taken out.

    Args:
        hits: what was found, best first.
        proves: whether a passage proves the answer.
    """
    left = [hit for hit in hits if not proves(hit)]
    nearest = max((hit.similarity or 0.0 for hit in left), default=0.0)
    scale = nearest if nearest > 0 else 1.0
    return [replace(hit, similarity=hit.similarity and hit.similarity / scale) for hit in left]


def _case(
    library: PolicyLibrary, name: str, golden: GoldenQuestion, way: str, hits: Sequence[Hit], names: Names
) -> Iterator[Case]:
    """Yield the case of a question; none where nothing was found or what is left answers it all the same."""
    question = understand(golden.text, golden.history, names)
    weights = term_weights(library, question)
    passages = candidates_of([hit for hit in hits if holds_for(question, hit)] or hits, weights)
    if not passages:
        return
    profile = profile_of(question, weights, library.rarity(question.search), passages)
    overlap = np.concatenate([_overlap(golden, passage) for passage in passages])
    if way == PROOF_OUT and overlap.max() >= 1:
        return
    rows = np.asarray(sentence_features(profile, passages))
    rows = rows if library.has_embedding else rows[:, : len(SENTENCE_FEATURES)]
    yield Case(
        of=name,
        group=golden.gold[0] if golden.gold and way != FOREIGN else name,
        way=way,
        wanted=tuple(tuple(item.split("|")) for item in golden.must_include),
        question=question,
        profile=profile,
        passages=passages,
        overlap=overlap,
        features=rows,
        scores=np.zeros(len(rows)),
    )


def _proves(question: GoldenQuestion, hit: Hit) -> bool:
    """Return whether a passage proves the answer, or belongs to the record that does."""
    if question.gold:
        return hit.document.source.rpartition("#")[2] in question.gold
    text = comparable(hit.passage.text)
    if any(comparable(piece) in text for piece in question.evidence):
        return True
    return bool(question.must_include) and all(
        any(holds(text, comparable(choice)) for choice in item.split("|")) for item in question.must_include
    )


def _overlap(question: GoldenQuestion, passage: Candidate) -> NDArray[np.float64]:
    """Return the share of the evidence, or of the reference answer, that each sentence of a passage holds."""
    texts = [bare(sentence.text) for sentence in passage.sentences]
    whole = "".join(texts)
    starts = np.cumsum([0, *map(len, texts)])
    wanted = question.evidence or [choice for item in question.must_include for choice in item.split("|")]
    record = passage.hit.document.source.rpartition("#")[2]
    overlap = np.zeros(len(texts))
    for piece in filter(None, map(bare, wanted)):
        # A word or two stand in many a text that does not answer.
        if question.gold and len(piece) < _WORD_CHARS and record not in question.gold:
            continue
        at = whole.find(piece)
        while at >= 0:
            shared = np.minimum(at + len(piece), starts[1:]) - np.maximum(at, starts[:-1])
            overlap = np.maximum(overlap, np.maximum(shared, 0) / len(piece))
            at = whole.find(piece, at + 1)
    return overlap


def bare(text: str) -> str:
    """Return the letters and figures of a text alone, for comparing."""
    return "".join(filter(str.isalnum, comparable(text))).lower()
