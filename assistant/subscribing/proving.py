"""What a subscription's question or filter proves in the library as it stands, always in one way.

No model has a part in it: the same library gives the same, and another wording is no change.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.assistant import Assistant
from assistant.ledger.cells import cells
from assistant.subscribing.watched import Cells, Proof, Watched, WatchedFacts, WatchedQuestion
from vectorstore.errors import LibraryError
from vectorstore.facts import FactKind, Indicator
from vectorstore.ledger import FactFilter, FoundFact, Ledger
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.types import Passage, PolicyDocument

MOST_FACTS = 2000
_BLANKS = re.compile(r"\s+")
# Columns that say what a fact is of, and those that say what it is.
_NAMES = {
    FactKind.INDICATOR: ("地区", "指标", "年份", "值类型", "口径", "增减或占比"),
    FactKind.REFERENCE: ("关系", "文件", "文号"),
    FactKind.DEADLINE: ("事项", "起算"),
    FactKind.TASK: ("任务",),
    FactKind.MEASURE: ("对象",),
}
_VALUES = {
    FactKind.INDICATOR: ("比较", "数值", "单位", "属性"),
    FactKind.REFERENCE: ("资料库中",),
    FactKind.DEADLINE: ("起", "止", "时长"),
    FactKind.TASK: ("牵头", "责任单位", "配合", "完成时限"),
    FactKind.MEASURE: ("金额", "比例", "上限", "不予支持"),
}


def proofs(watched: Watched, library: PolicyLibrary, assistant: Assistant, today: date) -> tuple[Proof, ...]:
    """Return what is proved now.

    Args:
        watched: what is asked.
        library: as it is.
        assistant: answers questions from the same library.
        today: decides what documents are worth.

    Raises:
        LibraryError: a filter lets too much through, or passages cannot be searched by their vectors now.
    """
    if isinstance(watched, WatchedFacts):
        return _facts(watched.wanted, library.ledger, today)
    return _quotations(watched, library, assistant, today)


def _quotations(
    watched: WatchedQuestion, library: PolicyLibrary, assistant: Assistant, today: date
) -> tuple[Proof, ...]:
    documents = library.documents()
    scope = watched.scope(documents, today)
    if not documents or scope is None:
        return ()
    answer = assistant.offline.ask(watched.query, (), scope).answer
    if library.embedding_failure is not None:
        # Keywords alone find something else, which would seem to be a change.
        raise LibraryError("向量服务暂时不可用，未能核对，稍后会自动重试")
    if answer.refused:
        return ()
    return tuple(
        _proof(one.document, one.passage, (one.quote, one.start, one.end), today, mark=_plain(one.quote))
        for one in answer.citations
    )


def _facts(wanted: FactFilter, ledger: Ledger, today: date) -> tuple[Proof, ...]:
    count = ledger.count(wanted)
    if count > MOST_FACTS:
        raise LibraryError(f"符合条件的内容有 {count} 条，订阅最多 {MOST_FACTS} 条，请缩小筛选范围后再订阅")
    return tuple(_fact(one, ledger, today) for one in ledger.every(wanted))


def _fact(found: FoundFact, ledger: Ledger, today: date) -> Proof:
    fact = found.fact
    row = cells(found, ledger, today)
    name, value = _cells(row, _NAMES[fact.kind]), _cells(row, _VALUES[fact.kind])
    key, mark = _joined(name), _joined(value)
    if isinstance(fact.statement, Indicator):
        figure = fact.statement
        # 1.2万亿元 for 12000亿元 is no change.
        key, mark = figure.claim, f"{figure.comparator}|{figure.normal_value}|{figure.attribute}"
    quoted = fact.quote, fact.start, fact.end
    key = f"{fact.kind.value}|{key}"
    return _proof(found.document, found.passage, quoted, today, mark=mark, key=key, name=name, value=value)


def _proof(
    document: PolicyDocument,
    passage: Passage,
    quoted: tuple[str, int, int],
    today: date,
    *,
    mark: str,
    key: str = "",
    name: Cells = (),
    value: Cells = (),
) -> Proof:
    quote, start, end = quoted
    return Proof(
        key=key,
        mark=mark,
        name=name,
        value=value,
        quote=quote,
        document_id=document.id,
        source=document.source,
        title=document.title,
        standing=document.standing(today),
        standing_label=document.standing_label(today),
        section=passage.section,
        passage=passage.ordinal,
        start=start,
        end=end,
    )


def _cells(row: dict[str, str], names: tuple[str, ...]) -> Cells:
    return tuple((name, row[name]) for name in names if row.get(name))


def _joined(told: Cells) -> str:
    return "|".join(f"{name}={_plain(text)}" for name, text in told)


def _plain(text: str) -> str:
    return _BLANKS.sub("", fold(text))
