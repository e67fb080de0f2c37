"""Finding passages: keyword and vector search fused, in the light of the whole document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cache
from itertools import zip_longest

from assistant.days import today
from assistant.fusion.keyword_scores import WORDING_SHARE, apart
from assistant.fusion.ranking import Worth, candidates, fuse
from assistant.question import Question, single_questions
from assistant.selecting.passage_sentences import sentences_of
from assistant.types import Hit, Scope
from assistant.understanding.names import distinct_places
from assistant.understanding.versions import (
    asks_versions,
    document_versions,
    edition_years,
    versions_left_out,
)
from assistant.understanding.wording import wordings
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens, words
from vectorstore.types import PolicyDocument, Status, document_of

# Where documents say the same, the one in force comes before a draft, and that before one whose time is over.
_DISTRUST = {Status.DRAFT: 0.02, Status.NOT_POLICY: 0.04, Status.EXPIRED: 0.06, Status.SUPERSEDED: 0.25}
# Passages looked at beyond those wanted, to take the place of repetitions; words that two of these share.
_SPARE, _ALIKE = 5, 0.85
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_PLACE_SHARE = 0.3
_JOINT_SHARE = 0.3
# Documents seldom use the everyday words that official ones are known for.
_SAID_SHARE = 0.5
# The documents of a place that the question names come first where they fit about as well, and so do those
# that a year it names is in the title of, or that were issued in it.
_NAMED_BONUS, _WITHIN_BONUS, _YEAR_BONUS = 0.25, 0.15, 0.15


def find(
    library: PolicyLibrary,
    question: Question,
    limit: int,
    scope: Scope = Scope(),
    weight: float | None = None,
) -> list[Hit]:
    """Find the passages for a question.

    Keywords and vectors are fused (see `assistant.fusion`); a document's standing and the places named count
    besides. Where a question names several places that different documents speak for, holds versions of one
    document against each other, or asks several things, each has its quota.

    Args:
        library: the policy library.
        question: the understood question.
        limit: number of hits wanted.
        scope: regions and documents the search is limited to.
        weight: of the share of vector search, 0.0 to 1.0; None is the library's own.

    Returns:
        At most `limit` hits, best first; none where nothing matches or the scope holds no document.
    """
    documents = library.by_id
    # Of many documents a copy of all ids takes longer than the search.
    allowed = scoped(documents.values(), scope) if scope != Scope() else documents.keys()
    if not allowed:
        return []
    # Of versions the one that is named speaks, unless no other document may. Engines are quicker without a
    # list of all documents but one, so that the others are left out of what is found.
    silent = versions_left_out(library, question)
    if allowed <= silent:
        silent = frozenset()
    narrowed = frozenset(allowed) if len(allowed) < len(documents) else frozenset[str]()
    share = library.vector_weight if weight is None else weight
    similarity: dict[str, tuple[float, float | None]] = {}

    def ranked(asked: Question, within: Collection[str]) -> list[tuple[str, float]]:
        worth = worth_of(asked, documents)
        weights = term_weights(library, asked)
        fused = fuse(candidates(library, asked, within, weights, worth, vectors=share > 0), share)
        for key, near in fused.similarity.items():
            similarity.setdefault(key, (near, fused.standout and near * fused.standout))
        return [(key, score) for key, score in fused.scores.items() if document_of(key) not in silent]

    rankings = [ranked(question, narrowed)]
    sides = _sides(library, question, allowed, silent)
    if len(sides) > 1:
        rankings += [ranked(question, side) for side in sides]
    elif len(question.parts) > 1:
        rankings += [ranked(part, narrowed) for part in single_questions(question)]
    scores = _taking_turns(rankings)
    hits = [
        Hit(passage, documents[passage.document_id], scores[passage.id], *similarity.get(passage.id, ()))
        for passage in library.load(list(scores)[: limit + _SPARE])
        if passage.document_id in documents
    ]
    return _distinct(hits)[:limit]


def _sides(
    library: PolicyLibrary, question: Question, allowed: Set[str], silent: Set[str]
) -> list[frozenset[str]]:
    """Return the documents of each place that a question names, or else each version that it asks about."""
    of_places = ((place.documents & allowed) - silent for place in distinct_places(question.mentions))
    places = [frozenset(side) for side in of_places if side]
    if len(places) > 1 or not asks_versions(question):
        return places
    versions = (one.id for one in document_versions(library, question))
    return [frozenset({one}) for one in versions if one in allowed and one not in silent]


def worth_of(question: Question, documents: Mapping[str, PolicyDocument]) -> Worth:
    """Tell what is added to the score of a document's passages: for place and year, less for its standing."""
    day = today()
    bonus = {identity: _WITHIN_BONUS for mention in question.mentions for identity in mention.documents}
    bonus |= {identity: _NAMED_BONUS for mention in question.mentions for identity in mention.own}

    @cache
    def worth(document_id: str) -> float:
        document = documents.get(document_id)
        if document is None:
            return bonus.get(document_id, 0.0)
        dated = bool(question.firm_years) and not edition_years(document).isdisjoint(question.firm_years)
        return bonus.get(document_id, 0.0) + dated * _YEAR_BONUS - _DISTRUST.get(document.standing(day), 0.0)

    return worth


def _distinct(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out passages that say in the same words what a better one says, with the same figures."""
    kept: list[tuple[Hit, list[str], frozenset[str]]] = []
    for hit in hits:
        figures, said = _FIGURE.findall(hit.passage.text), sentences_of(hit.passage).all_words
        if not any(figures == others and _alike(said, known) for _, others, known in kept):
            kept.append((hit, figures, said))
    return [hit for hit, _, _ in kept]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets share most of what either has; sizes far apart mean that they do not."""
    few, many = sorted((len(one), len(other)))
    if few < _ALIKE * many:
        return False
    shared = len(one & other)
    return shared >= _ALIKE * (few + many - shared)


def _taking_turns(rankings: Sequence[Sequence[tuple[str, float]]]) -> dict[str, float]:
    """Merge rankings by taking the next best of each in turn, each passage once, with its score."""
    merged: dict[str, float] = {}
    for row in zip_longest(*rankings):
        for item in row:
            if item is not None:
                merged.setdefault(*item)
    return merged


def scoped(documents: Iterable[PolicyDocument], scope: Scope) -> frozenset[str]:
    """Return the ids of the documents that lie in the scope."""
    wanted = frozenset(scope.documents)
    return frozenset(
        document.id
        for document in documents
        if (not wanted or document.id in wanted or document.source in wanted)
        and (not scope.regions or any(region in document.region for region in scope.regions))
    )


def term_weights(library: PolicyLibrary, question: Question) -> dict[str, float]:
    """Weigh the tokens of a question: rare ones more; places, everyday words and what joins words less."""
    official = library.rarity(apart(question.wording))
    weights = {token: WORDING_SHARE * weight for token, weight in official.items()}
    weights |= library.rarity(question.search)
    # Whose document it is tells the place already; its sentences seldom repeat it.
    places = {token for mention in question.mentions for token in tokens(mention.text)}
    everyday = {
        token for word, _ in wordings(fold(question.query)) for token in tokens(word)
    } - official.keys()
    cut = words(question.search)
    whole, single = {word for word in cut if len(word) > 1}, {word for word in cut if len(word) == 1}

    def share(token: str) -> float:
        # A character between words, and a pair that holds one, is grammar more often than matter.
        joint = token not in whole and not single.isdisjoint(token) and not token.isdigit()
        seldom = _PLACE_SHARE if token in places else _SAID_SHARE if token in everyday else 1.0
        return seldom * (_JOINT_SHARE if joint else 1.0)

    # A pair across two words that no passage holds would weigh most of all and tells nothing.
    across = [token for token in weights if token not in whole and token not in single]
    found = dict(zip(across, library.frequencies(across), strict=True))
    return {token: weight * share(token) for token, weight in weights.items() if found.get(token, 1)}
