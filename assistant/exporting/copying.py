"""An answer as plain text to paste elsewhere, its proofs below it."""

from __future__ import annotations

from assistant.exporting.translating import in_language, spoken_with
from assistant.proof.flagging import flagged_text
from assistant.types import Answer
from languages.catalogue import translated
from languages.language import Language, own_words


def copied(answer: Answer, wanted: Language = Language.SIMPLIFIED) -> str:
    """Return an answer with its citations as plain text.

    Args:
        answer: the finished answer.
        wanted: the language of its reader.

    Returns:
        What should be known of the sources, the text with its [n] marks and what was found wrong with it, and
        for each citation a line of number, label, standing and quote.
    """
    wanted = spoken_with(answer.question, wanted)
    answer = in_language(answer, wanted)
    sources = [
        f"[{citation.number}] {citation.label}（{citation.standing_words}）：“{citation.quote}”"
        for citation in answer.citations
    ]
    text = flagged_text(answer.text, answer.statements, wanted)
    notice_of, heading = (
        translated(own_words("提示：{notice}"), wanted),
        translated(own_words("依据："), wanted),
    )
    notices = [notice_of.format(notice=notice) for notice in answer.notices]
    return "\n".join([*notices, text, *(["", heading, *sources] if sources else [])])
