"""The points in time that a row of an indicator table gives: what a small chart is drawn from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Citation
from vectorstore.types import PassageKind

_FEWEST = 3
# “经济发展｜1 地区生产总值（亿元）：”, of which the name is 地区生产总值（亿元）.
_NAME = re.compile(r"(?:.*｜)?\s*(?:\d{1,3}\s*[.、]?\s+)?(?P<name>[^｜：]+)：")
# One cell: “2030年力争980亿元”.
_POINT = re.compile(
    r"(?P<year>20\d\d)年?(?P<bound>\D{0,6})(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d；，。]*)"
)


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator over the years.

    Attributes:
        name: the indicator with its unit, as the table names it.
        number: n of the citation that it stands in.
        points: year and value, the earliest first.
    """

    name: str
    number: int
    points: tuple[tuple[int, float], ...]


def series_of(citations: Sequence[Citation]) -> tuple[Series, ...]:
    """Return the indicators among an answer's citations that have at least three points in time.

    Args:
        citations: an answer's; only rows of tables are read, whose sentences ingestion made.
    """
    found = (_series(citation) for citation in citations if citation.passage.kind is PassageKind.TABLE_ROW)
    return tuple(series for series in found if series is not None)


def _series(citation: Citation) -> Series | None:
    named = _NAME.match(citation.passage.text)
    if not named:
        return None
    points: dict[int, float] = {}
    units: set[str] = set()
    for cell in citation.passage.text[named.end() :].split("；"):
        point = _POINT.fullmatch(cell.strip())
        if point:
            points[int(point["year"])] = float(point["value"].replace(",", ""))
            units.add(point["unit"])
    # Figures of different units do not belong on one axis.
    if len(points) < _FEWEST or len(units) > 1:
        return None
    return Series(named["name"].strip(), citation.number, tuple(sorted(points.items())))
