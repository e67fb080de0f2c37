"""The command that checks what people wrote: verify."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from assistant.assistant import Assistant
from assistant.checked_sentence import CheckedSentence
from assistant.days import today
from assistant.drafts import Draft, finding_label, read_draft
from assistant.json_records import checked_record, citation_record
from assistant.records.question_lines import question_lines, text_of
from assistant.settings import assistant_settings
from assistant.types import Citation, Verdict
from assistant.verification import Verification, ground_in_text
from vectorstore.errors import LibraryEmptyError, PolicyError
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.languages.settings import terminal_language
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a file of statements; without a passage it is held against the library."""

    id: str | None
    statement: str
    passage: str | None
    title: str


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `verify` to the console script."""
    parser = subparsers.add_parser(
        "verify",
        description="逐句核对文稿与资料库是否相符：数字、日期、名称、文号、引文和提法。",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="文稿（.txt .md .docx）")
    parser.add_argument("--from", dest="claims", type=Path, metavar="FILE.jsonl", help="逐行读取待核对的语句")
    parser.add_argument("--json", action="store_true", help="以JSON输出，每句一行")
    parser.add_argument(
        "--out", type=Path, metavar="CHECKED.docx", help="写出带批注的 Word 文件（文稿须为 .docx）"
    )
    parser.add_argument("--sources", action="store_true", help="在带批注的文件末尾附资料来源表")
    parser.set_defaults(run=run_verify)


def run_verify(options: argparse.Namespace) -> int:
    """Check a draft, or each statement of a file; 0 when all were checked."""
    if (options.file is None) == (options.claims is None):
        raise PolicyError("请给出一份文稿，或用 --from 指定语句文件")
    if options.claims is not None:
        with ExitStack() as opened:
            once = cache(lambda: opened.enter_context(PolicyLibrary.open(library_settings())))
            for _, claim in question_lines(
                options.claims, _claim, own_words("每行应为含 id 和 statement 的JSON")
            ):
                _print_json(_judged(claim, once))
        return 0
    draft = read_draft(options.file)
    with PolicyLibrary.open(library_settings()) as library:
        checked = list(_followed(draft, _verification(library)))
    for sentence in checked:
        if options.json:
            _print_json(checked_record(sentence))
    if options.out is not None:
        remarked = draft.remarked(checked, with_sources=options.sources, language=terminal_language())
        options.out.write_bytes(remarked)
    if not options.json:
        _print_draft(checked, options.out)
    return 0


def _verification(library: PolicyLibrary) -> Verification:
    if not library.documents():
        raise LibraryEmptyError("资料库为空，请先导入文件：policy-assistant ingest 文件夹")
    return Verification(library, Assistant(library, assistant_settings()).search, today())


def _followed(draft: Draft, verification: Verification) -> Iterator[CheckedSentence]:
    """Check a draft and show how far it has come, on a terminal alone."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(say("正在核对"), total=len(draft.text))
        for sentence in verification.draft(draft.text):
            progress.update(task, completed=sentence.end)
            yield sentence


def _judged(claim: Claim, library: Callable[[], PolicyLibrary]) -> dict[str, Any]:
    if claim.passage is not None:
        found = ground_in_text(claim.statement, claim.passage, claim.title)
        return _verdict_record(claim, found.verdict, found.reason)
    checked = _verification(library()).sentence(claim.statement)
    return _verdict_record(claim, checked.finding.verdict, checked.reason, checked.citations)


def _verdict_record(
    claim: Claim, verdict: Verdict, reason: str, citations: Sequence[Citation] = ()
) -> dict[str, Any]:
    told = [citation_record(citation) for citation in citations]
    return {"id": claim.id, "verdict": verdict.value, "reason": reason, "citations": told}


def _claim(record: dict[str, Any]) -> Claim:
    identity, passage = record.get("id"), record.get("passage")
    return Claim(
        None if identity is None else str(identity),
        text_of(record["statement"]),
        None if passage is None else text_of(passage),
        text_of(record.get("title") or ""),
    )


def _print_json(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _print_draft(checked: list[CheckedSentence], out: Path | None) -> None:
    console = Console(highlight=False)
    for sentence in checked:
        if sentence.finding.needs_care:
            _print(console, (tell(finding_label(sentence)), "yellow"), f"：{sentence.text}")
            _print(console, f"  {tell(sentence.reason)}")
            if sentence.suggestion:
                _print(console, "  " + say("建议：{sentence}", sentence=sentence.suggestion))
            for citation in sentence.citations:
                standing = tell(citation.standing.label)
                _print(console, (f"  [{citation.number}] {citation.label}（{standing}）", "dim"))
                _print(console, (f"      {citation.quote}", "dim"))
    care = sum(sentence.finding.needs_care for sentence in checked)
    _print(console, say("共 {all} 句，其中 {care} 句需要留意。", all=len(checked), care=care))
    if out is not None:
        _print(console, say("已写出带批注的文件：{file}", file=out))


def _print(console: Console, *parts: str | tuple[str, str]) -> None:
    console.print(Text.assemble(*parts), soft_wrap=True)
