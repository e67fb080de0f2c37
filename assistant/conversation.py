"""Questions that lean on the conversation, made to stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.names import Names
from assistant.types import Turn
from vectorstore.segmentation import place_names

_QUOTED = re.compile(r"[“\"「『《][^”\"」』》]{2,60}[”\"」』》]")
_YEARS = re.compile(
    r"(?:到|至)?(?<!\d)(?:19|20)\d{2}\s*年?(?:底|末|前后|以前|之前)?(?:[—–~～、和与及到至-]+(?:19|20)\d{2}\s*年?)*"
)
_WHAT_ABOUT = re.compile(r"^(?:那么|那|还有|至于|再说)?[，,]?\s*(?P<new>[^？?，,。；;]{1,24}?)呢[？?。]?")
_PRONOUN = re.compile(r"它们|它的|它|其中|这个|那个|该(?=[一-鿿])|上述|前者|后者|这(?=[一-鿿])|此(?=[一-鿿])")
_MORE = re.compile(
    r"^(?:那|那么)?(?:还有(?:呢|吗|没有|别的|其他的?|哪些|什么|谁)?(?:吗|呢)?|其他的?呢|别的呢|继续|"
    r"详细(?:一?些|说说|点))[？?。]?$"
)
_BOTH = re.compile(
    r"(?:[两二三几](?:个?地方?|者|边|家|份|个)|前后|它们|他们)(?:之间)?.{0,6}(?:比|差|不同|区别|哪|谁|一样)"
)
_THIS = re.compile(r"(?:该|这[个一]?|此)(?P<kind>[一-鿿]{1,2})")
_ASKING = re.compile(
    r"(?:分别|各自|各)?(?:是|为|有|达到?|要到)?(?:多少|什么|哪些?|几)[^？?。]*$|(?:怎么|如何|怎样|建在|在哪)[^？?。]*$|(?:总体)?(?:规划)?多大$"
)
# What asks, with the unit asked for: the rest is what a question is about.
_ASKS = re.compile(
    r"(?:分别|各自|各)?[是为有达到要]*(?:多少|什么|哪[些个年里儿边]?|几)(?:[万亿]*(?:元|亩)|[家个名项条件岁年届%]|平方[公千]?[米里]|时候)?|"
    r"怎么样?|如何|怎样|[建位]?在哪里?|总体规划多大|多大|吗$"
)
_LEANING_CHARS = 16
_PROGRAMME = re.compile(r"[一-鿿]{2}(?:计划|工程|行动|项目|基金|平台|企业|园区|基地)")
_KIND_CHARS = 2
_FEWEST_TOGETHER, _MOST_TOGETHER = 2, 3
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
    queries = [""]
    for asked in (*(turn.content for turn in history if turn.role == "user"), text):
        together = _together(asked, queries, names)
        queries.append(together or _resolve(asked.strip(), queries[-1], names))
    return queries[-1]


def _together(text: str, queries: Sequence[str], names: Names) -> str:
    """Return the question before for all places asked about in turn, where a question holds them together."""
    if not _BOTH.search(text) or names.mentions(text):
        return ""
    places = [places[0] for query in queries if (places := names.mentions(query))]
    named = list(dict.fromkeys(place.text for place in places))
    last = names.mentions(queries[-1])
    if len(named) < _FEWEST_TOGETHER or not last:
        return ""
    before = queries[-1]
    return before[: last[0].start] + "和".join(named[-_MOST_TOGETHER:]) + before[last[0].end :]


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
    this = _THIS.search(text)
    meant = _meant(this["kind"], before, names) if this else ""
    if this and meant:
        return text[: this.start()] + meant + text[this.end() :]
    pronoun = _PRONOUN.search(text)
    subject = _subject(before, names)
    if pronoun and subject:
        return text[: pronoun.start()] + subject + _possessive(pronoun.group()) + text[pronoun.end() :]
    topic = _topic(before, drop_years=bool(_YEARS.search(text)))
    return f"{topic}，{text}" if topic else text


def _exchange(new: str, rest: str, before: str, names: Names) -> str:
    """Put what is newly named in the place of its like in the question before."""
    new = new.strip()
    pronoun = _PRONOUN.match(new)
    if pronoun:
        rest_of_new = new[pronoun.end() :]
        return f"{_topic(before, drop_years=True)}的{rest_of_new}{_asking(before)}"
    if _YEARS.fullmatch(new):
        return _replace_first(_YEARS, new if new.endswith("年") else f"{new}年", before)
    places = names.mentions(new) or place_names(new)
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
    rest = text.rstrip("？?。 ")
    for mention in reversed(mentions):
        rest = rest.replace(mention.text, "")
    if mentions or _QUOTED.search(text):
        return len(_ASKS.sub("", rest).strip("，,。？? 的呢是有在那")) >= _OWN_SUBJECT_CHARS
    return len(_YEARS.sub("", _ASKING.sub("", text))) > _LEANING_CHARS


def _meant(kind: str, before: str, names: Names) -> str:
    """Return what 该园区 means in the question before: a quoted name, a place or the topic of that kind."""
    quoted = _QUOTED.search(before)
    # A place in brackets is part of a longer name.
    places = [place.text for place in names.mentions(before) if before[place.end :][:1] not in ("）", ")")]
    topic = _topic(before, drop_years=True)
    candidates = [*([quoted.group()] if quoted else []), *places, topic]
    return next((one for one in candidates if one.strip('”"」』》')[-1:] in kind or kind in one), "")


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
