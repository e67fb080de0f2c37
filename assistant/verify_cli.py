"""The command that checks what people wrote: verify."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.keeping.question_lines import question_lines, text_of
from assistant.verification import ground_in_text


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a file of statements; without a passage it is held against the library."""

    id: str | None
    statement: str
    passage: str | None
    title: str


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `verify` to the console script."""
    parser = subparsers.add_parser("verify", help="核对文稿", description="逐句核对文稿与资料是否相符。")
    parser.add_argument(
        "--from", dest="claims", type=Path, required=True, metavar="FILE.jsonl", help="逐行读取待核对的语句"
    )
    parser.add_argument("--json", action="store_true", help="以JSON输出，每个结果一行")
    parser.set_defaults(run=run_verify)


def run_verify(options: argparse.Namespace) -> int:
    """Check each statement of the file; 0 when all were checked."""
    for _, claim in question_lines(options.claims, _claim, "每行应为含 id 和 statement 的JSON"):
        found = ground_in_text(claim.statement, claim.passage or "", claim.title)
        record: dict[str, Any] = {
            "id": claim.id,
            "verdict": found.verdict.value,
            "reason": found.reason,
            "citations": [],
        }
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0


def _claim(record: dict[str, Any]) -> Claim:
    identity, passage = record.get("id"), record.get("passage")
    return Claim(
        None if identity is None else str(identity),
        text_of(record["statement"]),
        None if passage is None else text_of(passage),
        text_of(record.get("title") or ""),
    )
