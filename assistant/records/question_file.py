"""Feedback as a question file, for `ask --from` and `evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from assistant.records.feedback import Feedback

_GROUP = "feedback"
_USEFUL = "useful"
_USELESS = "useless"


def question_file(given: Iterable[Feedback]) -> str:
    """Return feedback as questions, one JSON object a line.

    What a useful answer quoted is evidence of a right one, and a useful refusal says that nothing answers.
    What a right answer to the others is, nobody has said yet: until somebody fills in `must_include` and
    `evidence`, it only must not be refused. What was wrong stands beside it under `feedback`.

    Args:
        given: the feedback, in the order of the lines.
    """
    return "".join(json.dumps(_question(one), ensure_ascii=False) + "\n" for one in given)


def _question(given: Feedback) -> dict[str, Any]:
    answer, opinion = given.answer, given.opinion
    proven = opinion.useful and not answer.refused
    quotes = [
        {"document": one.document.source, "text": one.quote} for one in answer.citations if one.supported
    ]
    return {
        "id": given.exchange_id,
        "question": answer.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in given.history],
        "answerable": not (opinion.useful and answer.refused),
        "must_include": [],
        "evidence": quotes if proven else [],
        "group": _GROUP,
        "kind": _USEFUL if opinion.useful else opinion.reason.value or _USELESS,
        "feedback": {
            "useful": opinion.useful,
            "reason": opinion.reason.value,
            "words": opinion.words,
            "answer": answer.text,
            "at": f"{given.at:%Y-%m-%dT%H:%M:%SZ}",
        },
    }
