"""A fragment such as 那砚川呢, put in the place of its like in the question before."""

from __future__ import annotations

import re

from assistant.understanding.names import Names
from assistant.understanding.topic import TIME, asking_of, has_subject, topic_of
from vectorstore.segmentation import place_names, words

QUOTED = re.compile(r"[“\"「『《][^”\"」』》]{2,60}[”\"」』》]")
PRONOUN = re.compile(r"它们|它的|它|其中|这个|那个|该(?=[一-鿿])|上述|前者|后者|这(?=[一-鿿])|此(?=[一-鿿])")
_NOW = re.compile(r"现在|目前|如今|当前|眼下|现状")
_PROGRAMME = re.compile(r"[一-鿿]{2}(?:计划|工程|行动|项目|基金|平台|企业|园区|基地)")
_KIND_CHARS = 2
# 二类 is put in the place of 三类, Ⅱ期 in that of Ⅲ期, 第二家 in that of 第一家.
_RANK = re.compile(r"(?:第?[一二三四五六七八九十两首\d]+|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+)(?P<of>[类期级档批家项条章轮等])")
_MEASURED = re.compile(r"(?:是|为|有|达到?|要到)?多少")


def exchanged(fragment: str, rest: str, before: str, names: Names) -> str:
    """Return the question before with what is newly named in the place of its like.

    Args:
        fragment: what is asked about now, without the words around it: 砚川, 2030年, 二类.
        rest: what is asked after it, "" where the question before is asked of it.
        before: the question before, standing by itself.
        names: the places and bodies of the library.
    """
    new = fragment.strip().removesuffix("的")
    pronoun = PRONOUN.match(new)
    if pronoun:
        return f"{topic_of(before, timeless=True)}的{new[pronoun.end() :]}{asking_of(before)}"
    if TIME.fullmatch(new):
        time = f"{new}年" if new[-1].isdigit() else new
        return TIME.sub(time, before, count=1) if TIME.search(before) else f"{time}{before}"
    if _NOW.fullmatch(new):
        return f"{topic_of(before, timeless=True)}{new}{asking_of(before)}"
    places = names.mentions(new) or place_names(new)
    old_places = names.mentions(before)
    if places and old_places:
        return before[: old_places[0].start] + new + before[old_places[0].end :] + rest
    return _of_a_kind(new, rest, before) or _within(new, rest, before, names)


def _of_a_kind(new: str, rest: str, before: str) -> str:
    """Return the question with a name of the same kind in another's place, "" where it names none."""
    quoted = QUOTED.search(before)
    if quoted and not rest:
        return before[: quoted.start()] + new + before[quoted.end() :]
    if quoted and set(new) & set(quoted.group()):
        # Two names of one kind share a character, as 原药港 and 火炬药谷 do.
        return f"{new}{rest}"
    like = _ranked_like(new, before) or _ending_like(new, before)
    if like:
        return before.replace(like, new, 1) + rest
    named = _PROGRAMME.search(before)
    kind = named.group()[-_KIND_CHARS:] if named else ""
    if named and not rest and not new.endswith(kind) and len(new) <= _KIND_CHARS:
        return before[: named.start()] + new + kind + before[named.end() :]
    return ""


def _ranked_like(new: str, before: str) -> str:
    """Return the class, phase or rank of the question before where another one of them is named now."""
    rank = _RANK.fullmatch(new)
    ranks = _RANK.finditer(before) if rank else ()
    return next((other.group() for other in ranks if rank and other["of"] == rank["of"]), "")


def _ending_like(new: str, before: str) -> str:
    """Return 首次认定 where 重新认定 is named now: two words, of which the second is the same."""
    cut, known = words(new), words(before)
    if len(cut) != 2 or len(cut[1]) < _KIND_CHARS:
        return ""
    pairs = (known[at - 1] + known[at] for at in range(1, len(known)) if known[at] == cut[1])
    return next((pair for pair in pairs if len(pair) > len(cut[1]) + 1 and pair in before), "")


def _within(new: str, rest: str, before: str, names: Names) -> str:
    """Return the question for something else of the same place, or for a part of what was asked about."""
    if not rest and has_subject(new) and _MEASURED.match(asking_of(before)):
        return f"{setting_of(before, names)}{new}{asking_of(before)}"
    topic = topic_of(before, timeless=bool(TIME.search(rest)))
    return f"{topic}的{new}，{rest}" if rest else f"{topic}的{new}{asking_of(before)}"


def setting_of(before: str, names: Names) -> str:
    """Return the places, documents and year that a question names, without what it asks of them."""
    named = [mention.text for mention in names.mentions(before)] or [name for _, name in place_names(before)]
    time = TIME.search(before)
    return "和".join(dict.fromkeys(named)) + (time.group() if time else "")
