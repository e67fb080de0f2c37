"""The commands that show and mend what the library holds: documents, passages, remove."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from ingest.cli import add_wait
from vectorstore.corrections import field_named
from vectorstore.errors import PolicyError
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings
from vectorstore.types import Passage, PolicyDocument
from vectorstore.validity import Validity
from vectorstore.viewers import group_names

Subparsers = argparse._SubParsersAction
_EXAMPLES = own_words(
    """示例：
  policy-assistant documents --json
  policy-assistant documents set 规划.txt 状态=draft 地区=广东省江门市
  policy-assistant documents unset 规划.txt 状态
  policy-assistant documents groups 内部文件/ 预算.xlsx --group 财政局
  policy-assistant documents groups 预算.xlsx --everybody"""
)


def add_commands(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands of this file to the console script."""
    command = subparsers.add_parser(
        "documents",
        description="列出已收录的文件；set 更正一个文件的信息，unset 撤销更正，groups 设定哪些部门可以查阅。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--json", action="store_true", help="以JSON输出")
    command.set_defaults(run=run_documents)
    _add_corrections(command)

    command = subparsers.add_parser("passages", description="列出段落，按文件和位置排列。")
    command.add_argument("--document", default="", metavar="ID", help="只列该文件（编号或文件名）的段落")
    _add_json(command)
    command.set_defaults(run=run_passages)

    command = subparsers.add_parser("remove", description="从政策库移除文件；原文件不受影响。")
    command.add_argument(
        "documents", nargs="+", metavar="ID", help="文件编号或文件名，见 policy-assistant documents"
    )
    add_wait(command)
    command.set_defaults(run=run_remove)


def _add_corrections(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(title="更正", metavar="set | unset | groups")
    correct = actions.add_parser(
        "set", help="更正字段；重新收录后仍然有效", description="更正一个文件的字段。"
    )
    correct.add_argument("document", metavar="ID", help="文件编号或文件名")
    correct.add_argument(
        "changes", nargs="+", metavar="字段=值", help="如 status=draft、地区=某市、period=2026-2030"
    )
    add_wait(correct)
    correct.set_defaults(run=run_set)
    restore = actions.add_parser("unset", help="撤销更正", description="撤销更正，恢复文件自己的说法。")
    restore.add_argument("document", metavar="ID", help="文件编号或文件名")
    restore.add_argument("fields", nargs="+", metavar="字段")
    add_wait(restore)
    restore.set_defaults(run=run_unset)
    _add_groups(actions)


def _add_groups(actions: Subparsers[argparse.ArgumentParser]) -> None:
    told = "设定哪些部门可以查阅文件"
    command = actions.add_parser("groups", help=told, description=f"{told}；重新收录后仍然有效。")
    command.add_argument(
        "documents", nargs="+", metavar="ID", help="文件编号、文件名，或以 / 结尾的文件夹（其下全部文件）"
    )
    whose = command.add_mutually_exclusive_group(required=True)
    whose.add_argument("--group", action="append", metavar="NAME", help="部门（可多次给出）")
    whose.add_argument("--everybody", action="store_true", help="所有人都可查阅")
    add_wait(command)
    command.set_defaults(run=run_groups)


def run_documents(options: argparse.Namespace) -> int:
    """List what the library holds."""
    with PolicyLibrary.open(library_settings()) as library:
        documents, groups = library.documents(), library.file_groups()
        if options.json:
            for document in documents:
                record = _document_as_json(document)
                record["groups"] = sorted(groups.get(document.source, ()))
                print(json.dumps(record, ensure_ascii=False))
            return 0
    table = Table(
        Column(say("编号"), no_wrap=True),
        Column(say("文件"), overflow="fold", ratio=1),
        Column(say("状态"), overflow="fold", max_width=14),
        show_lines=True,
    )
    for document in documents:
        table.add_row(*_document_row(document, groups.get(document.source, frozenset())))
    Console().print(table if documents else say("政策库是空的；请先运行 policy-assistant ingest 文件夹"))
    return 0


def run_passages(options: argparse.Namespace) -> int:
    """List every passage, or those of one document."""
    with PolicyLibrary.open(library_settings()) as library:
        wanted = _resolve(library, options.document) if options.document else ""
        sources = {document.id: document.source for document in library.documents()}
        console = Console()
        for passage in library.passages(wanted):
            source = sources[passage.document_id]
            if options.json:
                print(json.dumps(_passage_as_json(passage, source), ensure_ascii=False))
            else:
                console.print(Text(f"{source}　{' > '.join(passage.section)}", "bold"))
                console.print(Text(passage.text + "\n"))
    return 0


def run_remove(options: argparse.Namespace) -> int:
    """Remove documents by id or source name."""
    with PolicyLibrary.open(library_settings()) as library:
        ids = [_resolve(library, name) for name in options.documents]
        with library.write(options.wait) as writer:
            for document_id in dict.fromkeys(ids):
                writer.remove(document_id)
    print(say("已移除 {count} 个文件", count=len(set(ids))), file=sys.stderr)
    return 0


def run_set(options: argparse.Namespace) -> int:
    """Correct fields of a document's description."""
    changes: dict[str, str | None] = {}
    for change in options.changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise PolicyError(f"请写成 字段=值，而不是 {change}")
        changes[field_named(name.strip())] = value.strip()
    return _correct(options, changes)


def run_unset(options: argparse.Namespace) -> int:
    """Take corrections back."""
    return _correct(options, {field_named(name): None for name in options.fields})


def run_groups(options: argparse.Namespace) -> int:
    """Let documents be seen by groups alone, or by everybody."""
    groups = group_names(options.group or ())
    with PolicyLibrary.open(library_settings()) as library:
        sources = list(dict.fromkeys(one for name in options.documents for one in _sources(library, name)))
        with library.write(options.wait) as writer:
            writer.assign_groups(sources, groups)
    whom = "、".join(sorted(groups)) or say("所有人")
    print(say("{count} 份文件现由{whom}查阅", count=len(sources), whom=whom), file=sys.stderr)
    return 0


def _sources(library: PolicyLibrary, name: str) -> list[str]:
    """The files that a name means: of one document, or all in a folder."""
    if not name.endswith("/"):
        return [library.document(_resolve(library, name)).source]
    found = [document.source for document in library.documents() if document.source.startswith(name)]
    if not found:
        raise PolicyError(f"资料库中没有文件夹 {name} 下的文件")
    return found


def _correct(options: argparse.Namespace, changes: Mapping[str, str | None]) -> int:
    with PolicyLibrary.open(library_settings()) as library:
        source = library.document(_resolve(library, options.document)).source
        with library.write(options.wait) as writer:
            writer.correct(source, changes)
        document = next(one for one in library.documents() if one.source == source)
    print(json.dumps(_document_as_json(document), ensure_ascii=False))
    return 0


def _resolve(library: PolicyLibrary, name: str) -> str:
    """The id that an id or a source name means; an unknown one is left to the library to refuse."""
    return next((document.id for document in library.documents() if document.source == name), name)


def _passage_as_json(passage: Passage, source: str) -> dict[str, Any]:
    return {
        "document": source,
        "document_id": passage.document_id,
        "section": list(passage.section),
        "kind": passage.kind.value,
        "page": passage.page,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
    }


def _document_as_json(document: PolicyDocument) -> dict[str, Any]:
    return {
        "id": document.id,
        "document": document.source,
        "title": document.title,
        "region": document.region,
        "issuer": document.issuer,
        "issuers": list(document.issuers),
        "document_number": document.document_number,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "period": [document.period.start, document.period.end],
        "kind": document.kind.value,
        "status": document.standing(_today()).value,
        "validity": _validity(document.validity) if document.validity else None,
        "superseded_by": document.superseded_by,
        "script": document.script,
        "format": document.format,
        "ingested_at": document.ingested_at.isoformat() if document.ingested_at else None,
    }


def _document_row(document: PolicyDocument, groups: frozenset[str]) -> tuple[Text, ...]:
    start, end = document.years.start, document.years.end
    facts = (
        tell(document.kind.label),
        document.region,
        document.issued_on.isoformat() if document.issued_on else "",
        f"{start or ''}—{end or ''}" if start or end else "",
        document.source,
        say("仅限{whom}", whom="、".join(sorted(groups))) if groups else "",
    )
    told = Text(document.title, "bold")
    # Eight columns leave three characters to each on a common terminal.
    told.append(f"\n{'  '.join(filter(None, facts))}", "not bold")
    return Text(document.id), told, Text(tell(document.standing_label(_today())))


def _validity(validity: Validity) -> dict[str, Any]:
    days = (validity.first_day, validity.last_day)
    first, last = (day.isoformat() if day else None for day in days)
    place = {"start": validity.start, "end": validity.end}
    return {"first_day": first, "last_day": last, "basis": validity.basis, **place}


def _today() -> date:
    return date.today()  # noqa: DTZ011 the user's own day decides whether a period is over


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="以JSON输出")
