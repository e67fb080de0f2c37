"""Holds the quantities of a statement against those of the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.proof.derivations import is_counted, is_derived, is_difference, is_rounded
from assistant.proof.faults import Fault
from assistant.proof.figure_mentions import (
    SENTENCE_BREAK,
    Place,
    content_words,
    is_base,
    operands_of,
    places_of,
)
from assistant.proof.proper_names import proper_names
from assistant.proof.sources import Source
from assistant.proof.trends import RISE
from vectorstore.quantities import Bound, quantities
from vectorstore.segmentation import fold
from vectorstore.units import YEAR

_CLAUSE_END = re.compile(r"[；;。]")
_CERTAIN = frozenset({"确保", "保证", "必须", "已"})
_AIMS = frozenset({"力争", "争取", "努力", "预计", "预期", "有望", "拟"})
_MODALITY = re.compile("|".join(_CERTAIN | _AIMS | {"目标", "计划", "规划"}))
_OF_PLACE = re.compile("(?:街道|[镇乡县]|(?<!城)市)$")
# The year of a standard: GB/T 50430-2017.
_STANDARD = re.compile(r"[A-Za-z]\s?\d+(?:\.\d+)?[-—–](?:19|20)\d\d(?!\d)")
_CORE = 2
_ALIKE = 0.5
_AHEAD = 0.2
_TELLING = 8
_LABEL = 4
_CLAUSE_SIGNS = "，,。；;：:（）()\n"
_WHOLE = 0.9
_FAR = 0.4


def figure_faults(statement: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Find the quantities of a statement that its sources do not support.

    A quantity holds where a source states the same value in the same unit, for the same year, going the same
    way and with the same side left open. A bare figure of a table takes its unit from the table.

    Args:
        statement: a sentence without marks.
        sources: what it cites.

    Yields:
        One fault for each quantity that does not hold.
    """
    found = quantities(statement)
    dated = any(stated.kind == YEAR for source in sources for stated in source.stated + source.known) or any(
        _STANDARD.search(source.text) for source in sources
    )
    for claimed in found:
        # Where nothing tells the year, a sentence may well have it from elsewhere.
        if claimed.kind == YEAR and not dated:
            continue
        claim = Place(statement, claimed)
        owners = _owners(claim, sources)
        faults = [
            _difference(claim, place) if source in owners else _foreign(claim)
            for source in sources
            for place in places_of(claimed, source)
        ]
        if not faults:
            operands = [operand for other in found for operand in operands_of(statement, other, sources)]
            derived = claimed in operands or is_derived(claimed, statement, operands, claim.trend)
            derived = derived or any(is_difference(claimed, statement, source.text) for source in sources)
            rounded = any(is_rounded(claimed, source.stated) for source in sources)
            counted = is_counted(claimed, statement, len(sources))
            instead = derived and _is_told_instead(claim, sources)
            if instead or not (derived or rounded or counted):
                yield _missing(claim, sources)
        elif None not in faults:
            if any(is_rounded(claimed, source.stated) for source in sources):
                continue
            # The mildest objection: the others are to places that speak of something else.
            yield min((fault for fault in faults if fault), key=lambda fault: fault.contradicted)
        elif claimed.kind == YEAR:
            yield from _wrong_year(claim, sources)
            yield from _wrong_clause(claim, sources)
        else:
            yield from _wrong_thing(claim, sources)


def _owners(claim: Place, sources: Sequence[Source]) -> Sequence[Source]:
    """Return the sources that speak of the place or body whose quantity is claimed; all, where none does."""
    names = list(proper_names(fold(claim.sentence)))
    if not names:
        return sources
    core = names[-1][:_CORE]
    return [source for source in sources if core in fold(source.text + source.context)] or sources


def _foreign(claim: Place) -> Fault:
    name = list(proper_names(fold(claim.sentence)))[-1]
    return Fault(f"资料中“{claim.quantity.text}”说的不是{name}", contradicted=True)


def _difference(claim: Place, place: Place) -> Fault | None:
    """Return what speaks against a place being the proof of a claim."""
    claimed, stated = claim.quantity, place.quantity
    owner, rightful = _subject(claim.sentence), _subject(place.sentence)
    if owner and rightful and owner != rightful and owner in place.text:
        return Fault(f"资料中“{stated.text}”说的是{rightful}，不是{owner}", contradicted=True)
    if claimed.kind == YEAR:
        compared = is_base(claim.text, claimed) and not is_base(place.text, stated)
        return Fault(f"资料中不是与{claimed.text}比较") if compared else None
    mine, theirs = claim.year, place.year
    if mine and theirs and mine.value != theirs.value:
        return Fault(f"资料中“{stated.text}”对应{theirs.value}年", contradicted=True)
    if mine and not theirs and place.years_around and mine.value not in place.years_around:
        return Fault(f"资料没有说“{stated.text}”是{mine.text}的")
    if claim.trend and place.trend and (claim.trend in RISE) != (place.trend in RISE):
        return Fault(f"资料中为“{place.trend}{stated.text}”", contradicted=True)
    exactly = claimed.bound is Bound.ABOUT and stated.bound is Bound.EXACT
    if claimed.bound != stated.bound and not exactly:
        opposite = {claimed.bound, stated.bound} == {Bound.AT_LEAST, Bound.AT_MOST}
        said = f"资料中为“{stated.bound}{stated.text}”" if stated.bound else "资料中没有这样限定"
        return Fault(f"“{claimed.text}”{said}", contradicted=opposite)
    modality = _MODALITY.findall(claim.sentence)
    if stated.hedge in _AIMS and modality and modality[-1] in _CERTAIN:
        return Fault(f"资料中“{stated.text}”是“{stated.hedge}”的目标")
    return None


def _subject(sentence: str) -> str:
    """Return the place named last before a quantity, or ""."""
    named = [name for name in proper_names(fold(sentence)) if _OF_PLACE.search(name)]
    return named[-1] if named else ""


def _missing(claim: Place, sources: Sequence[Source]) -> Fault:
    """Return the fault of a quantity that no source states; where one states another, it contradicts."""
    claimed, said = claim.quantity, claim.words
    owner = _subject(claim.sentence)
    if owner and not any(owner[:_CORE] in fold(source.text + source.context) for source in sources):
        # What holds of another place corrects nothing.
        return Fault(f"引用的资料没有说到{owner}")
    rivals = [
        place
        for source in sources
        for stated in source.stated
        if stated.unit and stated.unit == claimed.unit and stated.text not in claim.text
        for place in [Place(source.text, stated)]
    ]
    rival = max(rivals, key=lambda place: len(said & place.words), default=None)
    alike = len(said & rival.words) if rival else 0
    if rival and not _is_same_year(claim, rival):
        # The same thing in another year: what it comes to in the year claimed, where one figure is of it.
        of_year = [place for place in rivals if place.year and _is_same_year(claim, place)]
        rival = of_year[0] if len(of_year) == 1 else None
    if rival and alike and alike >= _ALIKE * len(said):
        return Fault(f"资料中为“{rival.quantity.text}”，不是“{claimed.text}”", contradicted=True)
    return Fault(f"引用的资料中没有“{claimed.text}”")


def _is_same_year(claim: Place, place: Place) -> bool:
    """Return whether nothing says that a quantity is of another year than a claimed one."""
    return not (claim.year and place.year) or claim.year.value == place.year.value


def _is_told_instead(claim: Place, sources: Sequence[Source]) -> bool:
    """Return whether a source has another quantity in the very place of one that it does not state."""
    label = claim.label
    for source in sources:
        for stated in source.stated:
            place = Place(source.text, stated)
            alike = len(label) >= _LABEL and _likeness(label, place) >= _WHOLE
            if alike and stated.unit == claim.quantity.unit and len(place.label) <= len(label) / _WHOLE:
                return True
    return False


def _wrong_thing(claim: Place, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault where the words beside the quantity stand beside another one in the source."""
    label = claim.label
    if len(label) < _LABEL:
        return
    places = [Place(source.text, stated) for source in sources for stated in source.stated]
    mine = {place.quantity for source in sources for place in places_of(claim.quantity, source)}
    proofs = [place for place in places if place.quantity in mine]
    right = max((len(label & place.label_in_list) / len(label) for place in proofs), default=0.0)
    years = {place.year.value for place in [claim, *([] if claim.year else proofs)] if place.year}
    rivals = [
        (_likeness(label, place), place.quantity)
        for place in places
        if place.quantity not in mine
        and place.quantity.unit == claim.quantity.unit
        # Several things with a figure each are paired elsewhere.
        and "分别" not in place.sentence
        # The same thing in another year is no rival.
        and not (years and place.year and place.year.value not in years)
    ]
    wrong, rival = max(rivals, key=lambda found: found[0], default=(0.0, claim.quantity))
    if wrong >= _ALIKE and wrong > right + _AHEAD:
        yield Fault(f"资料中为“{rival.text}”，不是“{claim.quantity.text}”", contradicted=True)


def _likeness(label: frozenset[str], place: Place) -> float:
    return len(label & place.label) / len(label)


def _wrong_year(claim: Place, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault where the sentence that speaks of the same thing names another year."""
    clause = _CLAUSE_END.split(claim.text[claim.quantity.end :])[0]
    said = content_words(clause)
    if len(said) < _TELLING or any(quantity.kind != YEAR for quantity in quantities(clause)):
        return
    alike, years = 0.0, frozenset[Decimal]()
    with_it = 0.0
    for source in sources:
        for sentence in SENTENCE_BREAK.split(source.text):
            named = frozenset(year.value for year in quantities(sentence) if year.kind == YEAR)
            share = len(said & content_words(sentence)) / len(said)
            if claim.quantity.value in named or not named:
                with_it = max(with_it, share)
            elif share > alike:
                alike, years = share, named
    if alike >= _ALIKE and alike > with_it + _AHEAD:
        told = "、".join(f"{year}年" for year in sorted(years))
        yield Fault(f"资料中对应的是{told}，不是{claim.quantity.text}", contradicted=True)


def _wrong_clause(claim: Place, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault where a clause of a source says the same, word for word, of another year."""
    end = claim.quantity.end
    begin = max(claim.text.rfind(sign, 0, claim.quantity.start) for sign in _CLAUSE_SIGNS) + 1
    stop = min((at for sign in _CLAUSE_SIGNS if (at := claim.text.find(sign, end)) >= 0), default=None)
    said = content_words(claim.text[begin:stop])
    if len(said) < _LABEL:
        return
    right, wrong = 0.0, ("", 0.0)
    for source in sources:
        clauses = re.split(f"[{_CLAUSE_SIGNS}]", source.text)
        for clause, following in zip(clauses, [*clauses[1:], ""], strict=True):
            years = [one for one in quantities(clause) if one.kind == YEAR and one.text not in claim.text]
            share = len(said & content_words(clause)) / len(said)
            if claim.quantity.value in (one.value for one in quantities(clause) if one.kind == YEAR):
                # 到2030年，产业规模: a year may stand alone before what is said of it.
                right = max(right, len(said & content_words(clause + following)) / len(said))
            elif years and share > wrong[1]:
                wrong = years[0].text, share
    if wrong[1] >= (_ALIKE if right < _AHEAD else _WHOLE) and right + _FAR <= wrong[1]:
        yield Fault(f"资料中为“{wrong[0]}”，不是“{claim.quantity.text}”", contradicted=True)
