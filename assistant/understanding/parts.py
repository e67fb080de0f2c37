"""A question that asks several things, as the single questions it consists of."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.question import Question, kind_of, unasked, years_of
from assistant.understanding.wording import official_wording
from vectorstore.segmentation import fold, words

# A part with fewer words of its own says nothing without the part it follows.
_OWN_WORDS = 2
_YEAR = re.compile(r"(?:19|20)\d{2}年?")


def single_questions(question: Question) -> tuple[Question, ...]:
    """Return each part of a question as a question of its own that leans on the others for its subject.

    Args:
        question: what is asked.

    Returns:
        A question for each part, in order. The other parts' words are added to its wording, where they
        weigh less than its own; a part without a year has that of the part before, and one with hardly a
        word of its own is led by the first part's. The question itself where it has one part.
    """
    if len(question.parts) == 1:
        return (question,)
    singles: list[Question] = []
    years: tuple[int, ...] = ()
    for part in question.parts:
        others = [unasked(fold(other)) for other in question.parts if other != part]
        asked = part if _stands(part) or not others else f"{others[0]}，{part}"
        folded = fold(asked)
        years = years_of(folded) or years
        singles.append(
            replace(
                question,
                query=asked,
                search=unasked(folded) or question.search,
                wording=" ".join(filter(None, (official_wording(folded), *others))),
                kind=kind_of(folded),
                years=years,
                quoted=tuple(term for term in question.quoted if term in part) or question.quoted,
                parts=(asked,),
            )
        )
    return tuple(singles)


def _stands(part: str) -> bool:
    """Tell whether a part has words enough of its own to be understood alone."""
    own = words(_YEAR.sub(" ", unasked(fold(part))))
    return sum(len(word) > 1 for word in own) >= _OWN_WORDS
