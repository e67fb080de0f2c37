"""What a sentence says of one thing, held against the one clause of its sources that says most of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from assistant.proof.exchanges import Token, tokens_of
from assistant.proof.lexicon import AIMED, CUES, DONE, MEASURES, REASON, SCOPE, WANTING, WELL, negations

_SENTENCE = re.compile(r"(?<=[。;！？!?\n])")
_CLAUSE = re.compile(r"[^,，。;；:：！？!?\n]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NAMING = ("noun", "name")
_LEAST = 2
# How far a mode binds: what is forbidden or must be is more than what may be.
_FORCE = (("forbidden", 3), ("must", 2), ("only", 2), ("needless", 1), ("may", 1), ("encouraged", 1))


@dataclass(frozen=True)
class Clause:
    """A clause of a text.

    Attributes:
        text: the clause.
        before, behind: the clauses of the same sentence on either side.
    """

    text: str
    before: str
    behind: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words that tell something."""
        return tuple(token for token in tokens_of(self.text) if token.tells)

    @cached_property
    def subject(self) -> tuple[str, ...]:
        """The nouns and names before its first verb."""
        found = []
        for token in tokens_of(self.text):
            if token.kind == "verb" and found:
                break
            if token.kind in _NAMING and not _FIGURE.search(token.text):
                found.append(token.text)
        return tuple(found)

    @cached_property
    def figures(self) -> frozenset[str]:
        """The figures in it."""
        return frozenset(_FIGURE.findall(self.text))

    def share(self, tokens: Sequence[Token]) -> float:
        """Return the share of some words, by their length, that stand in it."""
        total = sum(len(token.text) for token in tokens)
        return sum(len(token.text) for token in tokens if token.text in self.text) / max(1, total)


@lru_cache(maxsize=1024)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """Cut a folded text into clauses."""
    return tuple(_clauses(text))


def _clauses(text: str) -> Iterator[Clause]:
    for sentence in _SENTENCE.split(text):
        for match in _CLAUSE.finditer(sentence):
            yield Clause(match.group(), sentence[: match.start()], sentence[match.end() :])


def binding_features(plain: str, evidence: str, around: str) -> Counter[str]:
    """Count what a sentence binds together and its sources do not.

    Args:
        plain: the folded sentence with its figures.
        evidence: the folded sentences of the sources that say most of it, with theirs.
        around: the folded titles and headings.
    """
    count: Counter[str] = Counter()
    told = clauses_of(evidence)
    if not told:
        return count
    nearest = []
    for said in clauses_of(plain):
        if len(said.tokens) < _LEAST:
            continue
        best = max(told, key=lambda clause: clause.share(said.tokens))
        nearest.append(best)
        _of_words(said, best, evidence, around, count)
        _of_subject(said, best, evidence, around, count)
        _of_figures(said, told, count)
        _of_cues(said, best, count)
    count["clauses apart"] += sum(
        one.before != other.before and one.text not in other.before and other.text not in one.before
        for one, other in pairwise(nearest)
    )
    _of_reasons(plain, evidence, nearest, told, count)
    return count


def _of_words(said: Clause, best: Clause, evidence: str, around: str, count: Counter[str]) -> None:
    missing = [token for token in said.tokens if token.text not in best.text]
    places = Counter(_whence(token.text, best, evidence, around) for token in missing)
    for place, times in places.items():
        count[f"bound {place}"] += times
    for token in missing:
        count[f"bound {_whence(token.text, best, evidence, around)} {token.kind}"] += 1
    size = len(said.tokens)
    count["clause unlike"] += 2 * len(missing) > size
    count["clause alike"] += not missing


def _whence(word: str, best: Clause, evidence: str, around: str) -> str:
    if word in best.before:
        return "before"
    if word in best.behind:
        return "behind"
    if word in evidence:
        return "elsewhere"
    return "title" if word in around else "nowhere"


def _of_subject(said: Clause, best: Clause, evidence: str, around: str, count: Counter[str]) -> None:
    mine = said.subject
    if not mine:
        return
    theirs = [word for word in best.subject if word not in said.text]
    strange = [word for word in mine if word not in best.text]
    if not strange:
        count["subject kept"] += 1
        return
    place = _whence(strange[-1], best, evidence, around)
    whole = "other" if len(strange) == len(mine) else "partly"
    count[f"subject {whole} {place}"] += 1
    if theirs:
        count[f"subject {whole} {place} for another"] += 1
    elif not best.subject and best.before and place != "before":
        count[f"subject {place} for one before"] += 1


def _of_figures(said: Clause, told: Sequence[Clause], count: Counter[str]) -> None:
    best = max(clause.share(said.tokens) for clause in told)
    for figure in said.figures:
        bearers = [clause for clause in told if figure in clause.figures]
        if not bearers:
            continue
        bearer = max(bearers, key=lambda clause: clause.share(said.tokens))
        share = bearer.share(said.tokens)
        count["figure lags"] += best - share > 0.2
        count["figure lags far"] += best - share > 0.45
        count["figure alone"] += share < 0.35
        count["figure at home"] += share > 0.8
        for name, cue in MEASURES.items():
            count[f"measure {name} said"] += bool(cue.search(said.text)) and not cue.search(bearer.text)
            count[f"measure {name} told"] += bool(cue.search(bearer.text)) and not cue.search(said.text)
        thing = _thing(said, figure)
        if thing and thing not in bearer.text:
            count["figure of another thing"] += any(thing in clause.text for clause in told)
            count["figure of a strange thing"] += 1


def _thing(clause: Clause, figure: str) -> str:
    """Return the noun behind a figure."""
    _, _, rest = clause.text.partition(figure)
    return next((token.text for token in tokens_of(rest[:8]) if token.kind == "noun" and token.text[1:]), "")


def _of_cues(said: Clause, best: Clause, count: Counter[str]) -> None:
    heard = best.text
    for name, cue in CUES.items():
        mine, theirs = bool(cue.search(said.text)), bool(cue.search(heard))
        count[f"clause {name} added"] += mine and not theirs
        count[f"clause {name} dropped"] += theirs and not mine
    force, forced = _force(said.text), _force(heard)
    count["harder"] += force > forced
    count["much harder"] += force > forced + 1
    count["softer"] += force < forced
    count["clause denies odd"] += (negations(said.text) - negations(heard)) % 2
    done = bool(DONE.search(said.text)) and not DONE.search(heard)
    count["clause hardened"] += done
    count["clause hardened from aim"] += done and bool(AIMED.search(heard))
    count["well for wanting"] += (
        bool(WELL.search(said.text)) and bool(WANTING.search(heard)) and not (WANTING.search(said.text))
    )
    count["wanting for well"] += bool(WANTING.search(said.text)) and not WANTING.search(heard)
    scopes, reached = set(SCOPE.findall(said.text)), set(SCOPE.findall(heard))
    count["scope strange"] += bool(scopes - reached)
    count["scope exchanged"] += bool(scopes - reached) and bool(reached - scopes)


def _force(text: str) -> int:
    return max((force for name, force in _FORCE if CUES[name].search(text)), default=0)


def _of_reasons(
    plain: str, evidence: str, nearest: Sequence[Clause], told: Sequence[Clause], count: Counter[str]
) -> None:
    places = [told.index(clause) for clause in nearest]
    turned = any(later < earlier for earlier, later in pairwise(places))
    count["order turned"] += turned
    if REASON.search(plain):
        count["reason said"] += 1
        count["reason of its own"] += not REASON.search(evidence)
        count["reason turned"] += turned
