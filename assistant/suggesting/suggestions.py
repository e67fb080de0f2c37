"""Example questions made from what the library holds; general patterns of policy language, no model."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.types import Answer
from vectorstore.segmentation import nouns
from vectorstore.types import Passage, PassageKind, PolicyDocument, Status

_DOCUMENTS = 8
QUESTION_CHARS = 40
_WORTH = (Status.IN_FORCE, Status.UNKNOWN, Status.DRAFT, Status.EXPIRED, Status.NOT_POLICY, Status.SUPERSEDED)

# What the people of a place leave out of its name: 青州省 before 甲川市, and what stands in brackets.
_PROVINCE = re.compile(r"^(?:[^省市]{2,3}省|[^区市]{2,5}自治区)(?=.)|（[^（）]*）")
# “经济发展｜1 地区生产总值（亿元）：2025年612.4；2030年980”.
_ROW = re.compile(r"^(?:.*｜)?\d*[.、]?\s*(?P<name>[^｜：（(]{2,20})(?:[（(][^）)]*[）)])?：(?P<values>.+)$")
_ROW_YEAR = re.compile(r"(20\d\d)年")
# “关于印发《甲川市渔业规划》的通知”: the document that it issues.
_ISSUED = re.compile(r"关于(?:印发|发布|公布)《?(.{4,60}?)》?的(?:通知|公告)$")
# 第一章, 专栏 2, 三、, （四）, 5.1.
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[编章节条]|专栏\s*\d*|[一二三四五六七八九十]+、|"
    r"[（(][一二三四五六七八九十\d]+[）)]|\d+(?:\.\d+)*[.、．]?)\s*"
)
_USUAL = re.compile(
    r"(?:发展|主要|总体|重点)(?:目标|任务|定位|领域|产业|原则)|基本原则|空间布局|保障措施|支持对象|适用范围|"
    r"(?:申请|申报|受理|认定|享受|补贴|资助|录取)(?:的)?(?:基本)?条件"
)
_SINGULAR = ("目标", "定位", "布局", "范围")
_PLAIN = re.compile(r"[^，。；：！？,;:!?“”\"《》（）()]{4,16}")
# What every document has, and what it reports: nobody asks what is planned there.
_FRAME = re.compile(
    r"指导思想|总体(?:要求|思路)|前言|引言|总则|附则|附件|现状|成效|回顾|形势|背景|发展基础|机遇"
)

# Kind of question, what text suggests it, how it is asked, and how of several places behind their names.
_PATTERNS = (
    # “到2030年，全市产业规模达到300亿元”: the year, and what reaches a figure in it.
    (
        "target",
        re.compile(
            r"到(20[2-5]\d)年[末底]?，?(?:全市|全区|全省|全县|力争|我市|我区|园区)*"
            r"([\u4e00-\u9fff]{3,14}?)(?:力争|预计)?(?:达到|达|突破|超过|提高到|增加到)[约]?[0-9]"
        ),
        "{place}{0}年{1}的目标是多少？",
        "{0}年{1}的目标分别是多少？",
    ),
    # What stands before 总体布局 and 战略布局 is national doctrine, which local documents only quote.
    (
        "slogan",
        re.compile(
            r"“((?!十[一二三四]五)[一二两三四五六七八九十][\u4e00-\u9fff]{2,8})”"
            r"(?!总体|战略)[^，。；“”\n]{0,6}(?:格局|布局|体系)"
        ),
        "{place}的“{0}”指的是什么？",
        "",
    ),
    # “对首次获批的企业，按规定给予最高50万元奖励”: who receives it, and what it is called.
    (
        "grant",
        re.compile(
            r"对(?:在?[我本全][省市区县])?([^，。；：、“”（）\n]{5,22}?)的?，[^。；\n]{0,20}?给予[^。；\n]{0,30}?元"
            r"(?:的)?[^，。；\n]{0,6}?(奖励|补助|资助|补贴)"
        ),
        "{place}{0}可获得多少{1}？",
        "对{0}分别给予多少{1}？",
    ),
    # “申请人应当同时符合下列条件”: who, and what is asked of them.
    (
        "condition",
        re.compile(r"([\u4e00-\u9fff]{2,10}?)应当?(?:同时)?(符合|具备|满足)(?:下列|以下)(?:基本)?条件"),
        "{title}要求{0}{1}哪些条件？",
        "",
    ),
)
# What the titles of most documents have, whatever they are about.
_OF_EVERY_TITLE = """
    产业 经济 社会 规划 纲要 计划 方案 措施 办法 意见 通知 公告 报告 政策 行动 工作 项目 企业 重点 标准 情况
    细则 人民政府 政府 办公室 印发 高质量发展 实施细则 实施办法 实施方案 管理办法 行动计划 行动方案
"""
# Kinds of question that are asked where there are no others.
_FOR_WANT = ("row", "section")
SORTS = (("target", "grant"), ("list",), ("condition",))
"""What people ask for besides comparisons: a figure, a list, a condition; the kinds of each."""


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
        if not is_answer(answer):
            return False
        if self.compared_with:
            cited = {citation.document.id for citation in answer.citations}
            return {self.document_id, self.compared_with} <= cited
        proof = answer.citations[0].passage
        return (proof.document_id, proof.section) == (self.document_id, self.section)


def is_answer(answer: Answer) -> bool:
    """Return whether a question is answered, and from a source."""
    return not answer.refused and bool(answer.citations)


def showcase(documents: Sequence[PolicyDocument], today: date) -> list[PolicyDocument]:
    """Return the documents that example questions are made from: what is in force first, regions in turn.

    Args:
        documents: all documents of the library.
        today: day on which a document's standing counts.
    """
    worth = {document.id: _WORTH.index(document.standing(today)) for document in documents}
    seen: Counter[str] = Counter()
    turn: dict[str, int] = {}
    for document in sorted(documents, key=lambda one: worth[one.id]):
        turn[document.id] = seen[document.region]
        seen[document.region] += 1
    return sorted(documents, key=lambda one: (worth[one.id], turn[one.id]))[:_DOCUMENTS]


def example_questions(
    documents: Sequence[PolicyDocument], passages: Callable[[str], Iterable[Passage]]
) -> Iterator[Example]:
    """Yield example questions, as varied as the library allows: kinds of question and documents in turn.

    Args:
        documents: documents to ask about, best first.
        passages: gives the passages of a document by its id.
    """
    open_ = [
        Example(kind, question, document.id, passage.section)
        for document in documents
        for passage in passages(document.id)
        for kind, question, _ in _questions(passage, document)
        if len(question) <= QUESTION_CHARS
    ]
    used: Counter[str] = Counter()
    while open_:
        best = min(open_, key=lambda item: (item.kind in _FOR_WANT, used[item.kind] + used[item.document_id]))
        used.update((best.kind, best.document_id))
        open_ = [item for item in open_ if item.question != best.question]
        yield best


def comparison_questions(
    documents: Sequence[PolicyDocument], passages: Callable[[str], Iterable[Passage]]
) -> Iterator[Example]:
    """Yield questions that documents of two places answer alike, figures before headings.

    Args:
        documents: documents to ask about, best first.
        passages: gives the passages of a document by its id.
    """
    found: dict[str, Example] = {}
    known: defaultdict[str, list[PolicyDocument]] = defaultdict(list)
    for document in filter(lambda one: one.region, documents):
        place = _place_of(document)
        for passage in passages(document.id):
            for kind, _, shared in _questions(passage, document):
                if not shared:
                    continue
                other = next((one for one in known[shared] if _is_comparable(one, document)), None)
                if other is None:
                    known[shared].append(document)
                    continue
                question = f"{_place_of(other)}和{place}{shared}"
                if len(question) <= QUESTION_CHARS:
                    found.setdefault(
                        question, Example(kind, question, document.id, passage.section, other.id)
                    )
    yield from sorted(found.values(), key=lambda example: example.kind in ("heading", "list"))


def _is_comparable(one: PolicyDocument, other: PolicyDocument) -> bool:
    """Return whether documents of two places are about one subject: 产业规模 is of other industries else."""
    place, elsewhere = _place_of(one), _place_of(other)
    shared = frozenset(nouns(short_title(one.title))) & frozenset(nouns(short_title(other.title)))
    return (
        place not in elsewhere and elsewhere not in place and bool(shared.difference(_OF_EVERY_TITLE.split()))
    )


def place_name(document: PolicyDocument) -> str:
    """Return the place that a document is about as people say it, or ""."""
    return _PROVINCE.sub("", document.region)


def _place_of(document: PolicyDocument) -> str:
    return place_name(document) or f"《{short_title(document.title)}》"


def _questions(passage: Passage, document: PolicyDocument) -> Iterator[tuple[str, str, str]]:
    """Yield kind, question, and what asks the same of several places behind their names, or ""."""
    if passage.kind is PassageKind.FOOTNOTE:
        return
    place, title = _place_of(document), f"《{short_title(document.title)}》"
    if passage.kind is not PassageKind.TABLE_ROW:
        for kind, pattern, asked, shared in _PATTERNS:
            for said in pattern.finditer(passage.text):
                question = asked.format(*said.groups(), place=place, title=title)
                yield kind, question, shared.format(*said.groups())
    elif row := _ROW.match(passage.text):
        if years := _ROW_YEAR.findall(row["values"]):
            yield "row", f"{place}{max(years)}年{row['name'].strip()}是多少？", ""
        if "主要指标" in passage.table:
            yield "list", f"{place}的主要指标有哪些？", ""
    heading = _NUMBERING.sub("", passage.section[-1]).strip(" 。") if passage.section else ""
    if _USUAL.fullmatch(heading):
        kind = "condition" if heading.endswith("条件") else "list"
        kind, asked = ("heading", "是什么") if heading.endswith(_SINGULAR) else (kind, "有哪些")
        yield kind, f"{title}的{heading}{asked}？", f"的{heading}有什么不同？"
    elif _PLAIN.fullmatch(heading) and not _FRAME.search("".join(passage.section)):
        yield "section", f"{place}在{heading}方面有哪些安排？", ""


def short_title(title: str) -> str:
    """Return a title as people say it: of a notice that only issues a document, the document's.

    Args:
        title: a document's title.
    """
    issued = _ISSUED.search(title)
    return issued[1] if issued else title
