"""Whether a fact that was read says what a person wrote down."""

from __future__ import annotations

import re

from benchmarks.facts.annotations import Annotation, Field
from vectorstore.facts import Deadline, Indicator, Measure, Reference, Statement, Task

_SIGNS = re.compile(r"[\s“”\"‘’（）()《》〈〉〔〕\[\]，,、。；;：:|]")
_FIGURE = re.compile(r"\d[\d,.]*\s*(?:[万亿]?元|%)")
_ENOUGH = 0.5


def agrees(annotation: Annotation, said: Statement, own_region: str) -> bool:
    """Tell whether a fact is the annotated one.

    Figures, units, years, days and bodies are compared to the letter; of names, titles and duties one has to
    hold the other; who gets something has to share half its words.

    Args:
        annotation: what a person wrote down.
        said: what was read.
        own_region: the document's region, which an annotation leaves out.
    """
    match said:
        case Indicator():
            return _indicators(annotation, said, own_region)
        case Reference():
            return _references(annotation, said)
        case Deadline():
            return _deadlines(annotation, said)
        case Task():
            return _tasks(annotation, said)
        case Measure():
            return _measures(annotation, said)


def signed(said: Indicator) -> str:
    """The value as written, with a minus where words tell of a decline."""
    falls = said.normal_value.startswith("-") and not said.value.startswith("-")
    return f"-{said.value}" if falls else said.value


def _indicators(wanted: Annotation, said: Indicator, own_region: str) -> bool:
    exact = {
        "region": "" if said.region == own_region else said.region,
        "years": f"{said.year}-{said.until}" if said.until else str(said.year),
        "comparator": said.comparator,
        "value": signed(said),
        "unit": said.unit,
        "value_kind": said.value_kind.value,
        "measure": "growth" if said.measure == "growth" else "",
    }
    told = all(wanted.field(name).takes(value) for name, value in exact.items())
    attribute = wanted.field("attribute")
    if any(attribute.accepted) and not attribute.takes(said.attribute):
        return False
    name = wanted.field("name")
    return told and (_holds(name, said.normal_name) or _holds(name, said.name))


def _references(wanted: Annotation, said: Reference) -> bool:
    number = wanted.field("document_number")
    if any(number.accepted) and not number.takes(said.document_number):
        return False
    return wanted.field("relation").takes(said.relation) and _holds(wanted.field("title"), said.title)


def _deadlines(wanted: Annotation, said: Deadline) -> bool:
    if not wanted.field("relation").takes(said.relation):
        return False
    days = all(wanted.field(name).takes(getattr(said, name)) for name in ("first_day", "last_day"))
    length, since = wanted.field("length"), wanted.field("counted_from")
    counted = length.takes(said.length) or said.length.startswith(tuple(filter(None, length.accepted)))
    return days and counted and (not any(since.accepted) or _holds(since, said.counted_from))


def _tasks(wanted: Annotation, said: Task) -> bool:
    lead, partners = "、".join(sorted(said.lead)), "、".join(sorted(said.partners))
    return (
        _holds(wanted.field("task"), said.task)
        and wanted.field("lead").takes(lead)
        and wanted.field("partners").takes(partners)
        and _holds(wanted.field("due"), said.due)
    )


def _measures(wanted: Annotation, said: Measure) -> bool:
    if wanted.field("excluded").takes("yes") != said.excluded:
        return False
    sums = said.excluded or all(
        _figures(wanted.field(name).accepted[0]) == _figures(getattr(said, name))
        for name in ("amount", "rate", "cap")
    )
    return sums and any(_alike(who, said.who) for who in wanted.field("who").accepted)


def _figures(words: str) -> list[str]:
    return sorted(re.sub(r"[\s,]", "", figure) for figure in _FIGURE.findall(words))


def _holds(field: Field, value: str) -> bool:
    if field.takes(value):
        return True
    plain = _SIGNS.sub("", value)
    accepted = [_SIGNS.sub("", one) for one in field.accepted]
    return bool(plain) and any(one and (one in plain or plain in one) for one in accepted)


def _alike(one: str, other: str) -> bool:
    one, other = _SIGNS.sub("", one), _SIGNS.sub("", other)
    if one in other or other in one:
        return bool(one and other)
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other)]
    return len(pairs[0] & pairs[1]) >= _ENOUGH * min(map(len, pairs))
