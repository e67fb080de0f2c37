"""Whether the documents agree: what each of them says of one thing, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.choosing.thresholds import CALIBRATED, Thresholds
from assistant.drafting.comparison import said_of
from assistant.drafting.sides import Side, asked_alone, document_name
from assistant.question import Question
from assistant.retriever import find, term_weights
from assistant.types import Hit, Scope
from assistant.understanding.bodies import stem_of
from assistant.understanding.names import Mention
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens
from vectorstore.types import PassageKind

_HITS, _MOST, _MOST_DOCUMENTS = 8, 5, 8
# What a document says must be about as near to the question as what the nearest one says.
_AS_NEAR = 0.5
_SAME = r"(?:一致|一样|相同|矛盾|出入|冲突|打架|对不?得?上|吻合|相符)"
_SOURCES = r"(?:资料|文件|文档|材料|规划|来源|正文|说法|数字|数据|口径|表述|提法)"
_ASKS = re.compile(rf"{_SOURCES}[^。？?]{{0,12}}{_SAME}")
_ABOUT_SOURCES = re.compile(
    rf"(?:的|在|各|[这几两三多]?[份个些种]|不同|现有|这些|那些|里面?|中|之间)*{_SOURCES}[^。？?]*{_SAME}.*$"
)
_FIGURE = r"(?<![\d.])(?!(?:19|20)\d{2}年)\d+(?:\.\d+)?"
_ASKED, _TAIL = re.compile(r"的?(?:目标|总?数量?)?(?:[是有]多少[家个元]?)?$"), 2
_ROOM = 150


def asks_agreement(question: Question) -> bool:
    """Tell whether a question asks if the documents say the same."""
    return _ASKS.search(fold(question.query)) is not None


def agreement(
    library: PolicyLibrary, question: Question, today: date, thresholds: Thresholds = CALIBRATED
) -> tuple[Side, ...]:
    """Answer what each document says of the thing that is asked about.

    Args:
        library: the policy library.
        question: whether the documents agree on something.
        today: the day of the answer, which the standing of a document depends on.
        thresholds: when what was found is no answer.

    Returns:
        A side for each document that says it, the text and the table of a single one apart; none where
        fewer than two speak.
    """
    alone = _thing(question)
    own = frozenset[str]().union(*(place.documents for place in question.mentions))
    # A place's own documents seldom repeat its name.
    nameless = asked_alone(alone, alone.query, question.mentions)
    documents = frozenset(library.score_documents(alone.search, _MOST_DOCUMENTS))
    # Other places' documents may speak of it as well.
    alone = replace(
        alone,
        mentions=tuple(replace(place, documents=documents, own=documents) for place in nameless.mentions),
    )
    found = [
        find(library, nameless if identity in own else alone, _HITS, Scope(documents=(identity,)))
        for identity in sorted(documents)
    ]
    speaking = [
        side
        for side in _speaking(library, alone, found, today, thresholds)
        if all(_of_place(side, place) for place in question.mentions)
    ][:_MOST]
    if len(speaking) == 1:
        hits = next(hits for hits in found if hits and hits[0].document.id in (speaking[0].documents or ()))
        rows = [hit for hit in hits if hit.passage.kind is PassageKind.TABLE_ROW]
        text = [hit for hit in hits if hit.passage.kind is not PassageKind.TABLE_ROW]
        speaking = _speaking(library, alone, [text, rows], today, thresholds)
    return tuple(speaking) if len(speaking) > 1 else ()


def _thing(question: Question) -> Question:
    """Return what the documents are asked about, of which several documents may speak."""
    folded = fold(question.query)
    thing = re.sub(r"^(?:关于|对于?|就)", "", _ABOUT_SOURCES.sub("", folded).strip(" ,，")) or folded
    alone = asked_alone(question, f"{thing}是多少" if thing.endswith("目标") else thing)
    return replace(alone, mentions=())


def _of_place(side: Side, place: Mention) -> bool:
    """Tell whether a side speaks of a place: its document is about it, or its passages name it."""
    return all(
        quote.document.id in place.documents
        or stem_of(place.text) in fold(f"{quote.document.title}{quote.passage.text}")
        for quote in side.quotes
    )


def differ(sides: Sequence[Side]) -> bool:
    """Tell whether the sides give different figures: those beside the thing's name, or else all of them."""
    said = [" ".join(fold(quote.text) for quote in side.quotes) for side in sides]
    name = _ASKED.sub("", sides[0].question.query)[-_TAIL:]
    beside = re.compile(
        rf"{re.escape(name)}[^\d,，。;]{{0,6}}?({_FIGURE})|({_FIGURE})[^\d,，。;]{{0,4}}{re.escape(name)}"
    )
    near = [{before or after for before, after in beside.findall(text)} for text in said]
    figures = near if all(near) else [set(re.findall(_FIGURE, text)) for text in said]
    return all(figures) and not set.intersection(*figures)


def _speaking(
    library: PolicyLibrary,
    question: Question,
    groups: Sequence[Sequence[Hit]],
    today: date,
    thresholds: Thresholds,
) -> list[Side]:
    sides = []
    for hits in filter(None, groups):
        document = hits[0].document
        only_rows = all(hit.passage.kind is PassageKind.TABLE_ROW for hit in hits)
        name = document_name(document, today, "指标表" if only_rows else "")
        side = Side(name, frozenset({document.id}), question)
        quotes = said_of(library, side, question, _ROOM, thresholds, hits)
        if quotes:
            sides.append(replace(side, quotes=quotes))
    share = {side.name: _share(library, question, side) for side in sides}
    best = max(share.values(), default=0.0)
    return [side for side in sides if share[side.name] >= _AS_NEAR * best]


def _share(library: PolicyLibrary, question: Question, side: Side) -> float:
    """Return the weight of the question's words that a side's quotes hold."""
    weights = term_weights(library, question)
    said = {token for quote in side.quotes for token in tokens(quote.text)}
    return sum(weights[token] for token in weights.keys() & said)
