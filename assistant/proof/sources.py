"""Cited passages as sources of proof."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.types import Hit
from vectorstore.quantities import Quantity, quantities

_FIVE_YEARS = re.compile("第([一二三四五六七八九十]+)个五年")


@dataclass(frozen=True, slots=True)
class Source:
    """What a cited passage says, and what is known from its surroundings.

    Attributes:
        text: the passage.
        context: its document's title and dates, its headings and its table's caption.
        stated, known: the quantities of both.
    """

    text: str
    context: str
    stated: tuple[Quantity, ...]
    known: tuple[Quantity, ...]


@lru_cache(maxsize=512)
def source_of(hit: Hit) -> Source:
    """Return a passage as a source of proof."""
    document, passage = hit.document, hit.passage
    period = document.period
    years = [f"{year}年" for year in (period.start, period.end) if year]
    issued = f"{document.issued_on:%Y年%-m月%-d日}印发" if document.issued_on else ""
    known = [document.title, document.document_number, document.region, document.issuer, issued, *years]
    around = "\n".join(filter(None, [*known, *passage.section, passage.table]))
    # The fourteenth five-year plan goes by “十四五”.
    short = (f"{number}五" for number in _FIVE_YEARS.findall(around + passage.text))
    context = "\n".join([around, *dict.fromkeys(short)])
    return Source(passage.text, context, quantities(passage.text), quantities(context))
