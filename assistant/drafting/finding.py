"""What is said of a document, with the quote that proves it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.selecting.sentences import split_sentences
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument

_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of a document, and the quote that proves it."""

    statement: str
    quote: Quote


def validity_quote(library: PolicyLibrary, document: PolicyDocument) -> Quote:
    """Return the sentence that says how long a document applies, else its opening line."""
    start, end = (document.validity.start, document.validity.end) if document.validity else (0, 0)
    passages = list(library.passages(document.id))
    holding = next((one for one in passages if one.start <= start < end <= one.end), None)
    if holding is None:
        return quote_of(library, split_sentences(passages[0])[0], document)
    text = library.text(document.id)[start:end]
    return Quote(holding, document, text, text, start, end)


def proof(
    library: PolicyLibrary, document: PolicyDocument, pattern: re.Pattern[str], statement: str
) -> Quote | None:
    """Return the first sentence that matches, or else the document's opening line where it proves as much."""
    passages = list(library.passages(document.id))
    sentences = [sentence for passage in passages for sentence in split_sentences(passage)]
    matching = (sentence for sentence in sentences if pattern.search(sentence.text))
    sentence = next(matching, sentences[0] if sentences and not _YEAR.search(statement) else None)
    return None if sentence is None else quote_of(library, sentence, document)
