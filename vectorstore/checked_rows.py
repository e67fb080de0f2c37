"""Rows of documents as they are read: what is not as it was written is left out, and its document named."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Table, select

from vectorstore import tables
from vectorstore.changes import batches
from vectorstore.checksums import is_whole
from vectorstore.database import Database
from vectorstore.languages.catalogue import say

_log = logging.getLogger("vectorstore")
TABLES = (tables.documents, tables.texts, tables.passages, tables.document_tables, tables.facts)


class CheckedRows:
    """Reads rows by their tables; safe to share between threads.

    Args:
        database: where the tables are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._damaged: set[str] = set()

    @property
    def damaged(self) -> frozenset[str]:
        """Ids of the documents of which a row was found that is not as it was written."""
        with self._lock:
            return frozenset(self._damaged)

    def read(
        self, table: Table, condition: ColumnElement[bool], order: Column[Any] | None = None
    ) -> list[Row[Any]]:
        """Return the rows that meet a condition and are as they were written.

        Args:
            table: one of `TABLES`.
            condition: which rows.
            order: the column they are sorted by.
        """
        query = select(table).where(condition).order_by(*([] if order is None else [order]))
        try:
            with self._database.reading() as connection:
                rows = list(connection.execute(query).all())
        except (ValueError, TypeError):
            # One that is not even a value of its column hides the others.
            rows = list(self._one_by_one(table, condition, order))
        whole = []
        for row in rows:
            if is_whole(table, row):
                whole.append(row)
            else:
                self._note(row._mapping[_document(table).name])
        return whole

    def check(self, document_id: str) -> bool:
        """Say whether everything that is stored of a document is as it was written."""
        for table in TABLES:
            self.read(table, _document(table) == document_id)
        return document_id not in self.damaged

    def check_quoted(self, document_ids: Sequence[str]) -> None:
        """Check what is quoted beside the passages of some documents: facts, text and tables of each."""
        for table in (tables.documents, tables.texts, tables.document_tables):
            for batch in batches(document_ids):
                self.read(table, _document(table).in_(batch))

    def _one_by_one(
        self, table: Table, condition: ColumnElement[bool], order: Column[Any] | None
    ) -> Iterator[Row[Any]]:
        keys = list(table.primary_key)
        named = select(_document(table), *keys).where(condition)
        with self._database.reading() as connection:
            known = connection.execute(named.order_by(*([] if order is None else [order]))).all()
        for document_id, *values in known:
            this = [column == value for column, value in zip(keys, values, strict=True)]
            try:
                with self._database.reading() as connection:
                    yield connection.execute(select(table).where(*this)).one()
            except (ValueError, TypeError):
                self._note(document_id)

    def _note(self, document_id: str) -> None:
        with self._lock:
            if document_id in self._damaged:
                return
            self._damaged.add(document_id)
        named = select(tables.documents.c.source).where(tables.documents.c.id == document_id)
        with self._database.reading() as connection:
            source = connection.scalar(named) or document_id
        _log.warning(
            say("{source} 存储的内容与收录时不符，已停止引用；请运行 policy-assistant repair", source=source)
        )


def _document(table: Table) -> Column[Any]:
    return table.c.id if table is tables.documents else table.c.document_id
