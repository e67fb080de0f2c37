"""Who has to do what, and until when: tables of duties, and bodies named in brackets behind a duty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.bodies import bodies_in, bodies_of_cells
from ingest.facts.lines import Sentence, headed, row_ordinals
from vectorstore.facts import Fact, Task
from vectorstore.types import DocumentTable, ParsedDocument, TableRow

_CLOSING = "；;。 \t"
_ENDS = (*"）)】]", "牵头", "负责", "配合", "参与", "协助", "落实", "实施", "推进")
_BRACKET = re.compile(
    r"[（(【\[](?P<inside>[^（()）【】\[\]]*(?:[（(][^（()）]*[）)][^（()）【】\[\]]*)*)[）)】\]]\s*$"
)
_UNTIL = re.compile(r"((?:20\d{2}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?前|20\d{2}年(?:\d{1,2}月)?底)")
_MARK = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)、．]|[.](?!\d))\s*|[—•·-]+)")
_DUTIES = ("牵头", "责任", "主办", "负责")
_LABELLED = re.compile(r"(?:牵头|责任|主办|负责)(?:责任)?(?:单位|部门)[:：]")
_LEADS = re.compile("牵头|主办")
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
    ordinals = row_ordinals(parsed)
    for table in parsed.tables:
        yield from _in_table(headed(table), parsed, ordinals)
    for sentence in sentences:
        fact = _told(sentence, parsed)
        if fact:
            yield fact


def _told(sentence: Sentence, parsed: ParsedDocument) -> Fact | None:
    """The duty whose bodies a sentence names at its end, in brackets or in words of its own."""
    text = sentence.text.rstrip(_CLOSING)
    if not text.endswith(_ENDS) and not (text.startswith(_DUTIES) and _LABELLED.match(text)):
        return None
    bracket = _BRACKET.search(text)
    place, end = (bracket.start(), bracket.end()) if bracket else (0, len(text))
    bodies = bodies_in(bracket["inside"] if bracket else text.strip())
    if bodies is None:
        return None
    duty, begin = _duty(text[:place]), 0
    if not duty:
        # Behind the stop of its sentence stand the bodies alone, and the duty is the line before them.
        line = _line_before(parsed.text, sentence.start, sentence.passage.start)
        duty, begin = _duty(line), -len(line)
    if not duty:
        return None
    quote = parsed.text[sentence.start + begin : sentence.start + end]
    start = sentence.start + begin + len(quote) - len(quote.lstrip())
    quote = quote.strip()
    task = Task(duty, bodies.lead, bodies.partners, bodies.due or _due(duty), bodies.duty)
    return Fact(task, sentence.passage.ordinal, quote, start, start + len(quote))


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
    leading = [at for at in columns["lead"] if _LEADS.match(heads[at])]
    if leading and len(leading) < len(columns["lead"]):
        # 责任单位 beside 牵头单位 are those that help.
        columns["partners"] += [at for at in columns["lead"] if at not in leading]
        columns["lead"] = leading
    others = set(columns["lead"] + columns["partners"] + columns["due"])
    duties = [at for at in columns["task"] if at not in others]
    if not duties:
        return
    called_duty = not any("牵头" in heads[at] for at in columns["lead"])
    for row in table.rows:
        lead, partners = _cells(row, columns["lead"]), _cells(row, columns["partners"])
        bodies = bodies_of_cells(lead, partners, duty=called_duty)
        # The innermost of the columns that name what is to be done.
        duty = next((row.cells[at] for at in reversed(duties) if at < len(row.cells) and row.cells[at]), "")
        if row.is_group or row.start not in ordinals or not bodies.lead or not duty:
            continue
        task = Task(duty, bodies.lead, bodies.partners, _cells(row, columns["due"]), bodies.duty)
        quote = parsed.text[row.start : row.end]
        yield Fact(task, ordinals[row.start], quote, row.start, row.end)


def _cells(row: TableRow, columns: list[int]) -> str:
    return "、".join(row.cells[at] for at in columns if at < len(row.cells) and row.cells[at])


def _duty(words: str) -> str:
    plain = _MARK.sub("", words).strip("。；; \t")
    return plain if len(plain) >= 4 else ""


def _line_before(text: str, place: int, least: int) -> str:
    return text[max(text.rfind("\n", 0, place) + 1, least) : place]


def _due(duty: str) -> str:
    found = _UNTIL.search(duty)
    return found.group(1) if found else ""
