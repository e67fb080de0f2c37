"""Names of places, bodies and documents that a text mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

# The tags of places and bodies in jieba's dictionary; those of people and brands stand at many a verb.
_PROPER = frozenset({"ns", "nt"})
_NOUNS = _PROPER | {"n"}
# How the tags begin of what stands before such a last word: nouns, verbal nouns, abbreviations.
_OF_NAMES = ("n", "vn", "j")
_SUFFIX = re.compile(
    r"(?:省|市|县|区|开发区|高新区|经开区|示范区|试验区|新区|片区|园区|镇|乡|街道|新城|园|产业园"
    r"|基地|公司|集团|大学|学院|医院|研究院|研究所|实验室|委员会|委|局|厅|部|办|处)$"
)
# 高新技术产业开发区 and the short forms that people use for it.
_ZONE = re.compile(r"(?:(?:国家)?(?:高新技术|经济技术|高技术)?(?:产业)?开发区|高新区|经开区|新区)")
_OWN = re.compile("[全我本该各][市区县省国]")
_TITLE = re.compile(r"《([^《》]+)》")
# The number of a document: 青政发〔2026〕3号.
_NUMBER = re.compile(r"[一-鿿]{1,8}[〔\[(（]\d{4}[〕\])）]第?\d+号")
_HAN = re.compile(r"[一-鿿]+$")
_LEAST = 3
# The tags that are guessed for words which the dictionary does not hold.
_NEVER_NAMES = ("r", "v", "d", "p", "u", "c")
_OF_PEOPLE = ("nrfg", "nrt")
_GUESSED = ("nr", "ns", "nt", "nz")


def proper_names(text: str) -> Iterator[str]:
    """Yield the names in a text: what the dictionary knows as one, or what its last word makes one.

    Args:
        text: folded text.
    """
    before = ""
    for word, tag in rjieba.tag(_TITLE.sub("，", text)):
        han = _HAN.match(word) is not None
        if _SUFFIX.fullmatch(word):
            if len(before + word) >= _LEAST:
                yield before + word
        elif han and ((tag in _PROPER and word[1:]) or (word[_LEAST - 1 :] and _SUFFIX.search(word))):
            yield word
        before = word if han and tag.startswith(_OF_NAMES) else ""


def unknown_names(text: str) -> Iterator[str]:
    """Yield what reads like a name and is in no dictionary, such as the name of a village or a company.

    Args:
        text: folded text.
    """
    for word, tag in rjieba.tag(_TITLE.sub("，", text)):
        if not word[1:] or not _HAN.match(word):
            continue
        if _is_new(word, tag) or tag in _OF_PEOPLE:
            yield word


def names_at(text: str) -> Iterator[tuple[str, int]]:
    """Yield the names of places and bodies in a text, each with where it ends.

    Args:
        text: folded text.
    """
    end = 0
    for word, tag in rjieba.tag(text):
        end += len(word)
        if word[1:] and _HAN.match(word) and not _OWN.match(word) and (tag in _PROPER or _is_new(word, tag)):
            yield word, end


def may_be_name(text: str) -> bool:
    """Tell whether a text has none of the words that no name has: pronouns, verbs, adverbs, prepositions."""
    return not any(tag.startswith(_NEVER_NAMES) for word, tag in rjieba.tag(text))


def _is_new(word: str, tag: str) -> bool:
    """Tell whether a word was guessed to be a name that no dictionary holds."""
    return tag.startswith(_GUESSED) and all(len(piece) == 1 for piece in rjieba.cut(word, hmm=False))


def names_zone(text: str, name: str) -> bool:
    """Tell whether a text names a zone that documents write in full and people in short.

    Args:
        text: folded text, such as a document's title.
        name: 望汀高新区 for 望汀高新技术产业开发区.
    """
    kind = _ZONE.search(name)
    if kind is None or kind.end() < len(name) or not kind.start():
        return False
    return re.search(re.escape(name[: kind.start()]) + _ZONE.pattern, text) is not None


def nouns(text: str) -> tuple[str, ...]:
    """Return the nouns of a text that say what it is about.

    Args:
        text: folded text.
    """
    tagged = ((word, tag) for word, tag in rjieba.tag(text) if word[1:] and not _OWN.match(word))
    return tuple(word for word, tag in tagged if tag in _NOUNS and _HAN.match(word))


def titles(text: str) -> list[str]:
    """Return the titles in 《》 and the document numbers that a text mentions."""
    return [*_TITLE.findall(text), *_NUMBER.findall(text)]
