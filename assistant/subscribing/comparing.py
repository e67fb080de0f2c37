"""What was proved before held against what is proved now: by document and words, not by passages' numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence

from assistant.comparing.pairing import pairs
from assistant.subscribing.watched import Change, Fate, Proof
from vectorstore.languages.language import own_words

UNCHANGED = own_words("该文件的原文未变，但已不再作为依据")
"""Why something is gone that its document still says."""
_Key = Callable[[Proof], Hashable]
Pair = tuple[Proof, Proof]


def changes(
    before: Sequence[Proof],
    after: Sequence[Proof],
    sources: Collection[str],
    why_gone: Callable[[Proof], str],
) -> tuple[Change, ...]:
    """Return what changed, what differs first, then what is new, what is gone, and what became of documents.

    Args:
        before, after: what was proved then and is proved now.
        sources: names of the files that the library holds now.
        why_gone: tells in one line why something is not proved any more.
    """
    left, right = list(before), list(after)
    same = [
        *_taken(left, right, lambda one: (one.source, one.key, one.mark)),
        # A file that was renamed is the same document.
        *_taken(left, right, lambda one: (one.document_id, one.key, one.mark)),
    ]
    changed = [*_facts_changed(left, right, sources), *_quotations_changed(left, right)]
    return (
        *(Change(Fate.DIFFERS, one, other) for one, other in changed),
        *(Change(Fate.NEW, None, one) for one in right),
        *(Change(Fate.GONE, one, None, why_gone(one)) for one in left),
        *(
            Change(Fate.STANDING, one, other)
            for one, other in same
            if one.standing_label != other.standing_label
        ),
    )


def matter(
    found: Sequence[Change], before: Collection[Proof], after: Collection[Proof], known: Collection[str]
) -> bool:
    """Whether what changed is worth telling.

    Where other sentences of the same documents answer a question than before, only the order in which they
    were found has changed: no document says anything else.

    Args:
        found: what changed.
        before, after: all that was proved then and is proved now.
        known: ids of the documents that the library held then already.
    """
    if found and bool(before) != bool(after):
        return True
    return any(
        bool(one.shown.key)
        or one.fate is Fate.STANDING
        or (one.after is not None and one.after.document_id not in known)
        or (one.before is not None and one.why != UNCHANGED and one.after is None)
        for one in found
    )


def _taken(left: list[Proof], right: list[Proof], key: _Key) -> list[Pair]:
    """Pair what has one key, in order, and take it out of both lists."""
    open_ones: defaultdict[Hashable, list[Proof]] = defaultdict(list)
    for one in right:
        open_ones[key(one)].append(one)
    found = [(one, open_ones[key(one)].pop(0)) for one in left if open_ones[key(one)]]
    _take_out(left, right, found)
    return found


def _take_out(left: list[Proof], right: list[Proof], found: Sequence[Pair]) -> None:
    ours, theirs = {id(one) for one, _ in found}, {id(other) for _, other in found}
    left[:] = [one for one in left if id(one) not in ours]
    right[:] = [one for one in right if id(one) not in theirs]


def _facts_changed(left: list[Proof], right: list[Proof], sources: Collection[str]) -> Iterator[Pair]:
    """Yield facts of which the same document, or what came in the place of one that left, says another."""
    yield from _taken(left, right, lambda one: (one.source, one.key) if one.key else id(one))
    leaving = [one for one in left if one.key and one.source not in sources]
    known = {one.source for one in left}
    coming = [one for one in right if one.source not in known]
    found = _taken(leaving, coming, lambda one: one.key or id(one))
    _take_out(left, right, found)
    yield from found


def _quotations_changed(left: list[Proof], right: list[Proof]) -> Iterator[Pair]:
    """Yield quotations that say much the same in other words or figures, those of one document first."""
    for source in (*dict.fromkeys(one.source for one in left), None):
        ours, theirs = (
            [one for one in side if not one.key and source in (None, one.source)] for side in (left, right)
        )
        paired = pairs([one.mark for one in ours], [one.mark for one in theirs])
        found = [(ours[one], theirs[other]) for one, other in paired.items()]
        _take_out(left, right, found)
        yield from found
