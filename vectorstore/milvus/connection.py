"""A connection to Milvus, made when it is first needed, with its failures in words for the user."""

from __future__ import annotations

import json
import logging
import socket
import threading
import weakref
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from typing import Any

from vectorstore.errors import LibraryError, SettingsError
from vectorstore.failures import is_engine_failure, storage_reason
from vectorstore.languages.language import own_words
from vectorstore.milvus.address import Address

_CONNECT_SECONDS = 5.0
# pymilvus goes on trying for minutes where nothing is said; who asks a question does not wait so long.
_TRIES = 3
# A server that has gone silent is noticed by asking it during calls; one that is asked all the time hangs up.
_CHANNEL = {
    "grpc.keepalive_time_ms": 30_000,
    "grpc.keepalive_permit_without_calls": False,
    # Connections to one address would else wait together, ever longer, for one that has gone.
    "grpc.use_local_subchannel_pool": 1,
}
# Milvus gives no more hits than this for a query (quotaAndLimits.limits.topK).
MOST_HITS = 16_384
# Of ids in a filter; a call takes 64 MB, an expression longer than some hundred KB is slow to read.
_IDS = 1_000
_NO_COLLECTION, _NOT_LOADED = 100, 101

Row = Mapping[str, Any]

TEXT: Row = {"datatype": "VARCHAR", "max_length": 1_024}
SPARSE: Row = {"datatype": "SPARSE_FLOAT_VECTOR"}
BY_PRODUCT: Row = {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"}
BY_VALUE: Row = {"index_type": "INVERTED"}


class Connection:
    """Milvus at one address; safe to share between threads.

    Args:
        address: where it is.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._guard = threading.Lock()
        self._client: Any = None
        self._closing: Callable[[], object] | None = None

    def collections(self) -> list[str]:
        """Return the names of all collections."""
        with self._explained() as client:
            return list(client.list_collections())

    def make(self, name: str, fields: Mapping[str, Row], indexes: Mapping[str, Row]) -> None:
        """Make a collection, unless it is there.

        Args:
            name: of the collection.
            fields: field → its parameters; the first is the key.
            indexes: field → the parameters of its index.
        """
        with self._explained() as client:
            if client.has_collection(name):
                return
            from pymilvus import DataType

            schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
            for place, (field, parameters) in enumerate(fields.items()):
                kind = DataType[parameters["datatype"]]
                schema.add_field(field, is_primary=place == 0, **{**parameters, "datatype": kind})
            index_parameters = client.prepare_index_params()
            for field, parameters in indexes.items():
                index_parameters.add_index(field, **parameters)
            # Who reads a generation that was published must find all that was written for it.
            client.create_collection(
                name, schema=schema, index_params=index_parameters, consistency_level="Strong"
            )

    def drop(self, name: str) -> None:
        """Delete a collection."""
        with self._explained() as client:
            client.drop_collection(name)

    def put(self, name: str, rows: Sequence[Row]) -> None:
        """Add rows, or replace those with the same keys."""
        if rows:
            self._asked("upsert", name, data=list(rows))

    def delete(self, name: str, ids: Collection[str]) -> None:
        """Take rows out; unknown keys do not matter."""
        for part in _parts(ids):
            self._asked("delete", name, ids=part)

    def delete_of(self, name: str, documents: Collection[str]) -> None:
        """Take all rows of documents out."""
        for part in _parts(documents):
            self._asked("delete", name, filter=within(part))

    def get(self, name: str, ids: Collection[str], fields: Sequence[str]) -> list[dict[str, Any]]:
        """Return the rows with some keys; unknown ones are left out."""
        return [
            row
            for part in _parts(ids)
            for row in self._asked("get", name, ids=part, output_fields=list(fields))
        ]

    def ids_of(self, name: str, documents: Collection[str]) -> set[str]:
        """Return the keys of all rows of documents."""
        return {row["id"] for part in _parts(documents) for row in self.rows(name, ["id"], part)}

    def rows(
        self, name: str, fields: Sequence[str], documents: Sequence[str] = ()
    ) -> Iterator[dict[str, Any]]:
        """Give all rows, or those of a few documents."""
        pages = self._asked(
            "query_iterator", name, batch_size=_IDS, filter=within(documents), output_fields=list(fields)
        )
        while True:
            with self._explained():
                page = pages.next()
            if not page:
                break
            yield from page
        pages.close()

    def search(
        self,
        name: str,
        field: str,
        vector: Any,
        limit: int,
        within: str,
        parameters: Mapping[str, Any],
    ) -> list[tuple[str, str, float]]:
        """Find the rows that are nearest to a vector.

        Args:
            name: of the collection.
            field: which holds the vectors.
            vector: of the query.
            limit: most rows to return.
            within: which rows are searched, as `within` tells it.
            parameters: of the search.

        Returns:
            Key, document and score of each, best first.
        """
        found = self._asked(
            "search",
            name,
            data=[vector],
            anns_field=field,
            limit=min(limit, MOST_HITS),
            filter=within,
            output_fields=["document"],
            search_params=dict(parameters),
        )
        return [(hit["id"], hit["entity"]["document"], float(hit["distance"])) for hit in found[0]]

    def settle(self, names: Sequence[str]) -> None:
        """Let Milvus Lite write what it holds in memory, where each search goes through all of it anew."""
        with self._explained() as client:
            # A server does so by itself, and refuses to be told often.
            if "lite" in str(client.get_server_version()):
                for name in names:
                    client.flush(name)

    def _asked(self, what: str, name: str, **options: Any) -> Any:
        with self._explained() as client:
            ask = partial(getattr(client, what), name, **options, retry_times=_TRIES)
            try:
                return ask()
            except Exception as error:
                if getattr(error, "code", None) != _NOT_LOADED:
                    raise
                # Milvus Lite loads nothing when it is started; a server may have been told to let go.
                client.load_collection(name)
                return ask()

    @contextmanager
    def _explained(self) -> Iterator[Any]:
        try:
            yield self._opened()
        except BaseException as error:
            if not is_engine_failure(error):
                raise
            self._let_go()
            raise LibraryError(f"检索引擎 Milvus（{self._address.shown}）{self._reason(error)}") from error

    def _opened(self) -> Any:
        with self._guard:
            if self._client is None:
                self._client = _connected(self._address)
                self._closing = weakref.finalize(self, self._client.close)
            return self._client

    def _let_go(self) -> None:
        # Connected anew by whoever needs it next: what is wrong may be mended by then.
        with self._guard:
            closing, self._client, self._closing = self._closing, None, None
        if closing:
            with suppress(Exception):
                closing()

    def _reason(self, error: BaseException) -> str:
        if getattr(error, "code", None) == _NO_COLLECTION:
            return own_words("中没有本库的索引，请运行 policy-assistant rebuild")
        folder = self._address.folder
        if folder is None:
            return own_words("无法使用，请确认服务已启动、用户和密码正确，并检查设置 POLICY_SEARCH_URL")
        return storage_reason(error, folder) or own_words(
            "无法打开，可能正被另一个程序使用；几个程序同时使用，请启动 Milvus 服务并更改 POLICY_SEARCH_URL"
        )


def _connected(address: Address) -> Any:
    # It takes long to load; what reads only the catalogue does not wait for it.
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise SettingsError(
            "设置 POLICY_SEARCH_URL 用到 Milvus，请先安装：pip install 'policy-assistant[milvus]'"
        ) from error
    # Their own lines would show what was searched for, and where.
    for name in ("pymilvus", "pymilvus.milvus_client", "milvus_lite"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    if address.folder:
        address.folder.parent.mkdir(parents=True, exist_ok=True)
    else:
        # Where nobody listens pymilvus notices it late.
        socket.create_connection((address.host, address.port), _CONNECT_SECONDS).close()
    return MilvusClient(
        address.uri,
        token=address.token,
        db_name=address.database,
        timeout=_CONNECT_SECONDS,
        dedicated=True,
        grpc_options=_CHANNEL,
    )


def within(documents: Collection[str], without: Collection[str] = ()) -> str:
    """Return the filter that leaves the rows of some documents.

    Args:
        documents: ids of the only ones; empty means all.
        without: ids of those whose rows are left out.
    """
    parts = {"in": documents, "not in": without}
    return " and ".join(f"document {how} {json.dumps(list(ids))}" for how, ids in parts.items() if ids)


def _parts(ids: Collection[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while part := list(islice(left, _IDS)):
        yield part
