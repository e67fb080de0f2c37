"""What two sentences demand, allow or forbid differently, and words that turned into their opposites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from assistant.comparing.words import Replacement, replacements
from assistant.proof.lexicon import CUES, negations, opposite_in
from vectorstore.quantities import quantities
from vectorstore.segmentation import fold

# The modes of the lexicon that say what somebody must, may or must not do, and for whom it holds.
_MODES = ("forbidden", "needless", "must", "may", "encouraged", "only", "all")
_DUTIES = _MODES[:5]
# They stand behind figures, which are told with their bounds.
_BOUNDING = ("以上", "以下", "以内")
_LONGEST_OPPOSITE = 6

Difference = tuple[str, str, str]
"""Kind (duty or opposite), before, after."""


def duties(before: str, after: str) -> Iterator[Difference]:
    """Yield the modes and the opposites in which two sentences differ.

    Args:
        before, after: a sentence, and what became of it.
    """
    parted = replacements(before, after)
    turned = {one: told for one in parted if (told := _opposite(one))}
    yield from turned.values()
    others = [one for one in parted if one not in turned]
    gone, come = _modes(one.before for one in others), _modes(one.after for one in others)
    kinds_gone, kinds_come = Counter(gone.values()), Counter(come.values())
    was = "、".join(word for word, kind in gone.items() if kinds_gone[kind] > kinds_come[kind])
    becomes = "、".join(word for word, kind in come.items() if kinds_come[kind] > kinds_gone[kind])
    if was or becomes:
        yield "duty", was, becomes
    elif not turned and negations(fold(before)) != negations(fold(after)):
        one = next((one for one in others if _denials(one.before) != _denials(one.after)), None)
        yield "duty", *(("".join(one.before), "".join(one.after)) if one else (before, after))


def _denials(words: tuple[str, ...]) -> int:
    return negations(_joined(words))


def _modes(places: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Return the words of some places that are modes, each with its kind."""
    words = (fold(word) for words in places for word in words)
    return {word: kind for word in words if (kind := _mode(word))}


def _mode(word: str) -> str:
    return next((kind for kind in _MODES if CUES[kind].fullmatch(word)), "")


def _opposite(parted: Replacement) -> Difference | None:
    """Return words that stand in the place of their opposites; modes are told as such, bounds by figures."""
    was, becomes = _joined(parted.before), _joined(parted.after)
    short = was and becomes and max(len(was), len(becomes)) <= _LONGEST_OPPOSITE
    duty = any(_mode(fold(word)) in _DUTIES for word in (*parted.before, *parted.after))
    if not short or duty or was in _BOUNDING or quantities(was + becomes) or not opposite_in(was, becomes):
        return None
    return "opposite", "".join(parted.before), "".join(parted.after)


def _joined(words: tuple[str, ...]) -> str:
    return fold("".join(words))
