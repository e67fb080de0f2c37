"""Holds the quantities of a statement against those of the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.proper_names import proper_names
from assistant.quantities import Bound, Quantity, quantities
from assistant.sources import Source
from assistant.units import COUNT, YEAR
from vectorstore.segmentation import fold, tokens


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a statement does not hold.

    Attributes:
        reason: one Chinese line for the reader.
        contradicted: the passages say otherwise; else they merely do not say it.
    """

    reason: str
    contradicted: bool = False


def figure_faults(statement: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Find the quantities of a statement that its sources do not bear out.

    A quantity holds where a source states the same value in the same unit, for the same year, going the same
    way and with the same side left open. A bare figure of a table takes its unit from the table.

    Args:
        statement: a sentence without marks.
        sources: what it cites.

    Yields:
        One fault for each quantity that does not hold.
    """
    for claimed in quantities(statement):
        claim = _Place(statement, claimed)
        owners = _owners(claim, sources)
        faults = [
            _difference(claim, place) if source in owners else _foreign(claim)
            for source in sources
            for place in _places(claimed, source)
        ]
        if not faults:
            yield _missing(claim, sources)
        elif None not in faults:
            # The mildest objection: the others are to places that speak of something else.
            yield min((fault for fault in faults if fault), key=lambda fault: fault.contradicted)
        elif claimed.kind == YEAR:
            yield from _wrong_year(claim, sources)
        else:
            yield from _wrong_thing(claim, sources)


@dataclass(frozen=True, slots=True)
class _Place:
    """A quantity where it stands, and what stands around it."""

    text: str
    quantity: Quantity
    years_around: frozenset[Decimal] = frozenset()

    @property
    def sentence(self) -> str:
        """The sentence up to the quantity."""
        return _SENTENCE_BREAK.split(self.text[: self.quantity.start])[-1]

    @property
    def words(self) -> frozenset[str]:
        """The words of the whole sentence."""
        rest = _SENTENCE_BREAK.split(self.text[self.quantity.end :])[0]
        return _words(f"{self.sentence}，{rest}")

    @property
    def label(self) -> frozenset[str]:
        """The words beside the quantity, between the nearest commas."""
        rest = _CLAUSE_BREAK.split(self.text[self.quantity.end :])[0]
        return _words(_CLAUSE_BREAK.split(self.sentence)[-1] + "，" + rest)

    @property
    def year(self) -> Quantity | None:
        """The year the quantity is of: the nearest before it, bases of comparison and issuing aside."""
        years = [year for year in quantities(self.sentence) if year.kind == YEAR]
        plain = [
            year
            for year in years
            if not _COMPARED.search(self.sentence[: year.start])
            and not _ISSUED.match(self.sentence, year.end)
        ]
        return plain[-1] if plain else None

    @property
    def trend(self) -> str:
        """The word that says which way the quantity changes something, or ""."""
        found = _TREND.findall(_CLAUSE_BREAK.split(self.sentence)[-1])
        return found[-1] if found else ""


_SENTENCE_BREAK = re.compile(r"[。；;！？!?\n]")
_CLAUSE_BREAK = re.compile(r"[，,、；;。\n]")
_CLAUSE_END = re.compile(r"[；;。]")
_COMPARED = re.compile(r"(?:比|较|自|从|由|以|相当于)$")
_ISSUED = re.compile(r"\d+月\d+日|[^，,]{0,8}(?:印发|发布|公布|出台)")
_RISE = "增长 提高 提升 上升 增加 扩大 上涨 增至 升至"
_FALL = "下降 降低 减少 下调 压减 缩减 下滑 削减 降至 压缩"
_TREND = re.compile("|".join(f"{_RISE} {_FALL}".split()))
_CERTAIN = frozenset({"确保", "保证", "必须", "已"})
_AIMS = frozenset({"力争", "争取", "努力", "预计", "预期", "有望", "拟"})
_MODALITY = re.compile("|".join(_CERTAIN | _AIMS | {"目标", "计划", "规划"}))
_CORE = 2
_GENERIC = frozenset("个项大种类")
_ALIKE = 0.5
_AHEAD = 0.2
_TELLING = 8
_LABEL = 4


def _owners(claim: _Place, sources: Sequence[Source]) -> Sequence[Source]:
    """Return the sources that speak of the place or body whose quantity is claimed; all, where none does."""
    names = list(proper_names(fold(claim.sentence)))
    if not names:
        return sources
    core = names[-1][:_CORE]
    return [source for source in sources if core in fold(source.text + source.context)] or sources


def _foreign(claim: _Place) -> Fault:
    name = list(proper_names(fold(claim.sentence)))[-1]
    return Fault(f"资料中“{claim.quantity.text}”说的不是{name}", contradicted=True)


def _places(claimed: Quantity, source: Source) -> Iterator[_Place]:
    """Yield the places of a source that state the claimed quantity."""
    around = re.sub(r"\s", "", source.context + source.text)
    years = frozenset(year.value for year in source.stated + source.known if year.kind in (YEAR, ""))
    # Which counter the heading of a table names, 家 or 个, means nothing.
    unit_told = claimed.written in around or (claimed.kind == COUNT and claimed.written == claimed.unit)
    for text, found in ((source.text, source.stated), (source.context, source.known)):
        for stated in found:
            bare = not stated.unit and not stated.written
            cell = bare and unit_told and stated.number == claimed.number
            if cell or (claimed.value == stated.value and _same_unit(claimed, stated)):
                yield _Place(text, stated, years)


def _same_unit(claimed: Quantity, stated: Quantity) -> bool:
    if claimed.unit == stated.unit:
        return True
    if claimed.kind == stated.kind == COUNT:
        return not _GENERIC.isdisjoint((claimed.unit, stated.unit))
    # 1200亿 stands for 1200亿元, and a table's 2030 for the year.
    bare = claimed if not claimed.unit else stated
    return not bare.unit and (bool(bare.written) or YEAR in (claimed.kind, stated.kind))


def _difference(claim: _Place, place: _Place) -> Fault | None:
    """Return what speaks against a place being the proof of a claim."""
    claimed, stated = claim.quantity, place.quantity
    if claimed.kind == YEAR:
        compared = _COMPARED.search(claim.sentence) and not _COMPARED.search(place.sentence)
        return Fault(f"资料中不是与{claimed.text}比较") if compared else None
    mine, theirs = claim.year, place.year
    if mine and theirs and mine.value != theirs.value:
        return Fault(f"资料中“{stated.text}”对应{theirs.value}年", contradicted=True)
    if mine and not theirs and mine.value not in place.years_around:
        return Fault(f"资料没有说“{stated.text}”是{mine.text}的")
    if claim.trend and place.trend and (claim.trend in _RISE) != (place.trend in _RISE):
        return Fault(f"资料中为“{place.trend}{stated.text}”", contradicted=True)
    if claimed.bound != stated.bound:
        opposite = {claimed.bound, stated.bound} == {Bound.AT_LEAST, Bound.AT_MOST}
        said = f"资料中为“{stated.bound}”" if stated.bound else "资料中没有这样限定"
        return Fault(f"“{claimed.text}”{said}", contradicted=opposite)
    modality = _MODALITY.findall(claim.sentence)
    if stated.hedge in _AIMS and modality and modality[-1] in _CERTAIN:
        return Fault(f"资料中“{stated.text}”是“{stated.hedge}”的目标")
    return None


def _missing(claim: _Place, sources: Sequence[Source]) -> Fault:
    """Return the fault of a quantity that no source states; where one states another, it contradicts."""
    claimed, said = claim.quantity, claim.words
    rivals = [
        (len(said & _Place(source.text, stated).words), stated)
        for source in sources
        for stated in source.stated
        if stated.unit and stated.unit == claimed.unit and stated.text not in claim.text
    ]
    alike, rival = max(rivals, key=lambda found: found[0], default=(0, claimed))
    if alike and alike >= _ALIKE * len(said):
        return Fault(f"资料中为“{rival.text}”，不是“{claimed.text}”", contradicted=True)
    return Fault(f"引用的资料中没有“{claimed.text}”")


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(token for token in tokens(text) if not any(character.isdigit() for character in token))


def _wrong_thing(claim: _Place, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault where the words beside the quantity stand beside another one in the source."""
    label = claim.label
    if len(label) < _LABEL:
        return
    right, wrong, rival = 0.0, 0.0, claim.quantity
    for source in sources:
        mine = {place.quantity for place in _places(claim.quantity, source)}
        for stated in source.stated:
            alike = len(label & _Place(source.text, stated).label) / len(label)
            if stated in mine:
                right = max(right, alike)
            elif stated.unit == claim.quantity.unit and alike > wrong:
                wrong, rival = alike, stated
    if wrong >= _ALIKE and wrong > right + _AHEAD:
        yield Fault(f"资料中为“{rival.text}”，不是“{claim.quantity.text}”", contradicted=True)


def _wrong_year(claim: _Place, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault where the sentence that speaks of the same thing names another year."""
    clause = _CLAUSE_END.split(claim.text[claim.quantity.end :])[0]
    said = _words(clause)
    if len(said) < _TELLING or any(quantity.kind != YEAR for quantity in quantities(clause)):
        return
    alike, years = 0.0, frozenset[Decimal]()
    with_it = 0.0
    for source in sources:
        for sentence in _SENTENCE_BREAK.split(source.text):
            named = frozenset(year.value for year in quantities(sentence) if year.kind == YEAR)
            share = len(said & _words(sentence)) / len(said)
            if claim.quantity.value in named or not named:
                with_it = max(with_it, share)
            elif share > alike:
                alike, years = share, named
    if alike >= _ALIKE and alike > with_it + _AHEAD:
        told = "、".join(f"{year}年" for year in sorted(years))
        yield Fault(f"资料中对应的是{told}，不是{claim.quantity.text}", contradicted=True)
