"""The documents that a sentence names, held against the library's list of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument

_TITLE = re.compile(r"《([^《》]+)》(?:[（(]([^（）()]*?[〔\[（(]\d{4}[〕\]）)]\s*\d+号)[）)])?")
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
                found.append(Misnamed(f"资料库中《{title}》的文号为{right}", number, right))
            continue
        near = max(documents, key=lambda document: _likeness(title, document.title), default=None)
        if near is not None and _likeness(title, near.title) >= _ALIKE:
            found.append(Misnamed(f"资料库中的文件名为《{near.title}》", title, near.title))
        else:
            found.append(Misnamed(f"资料库中没有《{title}》"))
    return found


def _bare(text: str) -> str:
    return _SIGN.sub("", fold(text))


def _names(title: str, document: PolicyDocument) -> bool:
    """Tell whether a title is a document's own, what stands in brackets at its end left out or not."""
    own = _bare(document.title)
    said = _bare(title)
    whole = _bare(re.sub(r"[（(][^（）()]*[）)]$", "", document.title))
    return said in (own, whole) or (len(said) >= len(whole) * _ALIKE and own.endswith(said))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _bare(one), _bare(other), autojunk=False).ratio()
