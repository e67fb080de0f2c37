"""What storing a document needs besides itself, and what any process can work out: its words, its vectors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vectorstore.hashing import DIMENSION, Vectors, embedded_text
from vectorstore.segmentation import tokens
from vectorstore.types import ParsedDocument, Passage, PassageKind
from vectorstore.word_vectors import text_vectors

# A table's rows are found by the end of the text before it, too: so many sentences, characters at most.
_LEAD_SENTENCES, _LEAD_CHARS = 2, 150
_SENTENCE_END = re.compile(r"(?<=[。；])|\n")


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """What a document is found by, cut into words and bigrams with blanks between them.

    Attributes:
        title: of its title.
        headings: heading → its words, for every heading above a passage.
        texts: of each passage, in order.
        leads: of the text that leads to the table of a row, for each passage in order; "" for what is no row.
    """

    title: str
    headings: dict[str, str]
    texts: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was worked out for a document before it came to the library.

    Attributes:
        words: what the keyword index takes.
        vectors: rows of the built-in embedding, 32-bit floats, one a passage; b"" where there are none.
    """

    words: DocumentWords
    vectors: bytes = b""

    def rows(self) -> Vectors:
        """Return the vectors, one row a passage."""
        return np.frombuffer(self.vectors, dtype=np.float32).reshape(-1, DIMENSION)


def prepare(parsed: ParsedDocument, *, embedded: bool) -> Prepared:
    """Work out what storing a document needs; the library does the same where nobody did.

    Args:
        parsed: the document.
        embedded: whether its vectors are those of the built-in embedding.

    Returns:
        Its words, and its vectors where they are wanted.
    """
    texts = [embedded_text(parsed.document, passage) for passage in parsed.passages] if embedded else []
    vectors = text_vectors(texts).tobytes()
    return Prepared(words_of(parsed), vectors)


def words_of(parsed: ParsedDocument) -> DocumentWords:
    """Cut a document's title, headings and passages into words."""
    headings = dict.fromkeys(heading for passage in parsed.passages for heading in passage.section)
    return DocumentWords(
        cut(parsed.document.title),
        {heading: cut(heading) for heading in headings},
        tuple(cut(passage.text) for passage in parsed.passages),
        tuple(_leads(parsed.passages)),
    )


def _leads(passages: Sequence[Passage]) -> Iterator[str]:
    before, lead = "", ""
    for passage in passages:
        if passage.kind is not PassageKind.TABLE_ROW:
            before, lead = passage.text, ""
            yield ""
            continue
        if before:
            sentences = [sentence for sentence in _SENTENCE_END.split(before) if sentence.strip()]
            before, lead = "", cut("\n".join(sentences[-_LEAD_SENTENCES:])[-_LEAD_CHARS:])
        yield lead


def cut(text: str) -> str:
    """Return the words and bigrams of a text with blanks between them."""
    return " ".join(tokens(text))
