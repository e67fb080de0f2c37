"""What a sentence says of one thing, held against the one clause of its sources that says most of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.proof.clauses import Clause, Surroundings, clauses_of
from assistant.proof.lexicon import AIMED, CUES, DONE, HAPPENED, MEASURES, SCOPE, WANTING, WELL, negations
from assistant.proof.substitutions import tokens_of

_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDS = "。;"
# What comes after its effect in the order of the text.
_BACKWARD = re.compile("由于|因为|得益于|源于|归因|原因")
_REASONS = (
    re.compile("(?P<effect>.+?),?(?:是因为|是由于|得益于|源于|归因于|原因在于)(?P<cause>.+)"),
    re.compile("(?P<effect>.+?),?是(?P<cause>.+)的(?:结果|产物)"),
    re.compile("(?:由于|因为|因)(?P<cause>[^,]+),(?P<effect>.+)"),
    re.compile("(?P<cause>.+?),?(?:导致|致使|使得|因此|所以|从而|造成|促使|促进了|带动了)(?P<effect>.+)"),
)
# What plainly says something else, whatever the other words are, and how near the clauses must be for that.
_CONTRADICTIONS = {
    "hardened": "close near far",
    "well for wanting": "close near far",
    "done nowhere": "close near",
    "scope exchanged": "close near",
    "another name": "close near",
    "all of a number": "close near",
    "figure before another thing": "close",
    "figure behind another thing": "close",
    "forced": "close",
    "freed": "close",
    "denies alone": "close",
    "subject other elsewhere": "close",
    "subject other behind": "close",
    "subject partly other elsewhere": "close",
    "subject partly other before": "close",
}
CONTRADICTIONS = frozenset(
    {"binds cause turned"}
    | {f"binds {name} {level}" for name, levels in _CONTRADICTIONS.items() for level in levels.split()}
)
_LEAST = 2
_MOST = 2
_LAG = 0.25
_CLOSE = 0.75
_NEAR = 0.5
_REACH = 10
_ALL = re.compile("全部|所有|一律|均|任何|都")
_FORCED = re.compile("必须|强制|要求|禁止|严禁|不得|不允许|只(?!要)|一律")
_FREE = re.compile("鼓励|支持|引导|提倡|可以|可(?!持|靠|能)|允许|探索|优先|试点")
# What a clause says and its source does not; and what that must say for it to count.
_TURNS = {
    "forced": (_FORCED, _FREE),
    "freed": (_FREE, _FORCED),
    "all of some": (_ALL, None),
    "only": (CUES["only"], None),
    "superlative": (re.compile("最|首|唯一|第一"), None),
}


def binding_features(plain: str, evidence: str, said_at_all: str, around: str) -> dict[str, float]:
    """Count what a sentence binds together and its sources do not; each of it is a ground for doubt.

    Args:
        plain: the folded sentence with its figures.
        evidence: the folded sentences of the sources that say most of it, with theirs.
        said_at_all: all that the sources say, folded.
        around: the folded titles and headings.

    Returns:
        Named figures from 1 to 2, such as `hardened close`; the last word says how many of a clause's words
        stand in the one that it is held against.
    """
    count: Counter[str] = Counter()
    told = clauses_of(evidence)
    whole = Surroundings(said_at_all, around)
    if not told:
        return {}
    nearest = []
    for said in clauses_of(plain):
        if len(said.tokens) < _LEAST:
            continue
        best = max(told, key=lambda clause: clause.share(said.tokens))
        nearest.append(best)
        share = best.share(said.tokens)
        level = "close" if share >= _CLOSE else "near" if share >= _NEAR else "far"
        grounds = [
            *_of_cues(said, best),
            *_of_subject(said, best, whole),
            *_of_names(said, best, whole),
            *_of_figures(said, told),
        ]
        count.update(f"{ground} {level}" for ground in grounds)
        count.update(_of_words(said, best, whole))
    count["sentences fused"] += sum(one.sentence != other.sentence for one, other in pairwise(nearest))
    count["cause turned"] += turns_cause(plain, evidence)
    return {f"binds {name}": float(min(times, _MOST)) for name, times in count.items() if times}


def _of_words(said: Clause, best: Clause, around: Surroundings) -> Iterator[str]:
    for token in said.tokens:
        if token.text not in best.text:
            place = around.place_of(token.text, best)
            if place not in ("before", "title"):
                yield f"{token.kind} {place}"


def _of_subject(said: Clause, best: Clause, around: Surroundings) -> Iterator[str]:
    strange = [word for word in said.subject if word not in best.text]
    if strange and any(word not in said.text for word in best.subject):
        whole = "other" if len(strange) == len(said.subject) else "partly other"
        yield f"subject {whole} {around.place_of(strange[-1], best)}"


def _of_names(said: Clause, best: Clause, around: Surroundings) -> Iterator[str]:
    mine = [name for name in said.names if name not in best.text and name in around.text]
    if mine and any(name not in said.text for name in best.names):
        yield "another name"
    elif any(name not in best.sentence for name in mine) and best.names_around:
        yield "another name around"


def _of_figures(said: Clause, told: Sequence[Clause]) -> Iterator[str]:
    best = max(clause.share(said.tokens) for clause in told)
    for figure in said.figures:
        bearers = [clause for clause in told if figure in clause.figures]
        if not bearers:
            continue
        bearer = max(bearers, key=lambda clause: clause.share(said.tokens))
        if best - bearer.share(said.tokens) > _LAG:
            yield "figure lags"
        for name, cue in MEASURES.items():
            if cue.search(said.text) and not cue.search(bearer.sentence):
                yield f"measure {name} said"
            if cue.search(bearer.text) and not cue.search(said.text):
                yield f"measure {name} told"
        for side, thing in () if _YEAR.fullmatch(figure) else _things(said, figure):
            if thing not in bearer.sentence and bearer.sentence[-1] in _ENDS:
                known = any(thing in clause.text for clause in told)
                yield f"figure {side} {'another' if known else 'a strange'} thing"


def _things(clause: Clause, figure: str) -> Iterator[tuple[str, str]]:
    """Yield the words that tell something right before and right behind a figure."""
    before, _, behind = clause.text.partition(figure)
    for side, text, step in (("behind", before[-_REACH:], -1), ("before", behind[:_REACH], 0)):
        found = [token.text for token in tokens_of(text) if token.tells and token.text[1:]]
        plain = [word for word in found if not any(cue.search(word) for cue in MEASURES.values())]
        if plain:
            yield side, plain[step]


def _of_cues(said: Clause, best: Clause) -> Iterator[str]:
    mine, theirs, whole = said.text, best.text, best.sentence
    for name, (cue, against) in _TURNS.items():
        if cue.search(mine) and not cue.search(whole) and (against is None or against.search(theirs)):
            yield name
    if _ALL.search(mine) and not _ALL.search(theirs) and best.figures - said.figures:
        yield "all of a number"
    if DONE.search(mine) and not HAPPENED.search(whole):
        yield "done nowhere"
    if DONE.search(mine) and not DONE.search(theirs) and AIMED.search(theirs):
        yield "hardened"
    if (negations(mine) - negations(theirs)) % 2:
        yield "denies odd"
    if negations(mine) and not negations(whole):
        yield "denies alone"
    if WANTING.search(theirs) and not WANTING.search(mine) and not WELL.search(theirs) and WELL.search(mine):
        yield "well for wanting"
    scopes, reached = set(SCOPE.findall(mine)), set(SCOPE.findall(whole))
    if scopes - reached and reached - scopes:
        yield "scope exchanged"


def turns_cause(plain: str, evidence: str) -> bool:
    """Return whether a sentence makes the cause of what its sources name behind it, and not as a reason."""
    for pattern in _REASONS:
        match = pattern.search(plain)
        if match is None:
            continue
        cause, effect = _place(match["cause"], evidence), _place(match["effect"], evidence)
        if cause is None or effect is None:
            return False
        return cause > effect and not _BACKWARD.search(evidence)
    return False


def _place(part: str, evidence: str) -> float | None:
    """Return where in the evidence the words of a part stand, in the mean."""
    places = [evidence.find(token.text) for token in tokens_of(part) if token.tells and token.text[1:]]
    found = [place for place in places if place >= 0]
    return sum(found) / len(found) if found else None
