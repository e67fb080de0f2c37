"""Spelling before refusal: what was typed for something else, told by the library's own text."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.understanding.doubts import FEWEST, Fit, find_doubts, fits
from assistant.understanding.slips import find_slip
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, simplified

_MOST_CHANGES = 2
_MOST_LOOKED_UP = 5
_READ = 5
_MANY = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A word that was understood differently from how it was typed.

    Attributes:
        typed, understood: the word in Simplified characters, with its neighbours where it is only one.
    """

    typed: str
    understood: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A question as it was understood.

    Attributes:
        text: with the changes, otherwise as it was typed.
        changes: in the order they were made; empty where nothing was changed.
    """

    text: str
    changes: tuple[Change, ...] = ()


def correct(text: str, library: PolicyLibrary) -> Correction:
    """Put right what was mistyped, where the library's text says so: of like sound, swapped, doubled.

    A character is doubted where the library knows no pair of it and a neighbour. Another takes its place
    where the stretch around it then stands in a passage, or it makes a word that the passages found use.
    Numbers, Latin letters and places are never changed.

    Args:
        text: a question, as it was typed.
        library: whose text is compared with.

    Returns:
        The question as understood, and what was changed.

    Raises:
        LibraryError: the library cannot be read.
    """
    plain = simplified(text).lower()
    if len(plain) != len(text):
        return Correction(text)
    changes: list[Change] = []
    while len(changes) < _MOST_CHANGES and (found := _best(plain, library)):
        changes.append(_change(found))
        at, char = found.doubt.at, found.run[found.doubt.offset]
        plain, text = plain[:at] + char + plain[at + 1 :], text[:at] + char + text[at + 1 :]
    slip = find_slip(plain, library, lambda stretch: _stands(stretch, stretch, library))
    if slip and len(changes) < _MOST_CHANGES:
        changes.append(Change(slip.typed, slip.meant))
        text = text[: slip.start] + slip.meant + text[slip.start + len(slip.typed) :]
    return Correction(text, tuple(changes))


def _change(fit: Fit) -> Change:
    start, end = fit.start, fit.end
    if end - start == 1:
        start, end = max(0, start - 1), end + 1
    return Change(fit.doubt.run[start:end], fit.run[start:end])


def _best(plain: str, library: PolicyLibrary) -> Fit | None:
    """The best that is believed: what stands in a passage before what only makes a word."""
    found = (fit for doubt in find_doubts(plain, library) for fit in fits(doubt, library))
    worth = [fit for fit in found if fit.is_known or fit.is_word or fit.is_asking]
    worth.sort(key=lambda fit: (fit.is_asking, *_quality(fit)[:2], fit.is_word, fit.uses), reverse=True)
    return max(
        filter(lambda fit: _is_believed(fit, plain, library), worth[:_MOST_LOOKED_UP]),
        key=_quality,
        default=None,
    )


def _quality(fit: Fit) -> tuple[bool, bool, int]:
    known = min(count for count in (fit.left, fit.right) if count is not None)
    return fit.is_known, fit.is_exact, max(fit.uses, known)


def _is_believed(fit: Fit, plain: str, library: PolicyLibrary) -> bool:
    """Whether a character is taken for the one that was typed."""
    if fit.is_asking and fit.is_whole:
        return True
    doubt = fit.doubt
    stretch = next((text for text in fit.stretches() if _stands(text, text, library)), "")
    if doubt.is_function:
        is_much_used = fit.uses >= _MANY or len(fit.word) > 2
        return bool(stretch) and doubt.is_unknown and fit.is_word and fit.is_exact and is_much_used
    if len(doubt.word) > 1:
        is_like = fit.is_whole and fit.is_exact and len(fit.word) >= len(doubt.word) and fit.uses >= FEWEST
        return bool(stretch) and is_like and fit.is_known and not fit.has_function(fit.word + stretch)
    if stretch and fit.is_known:
        is_between = fit.left is not None and fit.right is not None
        return is_between or fit.is_word if doubt.is_unknown else fit.is_exact
    if not (fit.is_word and fit.is_exact):
        return False
    return bool(stretch) or (not fit.has_function(fit.word) and _stands(fit.word, plain, library))


def _stands(stretch: str, query: str, library: PolicyLibrary) -> bool:
    """Whether a stretch stands in a passage that a query finds, its headings or its document's title."""
    pairs = [stretch[at : at + 2] for at in range(len(stretch) - 1)]
    if not all(library.frequencies(pairs)):
        return False
    hits = library.search_keywords(query, _READ)
    passages = library.load([hit.passage_id for hit in hits])
    return any(
        stretch
        in fold("\n".join((library.document(passage.document_id).title, *passage.section, passage.text)))
        for passage in passages
    )
