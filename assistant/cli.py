"""The commands that answer: ask and search."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from assistant.assistant import Assistant
from assistant.exporting.translating import in_language
from assistant.json_records import citation_record, hit_record, statement_record
from assistant.proof.flagging import stretches
from assistant.records.question_lines import question_lines, text_of, turns_of
from assistant.retriever import scoped
from assistant.selecting.decision import Decision
from assistant.selecting.fitted_models import Judge
from assistant.settings import assistant_settings
from assistant.types import Answer, Hit, Scope, Turn
from vectorstore.errors import LibraryEmptyError, PolicyError
from vectorstore.languages.catalogue import say, tell
from vectorstore.languages.language import own_words
from vectorstore.languages.settings import terminal_language
from vectorstore.library import PolicyLibrary
from vectorstore.settings import library_settings

_SHEET = ".xlsx"
# Features of a decision that are told: the others add little.
_REASONS = 8

Subparsers = argparse._SubParsersAction


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a question file."""

    id: str | None
    question: str
    history: tuple[Turn, ...] = ()


def add_commands(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `ask` and `search` to the console script."""
    ask = subparsers.add_parser("ask", description="提问，回答逐句附出处。")
    _add_common(ask, "QUESTION", own_words("问题，如：2030年的产业规模目标是多少"))
    ask.add_argument("--mode", choices=("extractive", "model"), help="回答方式：摘录原文，或由模型撰写")
    ask.add_argument("--out", type=Path, metavar="ANSWERS.xlsx", help="问题文件为 .xlsx 时，写出答案的文件")
    ask.add_argument("--explain", action="store_true", help="另在标准错误输出：为何回答、存疑或拒答")
    ask.set_defaults(run=run_ask)
    search = subparsers.add_parser("search", description="查找相关段落，最相关的在前。")
    _add_common(search, "QUERY", own_words("要查找的内容"))
    search.add_argument("--limit", type=_count, default=10, metavar="N", help="最多返回几段（默认10）")
    search.set_defaults(run=run_search)


def _add_common(parser: argparse.ArgumentParser, metavar: str, explanation: str) -> None:
    parser.add_argument("text", nargs="?", type=_text, metavar=metavar, help=explanation)
    parser.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="逐行读取问题文件（.jsonl）；ask 也可为 .xlsx"
    )
    parser.add_argument("--json", action="store_true", help="以JSON输出，每个结果一行")
    parser.add_argument(
        "--region", action="append", type=_text, default=[], metavar="R", help="只查该地区的文件，可重复"
    )
    parser.add_argument(
        "--document", action="append", type=_text, default=[], metavar="ID", help="只查该文件，可重复"
    )


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("不是有效的UTF-8文字") from None
    return text


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError("应为大于0的整数")
    return int(text)


def run_ask(options: argparse.Namespace) -> int:
    """Answer the question, or each of the file's; 0 when all were answered or refused."""
    with PolicyLibrary.open(library_settings()) as library:
        scope = _scope(options, library)
        assistant = Assistant(library, assistant_settings())
        if options.file is not None and options.file.suffix.lower() == _SHEET:
            return _fill_sheet(options, assistant, scope)
        for asked in _questions(options):
            answer = assistant.ask(asked.question, asked.history, scope, options.mode).answer
            if options.json:
                _print_json(_answer_record(asked.id, answer))
            else:
                _print_answer(answer)
            if options.explain:
                _print_decision(assistant.decision(asked.question, asked.history, scope))
    return 0


def _fill_sheet(options: argparse.Namespace, assistant: Assistant, scope: Scope) -> int:
    """Answer a spreadsheet; interrupted, it keeps what it has and goes on from there the next time."""
    if options.out is None or options.text is not None:
        raise PolicyError("问题文件为 .xlsx 时，请用 --out 指定写出答案的文件，且不再另给问题")
    # Only who asks by the sheet waits for the library of Excel files.
    from assistant.records.question_sheet import QuestionSheet

    sheet = QuestionSheet.of_file(options.file, options.out, terminal_language())
    console = Console(stderr=True)
    try:
        with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
            rows = list(sheet.unanswered())
            for row in progress.track(rows, description=say("正在回答")):
                sheet.put(row, assistant.ask(row.question, (), scope, options.mode).answer)
    finally:
        options.out.write_bytes(sheet.content())
    Console(highlight=False).print(
        say("已回答 {count} 个问题（共 {all} 个）：{file}", count=len(rows), all=len(sheet), file=options.out)
    )
    return 0


def run_search(options: argparse.Namespace) -> int:
    """Print the passages found for the query, or for each of the file's."""
    with PolicyLibrary.open(library_settings()) as library:
        scope = _scope(options, library)
        assistant = Assistant(library, assistant_settings())
        for asked in _questions(options):
            hits = assistant.search(asked.question, options.limit, scope, asked.history)
            if options.json:
                _print_json(
                    {"id": asked.id, "query": asked.question, "results": [hit_record(hit) for hit in hits]}
                )
            else:
                _print_hits(hits)
    return 0


def _scope(options: argparse.Namespace, library: PolicyLibrary) -> Scope:
    """Return what the options limit the search to; a limit that leaves nothing is an error, not silence."""
    if not library.documents():
        raise LibraryEmptyError("资料库为空，请先导入文件：policy-assistant ingest 文件夹")
    scope = Scope(tuple(options.region), tuple(options.document))
    if not scoped(library.documents(), scope):
        names = "、".join((*scope.regions, *scope.documents))
        raise PolicyError(f"资料库中没有符合 {names} 的文件，请用 policy-assistant documents 查看")
    return scope


def _questions(options: argparse.Namespace) -> Iterator[Asked]:
    if options.file is not None and options.text is not None:
        raise PolicyError("问题和 --from 只能给出一个")
    if options.file is None:
        if options.text is None:
            raise PolicyError("请给出问题，或用 --from 指定问题文件")
        yield Asked(None, options.text)
        return
    for _, asked in question_lines(options.file, _asked, "每行应为含 id 和 question 的JSON"):
        yield asked


def _asked(record: dict[str, Any]) -> Asked:
    identity = record.get("id")
    return Asked(None if identity is None else str(identity), text_of(record["question"]), turns_of(record))


def _answer_record(asked_id: str | None, answer: Answer) -> dict[str, Any]:
    return {
        "id": asked_id,
        "question": answer.question,
        "query": answer.query,
        "text": answer.text,
        "refused": answer.refused,
        "certainty": answer.certainty.value,
        "mode": answer.mode,
        "notices": list(answer.notices),
        "seconds": round(answer.seconds, 4),
        "citations": [citation_record(citation) for citation in answer.citations],
        "statements": [statement_record(statement) for statement in answer.statements],
    }


def _print_json(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _print_answer(answer: Answer) -> None:
    console = Console(highlight=False)
    answer = in_language(answer, terminal_language())
    for notice in answer.notices:
        console.print(Text(say("提示：{notice}", notice=notice), style="yellow"), soft_wrap=True)
    console.print(Text.assemble(*_told(answer)), soft_wrap=True)
    for citation in answer.citations:
        console.print(
            Text(f"[{citation.number}] {citation.label}（{citation.standing_words}）", style="dim"),
            soft_wrap=True,
        )


def _print_decision(decision: Decision | None) -> None:
    """Print which unit was judged, how likely it answers, and the features that decided."""
    console = Console(stderr=True, highlight=False)
    if decision is None:
        console.print(say("未找到相关段落，无从判断。"))
        return
    if not decision.probability:
        console.print(say("原文中没有所问的任何一个词，直接拒答。"))
    else:
        _print_judge(console, say("找到依据"), decision, decision.models.found)
        _print_judge(console, say("答到所问"), decision, decision.models.told)
    unit = decision.unit
    hit = unit.passage.hit
    place = " > ".join((hit.document.title, *hit.passage.section))
    told = "".join(one.text for one in unit.passage.sentences[unit.first : unit.last + 1])
    console.print(Text(say("所判断的原文（{place}）：", place=place)), soft_wrap=True)
    console.print(Text(told, style="dim"), soft_wrap=True)


def _print_judge(console: Console, what: str, decision: Decision, judge: Judge) -> None:
    """Print what a judge makes of a decision, and what most of it comes from."""
    line = say(
        "{what}的概率 {probability}（{sure} 起直接回答，{doubtful} 起提示核对，其下拒答）。各项增减：",
        what=what,
        probability=f"{judge.probability(decision.features):.2f}",
        sure=f"{judge.sure:.2f}",
        doubtful=f"{judge.doubtful:.2f}",
    )
    console.print(line, soft_wrap=True)
    reasons = decision.contributions(judge)
    for name, value, added in reasons[:_REASONS]:
        console.print(f"  {added:+.2f}  {name} = {value:.2f}")
    rest = sum(added for _, _, added in reasons[_REASONS:])
    usual = judge.log_odds(decision.features) - sum(added for _, _, added in reasons)
    line = say(
        "其余 {count} 项合计 {rest}；一般问题为 {usual}；均为对数几率",
        count=len(reasons) - _REASONS,
        rest=f"{rest:+.2f}",
        usual=f"{usual:+.2f}",
    )
    console.print(f"  {line}", soft_wrap=True)


def _told(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield an answer's text with its style; behind a sentence that does not hold stands the reason."""
    for stretch in stretches(answer.text, answer.statements):
        yield stretch.text, "strike" if stretch.struck else ""
        if stretch.doubt:
            yield f"（{tell(stretch.warning)}）", "yellow"


def _print_hits(hits: list[Hit]) -> None:
    console = Console(highlight=False)
    if not hits:
        console.print(say("未找到相关段落。"))
    for rank, hit in enumerate(hits, 1):
        place = " > ".join((hit.document.title, *hit.passage.section))
        console.print(Text(f"{rank}. {place}", style="bold"))
        console.print(Text(hit.passage.text), soft_wrap=True)
