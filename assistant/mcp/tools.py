"""The tools: each a thin layer over what the HTTP service does, with the answer as text besides."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any, TypeVar

import anyio.to_thread
from pydantic import BaseModel

from assistant.api.protocol import proof
from assistant.api.requests import document_named, refuse_nothing_to_search
from assistant.assistant import Assistant
from assistant.checked_sentence import CheckedSentence
from assistant.days import today
from assistant.json_records import checked_record, hit_record
from assistant.ledger.records import facts_record
from assistant.mcp import telling, wording
from assistant.mcp.arguments import (
    AskArguments,
    DocumentArguments,
    FactsArguments,
    SearchArguments,
    VerifyArguments,
    read,
)
from assistant.mcp.reading import read_part
from assistant.mcp.shapes import AskResult, DocumentResult, FactsResult, SearchResult, Shape, VerifyResult
from assistant.records.audit import Action, AuditLog
from vectorstore.library import PolicyLibrary
from vectorstore.viewers import Viewer

_CALLER = "MCP"
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Result:
    """What a tool returns.

    Attributes:
        text: for a model to read.
        record: the same as JSON, in the shape that the tool's schema tells.
    """

    text: str
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as a client sees it.

    Attributes:
        name, title: what models and people call it.
        told: what it does, when to use it, and its limits.
        arguments: what it takes.
        shape: what it returns.
    """

    name: str
    title: str
    told: str
    arguments: type[BaseModel]
    shape: type[Shape]


TOOLS = (
    Tool("search", "查找段落", wording.SEARCH, SearchArguments, SearchResult),
    Tool("ask", "提问", wording.ASK, AskArguments, AskResult),
    Tool("verify", "核对文稿", wording.VERIFY, VerifyArguments, VerifyResult),
    Tool("facts", "列出事实", wording.FACTS, FactsArguments, FactsResult),
    Tool("document", "读文件", wording.DOCUMENT, DocumentArguments, DocumentResult),
)


class Tools:
    """Runs the tools on a library; what a client no longer waits for is given up.

    Args:
        library: what is asked about.
        assistant: who answers.
        audit: where questions and answers are noted, if anywhere.
    """

    def __init__(self, library: PolicyLibrary, assistant: Assistant, audit: AuditLog | None = None) -> None:
        self._library = library
        self._assistant = assistant
        self._audit = audit
        self._runs: Mapping[str, Callable[[Mapping[str, Any] | None], Awaitable[Result]]] = {
            "search": self._search,
            "ask": self._ask,
            "verify": self._verify,
            "facts": self._facts,
            "document": self._document,
        }

    def seen_by(self, viewer: Viewer) -> Tools:
        """Return the same for a client who may not see all documents."""
        return Tools(self._library.seen_by(viewer), self._assistant.seen_by(viewer), self._audit)

    async def run(self, name: str, arguments: Mapping[str, Any] | None) -> Result | None:
        """Run a tool; None where there is none of the name.

        Args:
            name: the tool's.
            arguments: as the client gave them.

        Raises:
            RequestError: the arguments do not fit, or no document fits them.
            PolicyError: it cannot be answered now.
        """
        run = self._runs.get(name)
        return await run(arguments) if run else None

    async def _search(self, arguments: Mapping[str, Any] | None) -> Result:
        wanted = read(arguments, SearchArguments)

        def found() -> Result:
            refuse_nothing_to_search(self._library, wanted.scope)
            hits = self._assistant.search(wanted.query, wanted.limit, wanted.scope)
            record = {"query": wanted.query, "results": [hit_record(hit) for hit in hits]}
            return Result(telling.search_text(hits), record)

        return await _in_thread(found)

    async def _ask(self, arguments: Mapping[str, Any] | None) -> Result:
        wanted = read(arguments, AskArguments)
        await _in_thread(partial(refuse_nothing_to_search, self._library, wanted.scope))
        key = uuid.uuid4().hex
        await _in_thread(partial(self._note, Action.ASKED, key, wanted.question))
        stream = self._assistant.ask(wanted.question, (), wanted.scope)
        try:
            answer = await _in_thread(lambda: stream.answer)
        finally:
            stream.stop()
        told = "refused" if answer.refused else answer.mode
        await _in_thread(partial(self._note, Action.ANSWERED, key, told))
        record = {"question": answer.question, "text": answer.text, **proof(answer)}
        return Result(telling.answer_text(answer), record)

    async def _verify(self, arguments: Mapping[str, Any] | None) -> Result:
        wanted = read(arguments, VerifyArguments)
        stopped = Event()

        def checked() -> Result:
            refuse_nothing_to_search(self._library, wanted.scope)
            sentences: list[CheckedSentence] = []
            for sentence in self._assistant.verify(wanted.text, wanted.scope):
                if stopped.is_set():
                    break
                sentences.append(sentence)
            record = {"sentences": [checked_record(sentence) for sentence in sentences]}
            return Result(telling.verify_text(sentences), record)

        try:
            return await _in_thread(checked)
        finally:
            stopped.set()

    async def _facts(self, arguments: Mapping[str, Any] | None) -> Result:
        wanted = read(arguments, FactsArguments)

        def listed() -> Result:
            library = self._library.pinned()
            refuse_nothing_to_search(library)
            document = document_named(library, wanted.document).id if wanted.document else ""
            ledger, filtered = library.ledger, wanted.filter_in(document)
            record = facts_record(ledger, filtered, wanted.offset, wanted.limit)
            found = ledger.facts(filtered, wanted.offset, wanted.limit)
            told = telling.facts_text(found, ledger, record["total"], wanted.offset, today())
            return Result(told, record)

        return await _in_thread(listed)

    async def _document(self, arguments: Mapping[str, Any] | None) -> Result:
        wanted = read(arguments, DocumentArguments)

        def opened() -> Result:
            library = self._library.pinned()
            refuse_nothing_to_search(library)
            document = document_named(library, wanted.document)
            reading = read_part(library, document, wanted.offset, wanted.limit, today())
            return Result(telling.document_text(reading), reading.record())

        return await _in_thread(opened)

    def _note(self, action: Action, key: str, detail: str) -> None:
        if self._audit:
            self._audit.note(_CALLER, action, key, detail)


async def _in_thread(work: Callable[[], _Made]) -> _Made:
    return await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
