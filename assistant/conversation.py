"""Questions that lean on the conversation, made to stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.names import Names
from assistant.types import Turn

_QUOTED = re.compile(r"[“\"「『《][^”\"」』》]{2,60}[”\"」』》]")
_YEARS = re.compile(
    r"(?:到|至)?(?<!\d)(?:19|20)\d{2}\s*年?(?:底|末|前后|以前|之前)?(?:[—–~～、和与及到至-]+(?:19|20)\d{2}\s*年?)*"
)
_WHAT_ABOUT = re.compile(r"^(?:那么|那|还有|至于|再说)?[，,]?\s*(?P<new>[^？?，,。；;]{1,24}?)呢[？?。]?")
_PRONOUN = re.compile(r"它们|它的|它|其中|这个|那个|该(?=[一-鿿])|上述|前者|后者|这(?=[一-鿿])|此(?=[一-鿿])")
_MORE = re.compile(r"^(?:还有呢|还有吗|还有别的吗|其他的?呢|继续|详细(?:一?些|说说|点))[？?。]?$")
_ASKING = re.compile(
    r"(?:分别|各自|各)?(?:是|为|有|达到?|要到)?(?:多少|什么|哪些?|几)[^？?。]*$|(?:怎么|如何|怎样|建在|在哪)[^？?。]*$|(?:总体)?(?:规划)?多大$"
)
_LEANING_CHARS = 16
_PROGRAMME = re.compile(r"[一-鿿]{2}(?:计划|工程|行动|项目|基金|平台|企业|园区|基地)")
_KIND_CHARS = 2
_OWN_SUBJECT_CHARS = 2


def standalone(text: str, history: Sequence[Turn], names: Names) -> str:
    """Return a question as it stands by itself.

    Args:
        text: the question as typed.
        history: the conversation before it, oldest first; what the user asked in it is read.
        names: the places and bodies of the library.

    Returns:
        The question itself where it needs nothing from before, else the question with the place, year,
        name or subject that it leaves out taken from the question before.
    """
    query = ""
    for asked in (*(turn.content for turn in history if turn.role == "user"), text):
        query = _resolve(asked.strip(), query, names)
    return query


def _resolve(text: str, before: str, names: Names) -> str:
    if not before:
        return text
    if _MORE.match(text):
        return before
    what_about = _WHAT_ABOUT.match(text)
    if what_about:
        return _exchange(what_about.group("new"), text[what_about.end() :].strip(), before, names)
    if _stands_alone(text, names):
        return text
    places = names.mentions(text)
    old_places = names.mentions(before)
    if places and old_places and not _PRONOUN.search(text):
        return before[: old_places[0].start] + places[0].text + before[old_places[0].end :]
    pronoun = _PRONOUN.search(text)
    subject = _subject(before, names)
    if pronoun and subject:
        return text[: pronoun.start()] + subject + _possessive(pronoun.group()) + text[pronoun.end() :]
    topic = _topic(before, drop_years=bool(_YEARS.search(text)))
    return f"{topic}，{text}" if topic else text


def _exchange(new: str, rest: str, before: str, names: Names) -> str:
    """Put what is newly named in the place of its like in the question before."""
    new = new.strip()
    if _YEARS.fullmatch(new):
        return _replace_first(_YEARS, new if new.endswith("年") else f"{new}年", before)
    places = names.mentions(new)
    old_places = names.mentions(before)
    if places and old_places:
        exchanged = before[: old_places[0].start] + new + before[old_places[0].end :]
        return f"{exchanged}{rest}" if rest else exchanged
    quoted = _QUOTED.search(before)
    if quoted and not rest:
        return before[: quoted.start()] + new + before[quoted.end() :]
    if quoted and _is_like(new, quoted.group()):
        return f"{new}{rest}"
    like = _named_like(new, before)
    if like and not rest:
        return before.replace(like, new + like[-_KIND_CHARS:], 1)
    topic = _topic(before, drop_years=bool(_YEARS.search(rest)))
    return f"{topic}的{new}，{rest}" if rest else f"{topic}的{new}{_asking(before)}"


def _is_like(new: str, quoted: str) -> bool:
    """Tell whether two names are of one kind: they share a character, as 原药港 and 火炬药谷 do."""
    return bool(set(new) & set(quoted))


def _named_like(new: str, before: str) -> str:
    """Return a programme named in the question before whose like is asked about now: 瞪羚 after 雏鹰计划."""
    named = _PROGRAMME.search(before)
    return named.group() if named and not new.endswith(named.group()[-_KIND_CHARS:]) else ""


def _stands_alone(text: str, names: Names) -> bool:
    if _PRONOUN.search(text):
        return False
    mentions = names.mentions(text)
    rest = _ASKING.sub("", text.rstrip("？?。 "))
    for mention in reversed(mentions):
        rest = rest.replace(mention.text, "")
    if mentions or _QUOTED.search(text):
        return len(rest.strip("，,。？? 的呢是有在那")) >= _OWN_SUBJECT_CHARS
    return len(_YEARS.sub("", _ASKING.sub("", text))) > _LEANING_CHARS


def _subject(before: str, names: Names) -> str:
    quoted = _QUOTED.search(before)
    if quoted:
        return quoted.group()
    places = names.mentions(before)
    return places[0].text if places else _topic(before, drop_years=True)


def _topic(before: str, *, drop_years: bool) -> str:
    first = re.split(r"[？?；;。]", before)[0]
    topic = _ASKING.sub("", first)
    if drop_years:
        topic = _YEARS.sub("", topic)
    return topic.strip("，,、 的是")


def _asking(before: str) -> str:
    asking = _ASKING.search(re.split(r"[？?；;。]", before)[0])
    return f"{asking.group()}？" if asking else "？"


def _possessive(pronoun: str) -> str:
    return "的" if pronoun.endswith("的") else "中" if pronoun == "其中" else ""


def _replace_first(pattern: re.Pattern[str], new: str, text: str) -> str:
    replaced, count = pattern.subn(new, text, count=1)
    return replaced if count else f"{new}{text}"
