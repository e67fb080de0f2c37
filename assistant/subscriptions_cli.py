"""The command that lists subscriptions and asks them again: subscriptions."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from assistant.assistant import Assistant
from assistant.days import today
from assistant.records.subscription import Subscription
from assistant.records.subscriptions import Subscriptions
from assistant.records.viewers import Viewers
from assistant.settings import access_settings, assistant_settings
from assistant.subscribing.checking import Checked, Checking
from assistant.subscribing.told import NOTHING, counts, document_of, limits, name_of, subject, turns, value_of
from assistant.subscribing.watched import Change, Proof, WatchedFacts
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.languages.settings import terminal_language
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import library_settings

_EXAMPLES = own_words(
    """示例：
  policy-assistant subscriptions list               列出全部订阅
  policy-assistant subscriptions check              核对资料库更新后尚未核对的订阅（可由 cron 定时运行）
  policy-assistant subscriptions check --json"""
)
_LIST, _CHECK = "list", "check"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `subscriptions` to the console script."""
    command = subparsers.add_parser(
        "subscriptions",
        description="列出订阅的问题和台账筛选，并在资料库更新后重新核对；不经模型，只比较原文和事实。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("action", choices=(_LIST, _CHECK), metavar="ACTION", help="list 列出、check 核对")
    command.add_argument("--json", action="store_true", help="以JSON输出，每行一项订阅")
    command.set_defaults(run=run_subscriptions)


def run_subscriptions(options: argparse.Namespace) -> int:
    """List subscriptions, or ask again what is due; 1 where some could not be asked."""
    with (
        PolicyLibrary.open(library_settings()) as library,
        closing(Records(library_settings())) as records,
    ):
        kept = Subscriptions(records)
        if options.action == _LIST:
            return _list(kept, as_json=options.json)
        viewers = Viewers(records, sign_in=access_settings().policy_sign_in)
        checking = Checking(kept, library, Assistant(library, assistant_settings()), viewers)
        return _check(checking, as_json=options.json)


def _list(kept: Subscriptions, *, as_json: bool) -> int:
    found = kept.listed()
    console = Console(highlight=False)
    for one in found:
        if as_json:
            _print_json(_record(one))
            continue
        console.print(Text(subject(one.watched, terminal_language()), "bold"), soft_wrap=True)
        console.print(Text(f"  {_told(one)}", "dim"), soft_wrap=True)
        if one.problem:
            console.print(Text(f"  {tell(one.problem)}", "yellow"), soft_wrap=True)
    if not found and not as_json:
        console.print(say("还没有订阅"))
    return 0


def _told(one: Subscription) -> str:
    checked = f"{one.checked_at.astimezone():%Y-%m-%d %H:%M}"
    told = (
        one.owner,
        limits(one.watched, terminal_language()),
        say("最近核对 {moment}，资料库第 {generation} 次更新后", moment=checked, generation=one.state[1]),
        say("已暂停") if one.paused else "",
        say("{count} 次变化未读", count=one.unread) if one.unread else "",
    )
    return "  ".join(filter(None, told))


def _check(checking: Checking, *, as_json: bool) -> int:
    console = Console(highlight=False)
    done = changed = failed = 0
    for one in checking.check_due(today()):
        done, changed, failed = done + 1, changed + bool(one.changes), failed + bool(one.problem)
        if as_json:
            _print_json(_checked_record(one))
        elif one.problem or one.changes:
            _print(one, console)
    if not as_json:
        told = say("已核对 {done} 项订阅，{changed} 项有变化", done=done, changed=changed)
        console.print(told + (say("，{failed} 项未能核对", failed=failed) if failed else ""))
    return int(failed > 0)


def _print(one: Checked, console: Console) -> None:
    wanted = terminal_language()
    console.print(Text(subject(one.subscription.watched, wanted), "bold"), soft_wrap=True)
    if one.problem:
        console.print(Text(f"  {tell(one.problem)}", "yellow"), soft_wrap=True)
    for change in one.changes:
        value = value_of(change.shown, wanted) if change.before is None or change.after is None else ""
        parted = "，".join(f"{old} → {new}" for old, new in turns(change, wanted))
        told = (tell(change.fate.label), name_of(change.shown, wanted), value, parted)
        console.print(Text(f"  {'  '.join(filter(None, told))}"), soft_wrap=True)
        console.print(Text(f"    {change.shown.quote}"), soft_wrap=True)
        place = (document_of(change.shown), tell(change.shown.standing_label), tell(change.why))
        console.print(Text(f"    {'  '.join(filter(None, place))}", "dim"), soft_wrap=True)


def _record(one: Subscription) -> dict[str, Any]:
    return {
        "id": one.id,
        "owner": one.owner,
        "kind": "facts" if isinstance(one.watched, WatchedFacts) else "question",
        "subject": subject(one.watched, terminal_language()),
        "since": one.made_at.isoformat(),
        "checked_at": one.checked_at.isoformat(),
        "generation": one.state[1],
        "paused": one.paused,
        "unread": one.unread,
        "proofs": len(one.proofs),
        "problem": one.problem,
    }


def _checked_record(one: Checked) -> dict[str, Any]:
    changes = [_change_record(change) for change in one.changes]
    return {
        "id": one.subscription.id,
        "owner": one.subscription.owner,
        "subject": subject(one.subscription.watched, terminal_language()),
        "told": counts(one.changes, terminal_language()) or tell(NOTHING),
        "problem": one.problem,
        "changes": changes,
    }


def _change_record(change: Change) -> dict[str, Any]:
    return {
        "fate": change.fate.value,
        "before": _proof_record(change.before),
        "after": _proof_record(change.after),
        "turns": [list(pair) for pair in turns(change, terminal_language())],
        "why": change.why,
    }


def _proof_record(proof: Proof | None) -> dict[str, Any] | None:
    if proof is None:
        return None
    record = asdict(proof)
    for inner in ("key", "mark", "passage"):
        del record[inner]
    named = {"name": dict(proof.name), "value": dict(proof.value), "standing": proof.standing.value}
    return record | named | {"document": record.pop("source"), "section": list(proof.section)}


def _print_json(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()
