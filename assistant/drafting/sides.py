"""The sides that a question holds against each other, and what it asks of each by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.citations import Quote
from assistant.question import AnswerKind, Question, kind_of, unasked, years_of
from assistant.understanding.names import Mention, distinct_places
from assistant.understanding.wording import official_wording
from vectorstore.segmentation import fold, place_names

_MOST = 5
_JOINT = r"(?:以及|[和与跟同及比、])"
_GAP = "\0"
_AROUND_GAP = re.compile(rf"[（(]?{_JOINT}*{_GAP}[)）]?{_JOINT}*")
_OWN_END = re.compile(r"[的,，。?在对各哪谁]|分别")
# Words that hold the sides against each other; of a single one they ask nothing.
_COMPARING = re.compile(
    r"(?:比较|对比|对照)(?:一下)?|相比(?:之下|较)?|[两二三四几][地者家](?!(?:以|左))|之间|各自|分别|各(?=[是有为自怎如达多])|"
    r"(?:哪|谁)(?:一?[边个家方地处])?的?|更|(?:存在|有)?(?:什么|何|哪些|多大)?的?(?:不同|区别|差异|差别|差距|变化|异同)|"
    r"(?:要?怎么|如何)变|能(?:直接)?比|一致|矛盾|(?:情况)?(?:如何|怎么?样)(?=[?]|$)|(?<!多)[高多大快低少小强](?=[?吗呢]|$)"
)
_MEASURED = re.compile(
    r"规模|[产总]值|数量|总[数量额]|增速|增长率|比[例重]|占比|金额|面积|投资|收入|税收|营收|利润|[家户人业届次件项台套张处座]数(?![字据智])|"
    r"寿命|率(?!先|领)|多少|更[高多大快低少]|(?:哪[边个家]|谁).{0,12}[高多大快低少]"
)
_HOW_MUCH = "是多少"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: as the question names it, or the title of its document.
        documents: ids of the documents that may speak for it; none where the library has none of it.
        question: what is asked of this side alone.
        quotes: what is said of it, best first; empty where the documents are silent.
        also: what may answer besides, where it is not sure that they do.
        sure: whether the quotes answer, and are not only near what is asked.
    """

    name: str
    documents: frozenset[str]
    question: Question
    quotes: tuple[Quote, ...] = ()
    also: tuple[Quote, ...] = ()
    sure: bool = True


def sides_of(question: Question) -> tuple[Side, ...]:
    """Return the places that a question holds against each other.

    Returns:
        Two to five sides, each with its own question; none where there is nothing to compare.
    """
    folded = fold(question.query)
    known = distinct_places(question.mentions)
    strangers = _strangers(folded, question.mentions)
    places = sorted([*known, *strangers], key=lambda place: place.start)[:_MOST]
    if len(places) < 2 or not known:
        return ()
    spans = dict(zip(places, _own_words(folded, places), strict=True))
    sides = []
    for place in places:
        text = folded
        for other in sorted([*question.mentions, *strangers], key=lambda one: -one.start):
            if other != place:
                start, end = spans.get(other, (other.start, other.end))
                text = text[:start] + _GAP + text[end:]
        own = asked_alone(question, _AROUND_GAP.sub("", text), [place])
        # A district beside its city speaks for itself alone.
        within = [other.documents for other in places if other.documents < place.documents]
        sides.append(Side(place.text, place.documents.difference(*within), own))
    return tuple(sides)


def asked_alone(question: Question, text: str, mentions: Sequence[Mention] = ()) -> Question:
    """Return what is asked where the words that compare are left out.

    Args:
        question: what is asked of all sides.
        text: the folded question without the other sides.
        mentions: the side's own place.
    """
    bare = _COMPARING.sub("", text).strip(" ,，。?!;")
    kind = kind_of(text)
    measured = _MEASURED.search(fold(question.query)) is not None
    if measured and kind in (AnswerKind.FACT, AnswerKind.LIST):
        bare, kind = f"{bare}{_HOW_MUCH}", AnswerKind.NUMBER
    years = years_of(bare)
    placed = [(bare.find(mention.text), mention) for mention in mentions]
    # Whose documents are searched tells the place already.
    search = bare
    for mention in mentions:
        search = search.replace(mention.text, "", 1)
    return replace(
        question,
        query=bare,
        search=unasked(search) or bare,
        wording=official_wording(bare),
        kind=kind,
        years=years,
        firm_years=tuple(year for year in years if year in question.firm_years),
        mentions=tuple(
            replace(mention, start=at, end=at + len(mention.text)) for at, mention in placed if at >= 0
        ),
        parts=(bare,),
    )


def _own_words(folded: str, places: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return for each place the span of its name with the words that belong to it alone.

    In 甲市2020年和乙市2022年的规模 each has a year of its own; in 甲市和乙市2022年的规模 they share one.
    """
    owned = [re.sub(rf"{_JOINT}+$", "", folded[one.end : other.start]) for one, other in pairwise(places)]
    if not all(owned):
        return [(place.start, place.end) for place in places]
    ends = [place.end + len(words) for place, words in zip(places, owned, strict=False)]
    stop = _OWN_END.search(folded, places[-1].end)
    return [
        (place.start, end)
        for place, end in zip(places, [*ends, stop.start() if stop else len(folded)], strict=True)
    ]


def _strangers(folded: str, known: Sequence[Mention]) -> list[Mention]:
    """Return the places named in a row with a known one but that no document of the library is about."""
    left = [
        Mention(start, start + len(name), name, frozenset())
        for start, name in place_names(folded)
        if all(start + len(name) <= mention.start or start >= mention.end for mention in known)
    ]
    row = list(known)
    # Each one found may have the next one beside it.
    for _ in left:
        row += [
            one for one in left if one not in row and any(_are_beside(folded, one, other) for other in row)
        ]
    return row[len(known) :]


def _are_beside(folded: str, one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return re.fullmatch(_JOINT, folded[first.end : second.start]) is not None
