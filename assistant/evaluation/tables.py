"""What a report tells, as tables of plain text; how they are written is left to Markdown and HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.chart import Bar
from assistant.evaluation.comparison import Comparison
from assistant.evaluation.figures import Evaluation, Figure, figures_of
from assistant.evaluation.outcome import Outcome
from vectorstore.languages.catalogue import say, tell

_SHOWN_HITS, _SHOWN_CHARS = 3, 160
_NOTHING = "—"
_COLUMNS = ("complete", "cited", "recall@5", "recall@10", "refused_right", "refused_wrong", "median_seconds")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; a cell is plain text, its lines parted by line ends."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figures_table(evaluation: Evaluation, comparison: Comparison | None) -> Table:
    """Every figure, beside its earlier value where there is one."""
    if comparison is None:
        rows = tuple((tell(figure.label), figure.name, written(figure)) for figure in evaluation.figures)
        return Table(say("总体"), (say("指标"), say("名称"), say("结果")), rows)
    compared = tuple(
        (
            tell(difference.figure.label),
            difference.figure.name,
            written(difference.figure),
            _number(difference.before, difference.figure),
            _signed(difference.change, difference.better),
        )
        for difference in comparison.differences
    )
    columns = (say("指标"), say("名称"), say("本次"), say("上次"), say("变化"))
    return Table(say("总体"), columns, compared)


def groups_table(evaluation: Evaluation) -> Table:
    """The figures of each group of questions."""
    return _parts_table(say("按组别"), say("组别"), evaluation.by_group)


def kinds_table(evaluation: Evaluation) -> Table:
    """The figures of each kind of question."""
    return _parts_table(say("按类型"), say("类型"), evaluation.by_kind)


def _parts_table(title: str, head: str, parts: Mapping[str, Sequence[Outcome]]) -> Table:
    rows: list[tuple[str, ...]] = []
    labels: dict[str, str] = {}
    for name, outcomes in parts.items():
        figures = {figure.name: figure for figure in figures_of(outcomes)}
        labels = {column: tell(figures[column].label) for column in _COLUMNS}
        right = sum(outcome.right for outcome in outcomes)
        rows.append((name, f"{right}/{len(outcomes)}", *(written(figures[column]) for column in _COLUMNS)))
    return Table(title, (head, say("答对"), *labels.values()), tuple(rows))


def failures_table(evaluation: Evaluation) -> Table:
    """Every question that fell short, beside what was answered and found."""
    rows = tuple(
        (
            outcome.question.id,
            outcome.question.text,
            reason(outcome),
            _short(outcome.answer.text),
            "\n".join(_found(outcome)) or _NOTHING,
        )
        for outcome in evaluation.failed
    )
    columns = (say("编号"), say("问题"), say("原因"), say("回答"), say("找到的段落"))
    return Table(say("未通过的问题"), columns, rows)


def changes_table(comparison: Comparison) -> Table:
    """The questions whose outcome changed."""
    rows = tuple(
        (
            change.outcome.question.id,
            change.outcome.question.text,
            say("变好") if change.better else say("变差"),
            f"{_state(change.before.right, change.before.first)} → "
            f"{_state(change.outcome.right, change.outcome.first)}",
            _short(change.before.text),
            _short(change.outcome.answer.text),
        )
        for change in comparison.changes
    )
    columns = (say("编号"), say("问题"), say("变化"), say("情况"), say("上次回答"), say("本次回答"))
    return Table(say("结果有变化的问题"), columns, rows)


def bars(evaluation: Evaluation, comparison: Comparison | None) -> tuple[Bar, ...]:
    """The shares among the figures, for the chart."""
    before = {one.figure.name: one.before for one in comparison.differences} if comparison else {}
    return tuple(
        Bar(tell(figure.label), figure.value, before.get(figure.name))
        for figure in evaluation.figures
        if figure.is_share and figure.value is not None
    )


def reason(outcome: Outcome) -> str:
    """Say in a few words why an outcome fell short; empty where it did not."""
    reasons: list[str] = []
    if not outcome.question.answerable and not outcome.answer.refused:
        reasons.append(say("应拒未拒"))
    elif outcome.question.answerable and outcome.answer.refused:
        reasons.append(say("误拒"))
    elif outcome.lacking:
        reasons.append(say("缺：{items}", items="、".join(outcome.lacking)))
    if outcome.question.answerable and outcome.ranks and not outcome.first:
        reasons.append(say("前10段未找到证据"))
    return "；".join(reasons)


def written(figure: Figure) -> str:
    """Return a figure's value as it is read."""
    return _number(figure.value, figure)


def _number(value: float | None, figure: Figure) -> str:
    if value is None:
        return _NOTHING
    return f"{value:.4f}" if figure.is_share else f"{value:g}"


def _signed(change: float | None, better: bool | None) -> str:
    if change is None:
        return _NOTHING
    if not change:
        return "0"
    verdict = "" if better is None else " " + (say("变好") if better else say("变差"))
    return f"{change:+.4g}{verdict}"


def _state(right: bool, first: int) -> str:
    told = say("对") if right else say("错")
    place = say("证据第{rank}", rank=first) if first else say("未找到证据")
    return say("{told}，{place}", told=told, place=place)


def _found(outcome: Outcome) -> list[str]:
    return [
        f"{rank}. {' > '.join((hit.document.source, *hit.passage.section))}：{_short(hit.passage.text)}"
        for rank, hit in enumerate(outcome.hits[:_SHOWN_HITS], 1)
    ]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARS else line[:_SHOWN_CHARS] + "…"
