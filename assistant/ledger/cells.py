"""A fact as a row of cells, in the words that readers see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.ledger.records import is_repealed_basis
from vectorstore.facts import Deadline, Fact, FactKind, Indicator, Measure, Reference, Task
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words
from vectorstore.ledger import FoundFact, Ledger
from vectorstore.revising import FIELDS, texts_of
from vectorstore.types import PolicyDocument, Status

LABELS = own_words(
    {
        FactKind.INDICATOR: "指标",
        FactKind.DEADLINE: "申报与时限",
        FactKind.TASK: "责任分工",
        FactKind.MEASURE: "政策条款",
        FactKind.REFERENCE: "引用文件",
    }
)
"""What each kind is called, in the order of the page."""
_SPANS = own_words({"annual": "年度", "cumulative": "累计"})
_MEASURES = own_words({"growth": "增长", "decline": "下降", "share": "占比"})
RELATIONS = own_words(
    {
        FactKind.REFERENCE: {
            "basis": "依据",
            "forwards": "转发",
            "revises": "修订",
            "repeals": "废止",
            "interprets": "解读",
        },
        FactKind.DEADLINE: {
            "apply": "申报",
            "close": "截止",
            "effect": "施行",
            "expiry": "有效期",
            "consultation": "征求意见",
        },
    }
)
"""How a reference or a deadline is meant, and the words for it."""
PROOF = own_words(("章节", "原文", "文件标题", "来源文件", "现行状态", "更正"))
_COLUMNS = own_words(
    {
        FactKind.INDICATOR: (
            *(
                "地区",
                "指标",
                "年份",
                "值类型",
                "比较",
                "数值",
                "单位",
                "属性",
                "口径",
                "增减或占比",
                "是否一致",
            ),
        ),
        FactKind.REFERENCE: ("关系", "文件", "文号", "资料库中"),
        FactKind.DEADLINE: ("事项", "起", "止", "起算", "时长"),
        FactKind.TASK: ("任务", "牵头", "责任单位", "配合", "完成时限"),
        FactKind.MEASURE: ("对象", "地区", "金额", "比例", "上限", "不予支持"),
    }
)
# Subscriptions know these columns by their names; readers see which of two documents is meant.
_HEADINGS = own_words({"文件": "被引用文件", "文号": "被引用文号"})
_KIND = own_words("类别")
_DISPUTED = own_words("数值不一致")
_RANGE = own_words("区间")
_EXCLUDED = own_words("是")
_HELD, _MISSING, _REPEALED, _LAPSED = own_words(
    ("已收录", "未收录", "已收录，但该依据已废止", "已收录，但该依据已到期")
)
# What stands in these columns are the assistant's own words; what stands in all others a document's.
_TOLD = frozenset(
    {
        _KIND,
        "值类型",
        "比较",
        "口径",
        "增减或占比",
        "是否一致",
        "关系",
        "资料库中",
        "事项",
        "不予支持",
        "现行状态",
        "更正",
    }
)


def columns(kind: FactKind | None) -> tuple[str, ...]:
    """Return the names of the columns of facts of one kind, or of all kinds in one table."""
    if kind:
        return (*_COLUMNS[kind], *PROOF)
    of_all = [name for names in _COLUMNS.values() for name in names]
    return (_KIND, *dict.fromkeys(of_all), *PROOF)


def heading(name: str) -> str:
    """Return what stands above a column of this name."""
    return _HEADINGS.get(name, name)


def own_columns(kind: FactKind) -> tuple[str, ...]:
    """Return the names of the columns that only facts of one kind have."""
    return _COLUMNS[kind]


def cells(found: FoundFact, ledger: Ledger, today: date) -> dict[str, str]:
    """Return what stands in a fact's row, by the names of its columns.

    Args:
        found: the fact.
        ledger: tells which document of the library a reference means.
        today: decides the standing of its document.
    """
    document = found.document
    row = {_KIND: LABELS[found.fact.kind], **_told(found, ledger, today)}
    if found.fact.kind is FactKind.INDICATOR:
        row["是否一致"] = _DISPUTED if found.disputed else ""
    if found.fact.kind is FactKind.MEASURE:
        row["地区"] = document.region
    return row | {
        "章节": " › ".join(found.passage.section),
        "原文": found.fact.quote,
        "来源文件": document.source,
        "文件标题": document.title,
        "现行状态": document.standing_label(today),
        "更正": revision_told(found.fact),
    }


def revision_told(fact: Fact) -> str:
    """Return what staff made of a fact, with what was read where they corrected it; "" for nothing."""
    if fact.rejected:
        return own_words("误读")
    if fact.original is None:
        return ""
    told = "；".join(f"{name} {text or own_words('（无）')}" for name, text in read_before(fact).items())
    return own_words(f"已更正，原为：{told}")


def read_before(fact: Fact) -> dict[str, str]:
    """Return what was read where staff corrected it, by the words for each field."""
    if fact.original is None:
        return {}
    now, fields = texts_of(fact.statement), FIELDS[fact.kind]
    return {fields[name]: text for name, text in texts_of(fact.original).items() if text != now[name]}


def in_language(row: Mapping[str, str], wanted: Language) -> dict[str, str]:
    """Return a row with the assistant's own words in a language; its columns keep their names.

    Args:
        row: as `cells` gives it.
        wanted: the language.
    """
    return {name: translated(told, wanted) if name in _TOLD else told for name, told in row.items()}


def _told(found: FoundFact, ledger: Ledger, today: date) -> dict[str, str]:
    statement = found.fact.statement
    if isinstance(statement, Indicator):
        return _figure(statement)
    if isinstance(statement, Reference):
        return _reference(statement, ledger.named(statement, found.document), today)
    if isinstance(statement, Deadline):
        return {
            "事项": RELATIONS[FactKind.DEADLINE][statement.relation],
            "起": statement.first_day,
            "止": statement.last_day,
            "起算": statement.counted_from,
            "时长": statement.length,
        }
    if isinstance(statement, Task):
        return {
            "任务": statement.task,
            "责任单位" if statement.duty else "牵头": "、".join(statement.lead),
            "配合": "、".join(statement.partners),
            "完成时限": statement.due,
        }
    return _measure(statement)


def _figure(figure: Indicator) -> dict[str, str]:
    years = f"{figure.year}—{figure.until}" if figure.until else str(figure.year)
    return {
        "地区": figure.region,
        # 产业规模 under 中药大健康 says of what it is only with its heading.
        "指标": max(figure.name, figure.normal_name, key=len),
        "年份": years,
        "值类型": figure.value_kind.label,
        "比较": _RANGE if figure.comparator == "range" else figure.comparator,
        "数值": figure.value,
        "单位": figure.unit,
        "属性": figure.attribute,
        "口径": _SPANS.get(figure.span, ""),
        "增减或占比": _MEASURES.get("decline" if _declines(figure) else figure.measure, ""),
    }


def _declines(figure: Indicator) -> bool:
    return figure.measure == "growth" and figure.normal_value.startswith("-")


def _reference(reference: Reference, target: PolicyDocument | None, today: date) -> dict[str, str]:
    told = _MISSING if target is None else _HELD
    if reference.relation == "basis" and target is not None and target.standing(today) is Status.EXPIRED:
        told = _LAPSED
    return {
        "关系": RELATIONS[FactKind.REFERENCE][reference.relation],
        "文件": reference.title,
        "文号": reference.document_number,
        "资料库中": _REPEALED if is_repealed_basis(reference, target) else told,
    }


def _measure(measure: Measure) -> dict[str, str]:
    return {
        "对象": measure.who,
        "金额": measure.amount,
        "比例": measure.rate,
        "上限": measure.cap,
        "不予支持": _EXCLUDED if measure.excluded else "",
    }
