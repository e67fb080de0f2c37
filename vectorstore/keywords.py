"""The keyword index: BM25 over words and bigrams (tantivy). Made from the catalogue, it may be thrown away.

BM25: Robertson & Zaragoza, The Probabilistic Relevance Framework (2009).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import log
from pathlib import Path

import tantivy

from vectorstore.errors import LibraryError
from vectorstore.failures import is_engine_failure, storage_reason
from vectorstore.index_files import verify
from vectorstore.languages.language import own_words
from vectorstore.preparing import DocumentWords
from vectorstore.rarity import rarities
from vectorstore.read_only import is_read_only, linked
from vectorstore.segmentation import tokens
from vectorstore.types import ParsedDocument, PassageHit, document_of

# A question has some thirty tokens; of a pasted page the rarest of them tell enough.
_MOST_TERMS = 160
_WRITER_MEMORY = 64_000_000


class KeywordIndex:
    """One state of the index, for reading; open a new one to see what was committed since.

    Args:
        folder: where the index is.

    Raises:
        LibraryError: there is none, or it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._folder = folder
        with _explained(folder):
            for part in ("passages", "documents"):
                verify(folder / part)
            self._passages = _searcher(folder / "passages")
            self._documents = _searcher(folder / "documents")

    def passage_ids(self) -> set[str]:
        """Return the ids of all passages in the index."""
        with _explained(self._folder):
            return _ids(self._passages)

    def document_ids(self) -> set[str]:
        """Return the ids of all documents in the index."""
        with _explained(self._folder):
            return _ids(self._documents)

    def search(
        self, query: str, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> list[PassageHit]:
        """Find passages by BM25.

        Args:
            query: what is looked for; never read as query syntax.
            limit: most hits to return.
            documents: ids of the only documents to search; empty means all.
            without: ids of documents that are not searched.

        Returns:
            Hits, best first; the score is BM25.
        """
        with _explained(self._folder):
            found = self._find(self._passages, query, limit, (documents, without))
        return [PassageHit(key, document_of(key), score) for key, score in found]

    def score(
        self, query: str, limit: int, documents: Collection[str] = (), without: Collection[str] = ()
    ) -> dict[str, float]:
        """Score whole documents by BM25.

        Args:
            query: what is looked for.
            limit: most documents to return.
            documents, without: as in `search`.

        Returns:
            Document id → score, best first.
        """
        with _explained(self._folder):
            return dict(self._find(self._documents, query, limit, (documents, without)))

    def rarity(self, query: str) -> dict[str, float]:
        """Weigh the tokens of a query by how rare they are.

        Args:
            query: what is looked for.

        Returns:
            As `rarities`.
        """
        return rarities(query, lambda token: self._passages.doc_freq("body", token), self._passages.num_docs)

    def frequencies(self, terms: Iterable[str]) -> list[int]:
        """Count the passages that hold a word or bigram, for each of several; they are taken as they are."""
        return [self._passages.doc_freq("body", term) for term in terms]

    def _find(
        self,
        searcher: tantivy.Searcher,
        query: str,
        limit: int,
        within: tuple[Collection[str], Collection[str]],
    ) -> list[tuple[str, float]]:
        weights = self._weights(searcher, query)
        if not weights or limit < 1:
            return []
        wanted = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._term(term, weight)) for term, weight in weights.items()]
        )
        for ids, occurs in zip(within, (tantivy.Occur.Must, tantivy.Occur.MustNot), strict=True):
            if ids:
                of_them = tantivy.Query.term_set_query(self._schema, "document", list(ids))
                of_them = tantivy.Query.const_score_query(of_them, 0.0)
                wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, wanted), (occurs, of_them)])
        hits = searcher.search(wanted, limit, count=False).hits
        return [(searcher.doc(address)["id"][0], score) for score, address in hits]

    def _weights(self, searcher: tantivy.Searcher, query: str) -> dict[str, int]:
        weights = Counter(tokens(query))
        if len(weights) <= _MOST_TERMS:
            return weights
        documents = searcher.num_docs
        rarity = {term: searcher.doc_freq("body", term) for term in weights}
        worth = {term: weights[term] * log(1 + documents / known) for term, known in rarity.items() if known}
        return {
            term: weights[term] for term in sorted(worth, key=lambda term: (-worth[term], term))[:_MOST_TERMS]
        }

    def _term(self, term: str, weight: int) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, "body", term, index_option="freq")
        return query if weight == 1 else tantivy.Query.boost_query(query, float(weight))


class KeywordWriter:
    """Changes the index; nothing is seen until `commit`. One at a time: the library's lock sees to it.

    Args:
        folder: where the index is or will be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with _explained(folder):
            self._passages = _writer(folder / "passages")
            self._documents = _writer(folder / "documents")

    def add(self, parsed: ParsedDocument, words: DocumentWords) -> None:
        """Add a document and its passages; whatever was there under its id is replaced.

        Args:
            parsed: the document.
            words: of its title, headings and passages.
        """
        document = parsed.document
        self.remove([document.id])
        title = (words.title, words.title)
        with _explained(self._folder):
            for passage, text, lead in zip(parsed.passages, words.texts, words.leads, strict=True):
                body = (text, lead, *(words.headings[heading] for heading in passage.section), *title)
                self._passages.add_document(_entry(passage.id, document.id, body))
            whole = (*title, *words.headings.values(), *words.texts)
            self._documents.add_document(_entry(document.id, document.id, whole))

    def remove(self, document_ids: Iterable[str]) -> None:
        """Take documents and their passages out."""
        with _explained(self._folder):
            for document_id in document_ids:
                self._passages.delete_documents_by_term("document", document_id)
                self._documents.delete_documents_by_term("document", document_id)

    def commit(self) -> None:
        """Make all changes since the last commit permanent."""
        with _explained(self._folder):
            self._passages.commit()
            self._documents.commit()

    def close(self) -> None:
        """Let go of the index; what was not committed is lost."""
        with _explained(self._folder):
            self._passages.wait_merging_threads()
            self._documents.wait_merging_threads()


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if not is_engine_failure(error):
            raise
        reason = storage_reason(error, folder) or own_words("缺失或已损坏，请运行 policy-assistant rebuild")
        raise LibraryError(f"关键词索引 {folder} {reason}") from error


def _searcher(folder: Path) -> tantivy.Searcher:
    if not is_read_only(folder):
        return tantivy.Index.open(str(folder)).searcher()
    # Opening takes a lock, which is a file; the searcher needs the folder no more.
    with linked(folder) as place:
        return tantivy.Index.open(place).searcher()


def _ids(searcher: tantivy.Searcher) -> set[str]:
    found = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs), count=False).hits
    return {searcher.doc(address)["id"][0] for _, address in found}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _writer(folder: Path) -> tantivy.IndexWriter:
    folder.mkdir(parents=True, exist_ok=True)
    writer = tantivy.Index(_schema(), str(folder)).writer(_WRITER_MEMORY, num_threads=1)
    # A writer that was killed may have left a file of the very name that the next commit would take.
    writer.garbage_collect_files()
    return writer


def _entry(key: str, document_id: str, body: Sequence[str]) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_text("id", key)
    entry.add_text("document", document_id)
    entry.add_text("body", " ".join(body))
    return entry
