"""What staff said of facts by hand: corrected, or called misread.

Like corrections of a document, they belong to the file's name, and to the words that prove the fact: so they
outlive the file's next version, reading it anew and `rebuild`. One whose words are gone is kept, and listed.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from vectorstore.errors import LibraryError
from vectorstore.facts import Fact, FactKind, Indicator, Statement
from vectorstore.named_regions import region_meant
from vectorstore.revising import revised, texts_of


@dataclass(frozen=True, slots=True)
class FactRevision:
    """What a person said of a fact.

    Attributes:
        source: name of the file that states it.
        kind: what the fact is about.
        quote: the words that prove it.
        read: what was read from them.
        changes: field and what it should say, for each that was corrected.
        rejected: whether it was called misread.
        who: who said so; "" where nobody signs in.
        at: when, in UTC; None before it is kept.
        id: names it.
    """

    source: str
    kind: FactKind
    quote: str
    read: Statement
    changes: tuple[tuple[str, str], ...] = ()
    rejected: bool = False
    who: str = ""
    at: datetime | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(16))

    def is_of(self, other: FactRevision) -> bool:
        """Return whether both are of one fact: who says more of it takes the place of what was said."""
        return (self.source, self.kind, self.quote, self.read) == (
            other.source,
            other.kind,
            other.quote,
            other.read,
        )


def laid(facts: Sequence[Fact], revisions: Sequence[FactRevision], region: str) -> list[Fact]:
    """Return a document's facts with what was said of them by hand.

    Args:
        facts: as they are stored, perhaps with what was said of them before.
        revisions: of the document's file.
        region: the document's, as it is known now.
    """
    read = [_as_read(fact, region) for fact in facts]
    said: dict[int, FactRevision] = {}
    for exact in (True, False):
        for revision in revisions:
            if revision not in said.values():
                said |= dict.fromkeys(_meant(revision, read, said, exact=exact), revision)
    return [_with(fact, said[at]) if at in said else fact for at, fact in enumerate(read)]


def _as_read(fact: Fact, region: str) -> Fact:
    statement = fact.read
    if isinstance(statement, Indicator):
        statement = replace(statement, region=region_meant(statement.named, region))
    return replace(fact, statement=statement, original=None, rejected=False, revision="")


def _meant(
    revision: FactRevision, facts: Sequence[Fact], taken: dict[int, FactRevision], *, exact: bool
) -> list[int]:
    """Places of the facts that a revision is of: those read as then, else the only one of these words."""
    near = [
        at
        for at, fact in enumerate(facts)
        if at not in taken and fact.kind is revision.kind and fact.quote == revision.quote
    ]
    if exact:
        return [at for at in near if facts[at].statement == revision.read]
    alike = [at for at in near if _core(facts[at].statement) == _core(revision.read)]
    return next((found for found in (alike, near) if len(found) == 1), [])


def _core(statement: Statement) -> dict[str, str]:
    """What of a statement does not follow from the document's own region."""
    texts = texts_of(statement)
    if isinstance(statement, Indicator):
        texts.pop("region")
    return texts


def _with(fact: Fact, revision: FactRevision) -> Fact:
    if revision.rejected:
        return replace(fact, rejected=True, revision=revision.id)
    try:
        statement = revised(fact.statement, dict(revision.changes))
    except LibraryError:
        # It does not go with what is read from these words by now.
        return fact
    return replace(fact, statement=statement, original=fact.statement, revision=revision.id)
