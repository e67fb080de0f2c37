"""What tells a sentence that its sources support from one that they do not, as named figures."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import log

from assistant.proof.alignment import Alignment, Standing, Stretch, Zone
from assistant.proof.lexicon import CUES, DONE, negations, opposite_in
from assistant.proof.substitutions import Kind, Substitution, substitutions, tokens_of

# What people say before they come to the matter: 《…》提出, 第五条, 原文提到.
_PREFACE = re.compile(
    r"^《[^》]*》(?:中|强调|提出|指出|明确|规定|要求|提到)*,?|中?(?:提出|提到|强调|指出|明确|规定|要求)[,:]|"
    r"原文(?:出处|提到|原句)*:?|第[一二三四五六七八九十百\d]+条:?|《[^》]*》"
)
_TIGHT = 12
_FEW = 3
_INNER = re.compile("[,，。;；、]")
_STOP = re.compile("[。;]")
_CLAUSE = re.compile("[,，。;；:：\n]")
_LEAST = 3
_AIMED = re.compile("将|拟|力争|争取|争创|预计|计划|目标|加快|推进|推动|建设|打造|努力|奋力|要")
_LIST_ITEM = re.compile("[、和及与]")


def features(found: Alignment) -> dict[str, float]:
    """Return the named figures of an alignment; one that is nought is left out."""
    count: Counter[str] = Counter()
    _of_words(found, count)
    for stretch in found.stretches:
        _of_stretch(found, stretch, count)
    for substitution in substitutions(found.plain, found.evidence):
        _of_substitution(substitution, count)
    _of_cues(found, count)
    _of_clauses(found, count)
    many = {f"{name}>1": 1.0 for name, value in count.items() if value > 1}
    return {name: float(value) for name, value in count.items() if value} | many | _of_lengths(found)


def _of_words(found: Alignment, count: Counter[str]) -> None:
    for word in found.words:
        if word.standing is Standing.KEPT:
            continue
        count[word.standing] += 1
        count[f"{word.standing} {word.kind}"] += 1
        count[f"{word.standing} {word.zone}"] += 1
        if word.standing is Standing.MISSING:
            count[f"missing {word.kind} {word.zone}"] += 1


def _of_stretch(found: Alignment, stretch: Stretch, count: Counter[str]) -> None:
    fresh = stretch.fresh
    zone = stretch.words[0].zone
    name = f"run {zone}"
    count[f"longest {name}"] = max(count[f"longest {name}"], fresh)
    if opposite_in(stretch.said, stretch.told):
        count["opposite"] += 1
    if not fresh:
        return
    count[name] += 1
    shared = bool(set(stretch.said) & set(stretch.told))
    if stretch.before and stretch.behind:
        # What stands in the place of other words is a substitution, counted as such.
        place = "" if stretch.told else "insertion"
    elif stretch.before:
        place = "end" if stretch.ends else "end open"
        count["end tight"] += _fits(stretch.told) and bool(stretch.told)
    elif stretch.behind:
        place = "begin" if stretch.told else "begin bare"
    else:
        place = "apart"
    if place:
        count[place] += 1
        count[f"{place} shared"] += shared
        count[f"longest {place}"] = max(count[f"longest {place}"], fresh)
    if stretch.words[0].zone is not Zone.HEAD:
        start = stretch.words[0].start
        listed = start and _LIST_ITEM.match(found.plain[start - 1])
        count["list item"] += bool(listed)


def _fits(told: str) -> bool:
    return len(told) <= _TIGHT and not _INNER.search(told)


def _of_substitution(substitution: Substitution, count: Counter[str]) -> None:
    said, told, fresh = substitution.said, substitution.told, substitution.fresh
    name = f"{substitution.kind} {substitution.place}"
    count[name] += 1
    count[f"{name} fresh"] += bool(fresh)
    count[f"{name} fresh characters"] += sum(len(token.text) for token in fresh)
    if substitution.kind is Kind.LEFT_OUT:
        count["left out clause"] += substitution.crosses_clauses
        if not substitution.crosses_clauses and len(told) <= _FEW:
            count.update(f"left out {token.kind}" for token in told)
        return
    if substitution.kind is Kind.ADDED:
        if substitution.place == "middle" and len(said) < _FEW:
            count.update(f"added {token.kind}" for token in said)
        return
    shared = bool(set(substitution.said_text) & set(substitution.told_text))
    if opposite_in(substitution.said_text, substitution.told_text):
        count["opposite word"] += 1
    if substitution.is_swap and said:
        count["swap"] += 1
        count["swap fresh"] += bool(fresh)
        count["swap shared" if shared else "swap apart"] += 1
        if not fresh and said[-1].kind == told[-1].kind and said[-1].tells:
            count[f"swap known {said[-1].kind}"] += 1
        count["swap of a kind"] += said[-1].kind == told[-1].kind
        count["swap of a length"] += len(substitution.said_text) == len(substitution.told_text)
        count.update(f"swap says {token.kind}" for token in said)
        count.update(f"swap for {token.kind}" for token in told)
    elif substitution.place == "middle":
        reach = "clauses" if substitution.crosses_clauses else "phrase"
        count[f"replaced {reach}"] += 1
        count[f"replaced {reach} fresh"] += bool(fresh)
    elif substitution.place == "tail" and said and told and told[0].kind != "sign":
        count["tail instead"] += 1
        count["tail instead fresh"] += bool(fresh)
        count["tail instead apart"] += not shared
        count["tail instead short"] += len(said) < _FEW
        count[f"tail says {said[-1].kind}"] += 1
        count[f"tail for {told[0].kind}"] += 1


def _of_cues(found: Alignment, count: Counter[str]) -> None:
    mine, theirs = _PREFACE.sub("", found.plain), _PREFACE.sub("", found.span)
    denied, denies = negations(theirs), negations(mine)
    count["denies more"] = max(0, denies - denied)
    count["denies less"] = max(0, denied - denies)
    count["denies odd"] = (denies - denied) % 2
    for name, cue in CUES.items():
        said, told = len(cue.findall(mine)), len(cue.findall(theirs))
        count[f"{name} added"] = said > told
        count[f"{name} dropped"] = told > said
        count[f"{name} unheard"] = said > 0 and not cue.search(found.evidence)


def _of_clauses(found: Alignment, count: Counter[str]) -> None:
    """Count how far what the sentence says of one thing lies apart in the evidence."""
    for (at, size), (later, _) in pairwise(found.places):
        between = found.evidence[at + size : later]
        count["leaps over a clause"] += bool(_INNER.search(between))
        count["leaps over a sentence"] += bool(_STOP.search(between))
        count["leaps over another subject"] += any(
            token.kind in ("noun", "name") for token in tokens_of(between)
        ) and bool(_INNER.search(between))
    clauses = [frozenset(_telling(clause)) for clause in _CLAUSE.split(found.evidence)]
    for clause in _CLAUSE.split(found.plain):
        said = _telling(clause)
        if len(said) < _LEAST:
            continue
        covered = max((sum(word in theirs for word in said) for theirs in clauses), default=0)
        missing = len(said) - covered
        count["clause untold"] += missing
        count["clause half told"] += missing * 2 > len(said)
        count["clause all but one"] += missing == 1
        count["clause whole"] += missing == 0
    done = bool(DONE.search(found.plain)) and not DONE.search(found.span)
    count["hardened"] += done and bool(_AIMED.search(found.span)) and not _AIMED.search(found.plain)


def _telling(text: str) -> list[str]:
    return [token.text for token in tokens_of(text) if token.tells]


def _of_lengths(found: Alignment) -> dict[str, float]:
    total = sum(len(word.text) for word in found.words)
    kept = sum(len(word.text) for word in found.words if word.standing is Standing.KEPT)
    return {
        "kept": kept / max(1, total),
        "all kept": float(kept == total),
        "length": log(1 + len(found.plain)),
        "evidence": log(1 + len(found.evidence)),
        "share of evidence": min(3.0, len(found.plain) / max(1, len(found.evidence))),
    }
