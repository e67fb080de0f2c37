"""Example questions made from what the library holds; general patterns of policy language, no model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.types import Answer
from vectorstore.types import Passage, PassageKind, PolicyDocument, Status

_DOCUMENTS = 8
QUESTION_CHARS = 40
_WORTH = (Status.IN_FORCE, Status.UNKNOWN, Status.DRAFT, Status.EXPIRED, Status.NOT_POLICY, Status.SUPERSEDED)

# “到2030年，全市产业规模达到300亿元”: the year, and what reaches a figure in it.
_TARGET = re.compile(
    r"到(20[2-5]\d)年[末底]?，?(?:全市|全区|全省|全县|力争|我市|我区|园区)*"
    r"([\u4e00-\u9fff]{3,14}?)(?:力争|预计)?(?:达到|达|突破|超过|提高到|增加到)[约]?[0-9]"
)
# What stands before 总体布局 and 战略布局 is national doctrine, which local documents only quote.
_SLOGAN = re.compile(
    r"“((?!十[一二三四五]五)[一二两三四五六七八九十][\u4e00-\u9fff]{2,8})”"
    r"(?!总体|战略)[^，。；“”\n]{0,6}(?:格局|布局|体系)"
)
# “对首次获批的企业，按规定给予最高50万元奖励”: who receives it, and what it is called.
_GRANT = re.compile(
    r"对([^，。；：、“”（）\n]{5,22}?)的?，[^。；\n]{0,20}?给予[^。；\n]{0,30}?元(?:的)?[^，。；\n]{0,6}?(奖励|补助|资助|补贴)"
)
# What the people of a place leave out of its name: 青州省 before 甲川市, and what stands in brackets.
_PROVINCE = re.compile(r"^(?:[^省市]{2,3}省|[^区市]{2,5}自治区)(?=.)|（[^（）]*）")
_HERE = re.compile(r"在?[我本全][省市区县]|的$")
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十百]+[编章节条]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.、])?\s*"
    r"((?:发展|主要|总体|重点)(?:目标|任务|定位|领域|产业)|基本原则|空间布局|保障措施|支持对象|申报条件|适用范围)$"
)
_SINGULAR = ("目标", "定位", "布局", "范围")
# “关于印发《甲川市渔业规划》的通知”: the document that it issues.
_ISSUED = re.compile(r"关于(?:印发|发布|公布)《?(.{4,60}?)》?的(?:通知|公告)$")


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the library suggests.

    Attributes:
        kind: pattern that it follows.
        question: the question.
        document_id, section: where the text stands that suggested it.
        compared_with: id of the document of another place that it is held against, or "".
    """

    kind: str
    question: str
    document_id: str
    section: tuple[str, ...]
    compared_with: str = ""

    def answered_by(self, answer: Answer) -> bool:
        """Whether an answer rests first of all on the section that suggested it, or on both documents."""
        if answer.refused or not answer.citations:
            return False
        if self.compared_with:
            cited = {citation.document.id for citation in answer.citations}
            return {self.document_id, self.compared_with} <= cited
        proof = answer.citations[0].passage
        return (proof.document_id, proof.section) == (self.document_id, self.section)


def showcase(documents: Sequence[PolicyDocument], today: date) -> list[PolicyDocument]:
    """Return the documents that example questions are made from: what is in force first, regions in turn.

    Args:
        documents: all documents of the library.
        today: day on which a document's standing counts.
    """
    ranked = sorted(documents, key=lambda document: _WORTH.index(document.standing(today)))
    seen: Counter[str] = Counter()
    turns: list[tuple[int, int, PolicyDocument]] = []
    for document in ranked:
        turns.append((_WORTH.index(document.standing(today)), seen[document.region], document))
        seen[document.region] += 1
    turns.sort(key=lambda turn: turn[:2])
    return [document for _, _, document in turns[:_DOCUMENTS]]


def example_questions(
    documents: Sequence[PolicyDocument], passages: Callable[[str], Iterable[Passage]]
) -> Iterator[Example]:
    """Yield example questions, as varied as the library allows: kinds of question and documents in turn.

    Args:
        documents: documents to ask about, best first.
        passages: gives the passages of a document by its id.
    """
    return taking_turns(
        candidate for document in documents for candidate in _candidates(document, passages(document.id))
    )


def comparison_questions(
    documents: Sequence[PolicyDocument], passages: Callable[[str], Iterable[Passage]]
) -> Iterator[Example]:
    """Yield questions that documents of two places answer alike, figures before headings.

    Args:
        documents: documents to ask about, best first.
        passages: gives the passages of a document by its id.
    """
    found: dict[str, dict[str, Example]] = {"target": {}, "grant": {}, "heading": {}}
    first: dict[str, tuple[str, str]] = {}
    for document in documents:
        place = place_of(document) if document.region else ""
        for passage in passages(document.id) if place else ():
            for kind, _, shared in _questions(passage, place, ""):
                other, other_id = first.setdefault(shared, (place, document.id))
                question = f"{other}和{place}{shared}"
                apart = other not in place and place not in other
                if shared and apart and len(question) <= QUESTION_CHARS:
                    example = Example(kind, question, document.id, passage.section, other_id)
                    found[kind].setdefault(question, example)
    for examples in found.values():
        yield from examples.values()


def taking_turns(examples: Iterable[Example]) -> Iterator[Example]:
    """Yield each question once, in an order in which kinds of question and documents take turns.

    Args:
        examples: the best of each kind first.
    """
    open_ = list(examples)
    used: Counter[str] = Counter()
    while open_:
        best = min(open_, key=lambda item: used[item.kind] + used[item.document_id])
        used.update((best.kind, best.document_id))
        open_ = [item for item in open_ if item.question != best.question]
        yield best


def _candidates(document: PolicyDocument, passages: Iterable[Passage]) -> Iterator[Example]:
    title, place = f"《{short_title(document.title)}》", place_of(document)
    for passage in passages:
        for kind, question, _ in _questions(passage, place, title):
            if len(question) <= QUESTION_CHARS:
                yield Example(kind, question, document.id, passage.section)


def place_of(document: PolicyDocument) -> str:
    """Return the place that a document is about as people say it, or its title where it names none."""
    return _PROVINCE.sub("", document.region) or f"《{short_title(document.title)}》"


def _questions(passage: Passage, place: str, title: str) -> Iterator[tuple[str, str, str]]:
    """Yield kind, question, and what asks the same of several places behind their names, or ""."""
    if passage.kind is PassageKind.FOOTNOTE:
        return
    if passage.kind is not PassageKind.TABLE_ROW:
        for match in _TARGET.finditer(passage.text):
            target = f"{match[1]}年{match[2]}的目标"
            yield "target", f"{place}{target}是多少？", f"{target}分别是多少？"
        for match in _SLOGAN.finditer(passage.text):
            yield "slogan", f"{place}的“{match[1]}”指的是什么？", ""
        for match in _GRANT.finditer(passage.text):
            grantee = f"对{_HERE.sub('', match[1])}"
            yield "grant", f"{place}{grantee}给予多少{match[2]}？", f"{grantee}分别给予多少{match[2]}？"
    heading = _HEADING.match(passage.section[-1]) if passage.section else None
    if heading:
        asked = "是什么" if heading[1].endswith(_SINGULAR) else "有哪些"
        yield "heading", f"{title}的{heading[1]}{asked}？", f"的{heading[1]}有什么不同？"


def short_title(title: str) -> str:
    """Return a title as people say it: of a notice that only issues a document, the document's.

    Args:
        title: a document's title.
    """
    issued = _ISSUED.search(title)
    return issued[1] if issued else title
