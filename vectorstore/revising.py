"""What of a fact can be corrected by hand, and the fact with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from vectorstore.errors import LibraryError
from vectorstore.facts import Deadline, FactKind, Indicator, Measure, Reference, Statement, Task
from vectorstore.languages.language import own_words
from vectorstore.quantities import quantities
from vectorstore.units import unit_of
from vectorstore.validity import entered_day

FIELDS: dict[FactKind, dict[str, str]] = own_words(
    {
        FactKind.INDICATOR: {
            "region": "地区",
            "name": "指标",
            "year": "年份",
            "value": "数值",
            "unit": "单位",
        },
        FactKind.DEADLINE: {"first_day": "起", "last_day": "止", "counted_from": "起算", "length": "时长"},
        FactKind.TASK: {"task": "任务", "lead": "牵头或责任单位", "partners": "配合", "due": "完成时限"},
        FactKind.MEASURE: {"who": "对象", "amount": "金额", "rate": "比例", "cap": "上限"},
        FactKind.REFERENCE: {"title": "文件", "document_number": "文号"},
    }
)
"""Kind → field that can be corrected → the word that a reader sees."""
_BLANKS = re.compile(r'[\s“”"《》]|[（(][^（()）]*[）)]')
_YEARS = re.compile(r"(\d{4})(?:\s*[-—–~至]\s*(\d{4}))?")
_VALUE = re.compile(r"(-?\d+(?:\.\d+)?)(?:\s*[-—–~至]\s*(\d+(?:\.\d+)?))?")
_LONGEST = 500


def texts_of(statement: Statement) -> dict[str, str]:
    """Return the fields that can be corrected, as a person writes them."""
    if isinstance(statement, Indicator):
        years = f"{statement.year}-{statement.until}" if statement.until else str(statement.year)
        fields = {"region": statement.region, "name": statement.name, "year": years}
        return fields | {"value": statement.value, "unit": statement.unit}
    if isinstance(statement, Deadline):
        return {name: str(getattr(statement, name)) for name in FIELDS[FactKind.DEADLINE]}
    if isinstance(statement, Task):
        bodies = {"lead": "、".join(statement.lead), "partners": "、".join(statement.partners)}
        return {"task": statement.task, **bodies, "due": statement.due}
    names = FIELDS[FactKind.MEASURE if isinstance(statement, Measure) else FactKind.REFERENCE]
    return {name: str(getattr(statement, name)) for name in names}


def revised(statement: Statement, changes: Mapping[str, str]) -> Statement:
    """Return a statement with fields as a person corrected them.

    Args:
        statement: as it was read.
        changes: field → what it should say.

    Raises:
        LibraryError: a field cannot have the value; names the field and what it takes.
    """
    said = {name: text.strip() for name, text in changes.items()}
    for text in said.values():
        if len(text) > _LONGEST:
            raise LibraryError(f"更正的内容过长，请不超过 {_LONGEST} 字")
    if isinstance(statement, Indicator):
        return _indicator(statement, said)
    if isinstance(statement, Deadline):
        return _deadline(statement, said)
    if isinstance(statement, Task):
        return _task(statement, said)
    if isinstance(statement, Measure):
        return _measure(statement, said)
    return _reference(statement, said)


def _indicator(figure: Indicator, said: Mapping[str, str]) -> Indicator:
    if "name" in said:
        name = _stated(said["name"], own_words("指标"))
        figure = replace(figure, name=name, normal_name=_BLANKS.sub("", name) or name)
    if "region" in said:
        figure = replace(figure, region=said["region"])
    if "year" in said:
        years = _YEARS.fullmatch(said["year"])
        if not years or (years[2] and years[1] >= years[2]):
            raise LibraryError(f"年份不能是 {said['year']}；请写成 2030 或 2026-2030")
        figure = replace(figure, year=int(years[1]), until=int(years[2]) if years[2] else None)
    if "value" in said or "unit" in said:
        figure = _valued(figure, said.get("value", figure.value), said.get("unit", figure.unit))
    return figure


def _valued(figure: Indicator, value: str, unit: str) -> Indicator:
    """A figure with another value or unit; what declined in words goes on declining."""
    found = _VALUE.fullmatch(value.replace(",", "").replace("，", ""))
    if not found:
        raise LibraryError(f"数值不能是 {value}；请只写数字，如 12.5，区间写成 5-8，单位另填")
    read = quantities(f"1{unit}")
    whole = len(read) == 1 and read[0].end == len(unit) + 1
    factor = read[0].value if whole else Decimal(1)
    known = unit_of(unit)
    base = read[0].unit if whole and read[0].unit else known.base if known else unit
    ends = [_plain(Decimal(end) * factor) for end in found.groups() if end]
    declined = figure.normal_value.startswith("-") and not figure.value.startswith("-")
    comparator = figure.comparator
    if (comparator == "range") != (len(ends) == 2):
        comparator = "range" if len(ends) == 2 else ""
    sign = "-" if declined and len(ends) == 1 and not ends[0].startswith("-") else ""
    return replace(
        figure,
        comparator=comparator,
        value="-".join(end for end in found.groups() if end),
        unit=unit,
        normal_value=sign + "-".join(ends),
        normal_unit=base,
    )


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _deadline(deadline: Deadline, said: Mapping[str, str]) -> Deadline:
    entered = (said.get(name, getattr(deadline, name)) for name in ("first_day", "last_day"))
    first, last = (entered_day(day).isoformat() if day else "" for day in entered)
    if first and last and first > last:
        raise LibraryError("起始日期不能晚于截止日期，请核对")
    counted_from = said.get("counted_from", deadline.counted_from)
    return Deadline(deadline.relation, first, last, counted_from, said.get("length", deadline.length))


def _task(task: Task, said: Mapping[str, str]) -> Task:
    lead, partners = task.lead, task.partners
    if "lead" in said:
        lead = _bodies(_stated(said["lead"], own_words("牵头或责任单位")))
    if "partners" in said:
        partners = _bodies(said["partners"])
    duty = _stated(said["task"], own_words("任务")) if "task" in said else task.task
    return replace(task, task=duty, lead=lead, partners=partners, due=said.get("due", task.due))


def _measure(measure: Measure, said: Mapping[str, str]) -> Measure:
    who = _stated(said["who"], own_words("对象")) if "who" in said else measure.who
    amount, rate = said.get("amount", measure.amount), said.get("rate", measure.rate)
    return replace(measure, who=who, amount=amount, rate=rate, cap=said.get("cap", measure.cap))


def _reference(reference: Reference, said: Mapping[str, str]) -> Reference:
    title = said.get("title", reference.title)
    number = said.get("document_number", reference.document_number)
    _stated(title or number, own_words("文件"))
    return replace(reference, title=title, document_number=number)


def _bodies(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in re.split("[、，,;；]", words)))))


def _stated(text: str, label: str) -> str:
    if not text:
        raise LibraryError(f"{label}不能为空")
    return text
