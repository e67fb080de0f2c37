"""Names of places, bodies and documents that a text mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vectorstore.segmentation import tagged

# The tags of places and bodies in jieba's dictionary; those of people and brands stand at many a verb.
_PROPER = frozenset({"ns", "nt"})
# How the tags begin of what stands before such a last word: nouns, verbal nouns, abbreviations.
_OF_NAMES = ("n", "vn", "j")
_SUFFIX = re.compile(
    r"(?:省|市|县|区|开发区|高新区|经开区|示范区|试验区|新区|片区|园区|镇|乡|街道|新城|园|产业园"
    r"|基地|公司|集团|大学|学院|医院|研究院|研究所|实验室|委员会|委|局|厅|部|办|处)$"
)
# 高新技术产业开发区 and the short forms that people use for it.
_ZONE = re.compile(r"(?:(?:国家)?(?:高新技术|经济技术|高技术)?(?:产业)?开发区|高新区|经开区|新区)")
_TITLE = re.compile(r"《([^《》]+)》")
# The number of a document: 青政发〔2026〕3号.
_NUMBER = re.compile(r"[一-鿿]{1,8}[〔\[(（]\d{4}[〕\])）]第?\d+号")
_HAN = re.compile(r"[一-鿿]+$")
_LEAST = 3


def proper_names(text: str) -> Iterator[str]:
    """Yield the names in a text: what the dictionary knows as one, or what its last word makes one.

    Args:
        text: folded text.
    """
    before = ""
    for word, tag in tagged(_TITLE.sub("，", text)):
        han = _HAN.match(word) is not None
        if _SUFFIX.fullmatch(word):
            if len(before + word) >= _LEAST:
                yield before + word
        elif han and ((tag in _PROPER and word[1:]) or (word[_LEAST - 1 :] and _SUFFIX.search(word))):
            yield word
        before = word if han and tag.startswith(_OF_NAMES) else ""


def names_zone(text: str, name: str) -> bool:
    """Return whether a text names a zone that documents write in full and people in short.

    Args:
        text: folded text, such as a document's title.
        name: 望汀高新区 for 望汀高新技术产业开发区.
    """
    kind = _ZONE.search(name)
    if kind is None or kind.end() < len(name) or not kind.start():
        return False
    return re.search(re.escape(name[: kind.start()]) + _ZONE.pattern, text) is not None


def titles(text: str) -> list[str]:
    """Return the titles in 《》 and the document numbers that a text mentions."""
    return [*_TITLE.findall(text), *_NUMBER.findall(text)]
