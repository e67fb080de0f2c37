"""Documents that a text names, by number, by title or by the plan they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument

_NUMBER = re.compile(r"([一-鿿]{2,10}?)[〔\[(【{]?\s*((?:19|20)\d{2})\s*[〕\])】}]?\s*第?\s*(\d{1,4})\s*号")
_BRACKETED = re.compile(r"[〔〕\[\]()【】{}第\s]")
_TITLE = re.compile(r"《([^》]{4,80})》")
_OPENING = 2
_PLAN = re.compile(
    r"第(?P<ordinal>十[一二三四五六七八九]?)个五年(?:规划|计划)(?P<outline>[^。]{0,20}?纲要)?"
    r"|[“\"]?(?P<short>十[一二三四五六七八九]?)五[”\"]?[^。，,“\"]{0,16}?规划(?P<briefly>纲要)?"
)
_NAMED_PLAN = re.compile(r"[“\"]?(十[一二三四五六七八九]?)五[”\"]?(?:发展)?(?:规划|纲要)(?:纲要)?(?![期时])")


@dataclass(frozen=True, slots=True)
class References:
    """The library's documents by number, title and plan, folded.

    Attributes:
        numbers: number without brackets → ids.
        titles: title, or another name of a document or a body → ids.
        plans: 十四 for a plan of the 十四五 → ids.
        openings: first characters of a title → the titles that begin so.
    """

    numbers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    titles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    plans: Mapping[str, frozenset[str]] = field(default_factory=dict)
    openings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Find the documents that a folded text names.

        Args:
            text: folded; a number may have any brackets, a title stands in 《》 or is written out.

        Returns:
            Place in the text and the documents' ids for each number, title and plan found.
        """
        for match in _NUMBER.finditer(text):
            bare = _BRACKETED.sub("", match.group())
            known = next((bare[at:] for at in range(len(bare)) if bare[at:] in self.numbers), "")
            if known:
                yield match.start(), match.end(), self.numbers[known]
        for match in _TITLE.finditer(text):
            ids = frozenset[str]().union(
                *(ids for title, ids in self.titles.items() if match.group(1) in title)
            )
            if ids:
                yield match.start(), match.end(), ids
        for match in _NAMED_PLAN.finditer(text):
            if match[1] in self.plans:
                yield match.start(), match.end(), self.plans[match[1]]
        for at in range(len(text)):
            for title in self.openings.get(text[at : at + _OPENING], ()):
                if text.startswith(title, at):
                    yield at, at + len(title), self.titles[title]


def learn_references(
    documents: Iterable[PolicyDocument], further: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> References:
    """Learn the documents' numbers, titles and plans.

    Args:
        documents: the library's documents.
        further: other names, folded → ids of the documents.
    """
    numbers: dict[str, frozenset[str]] = {}
    titles: dict[str, frozenset[str]] = dict(further)
    plans: dict[str, frozenset[str]] = {}
    for document in documents:
        for names, name in (
            (numbers, _BRACKETED.sub("", fold(document.document_number))),
            (titles, fold(document.title)),
            (plans, _plan(document.title)),
        ):
            if name:
                names[name] = names.get(name, frozenset()) | {document.id}
    openings: dict[str, tuple[str, ...]] = {}
    for title in titles:
        openings[title[:_OPENING]] = (*openings.get(title[:_OPENING], ()), title)
    return References(numbers, titles, plans, openings)


def plan_name(title: str) -> str:
    """Return what a five-year plan is called for short, as “十四五”规划纲要; "" for other titles.

    A title that already says it has no other name.
    """
    match = _PLAN.search(title)
    if match is None or not match["ordinal"]:
        return ""
    return f"“{match['ordinal']}五”规划{'纲要' if match['outline'] else ''}"


def _plan(title: str) -> str:
    match = _PLAN.search(fold(title))
    return (match["ordinal"] or match["short"]) if match else ""
