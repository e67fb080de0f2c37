"""Questions that lean on the conversation, made to stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Turn
from assistant.understanding.exchange import PRONOUN, QUOTED, exchanged, setting_of
from assistant.understanding.names import Names
from assistant.understanding.topic import TIME, has_subject, topic_of, without_asking
from vectorstore.segmentation import place_names, simplified

_HAN = re.compile(r"[一-鿿]")
_COURTESY = re.compile(
    r"^(?:(?:谢谢|多谢|好的?|明白了?|知道了|了解了?|嗯|哦|对了|再问一?下)[，,。！!、 ]+|"
    r"(?:另外|顺便(?:问一?下)?)[，,。！!、 ]*)+"
)
_WHAT_ABOUT = re.compile(
    r"^(?:那么|那|还有|至于|再说)?[，,]?\s*(?:换[成作做]|要是|如果(?:是|换成)?|若是|假如是?)?"
    r"(?P<new>[^？?，,。；;]{1,24}?)呢[？?。]?"
)
_MORE = re.compile(
    r"^(?:那|那么)?(?:还有(?:呢|吗|没有|别的|其他的?|哪些|什么|谁)?(?:吗|呢)?|其他的?呢|别的呢|继续|"
    r"详细(?:一?些|说说|点))[？?。]?$"
)
_IS_AMONG = re.compile(r"(?P<verb>包括|包含|含有|涵盖|有)[^，,。？?]{1,20}吗")
_BOTH = re.compile(
    r"(?:[两二三几](?:个?地方?|者|边|家|份|个)|前后|它们|他们)(?:之间)?.{0,6}(?:比|差|不同|区别|哪|谁|一样)"
)
# 泰州…是多少？和江门比呢？ asks the same of both.
_AND_THERE = re.compile(
    r"[？?。，,；;]\s*(?:那么?)?(?:和|与|跟|同|比起)?(?P<place>[^？?。，,；;]{2,16}?)"
    r"(?:相?比(?:较|之下|起来)?|对比)?(?:呢|(?:又|则)?(?:如何|怎么?样))?[？?。]?$"
)
_THIS = re.compile(r"(?:该|这[个一]?|此)(?P<kind>[一-鿿]{1,2})")
_NOW = re.compile(r"现在|目前|如今|当前|实际")
_GOAL = re.compile(r"的?目标|力争|要?达到")
# What asks about all documents or all the country leaves no place out.
_EVERYWHERE = re.compile(r"全国|国家|我国|全省|各地|哪[些几][份个篇]?(?:文件|资料|文档|规划|政策|地方)|资料")
_BODY_NAME = re.compile(
    r"(?:[一-鿿（）()]{1,14}?(?:研究院|研究所|大学|学院|医院|公司|集团|实验室|产业园|园区|基地|中心|平台|基金|协会|联盟))+"
)
_FEWEST_TOGETHER, _MOST_TOGETHER = 2, 3
_OWN_SUBJECT_CHARS = 2


def standalone(text: str, history: Sequence[Turn], names: Names) -> str:
    """Return a question as it stands by itself.

    Args:
        text: the question as typed.
        history: the conversation before it, oldest first; what the user asked in it is read.
        names: the places and bodies of the library.

    Returns:
        The question itself where it needs nothing from before, else the question with what it leaves out
        taken from the question before: one with a subject of its own takes the place, document and year,
        any other the subject as well.
    """
    queries = [""]
    for asked in (*(turn.content for turn in history if turn.role == "user"), text):
        if not _HAN.search(asked):
            # The rules are about Chinese: what holds none of it stands by itself.
            queries.append(asked.strip())
            continue
        # Names are known in Simplified characters; a question that needs nothing stays as it was typed.
        plain, before = simplified(_COURTESY.sub("", asked.strip())), simplified(queries[-1])
        resolved = _together(plain, queries, names) or _resolve(_side_by_side(plain, names), before, names)
        queries.append(asked.strip() if resolved == simplified(asked.strip()) else resolved)
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


def _side_by_side(text: str, names: Names) -> str:
    """Return a question for both places where its last part only asks the same of another one."""
    last = _AND_THERE.search(text)
    place = last["place"] if last else ""
    first = names.mentions(text[: last.start()]) if last else ()
    if last is None or not first or not _is_place(place, names):
        return text
    return f"{text[: first[0].end]}和{place}{text[first[0].end : last.start()]}？"


def _is_place(text: str, names: Names) -> bool:
    """Tell whether a text is nothing but the name of a place."""
    named = [mention.text for mention in names.mentions(text)] or [name for _, name in place_names(text)]
    return named == [text]


def _resolve(text: str, before: str, names: Names) -> str:
    if not before:
        return text
    if _NOW.search(text):
        before = _GOAL.sub("", TIME.sub("", before))
    if _MORE.match(text):
        return _IS_AMONG.sub(r"\g<verb>哪些", before)
    what_about = _WHAT_ABOUT.match(text)
    if what_about:
        return exchanged(what_about["new"], text[what_about.end() :].strip(), before, names)
    if PRONOUN.search(text):
        return _with_what_is_meant(text, before, names)
    places = names.mentions(text)
    if places or QUOTED.search(text):
        return text if _asks_of_its_own(text, names) else _asked_of_another(text, before, names)
    if has_subject(text):
        return _settled(text, before, names)
    return _led(text, before)


def _asks_of_its_own(text: str, names: Names) -> bool:
    """Tell whether a question that names a place or a term says what it asks of it."""
    rest = text.rstrip("？?。 ")
    for mention in reversed(names.mentions(text)):
        rest = rest.replace(mention.text, "")
    return len(without_asking(rest)) >= _OWN_SUBJECT_CHARS


def _asked_of_another(text: str, before: str, names: Names) -> str:
    """Return what was asked before, asked of the place that is named now."""
    places, old_places = names.mentions(text), names.mentions(before)
    if places and old_places:
        return before[: old_places[0].start] + places[0].text + before[old_places[0].end :]
    return _led(text, before)


def _settled(text: str, before: str, names: Names) -> str:
    """Return a question with a subject of its own, in the place and time of the one before."""
    if _EVERYWHERE.search(text) or place_names(text):
        return text
    setting = setting_of(before, names)
    if TIME.search(text):
        setting = TIME.sub("", setting)
    return f"{setting}{text}"


def _with_what_is_meant(text: str, before: str, names: Names) -> str:
    """Return a question with what its pronoun stands for."""
    this = _THIS.search(text)
    meant = _meant(this["kind"], before, names) if this else ""
    if this and meant:
        return text[: this.start()] + meant + text[this.end() :]
    pronoun = PRONOUN.search(text)
    subject = _subject(before, names)
    if pronoun is None or not subject:
        return _led(text, before)
    return text[: pronoun.start()] + subject + _possessive(pronoun.group()) + text[pronoun.end() :]


def _led(text: str, before: str) -> str:
    """Return a question led by what the one before was about."""
    topic = topic_of(before, timeless=TIME.search(text) is not None)
    return f"{topic}，{text}" if topic else text


def _meant(kind: str, before: str, names: Names) -> str:
    """Return what 该园区 means in the question before: a quoted name, a place or the topic of that kind."""
    quoted = QUOTED.search(before)
    # A place in brackets is part of a longer name.
    places = [place.text for place in names.mentions(before) if before[place.end :][:1] not in ("）", ")")]
    topic = topic_of(before, timeless=True)
    candidates = [*([quoted.group()] if quoted else []), *places, topic]
    return next((one for one in candidates if one.strip('”"」』》')[-1:] in kind or kind in one), "")


def _subject(before: str, names: Names) -> str:
    """Return what a pronoun stands for: a quoted name, a body or else the place that is named."""
    quoted = QUOTED.search(before)
    if quoted:
        return quoted.group()
    places = names.mentions(before)
    if not places:
        return topic_of(before, timeless=True)
    body = _BODY_NAME.match(before, places[0].end)
    return places[0].text + (body.group() if body else "")


def _possessive(pronoun: str) -> str:
    return "的" if pronoun.endswith("的") else "中" if pronoun == "其中" else ""
