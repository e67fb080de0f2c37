"""Answers as they are kept: a reload shows what was said, whatever has become of the documents meanwhile."""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.types import Answer, Certainty, Scope
from vectorstore.segmentation import fold, words

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
# Text columns of PostgreSQL take no NUL.
_NUL = "\x00"


def answer_record(answer: Answer) -> dict[str, Any]:
    """Return an answer as JSON, with its citations, their passages and documents whole."""
    kept: dict[str, Any] = _answers().dump_python(answer, mode="json")
    return kept


def answer_from_record(kept: object) -> Answer | None:
    """Return the answer that was kept; None where another version of the program wrote it too differently."""
    if isinstance(kept, dict) and "refused" in kept:
        # Answers of the first versions knew two outcomes.
        kept = {**kept, "certainty": Certainty.NONE if kept["refused"] else Certainty.SURE}
        del kept["refused"]
    try:
        return _answers().validate_python(kept)
    except ValidationError:
        return None


def scope_record(scope: Scope) -> dict[str, Any]:
    """Return the limits of a search as JSON."""
    kept: dict[str, Any] = _scopes().dump_python(scope, mode="json")
    return kept


def scope_from_record(kept: object) -> Scope:
    """Return the limits that were kept; what another version of the program wrote too differently is none."""
    try:
        return _scopes().validate_python(kept)
    except ValidationError:
        return Scope()


def new_id() -> str:
    """Return an id that nobody can guess (128 random bits), fit for a link."""
    return secrets.token_urlsafe(16)


def plain(text: str) -> str:
    """Return a text as every database takes it."""
    return text.replace(_NUL, "")


def searchable(*texts: str) -> str:
    """Return texts as they are searched: folded as in the library, so that either script finds the other."""
    return "\n".join(_THOUSANDS.sub("", fold(text)) for text in texts)


def wanted(query: str) -> tuple[str, ...]:
    """Return the words that a text must hold, each as `searchable` has it, to be found by a query.

    A blank parts words, as it was typed for that. Single characters (的, 在) count only where there is
    nothing else.
    """
    found = dict.fromkeys(word for part in query.split() for word in words(part))
    telling = [word for word in found if len(word) > 1]
    return tuple(telling or found) or tuple(filter(None, [fold(query)]))


@lru_cache(maxsize=1)
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


@lru_cache(maxsize=1)
def _scopes() -> TypeAdapter[Scope]:
    return TypeAdapter(Scope)
