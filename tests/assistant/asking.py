"""Libraries made of a few written texts, and short ways to ask them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant
from assistant.settings import AssistantSettings
from assistant.types import Scope, Turn
from ingest.pipeline import parse
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.settings import LibrarySettings

MARK = re.compile(r"\[(\d+)\]")
Ask = Callable[..., Answer]
Filled = Callable[[Mapping[str, str]], PolicyLibrary]
Run = Callable[..., tuple[int, str, str]]


def filled(folder: Path, texts: Mapping[str, str]) -> PolicyLibrary:
    """Return a library that holds these texts, file name to content."""
    library = PolicyLibrary.open(LibrarySettings.in_folder(folder))
    with library.write() as writer:
        for name, text in texts.items():
            writer.put(parse(text.encode(), name))
    return library


def asker(library: PolicyLibrary) -> Ask:
    """Return a way to ask a library without a model: the question, then what was asked before it."""
    assistant = Assistant(library, AssistantSettings())

    def ask(question: str, *before: str, scope: Scope = Scope()) -> Answer:
        history = tuple(Turn("user", text) for text in before)
        return assistant.ask(question, history, scope).answer

    return ask


def sources(answer: Answer) -> set[str]:
    """Return the files that an answer cites."""
    return {citation.document.source for citation in answer.citations}


def proven(answer: Answer, library: PolicyLibrary) -> bool:
    """Return whether every mark has its citation, every citation its mark, and every quote its place."""
    numbers = {int(number) for number in MARK.findall(answer.text)}
    return numbers == {citation.number for citation in answer.citations} and all(
        citation.quote
        and library.text(citation.document.id)[citation.start : citation.end] == citation.quote
        and (
            (citation.start >= citation.passage.start and citation.end <= citation.passage.end)
            or fold(citation.quote) in fold(citation.passage.text)
        )
        for citation in answer.citations
    )


def records(out: str) -> list[dict[str, Any]]:
    """Return what a command wrote in JSON, a record a line."""
    return [json.loads(line) for line in out.splitlines()]


def question_file(folder: Path, *lines: object) -> str:
    """Write a question file and return its path; a string is a line as it is."""
    file = folder / "questions.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text(text, encoding="utf-8")
    return str(file)
