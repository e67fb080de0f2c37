"""A sample of a library's passages, by which its vectors are measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.engines import PassageVectorsReading
from vectorstore.hashing import embedded_text
from vectorstore.types import PolicyDocument, passage_id
from vectorstore.yardstick import Yardstick

_SAMPLE = 200


def yardstick_of(
    catalogue: Catalogue, store: PassageVectorsReading, documents: Iterable[PolicyDocument]
) -> Yardstick | None:
    """Measure the vectors of a library.

    Args:
        catalogue: what holds its passages.
        store: the vectors.
        documents: all of them, whoever may see them: none of it is shown.

    Returns:
        What similarities are measured by; None where no passage has a vector.
    """
    described = {document.id: document for document in documents}
    counts = catalogue.passage_counts(list(described))
    followers = sampled(counts)
    vectors = store.vectors({*followers, *filter(None, followers.values())})
    texts = {
        passage.id: embedded_text(described[passage.document_id], passage)
        for passage in catalogue.load(list(vectors))
        if passage.document_id in described and passage.document_id not in catalogue.damaged
    }
    pairs = {one: other for one, other in followers.items() if {one, other} <= texts.keys()}
    known = {key: vector for key, vector in vectors.items() if key in texts}
    return Yardstick(known, texts, pairs, sum(counts.values())) if known else None


def sampled(counts: Mapping[str, int]) -> dict[str, str]:
    """Choose passages evenly from all over a library.

    Args:
        counts: document id → number of its passages.

    Returns:
        Id of a passage → id of the one that comes next in its document; "" after the last.
    """
    ends = np.cumsum(list(counts.values()))
    if not len(ends) or not ends[-1]:
        return {}
    chosen: dict[str, str] = {}
    documents = list(counts)
    for place in range(0, int(ends[-1]), max(1, int(ends[-1]) // _SAMPLE)):
        number = int(np.searchsorted(ends, place, side="right"))
        document, ordinal = documents[number], place - int(ends[number]) + counts[documents[number]]
        last = ordinal + 1 == counts[document]
        chosen[passage_id(document, ordinal)] = "" if last else passage_id(document, ordinal + 1)
    return chosen
