"""A search engine that holds all in memory: the least that a library can be put on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

import numpy as np

from vectorstore.errors import LibraryError
from vectorstore.hashing import Vectors
from vectorstore.places import following
from vectorstore.preparing import DocumentWords
from vectorstore.segmentation import tokens
from vectorstore.settings import LibrarySettings
from vectorstore.types import ParsedDocument, PassageHit, document_of
from vectorstore.yardstick import unit

_Words = dict[str, Counter[str]]


@dataclass
class Held:
    """What the engine of one address holds: number → the index published, or to be published, under it."""

    keywords: dict[str, tuple[_Words, _Words]] = field(default_factory=dict)
    vectors: dict[str, dict[str, Vectors]] = field(default_factory=dict)


HELD: dict[str, Held] = {}


class MemoryEngine:
    """Keeps indexes as dictionaries, for the processes of one test."""

    place = "memory"
    local = True

    def __init__(self, settings: LibrarySettings) -> None:
        self._held = HELD.setdefault(settings.policy_search_url.get_secret_value(), Held())

    def keywords(self, facts: Mapping[str, str]) -> MemoryKeywords:
        number = facts["keywords"]
        if number not in self._held.keywords:
            raise LibraryError("内存中没有这个索引")
        return MemoryKeywords(*self._held.keywords[number])

    def write_keywords(self, facts: Mapping[str, str], number: str) -> MemoryKeywordsWriting:
        del facts
        return MemoryKeywordsWriting(self._held, number)

    def vectors(self, facts: Mapping[str, str]) -> MemoryVectors:
        return MemoryVectors(self._held.vectors[facts["vectors"]])

    def write_vectors(self, facts: Mapping[str, str], *, fresh: bool) -> MemoryVectorsWriting:
        return MemoryVectorsWriting(self._held, facts["vectors"], fresh=fresh)

    def missing(self, facts: Mapping[str, str]) -> frozenset[str]:
        if facts["generation"] == "0":
            return frozenset()
        kept = {"keywords": self._held.keywords.keys(), "vectors": {"0", *self._held.vectors}}
        return frozenset(part for part, numbers in kept.items() if facts[part] not in numbers)

    def sweep(self, facts: Mapping[str, str], keywords: Collection[str], vectors: Collection[str]) -> None:
        del facts
        for numbers, kept in ((self._held.keywords, keywords), (self._held.vectors, vectors)):
            for number in set(numbers) - set(kept):
                del numbers[number]


class MemoryKeywords:
    """BM25 by going through everything."""

    def __init__(self, passages: _Words, documents: _Words) -> None:
        self._passages, self._documents = passages, documents

    def passage_ids(self) -> set[str]:
        return set(self._passages)

    def document_ids(self) -> set[str]:
        return set(self._documents)

    def search(
        self, query: str, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> list[PassageHit]:
        found = _scored(self._passages, tokens(query))
        hits = [PassageHit(key, document_of(key), score) for key, score in found]
        return [hit for hit in hits if _is_wanted(hit.document_id, documents, without)][:limit]

    def score(
        self, query: str, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> dict[str, float]:
        found = _scored(self._documents, tokens(query))
        return dict([one for one in found if _is_wanted(one[0], documents, without)][:limit])

    def rarity(self, query: str) -> dict[str, float]:
        none = _idf(self._passages, "")
        counts = Counter(tokens(query)).items()
        return {token: count * _idf(self._passages, token) / none for token, count in counts}

    def frequencies(self, terms: Iterable[str]) -> list[int]:
        return [sum(term in words for words in self._passages.values()) for term in terms]


class MemoryKeywordsWriting:
    """Changes a copy, which takes the place of what is there at `commit`."""

    def __init__(self, held: Held, number: str) -> None:
        self._held, self._number = held, number
        passages, documents = held.keywords.get(number, ({}, {}))
        self._passages, self._documents = dict(passages), dict(documents)

    def add(self, parsed: ParsedDocument, words: DocumentWords) -> None:
        self.remove([parsed.document.id])
        title = f"{words.title} {words.title}"
        for passage, text, lead in zip(parsed.passages, words.texts, words.leads, strict=True):
            headings = " ".join(words.headings[heading] for heading in passage.section)
            self._passages[passage.id] = Counter(f"{text} {lead} {headings} {title}".split())
        whole = " ".join((title, *words.headings.values(), *words.texts))
        self._documents[parsed.document.id] = Counter(whole.split())

    def remove(self, document_ids: Iterable[str]) -> None:
        gone = set(document_ids)
        self._passages = {key: one for key, one in self._passages.items() if document_of(key) not in gone}
        self._documents = {key: one for key, one in self._documents.items() if key not in gone}

    def commit(self) -> None:
        self._held.keywords[self._number] = (dict(self._passages), dict(self._documents))

    def close(self) -> None:
        pass


class MemoryVectors:
    """Cosines with everything."""

    def __init__(self, held: Mapping[str, Vectors]) -> None:
        self._held = held

    def search(
        self, vector: Vectors, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> list[PassageHit]:
        wanted = [key for key in self._held if _is_wanted(document_of(key), documents, without)]
        return self.compare(vector, limit, wanted)

    def compare(self, vector: Vectors, limit: int, passage_ids: Collection[str]) -> list[PassageHit]:
        stored = self.vectors(passage_ids)
        cosines = {key: float(unit(one[None])[0] @ unit(vector)) for key, one in stored.items()}
        hits = [PassageHit(key, document_of(key), cosine) for key, cosine in cosines.items()]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def vectors(self, passage_ids: Collection[str]) -> dict[str, Vectors]:
        return {key: self._held[key] for key in passage_ids if key in self._held}

    def ids(self) -> set[str]:
        return set(self._held)

    def close(self) -> None:
        pass


class MemoryVectorsWriting:
    """Changes a copy, which is there under the next number once it is sealed."""

    def __init__(self, held: Held, number: str, *, fresh: bool) -> None:
        self._held, self._number = held, number
        self._working = {} if fresh else dict(held.vectors.get(number, {}))
        self._changed = fresh

    def open(self) -> None:
        self._changed = True

    def add(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        del document_ids
        self.open()
        self._working |= {key: np.array(row) for key, row in zip(passage_ids, vectors, strict=True)}

    def remove(self, passage_ids: Sequence[str]) -> None:
        self.open()
        for key in passage_ids:
            self._working.pop(key, None)

    def seal(self) -> str:
        if self._changed:
            self._number = following(self._number)
            self._held.vectors[self._number] = dict(self._working)
            self._changed = False
        return self._number

    def close(self) -> None:
        pass


def _is_wanted(document_id: str, documents: Collection[str], without: Collection[str]) -> bool:
    return document_id not in without and (not documents or document_id in documents)


def _idf(held: _Words, token: str) -> float:
    holding = sum(token in words for words in held.values())
    return log(1 + (len(held) - holding + 0.5) / (holding + 0.5))


def _scored(held: _Words, query: Iterable[str], k: float = 1.2, b: float = 0.75) -> list[tuple[str, float]]:
    mean = sum(words.total() for words in held.values()) / max(1, len(held))
    weights = {token: count * _idf(held, token) for token, count in Counter(query).items()}
    scores = {}
    for key, words in held.items():
        length = k * (1 - b + b * words.total() / mean)
        score = sum(
            weight * words[token] * (k + 1) / (words[token] + length)
            for token, weight in weights.items()
            if token in words
        )
        if score:
            scores[key] = score
    return sorted(scores.items(), key=lambda one: -one[1])
