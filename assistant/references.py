"""Documents that a text names, by number or by title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument

_NUMBER = re.compile(r"([一-鿿]{2,10}?)[〔\[(【{]?\s*((?:19|20)\d{2})\s*[〕\])】}]?\s*第?\s*(\d{1,4})\s*号")
_BRACKETED = re.compile(r"[〔〕\[\]()【】{}第\s]")
_TITLE = re.compile(r"《([^》]{4,80})》")


@dataclass(frozen=True, slots=True)
class References:
    """The library's documents by number and by title, folded."""

    numbers: dict[str, frozenset[str]] = field(default_factory=dict)
    titles: dict[str, frozenset[str]] = field(default_factory=dict)

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Find the documents that a folded text names.

        Args:
            text: folded; a number may have any brackets, a title stands in 《》 or is written out.

        Returns:
            Place in the text and the documents' ids for each number and title found.
        """
        for match in _NUMBER.finditer(text):
            bare = _BRACKETED.sub("", match.group())
            known = next((number for number in self.numbers if bare.endswith(number)), "")
            if known:
                yield match.start(), match.end(), self.numbers[known]
        for match in _TITLE.finditer(text):
            ids = frozenset[str]().union(
                *(ids for title, ids in self.titles.items() if match.group(1) in title)
            )
            if ids:
                yield match.start(), match.end(), ids
        for title, ids in self.titles.items():
            at = text.find(title)
            if at >= 0:
                yield at, at + len(title), ids


def learn_references(documents: Iterable[PolicyDocument]) -> References:
    """Learn the documents' numbers and titles."""
    numbers: dict[str, frozenset[str]] = {}
    titles: dict[str, frozenset[str]] = {}
    for document in documents:
        if document.document_number:
            bare = _BRACKETED.sub("", fold(document.document_number))
            numbers[bare] = numbers.get(bare, frozenset()) | {document.id}
        if document.title:
            title = fold(document.title)
            titles[title] = titles.get(title, frozenset()) | {document.id}
    return References(numbers, titles)
