"""Secret addresses of feeds: who knows one reads what changed for its owner, until the owner renews it."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select, update

from assistant.records.history import in_utc
from vectorstore.records import Records
from vectorstore.tables import feed_addresses

_A = feed_addresses.c


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """Whose feed an address leads to.

    Attributes:
        owner: whose subscriptions it tells of.
        feed_id: names the feed, whatever its address is.
        made_at: when the address was made, in UTC.
    """

    owner: str
    feed_id: str
    made_at: datetime


class FeedAddresses:
    """Makes, follows and withdraws the addresses, one a person; what is kept of one opens nothing.

    Args:
        records: where they are kept.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def make(self, owner: str, secret: str) -> None:
        """Let an address lead to a person's feed; the one before leads nowhere any more.

        Args:
            owner: whose feed it is.
            secret: as `new_secret` gives it.
        """
        values = {"secret_hash": _hashed(secret), "made_at": datetime.now(UTC)}
        with self._records.writing() as connection:
            known = connection.execute(
                update(feed_addresses).where(_A.owner == owner).values(**values)
            ).rowcount
            if not known:
                row = values | {"owner": owner, "feed_id": uuid.uuid4().hex}
                connection.execute(insert(feed_addresses).values(**row))

    def withdraw(self, owner: str) -> None:
        """Let a person's address lead nowhere."""
        with self._records.writing() as connection:
            connection.execute(delete(feed_addresses).where(_A.owner == owner))

    def made_at(self, owner: str) -> datetime | None:
        """Return when a person's address was made, in UTC; None where there is none."""
        with self._records.reading() as connection:
            found = connection.scalar(select(_A.made_at).where(_A.owner == owner))
        return None if found is None else in_utc(found)

    def followed(self, secret: str) -> FeedAddress | None:
        """Return whose feed an address leads to; None where it was renewed or never was.

        Args:
            secret: as the address names it.
        """
        query = select(feed_addresses).where(_A.secret_hash == _hashed(secret))
        with self._records.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else FeedAddress(row.owner, row.feed_id, in_utc(row.made_at))


def new_secret() -> str:
    """Return what makes an address that nobody can guess (256 random bits)."""
    return secrets.token_urlsafe(32)


def _hashed(secret: str) -> str:
    # Of so many random bits a plain hash tells nothing.
    return hashlib.sha256(secret.encode()).hexdigest()
