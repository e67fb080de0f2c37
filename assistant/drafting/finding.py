"""What is said of a document, with the quote that proves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations import Quote, quote_of
from assistant.drafting.draft import NOTHING_FOUND, Draft
from assistant.selecting.sentences import split_sentences
from assistant.types import Certainty
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of a document, and the quote that proves it."""

    statement: str
    quote: Quote


def listed(found: Sequence[Finding]) -> Draft:
    """Return findings as an answer, a line each; a refusal where there are none."""
    quotes = tuple(finding.quote for finding in found)
    text = "\n".join(f"{finding.statement}[{number}]" for number, finding in enumerate(found, 1))
    return Draft(text or NOTHING_FOUND, quotes, Certainty.SURE if found else Certainty.NONE)


def proof(library: PolicyLibrary, document: PolicyDocument, *patterns: str) -> Quote | None:
    """Return the first sentence of a document that has the first of the patterns that any has."""
    sentences = [one for passage in library.passages(document.id) for one in split_sentences(passage)]
    matching = (one for pattern in patterns for one in sentences if re.search(pattern, one.text))
    sentence = next(matching, None)
    return None if sentence is None else quote_of(library, sentence, document)


def opening(library: PolicyLibrary, document: PolicyDocument) -> Quote:
    """Return the first sentence of a document, which shows which one is meant."""
    return quote_of(library, split_sentences(next(iter(library.passages(document.id))))[0], document)


def validity_quote(library: PolicyLibrary, document: PolicyDocument) -> Quote:
    """Return the sentence that says how long a document applies, else its opening line."""
    start, end = (document.validity.start, document.validity.end) if document.validity else (0, 0)
    passages = library.passages(document.id)
    holding = next((one for one in passages if one.start <= start < end <= one.end), None)
    if holding is None:
        return opening(library, document)
    text = library.text(document.id)[start:end]
    return Quote(holding, document, text, text, start, end)
