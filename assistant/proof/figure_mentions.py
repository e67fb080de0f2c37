"""Where the sources state a figure, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from assistant.proof.sources import Source
from assistant.proof.trends import TREND
from vectorstore.quantities import Quantity, quantities
from vectorstore.segmentation import tokens
from vectorstore.units import COUNT, YEAR

SENTENCE_BREAK = re.compile(r"[。；;！？!?\n]")
# 比2020年增长, 在2020年基础上: the year is only what another one is held against.
_COMPARED = re.compile(r"(?:比|较|自|从|由|以|相当于)$")
_BASE = re.compile(r"年?的?(?:基础上|水平|基数)")
# 从2009年起 says when, not against what.
_SINCE = re.compile("年?(?:[起至到后]|以来|开始)")
# 2020年末的约: nothing else stands between the year and its figure.
_OWN_YEAR = re.compile(r"年?(?:末|底)?的?(?:约|近)?")
_CLAUSE_BREAK = re.compile(r"[，,、；;。（）()\n]")
_OUTER_BREAK = re.compile(r"[，,；;。（）()\n]")
_OF_ITS_OWN = re.compile(r"年?(?:末|底)?的\s*(?:约|近)?\d")
# 2021年3月5日, 2021年市政府印发: the year is the paper's and not the figure's.
_ISSUED = re.compile(r"\d+月\d+日|[^，,]{0,8}(?:印发|发布|公布|出台)")
_FORMULA = re.compile("[÷×+＋=＝*]")
_GENERIC = frozenset("个项大种类")


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity where it stands, and what stands around it."""

    text: str
    quantity: Quantity
    years_around: frozenset[Decimal] = frozenset()

    @property
    def sentence(self) -> str:
        """The sentence up to the quantity."""
        return SENTENCE_BREAK.split(self.text[: self.quantity.start])[-1]

    @property
    def words(self) -> frozenset[str]:
        """The words of the whole sentence."""
        rest = SENTENCE_BREAK.split(self.text[self.quantity.end :])[0]
        return content_words(f"{self.sentence}，{rest}")

    @property
    def label(self) -> frozenset[str]:
        """The words beside the quantity, between the nearest commas."""
        rest = _CLAUSE_BREAK.split(self.text[self.quantity.end :])[0]
        return content_words(_CLAUSE_BREAK.split(self.sentence)[-1] + "，" + rest)

    @property
    def label_in_list(self) -> frozenset[str]:
        """The same with what stands before the list that it is in: 引进3个团队、17个中心."""
        return self.label | content_words(_OUTER_BREAK.split(self.sentence)[-1])

    @property
    def year(self) -> Quantity | None:
        """The year the quantity is of: the nearest before it, bases of comparison and issuing aside."""
        years = [year for year in quantities(self.sentence) if year.kind == YEAR]
        own = [year for year in years if _OWN_YEAR.fullmatch(self.sentence[year.end :])]
        plain = [year for year in years if not is_base(self.sentence, year) and not self._issues(year)]
        return next(reversed(own or plain), None)

    def _issues(self, year: Quantity) -> bool:
        return _ISSUED.match(self.sentence, year.end) is not None

    @property
    def trend(self) -> str:
        """The word that says which way the quantity changes something, or ""."""
        found = TREND.findall(_CLAUSE_BREAK.split(self.sentence)[-1])
        return found[-1] if found else ""


def is_base(text: str, year: Quantity) -> bool:
    """Return whether a year is only what another one is held against, as in 比2020年增长."""
    since = _SINCE.match(text, year.end)
    compared = (_COMPARED.search(text[: year.start]) and not since) or _BASE.match(text, year.end)
    # 较2020年的402家 gives that year a figure of its own.
    return bool(compared) and not _OF_ITS_OWN.match(text, year.end)


def places_of(claimed: Quantity, source: Source) -> Iterator[Place]:
    """Yield the places of a source that state the claimed quantity."""
    around = re.sub(r"\s", "", source.context + source.text)
    years = frozenset(one.value for one in source.stated + source.known if one.may_be_year)
    # Which counter the heading of a table names, 家 or 个, means nothing.
    unit_told = claimed.written in around or (claimed.kind == COUNT and claimed.written == claimed.unit)
    for text, found in ((source.text, source.stated), (source.context, source.known)):
        for stated in found:
            bare = not stated.unit and not stated.written
            cell = bare and unit_told and stated.number == claimed.number
            if cell or (claimed.value == stated.value and _same_unit(claimed, stated)):
                yield Place(text, stated, years)


def operands_of(statement: str, claimed: Quantity, sources: Sequence[Source]) -> Iterator[Quantity]:
    """Yield a figure of a sentence as its sources state it; in a formula it may stand without its unit."""
    for source in sources:
        for place in places_of(claimed, source):
            # A cell of a table has its unit elsewhere.
            unit, kind = (place.quantity.unit or claimed.unit), (place.quantity.kind or claimed.kind)
            yield replace(place.quantity, unit=unit, kind=kind)
            return
    if not claimed.unit and _FORMULA.search(statement[max(0, claimed.start - 1) : claimed.end + 1]):
        for source in sources:
            for stated in source.stated:
                if stated.number == claimed.number:
                    yield stated
                    yield claimed
                    return


def _same_unit(claimed: Quantity, stated: Quantity) -> bool:
    if claimed.unit == stated.unit:
        return True
    if claimed.kind == stated.kind == COUNT:
        return not _GENERIC.isdisjoint((claimed.unit, stated.unit))
    # 1200亿 stands for 1200亿元, and a table's 2030 for the year.
    bare = claimed if not claimed.unit else stated
    return not bare.unit and (bool(bare.written) or YEAR in (claimed.kind, stated.kind))


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """Return the tokens of a text that hold no digit."""
    return frozenset(token for token in tokens(text) if not any(character.isdigit() for character in token))
