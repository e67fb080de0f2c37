"""A run as JSON: what `evaluate --json` prints and `--compare` reads again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.figures import Evaluation, figures_of
from assistant.evaluation.outcome import Outcome
from vectorstore.errors import UnreadableFileError
from vectorstore.failures import refusal


@dataclass(frozen=True, slots=True)
class FormerOutcome:
    """What is remembered of a question in an earlier run."""

    right: bool
    first: int
    text: str


@dataclass(frozen=True, slots=True)
class FormerRun:
    """An earlier run.

    Attributes:
        figures: name of a figure → its value.
        outcomes: id of a question → what became of it.
    """

    figures: Mapping[str, float | None]
    outcomes: Mapping[str, FormerOutcome]


def record_of(evaluation: Evaluation) -> dict[str, Any]:
    """Return a run as JSON: the figures by name, then by group and kind, then each question."""
    return {
        **_values(evaluation.outcomes),
        "by_group": {name: _part(outcomes) for name, outcomes in evaluation.by_group.items()},
        "by_kind": {name: _part(outcomes) for name, outcomes in evaluation.by_kind.items()},
        "results": [_result(outcome) for outcome in evaluation.outcomes],
    }


def read_run(file: Path) -> FormerRun:
    """Read an earlier run.

    Args:
        file: what `evaluate --json` printed.

    Returns:
        The run.

    Raises:
        UnreadableFileError: the file is something else, or cannot be read.
    """
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        outcomes = {
            str(result["id"]): FormerOutcome(bool(result["right"]), int(result["first"]), str(result["text"]))
            for result in record["results"]
        }
        figures = {name: value for name, value in record.items() if value is None or _is_number(value)}
    except OSError as error:
        raise UnreadableFileError(f"无法读取评测结果 {file}：{refusal(error)}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableFileError(
            f"{file} 不是评测结果，请先用 policy-assistant evaluate 问题.jsonl --json 保存一份"
        ) from None
    return FormerRun(figures, outcomes)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _values(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in figures_of(outcomes)}


def _part(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {"right": sum(outcome.right for outcome in outcomes), "of": len(outcomes), **_values(outcomes)}


def _result(outcome: Outcome) -> dict[str, Any]:
    question, answer = outcome.question, outcome.answer
    return {
        "id": question.id,
        "question": question.text,
        "query": answer.query,
        "group": question.group,
        "kind": question.kind,
        "answerable": question.answerable,
        "right": outcome.right,
        "refused": answer.refused,
        "certainty": answer.certainty.value,
        "lacking": list(outcome.lacking),
        "first": outcome.first,
        "ranks": list(outcome.ranks),
        "text": answer.text,
        "seconds": round(answer.seconds, 4),
    }
