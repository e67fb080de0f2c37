"""An answer as plain text to paste elsewhere, its proofs below it."""

from __future__ import annotations

from assistant.proof.flagging import flagged_text
from assistant.types import Answer


def copied(answer: Answer) -> str:
    """Return an answer with its citations as plain text.

    Args:
        answer: the finished answer.

    Returns:
        What should be known of the sources, the text with its [n] marks and what was found wrong with it, and
        for each citation a line of number, label, standing and quote.
    """
    sources = [
        f"[{citation.number}] {citation.label}（{citation.standing_words}）：“{citation.quote}”"
        for citation in answer.citations
    ]
    text = flagged_text(answer.text, answer.statements)
    notices = [f"提示：{notice}" for notice in answer.notices]
    return "\n".join([*notices, text, *(["", "依据：", *sources] if sources else [])])
