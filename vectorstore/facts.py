"""What a document states, each fact with the words that prove it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from vectorstore.languages.language import own_words


class FactKind(StrEnum):
    """What a fact is about."""

    INDICATOR = "indicator"
    REFERENCE = "reference"
    DEADLINE = "deadline"
    TASK = "task"
    MEASURE = "measure"


class ValueKind(StrEnum):
    """Whether a figure was reached, is aimed at, or is expected."""

    ACTUAL = "actual"
    TARGET = "target"
    ESTIMATE = "estimate"

    @property
    @own_words
    def label(self) -> str:
        """The words a reader sees."""
        return {"actual": "实际值", "target": "目标值", "estimate": "预计值"}[self.value]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of a region or body for a year or a period.

    Attributes:
        region: whose figure it is: as the sentence says, else the document's region.
        name: the indicator as written, without region, verb and unit.
        normal_name: the same for comparing: no blanks, no unit in brackets.
        year: the year, or the first of a period.
        until: the last year of a period, else None.
        value_kind: actual, target or estimate.
        comparator: "", ≥, ≤, ≈, range or 力争.
        value: the figure as written, without scale and unit; both ends of a range, as 5-8.
        unit: scale and unit as written, such as 亿元.
        normal_value: the figure in the base unit, as a decimal number, negative for a decline in words; both
            ends of a range.
        normal_unit: the base unit, such as 元.
        attribute: 预期性, 约束性 or "".
        span: annual or cumulative where the document says so, else "".
        measure: growth or share, "" for a level.
        named: the region as the document names it, such as 全市; "" where it means its own.
    """

    region: str
    name: str
    normal_name: str
    year: int
    until: int | None
    value_kind: ValueKind
    comparator: str
    value: str
    unit: str
    normal_value: str
    normal_unit: str
    attribute: str = ""
    span: str = ""
    measure: str = ""
    named: str = field(default="", compare=False)

    @property
    def claim(self) -> str:
        """What the figure is of: two facts of one claim with other values contradict each other."""
        parts = (self.region, self.normal_name, self.year, self.until or "", self.value_kind.value)
        return "|".join(map(str, (*parts, self.measure, self.span, self.normal_unit)))


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that this one names.

    Attributes:
        relation: basis, forwards, revises, repeals or interprets.
        title: the other's title as written, or "".
        document_number: its number as written, or "".
    """

    relation: str
    title: str
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that something has to be done by, or begins or ends with.

    Attributes:
        relation: apply, close, effect, expiry or consultation.
        first_day, last_day: days in ISO format, "" where not stated or not to be worked out.
        counted_from: what the time is counted from, such as 公告发布之日, or "".
        length: the time counted, such as 6个月, or "".
    """

    relation: str
    first_day: str = ""
    last_day: str = ""
    counted_from: str = ""
    length: str = ""

    @property
    def day(self) -> str:
        """The day that counts, in ISO format: the last where there are two; "" where none is known."""
        return self.last_day or self.first_day


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done, and by whom.

    Attributes:
        task: what is to be done.
        lead: bodies in charge.
        partners: bodies that help.
        due: until when, as written, or "".
        duty: whether those in charge are named as 责任单位, and nobody of them leads.
    """

    task: str
    lead: tuple[str, ...]
    partners: tuple[str, ...] = ()
    due: str = ""
    duty: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Measure:
    """What somebody who qualifies gets, or who does not.

    Attributes:
        who: who or what qualifies.
        amount: the sum given, as written, or "".
        rate: the share given, as written, or "".
        cap: the most that is given, as written, or "".
        excluded: whether it says who gets nothing.
    """

    who: str
    amount: str = ""
    rate: str = ""
    cap: str = ""
    excluded: bool = False


Statement = Indicator | Reference | Deadline | Task | Measure
KINDS: dict[type[Statement], FactKind] = {
    Indicator: FactKind.INDICATOR,
    Reference: FactKind.REFERENCE,
    Deadline: FactKind.DEADLINE,
    Task: FactKind.TASK,
    Measure: FactKind.MEASURE,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a document states, with its proof.

    Attributes:
        statement: what is stated.
        passage: ordinal of the passage that states it.
        quote: the words that prove it, verbatim.
        start, end: their place in the document's clean text, in characters.
        original: what was read, where a person corrected it; None else.
        rejected: whether a person called it misread.
        revision: id of what a person said of it, or "".
    """

    statement: Statement
    passage: int
    quote: str
    start: int
    end: int
    original: Statement | None = None
    rejected: bool = False
    revision: str = ""

    @property
    def read(self) -> Statement:
        """What was read, whatever a person made of it."""
        return self.original or self.statement

    @property
    def kind(self) -> FactKind:
        """What it is about."""
        return KINDS[type(self.statement)]


@dataclass(frozen=True, slots=True)
class FactReading:
    """What was read of a document's facts.

    Attributes:
        facts: in the order of the text.
        problem: why they could not be read, or "".
    """

    facts: tuple[Fact, ...] = ()
    problem: str = ""
