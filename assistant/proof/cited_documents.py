"""The documents that a sentence names, held against the library's list of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from vectorstore.languages.language import own_words
from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument

_TITLE = re.compile(r"《([^《》]+)》(?:[（(]([^（）()]*?[〔\[（(]\d{4}[〕\]）)]\s*\d+号)[）)])?")
_ISSUES = re.compile(r"印发[《〈]?(.+?)[》〉]?的通知$")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
_SIGN = re.compile(r"[^\w]")
_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Misnamed:
    """A document that a sentence does not name as the library does.

    Attributes:
        reason: one Chinese line.
        written, right: what stands in the sentence, and what belongs there; both "" where the library has
            no such document.
    """

    reason: str
    written: str = ""
    right: str = ""


def misnamed(sentence: str, documents: Sequence[PolicyDocument]) -> list[Misnamed]:
    """Return the documents that a sentence names wrongly or that the library does not hold.

    Args:
        sentence: as people wrote it.
        documents: those of the library.
    """
    found = []
    for match in _TITLE.finditer(sentence):
        title, number = match.groups()
        same = [document for document in documents if _names(title, document)]
        if same:
            numbers = {document.document_number for document in same if document.document_number}
            if number and numbers and not any(_bare(number) == _bare(one) for one in numbers):
                right = min(numbers)
                found.append(Misnamed(own_words(f"资料库中《{title}》的文号为{right}"), number, right))
            continue
        near = _nearest(title, documents)
        if near:
            found.append(Misnamed(own_words(f"资料库中的文件名为《{near}》"), title, near))
        else:
            found.append(Misnamed(own_words(f"资料库中没有《{title}》")))
    return found


def _bare(text: str) -> str:
    return _SIGN.sub("", fold(text))


def _own_names(document: PolicyDocument) -> list[str]:
    """Return a document's title and that of what it issues, each with and without its end in brackets."""
    issued = _ISSUES.search(document.title)
    titles = [document.title, *([issued[1]] if issued else [])]
    return [title for whole in titles for title in (whole, _BRACKETS.sub("", whole))]


def _names(title: str, document: PolicyDocument) -> bool:
    """Return whether a title is one of a document's own, or its end: people leave out who issued it."""
    said = _bare(title)
    own = [_bare(name) for name in _own_names(document)]
    return any(said == name or (len(said) >= len(name) * _ALIKE and name.endswith(said)) for name in own)


def _nearest(title: str, documents: Sequence[PolicyDocument]) -> str:
    """Return the title that is most like another one, or "" where none is."""
    names = [name for document in documents for name in _own_names(document)]
    near = max(names, key=lambda name: _likeness(title, name), default="")
    return near if _likeness(title, near) >= _ALIKE else ""


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _bare(one), _bare(other), autojunk=False).ratio()
