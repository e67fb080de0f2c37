"""What the library holds, as its page lists it: filtered documents, and the structure of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.records.expiring import Ending, ending_of
from vectorstore.segmentation import fold
from vectorstore.types import DocumentKind, Passage, PolicyDocument, Status


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents are wanted; whatever is left empty wants all.

    Attributes:
        query: words that title, number, issuer, region or file name must hold, in any script.
        statuses: standings on the day.
        regions: region names.
        kinds: forms of writing.
        endings: what has become of their time by the day.
        incomplete_only: only documents of which something is not known.
    """

    query: str = ""
    statuses: tuple[Status, ...] = ()
    regions: tuple[str, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    endings: tuple[Ending, ...] = ()
    incomplete_only: bool = False

    def wants(self, document: PolicyDocument, today: date) -> bool:
        """Whether a document is wanted, its standing taken on a day."""
        searched = fold(
            " ".join(
                (document.title, document.document_number, document.issuer, document.region, document.source)
            )
        )
        return (
            all(fold(word) in searched for word in self.query.split())
            and (not self.statuses or document.standing(today) in self.statuses)
            and (not self.regions or document.region in self.regions)
            and (not self.kinds or document.kind in self.kinds)
            and (not self.endings or ending_of(document, today) in self.endings)
            and (not self.incomplete_only or bool(gaps(document)))
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document.

    Attributes:
        text: the heading.
        depth: how many headings stand over it.
        passages: how many passages stand directly under it.
    """

    text: str
    depth: int
    passages: int


def wanted(documents: Iterable[PolicyDocument], chosen: Filter, today: date) -> list[PolicyDocument]:
    """Return the documents that a filter wants, those that came last first."""
    found = [document for document in documents if chosen.wants(document, today)]
    return sorted(found, key=lambda d: (d.ingested_at is not None, d.ingested_at), reverse=True)


def gaps(document: PolicyDocument) -> tuple[str, ...]:
    """Return what is not known of a document and is worth adding by hand, in words that a reader sees."""
    missing = {
        "地区": not document.region,
        "发文机关": not document.issuer and document.status is not Status.NOT_POLICY,
        "日期": document.issued_on is None,
        "状态": document.status is Status.UNKNOWN,
    }
    return tuple(name for name, absent in missing.items() if absent)


def structure(passages: Sequence[Passage]) -> tuple[Heading, ...]:
    """Return the headings of a document in its order, as they were understood.

    Args:
        passages: all of its passages, in its order.
    """
    order: dict[tuple[str, ...], int] = {}
    for passage in passages:
        for depth in range(1, len(passage.section) + 1):
            order.setdefault(passage.section[:depth], 0)
        if passage.section:
            order[passage.section] += 1
    return tuple(Heading(path[-1], len(path) - 1, number) for path, number in order.items())
