"""Questions that a library cannot answer, made of questions that it can."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.evaluation.matching import comparable, holds
from assistant.evaluation.questions import GoldenQuestion
from assistant.understanding.names import Names

GIVEN = "原本无答案"
"""Unanswerable as it stands."""
SWAPS = ("年份换掉", "地点换掉", "数量换掉")
"""Its year, its place or its quantity is changed."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_AMOUNT = re.compile(r"(?<![\d.〔])\d+(?:\.\d+)?(?=万|亿|元|个|家|项|平方|亩|人|类|级|%)")
_LATER_YEARS = range(2036, 2080)
_ELSEWHERE = ("梧汀", "岚沅", "澄屿", "栖浔")
_PLACE = re.compile(r"(?:自治区|开发区|高新区|经开区|新区|省|市|县|区|镇)$")


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """A question that should be refused.

    Attributes:
        question: what is asked.
        way: how it came to be unanswerable.
        without: ids of the documents that must not be in the library when it is asked.
    """

    question: GoldenQuestion
    way: str
    without: frozenset[str] = frozenset()


def unanswerable(
    questions: Sequence[GoldenQuestion], texts: Mapping[str, str], names: Names
) -> Iterator[Unanswerable]:
    """Turn answerable questions into unanswerable ones.

    Args:
        questions: questions of both sorts; those that are unanswerable already are kept.
        texts: document id → its comparable text.
        names: the places of the library.

    Returns:
        The unanswerable questions; of an answerable one, it with its documents taken away, and with its
        year, its place or its quantity replaced by one that no document holds.
    """
    everything = "\n".join(texts.values())
    swaps: tuple[Callable[[str], str], ...] = (
        lambda text: _other_years(text, everything),
        lambda text: _other_places(text, names, everything),
        lambda text: _other_amounts(text, everything),
    )
    for question in questions:
        if not question.answerable:
            yield Unanswerable(question, GIVEN)
            continue
        proof = _documents_of(question, texts)
        rest = [text for key, text in texts.items() if key not in proof]
        if proof and rest and not any(_answers(text, question) for text in rest):
            yield Unanswerable(question, "文件不在库中", proof)
        for way, swap in zip(SWAPS, swaps, strict=True):
            swapped = swap(question.text)
            # What a conversation says before would still tell the right year or place.
            if swapped != question.text and not question.history:
                yield Unanswerable(replace(question, text=swapped, answerable=False), way)


def _documents_of(question: GoldenQuestion, texts: Mapping[str, str]) -> frozenset[str]:
    evidence = [comparable(piece) for piece in question.evidence]
    return frozenset(key for key, text in texts.items() if any(piece in text for piece in evidence))


def _answers(text: str, question: GoldenQuestion) -> bool:
    """Return whether a document holds all that a complete answer holds: taking others away proves nothing."""
    return bool(question.must_include) and all(
        any(holds(text, comparable(choice)) for choice in item.split("|")) for item in question.must_include
    )


def _other_years(text: str, everything: str) -> str:
    unheard = [str(year) for year in _LATER_YEARS if str(year) not in everything]
    years = dict(zip(dict.fromkeys(_YEAR.findall(text)), unheard, strict=False))
    return _YEAR.sub(lambda match: years.get(match[0], match[0]), text)


def _other_places(text: str, names: Names, everything: str) -> str:
    """Replace the places that documents are about, the last first so that the others stay where they are."""
    places = [mention for mention in names.mentions(text) if _is_place(mention.text, names)]
    unheard = [name for name in _ELSEWHERE if name not in everything]
    for mention, name in reversed(list(zip(places, unheard, strict=False))):
        kind = _PLACE.search(mention.text)
        other = name + (kind[0] if kind else "市")
        text = text[: mention.start] + other + text[mention.end :]
    return text


def _is_place(text: str, names: Names) -> bool:
    """Tell a place from the title or number of a document, which names know as well."""
    return text in names.places or bool(_PLACE.search(text))


def _other_amounts(text: str, everything: str) -> str:
    def other(match: re.Match[str]) -> str:
        amount = 7 * int(float(match[0])) + 13
        while str(amount) in everything:
            amount += 7
        return str(amount)

    return _AMOUNT.sub(other, text)
