"""The command that compares two documents of the library: compare."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from assistant.comparing.alignment import Fate
from assistant.comparing.comparison import Comparison, compare
from assistant.comparing.told import ALIKE, IN_DETAIL, MATTERS, NOTHING, cells_of, fate_of, names_of, words_of
from assistant.comparing.words import Step
from vectorstore.errors import PolicyError
from vectorstore.failures import refusal
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings
from vectorstore.types import PolicyDocument

_EXAMPLES = own_words(
    """示例：
  policy-assistant compare 办法（2024年）.txt 办法（2026年修订）.txt
  policy-assistant compare 征求意见稿.docx 正式稿.docx --word 对比.docx"""
)
_LOOKS = {Step.SAME: "", Step.DELETED: "red strike", Step.INSERTED: "green underline"}


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `compare` to the console script."""
    command = subparsers.add_parser(
        "compare",
        description="对比资料库中的两份文件：先列数字、日期、要求、上下限等变化，再逐条标出改动。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("before", metavar="A", help="原文件（编号或文件名）")
    command.add_argument("after", metavar="B", help="新文件（编号或文件名）")
    output = command.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="以JSON输出")
    output.add_argument("--markdown", action="store_true", help="以Markdown输出")
    output.add_argument("--word", type=Path, metavar="FILE", help="写出 Word 文件")
    command.set_defaults(run=run_compare)


def run_compare(options: argparse.Namespace) -> int:
    """Compare two documents; 0 also where they are alike."""
    with PolicyLibrary.open(library_settings()) as opened:
        library = opened.pinned()
        before, after = (_document(library, name) for name in (options.before, options.after))
        if before.id == after.id:
            raise PolicyError("两次给出的是同一份文件，请给出两份不同的文件。")
        found = compare(before, after, library.text(before.id), library.text(after.id))
    _give(found, options)
    return 0


def _document(library: PolicyLibrary, name: str) -> PolicyDocument:
    """The document that an id or a source name means."""
    named = next((one.id for one in library.documents() if one.source == name), name)
    return library.document(named)


def _give(found: Comparison, options: argparse.Namespace) -> None:
    # python-docx takes a while to load.
    from assistant.comparing.files import counts_of, markdown_of, record_of, word_of

    if options.json:
        print(json.dumps(record_of(found), ensure_ascii=False))
    elif options.markdown:
        print(markdown_of(found, tell), end="")
    elif options.word:
        try:
            options.word.write_bytes(word_of(found, tell))
        except OSError as error:
            raise PolicyError(f"{options.word} 无法写入：{refusal(error)}") from error
        print(say("已写出 {file}", file=options.word), file=sys.stderr)
    else:
        _print(found, counts_of(found, tell))


def _print(found: Comparison, counts: str) -> None:
    console = Console(highlight=False)
    console.print(Text(counts))
    if not found.matters:
        console.print(Text(tell(NOTHING if found.changed else ALIKE)))
        return
    console.print(Text(f"\n{tell(MATTERS)}", "bold"))
    for change in found.matters:
        kind, place, before, after = cells_of(change, found, tell)
        console.print(Text(f"  {kind}  {place}：{before or '—'} → {after or '—'}"), soft_wrap=True)
    console.print(Text(f"\n{tell(IN_DETAIL)}", "bold"))
    for _, match in found.changed:
        console.print(Text(f"{names_of(match)}（{fate_of(match, tell)}）", "bold"), soft_wrap=True)
        if match.fate is not Fate.SAME:
            words = (Text(one.text, _LOOKS[one.step]) for one in words_of(match))
            console.print(Text("").join(words), soft_wrap=True)
