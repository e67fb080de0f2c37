"""Who has to do what, and until when: tables of duties, and bodies named in brackets behind a duty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.lines import Sentence
from vectorstore.facts import Fact, Task
from vectorstore.types import DocumentTable, ParsedDocument, PassageKind, TableRow

_BRACKET = re.compile(
    r"[（(【\[](?P<inside>[^（()）【】\[\]]*(?:[（(][^（()）]*[）)][^（()）【】\[\]]*)*)[）)】\]]\s*$"
)
_LEAD = re.compile(
    r"(?:牵头(?:责任)?(?:单位|部门)?|责任(?:单位|部门|处室|主体)?|负责单位|主办单位)\s*[:：]\s*"
)
_HELP = re.compile(r"(?:配合|协助|参与|协办)(?:责任)?(?:单位|部门)?\s*[:：]\s*")
_DUE = re.compile(r"(?:完成|实施|办理)?(?:时限|时间|期限)\s*[:：]\s*([^；;。，]+)")
_LEADS = re.compile(r"^(?P<bodies>[^:：]{2,80}?)(?:牵头|负责)(?:落实|组织实施|推进)?$")
_HELPS = re.compile(r"^(?P<bodies>[^:：]{2,120}?)(?:等)?(?:按职责分工)?(?:配合|参与|协助|按职责分工负责)$")
_SPLIT = re.compile(r"[、，,；;\s]+(?![^（(]{0,6}[）)])|(?<=[局委办厅部院会室])和")
_OTHERS = re.compile(r"^[\d.、]+|等(?:相关)?(?:部门|单位)?$|按职责分工.*$")
_MARK = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?\s*|[—•·-]+)")
_BODY = re.compile(r"[㐀-鿿（）()、]{2,24}")
_UNTIL = re.compile(r"((?:20\d{2}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?前|20\d{2}年(?:\d{1,2}月)?底)")
_HEADS = {
    "lead": re.compile(
        r"^(?:牵头|责任|负责|主办)(?:责任)?(?:单位|部门|处室|领导|主体|人)?(?:[（(]牵头[）)])?$|^承办单位$"
    ),
    "partners": re.compile(r"^(?:配合|参与|协办|协助|参加)(?:责任)?(?:单位|部门)?$"),
    "due": re.compile(r"(?:完成|实施|办理|推进)?(?:时限|时间|期限|节点)(?:要求)?$|^时间进度$|^进度安排$"),
    "task": re.compile(r"任务|事项|内容|措施|举措|项目|工作"),
}


def tasks(parsed: ParsedDocument, sentences: Sequence[Sentence]) -> Iterator[Fact]:
    """Yield the duties that a document shares out among bodies."""
    ordinals = {
        passage.start: passage.ordinal
        for passage in reversed(parsed.passages)
        if passage.kind is PassageKind.TABLE_ROW
    }
    for table in parsed.tables:
        yield from _in_table(table, parsed, ordinals)
    for sentence in sentences:
        text = sentence.text
        bracket = _BRACKET.search(text)
        told = _bodies(bracket["inside"]) if bracket else None
        if bracket and told:
            duty = _duty(text[: bracket.start()])
            # Behind the stop of its sentence the bracket stands alone, and the duty is the line before it.
            begin = 0
            fact = sentence
            if not duty:
                line = _line_before(parsed.text, sentence.start, sentence.passage.start)
                duty, begin = _duty(line), -len(line)
            if duty:
                lead, partners, due = told
                start = fact.start + begin
                end = fact.start + bracket.end()
                quote = parsed.text[start:end]
                start += len(quote) - len(quote.lstrip())
                quote = quote.strip()
                statement = Task(duty, lead, partners, due or _due(duty))
                yield Fact(statement, sentence.passage.ordinal, quote, start, start + len(quote))


def _in_table(table: DocumentTable, parsed: ParsedDocument, ordinals: dict[int, int]) -> Iterator[Fact]:
    heads = [
        re.sub(r"\s+", "", "".join(dict.fromkeys(row[at] for row in table.header if row[at])))
        for at in range(len(table.header[0]) if table.header else 0)
    ]
    columns = {
        part: [at for at, head in enumerate(heads) if pattern.search(head)]
        for part, pattern in _HEADS.items()
    }
    if not columns["lead"]:
        return
    others = set(columns["lead"] + columns["partners"] + columns["due"])
    duties = [at for at in columns["task"] if at not in others]
    if not duties:
        return
    for row in table.rows:
        lead = _cell_bodies(row, columns["lead"])
        # The innermost of the columns that name what is to be done.
        duty = next((row.cells[at] for at in reversed(duties) if at < len(row.cells) and row.cells[at]), "")
        if row.is_group or row.start not in ordinals or not lead or not duty:
            continue
        due = next((row.cells[at] for at in columns["due"] if row.cells[at]), "")
        statement = Task(duty, lead, _cell_bodies(row, columns["partners"]), due)
        quote = parsed.text[row.start : row.end]
        yield Fact(statement, ordinals[row.start], quote, row.start, row.end)


def _cell_bodies(row: TableRow, columns: list[int]) -> tuple[str, ...]:
    words = "、".join(row.cells[at] for at in columns if at < len(row.cells))
    return _listed(_LEAD.sub("", words))


def _bodies(inside: str) -> tuple[tuple[str, ...], tuple[str, ...], str] | None:
    """Who leads and who helps by what a bracket says; None where it speaks of something else."""
    due = _DUE.search(inside)
    words = _DUE.sub("", inside)
    lead = _LEAD.search(words)
    if lead and not words[: lead.start()].strip():
        rest = words[lead.end() :]
        helping = _HELP.search(rest)
        leaders = rest[: helping.start()] if helping else rest
        partners = rest[helping.end() :] if helping else ""
        found = _listed(leaders)
        return (found, _listed(partners), due.group(1) if due else "") if found else None
    leading: tuple[str, ...] = ()
    partners_of: tuple[str, ...] = ()
    for part in filter(None, re.split(r"[，,；;]", words)):
        led, helped = _LEADS.match(part), _HELPS.match(part)
        if helped:
            partners_of += _listed(helped["bodies"])
        elif led:
            leading += _listed(led["bodies"])
        else:
            return None
    return (leading, partners_of, due.group(1) if due else "") if leading else None


def _listed(words: str) -> tuple[str, ...]:
    parts = (
        re.sub(r"^[\d.、]+|等(?:相关)?(?:部门|单位)?$|按职责分工.*$", "", part)
        for part in _SPLIT.split(words)
    )
    return tuple(dict.fromkeys(part for part in parts if _BODY.fullmatch(part)))


def _duty(words: str) -> str:
    plain = _MARK.sub("", words).strip("。；; \t")
    return plain if len(plain) >= 4 else ""


def _line_before(text: str, place: int, least: int) -> str:
    return text[max(text.rfind("\n", 0, place) + 1, least) : place]


def _due(duty: str) -> str:
    found = _UNTIL.search(duty)
    return found.group(1) if found else ""
