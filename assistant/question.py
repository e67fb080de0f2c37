"""What is asked: the standalone query, the years it names, the kind of answer wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from assistant.selecting.answer_types import YEAR_NAMED, answer_types_of
from assistant.types import Turn
from assistant.understanding.conversation import standalone
from assistant.understanding.document_questions import asks_of_documents, untitled
from assistant.understanding.names import Mention, Names, distinct_places
from assistant.understanding.topic import QUOTED
from assistant.understanding.wording import official_wording
from vectorstore.segmentation import fold, simplified, words


class AnswerKind(StrEnum):
    """The form of answer a question wants."""

    NUMBER = "number"
    LIST = "list"
    DOCUMENTS = "documents"
    STATUS = "status"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Attributes:
        text: as it was typed.
        query: the question that stands by itself, as it is shown.
        search: the query without the words that only ask; what is searched for.
        wording: the words that official documents use for the everyday ones of the query, and those of the
            question before where it leans on that; they weigh less than its own.
        kind: form of answer wanted.
        years: years that the query names.
        firm_years: those that it asks for; the others are only what the conversation before was about.
        mentions: the known places and bodies that it names.
        quoted: strings that the user set in quotation marks or book title marks.
        parts: the single questions it consists of, at least one.
    """

    text: str
    query: str
    search: str
    wording: str
    kind: AnswerKind
    years: tuple[int, ...]
    firm_years: tuple[int, ...]
    mentions: tuple[Mention, ...]
    quoted: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def untitled(self) -> str:
        """The folded query with bare marks in place of titles: what these say is not asked."""
        return untitled(fold(self.query), _titles_in(self.mentions))


_SCAFFOLD = re.compile(
    r"(?:能|可以|可)(?:直接)?(?:比较?|对比)(?=吗|[?]|$)|(?:有什么|有何|有)(?:不同|区别|差异|变化)|请问|[到在]?什么时候|[要在]*多长时间(?:以?内)?|要?多久|[到在]?何时|[到在]?几时|目前|现在|当前|如今|截至|能拿到|拿到|(?:可以?|能)?获得(?=多少|什么|哪|几)|享受到?|可以|请说明|请介绍|帮我|告诉我|我想知道|想了解|(?:分别|各)?[是有]?多[少大]|(?:最多|最高)(?:能|可|可以)?|实际上|分别是什么|是什么|指的是什么|指什么|什么是|"
    r"有哪些|在?哪些|哪几[个条项家种类]|在?哪一?[年月天]|在?哪[个家里儿边]|在?哪|分别|各自|各是|具体|如何|怎么样|怎么|怎样|咋办|咋|"
    r"什么|[干做]?啥|几[个家条项年]|方面|情况|安排|是否|是不是|有没有|能不能|可不可以|吗|呢|啊|吧|的话"
)
_YEAR = re.compile(YEAR_NAMED)
# A part with fewer words of its own says nothing without the part it follows.
_OWN_WORDS = 2
_ASKS = re.compile(r"什么|啥|多少|哪|几|如何|怎么|怎样|吗|呢|谁|是否|是不是|咋|多大")
_CLAUSE = re.compile(r"[^，,、\s]+")
_PART = re.compile(r"[？?；;。！!\n]+")

_DOCUMENTS = re.compile(
    r"哪(些|几)[份个篇]?(文件|资料|文档|规划|政策)|(资料|文件|文档).{0,8}哪(些|几)|"
    r"(几|多少)[份个篇](文件|资料|文档|规划|政策).{0,6}(提[到及]|[谈讲说写]到|谈及|涉及)"
)


def understand(text: str, history: Sequence[Turn] = (), names: Names = Names()) -> Question:
    """Understand a question without any model.

    Args:
        text: the question as typed.
        history: the conversation before it, oldest first.
        names: the places and bodies of the library.

    Returns:
        The question with its standalone query.
    """
    query = standalone(text, history, names)
    folded = fold(query)
    mentions = names.mentions(folded)
    # What was asked before of one place and is now asked of two is asked of the same year.
    compared = not query.endswith(simplified(text.strip())) and len(distinct_places(mentions)) > 1
    wording = (official_wording(folded), *names.other_names(folded), _leant_on(query, text, history, names))
    return Question(
        text=text,
        query=query,
        search=unasked(folded) or folded,
        wording=" ".join(filter(None, wording)),
        kind=kind_of(folded, mentions),
        years=years_of(folded),
        firm_years=years_of(folded if compared else fold(text)),
        mentions=mentions,
        quoted=tuple(dict.fromkeys(QUOTED.findall(query))),
        parts=parts_of(simplified(query)) or (query,),
    )


def _leant_on(query: str, text: str, history: Sequence[Turn], names: Names) -> str:
    """Return what was asked before, without what only asks, where a question took something from it."""
    asked = [at for at, turn in enumerate(history) if turn.role == "user"]
    if not asked or simplified(query) in simplified(text):
        return ""
    return unasked(fold(standalone(history[asked[-1]].content, history[: asked[-1]], names)))


def single_questions(question: Question) -> tuple[Question, ...]:
    """Return each part of a question as a question of its own that leans on the others for its subject.

    Args:
        question: what is asked.

    Returns:
        A question for each part, in order. The other parts' words are added to its wording, where they
        weigh less than its own, unless it names a place that they do not; a part without a year or a place
        has those of the part before, and one with hardly a word of its own is led by the first part's. The
        question itself where it has one part.
    """
    if len(question.parts) == 1:
        return (question,)
    singles: list[Question] = []
    years: tuple[int, ...] = ()
    mentions: tuple[Mention, ...] = ()
    for part in question.parts:
        others = [unasked(fold(other)) for other in question.parts if other != part]
        own = [word for word in words(_YEAR.sub(" ", unasked(fold(part)))) if len(word) > 1]
        asked = part if len(own) >= _OWN_WORDS or not others else f"{others[0]}，{part}"
        folded = fold(asked)
        years = years_of(folded) or years
        named = _placed(question.mentions, folded)
        mentions = named or mentions or question.mentions
        alone = named and not any(mention.text in other for mention in named for other in others)
        single = replace(
            question,
            query=asked,
            search=unasked(folded) or question.search,
            wording=" ".join(filter(None, (official_wording(folded), *(() if alone else others)))),
            kind=kind_of(folded, mentions),
            years=years,
            mentions=mentions,
            quoted=tuple(term for term in question.quoted if term in part) or question.quoted,
            parts=(asked,),
        )
        singles.append(single)
    return tuple(singles)


def _placed(mentions: Iterable[Mention], folded: str) -> tuple[Mention, ...]:
    """Return the mentions that a folded part of a question holds, at their places in it."""
    found = ((mention, folded.find(mention.text)) for mention in mentions)
    return tuple(replace(one, start=at, end=at + len(one.text)) for one, at in found if at >= 0)


def parts_of(query: str) -> tuple[str, ...]:
    """Return the single questions that a query consists of; clauses that each ask are questions too.

    What is said before a clause that asks leads on to it.
    """
    parts: list[str] = []
    for sentence in filter(None, map(str.strip, _PART.split(query))):
        ends = [clause.end() for clause in _CLAUSE.finditer(sentence) if _ASKS.search(clause.group())]
        # What stands behind the last one belongs to it.
        cuts = pairwise([0, *ends[:-1], len(sentence)])
        parts += [sentence[start:end].strip("，,、 ") for start, end in cuts]
    return tuple(parts)


def kind_of(folded: str, mentions: Iterable[Mention] = ()) -> AnswerKind:
    """Return the form of answer that a folded question wants.

    Args:
        folded: the question.
        mentions: what it names; the words of a document's title are not asked.
    """
    types = answer_types_of(folded)
    signs = {
        AnswerKind.STATUS: asks_of_documents(untitled(folded, _titles_in(mentions))),
        AnswerKind.DOCUMENTS: _DOCUMENTS.search(folded),
        AnswerKind.NUMBER: types & {"number", "time"},
        AnswerKind.LIST: types & {"list"},
    }
    return next((kind for kind, sign in signs.items() if sign), AnswerKind.FACT)


def _titles_in(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return the titles of documents among what a question names."""
    return tuple(mention.text for mention in mentions if mention.titled)


def unasked(folded: str) -> str:
    """Return a folded question without the words that only ask."""
    return _SCAFFOLD.sub(",", folded).strip(" ?!。,;")


def years_of(folded: str) -> tuple[int, ...]:
    """Return the years a folded text names, in order."""
    years = [int(year) for year in _YEAR.findall(folded)]
    return tuple(dict.fromkeys(years))
