"""Questions that lean on the conversation, made to stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.types import Turn
from assistant.understanding.names import Names
from assistant.understanding.topic import QUOTED, TIME, asking_of, has_subject, topic_of, without_asking
from vectorstore.gazetteer import find_places
from vectorstore.segmentation import nouns, simplified, word_breaks, words

_HAN, _LATIN = re.compile(r"[㐀-鿿]"), re.compile(r"[A-Za-z]+")
_COURTESY = re.compile(
    r"^(?:(?:谢谢|多谢|好的?|明白了?|知道了|了解了?|嗯|哦|对了|再问一?下)[，,。！!、 ]+|"
    r"(?:另外|顺便(?:问一?下)?)[，,。！!、 ]*)+"
)
# What is said to the assistant itself leans on nothing, and nothing leans on it.
_TO_THE_ASSISTANT = re.compile(
    r"^(?:[你您]们?(?:好|是|叫|(?:能|会|可以)(?:做|干|帮|回答|提供))|(?:谢谢|多谢|再见|好的?|明白了?)[^，,]{0,2}$)"
)
_WHAT_ABOUT = re.compile(
    r"^(?:那么|那|还有|至于|再说)?[，,]?\s*(?:换[成作做]|要是|如果(?:是|换成)?|若是|假如是?)?"
    r"(?P<new>[^？?，,。；;]{1,24}?)呢[？?。]?"
)
_MORE = re.compile(
    r"^(?:那|那么)?(?:还有(?:呢|吗|没有|别的|其他的?|哪些|什么|谁)?(?:吗|呢)?|其他的?呢|别的呢|继续|"
    r"详细(?:一?些|说说|点))[？?。]?$"
)
_BOTH = re.compile(
    r"(?:[两二三几](?:个?地方?|者|边|家|份|个)|前后|它们|他们)(?:之间)?.{0,6}(?:比|差|不同|区别|哪|谁|一样)"
)
# 泰州…是多少？和江门比呢？ asks the same of both, and so does …是多少？江门呢？
_AND_THERE = re.compile(r"[？?。，,；;]\s*(?=[^？?。，,；;]+[？?。]?$)")
# 和江门比，两地目标各是多少 asks what was asked before of both.
_HELD_AGAINST = re.compile(
    r"^(?:那么?|如果)?[，,]?(?:和|与|跟|同|比起)(?P<place>[^？?。，,；;]{2,16}?)(?:相?比(?:较|之下|起来|的话)?|对比)"
    r"(?:一下|一?比)?[，,]?(?P<rest>.*)$"
)
_PRONOUN = re.compile(r"它们?(?P<whose>的?)|其中|这个|那个|上述|前者|后者|[该这此](?=[㐀-鿿])")
_THAT_ONE = re.compile(r"(?<=.)(?:的|那[个份家边里次])+$")
_NOW = re.compile(r"现在|目前|如今|当前|眼下|现状|实际")
_GOAL = re.compile(r"的?目标|力争|要?达到")
# What asks about all documents, all the country or what a word means leaves no place out.
_EVERYWHERE = re.compile(
    r"全国|国家|我国|全省|各地|哪[些几][份个篇]?(?:文件|资料|文档|规划|政策|地方)|资料|什么是|什么意思|指(?:的是)?什么"
)
# 二类 is put in the place of 三类, Ⅱ期 in that of Ⅲ期, 第二家 in that of 第一家, B02 in that of B01.
_RANK = re.compile(
    r"(?:第?[一二三四五六七八九十两首\d]+|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+)([类期级档批家项条章轮等])|([A-Za-z]+)[-—]?\d+"
)
# 那荻坪县的禁牧期 goes on from what was said, 那里 and 那个 stand for it.
_THEN = re.compile(r"^那么?[，,]?(?![里边个些次位家时天年月份种样])")
_FEWEST_TOGETHER, _MOST_TOGETHER = 2, 3
_OWN_SUBJECT_CHARS = 2


def standalone(text: str, history: Sequence[Turn], names: Names) -> str:
    """Return a question as it stands by itself.

    Args:
        text: the question as typed.
        history: the conversation before it, oldest first; what the user asked in it is read.
        names: the places and bodies of the library.

    Returns:
        The question itself where it needs nothing from before. A fragment takes the place of its like in the
        question before: a place, a time, a quoted name, a class. A question with a subject of its own takes
        the place and year from before, any other the subject as well.
    """
    queries = [""]
    turns = (turn.content for turn in history if turn.role == "user")
    for asked in (*(turn for turn in turns if not _TO_THE_ASSISTANT.search(turn.strip())), text):
        # The rules are about Chinese: a question in another language stands by itself.
        is_foreign = len(_HAN.findall(asked)) < len(_LATIN.findall(asked))
        if is_foreign or _TO_THE_ASSISTANT.search(asked.strip()):
            queries.append(asked.strip())
            continue
        # Names are known in Simplified characters; a question that needs nothing stays as it was typed.
        plain, before = simplified(_COURTESY.sub("", asked.strip())), simplified(queries[-1])
        resolved = _together(plain, queries, names) or _resolve(_side_by_side(plain, names), before, names)
        queries.append(asked.strip() if resolved == simplified(asked.strip()) else resolved)
    return queries[-1]


def _together(text: str, queries: Sequence[str], names: Names) -> str:
    """Return the question before for all places asked about in turn, where a question holds them together."""
    before, last = queries[-1], _names_in(queries[-1], names)
    if not last or not _BOTH.search(text) or names.mentions(text):
        return ""
    first = [(query, found[0]) for query in queries if (found := _names_in(query, names))]
    named = list(dict.fromkeys(query[start:end] for query, (start, end) in first))
    if len(named) < _FEWEST_TOGETHER:
        return ""
    return before[: last[0][0]] + "和".join(named[-_MOST_TOGETHER:]) + before[last[0][1] :]


def _side_by_side(text: str, names: Names) -> str:
    """Return a question for both places where its last part only asks the same of another one."""
    last = _AND_THERE.search(text)
    if last is None:
        return text
    before, then = text[: last.start()], text[last.end() :]
    other = _WHAT_ABOUT.match(then)
    if other and _is_name(other["new"], names):
        then = f"和{other['new']}比"
    return _with_what_was_named(then, f"{before}？", names) or text


def _names_in(text: str, names: Names) -> list[tuple[int, int]]:
    """Return where a text names what documents are about, or a place; names that touch are one."""
    spans = [(mention.start, mention.end) for mention in names.mentions(text)]
    for place in find_places(text):
        if all(place.end <= start or place.start >= end for start, end in spans):
            spans.append((place.start, place.end))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        first = joined.pop()[0] if joined and joined[-1][1] == start else start
        joined.append((first, end))
    return joined


def _is_name(text: str, names: Names) -> bool:
    return _names_in(text, names) == [(0, len(text))]


def _resolve(text: str, before: str, names: Names) -> str:
    if not before:
        return text
    if _NOW.search(text):
        before = _GOAL.sub("", TIME.sub("", before))
    if _MORE.match(text):
        return before
    if both := _with_what_was_named(text, before, names):
        return both
    what_about = _WHAT_ABOUT.match(text)
    if what_about:
        return _substituted(what_about["new"], text[what_about.end() :].strip(" ，,"), before, names)
    pronoun = _PRONOUN.search(text)
    if pronoun:
        return _with_what_is_meant(text, pronoun, before, names)
    named = _names_in(text, names)
    if named or QUOTED.search(text):
        return _asked_of(text, named, before, names)
    if has_subject(text):
        setting = "" if _EVERYWHERE.search(text) else _setting_of(before, names)
        return (TIME.sub("", setting) if TIME.search(text) else setting) + _THEN.sub("", text)
    return _led(text, before)


def _with_what_was_named(text: str, before: str, names: Names) -> str:
    """Return the question before for its place and the one that it is now held against; "" where none is."""
    held, old = _HELD_AGAINST.match(text), _names_in(before, names)
    if held is None or not old or not _is_name(held["place"], names):
        return ""
    start, end = old[0]
    asked = {word for word in nouns(without_asking(held["rest"])) if len(word) > 1}
    if asked and not any(word in before for word in asked):
        return f"{before[start:end]}和{held['place']}{held['rest']}"
    if any(before[begin:ending] == held["place"] for begin, ending in old):
        return before
    return f"{before[:end]}和{held['place']}{before[end:]}"


def _asked_of(text: str, named: Sequence[tuple[int, int]], before: str, names: Names) -> str:
    """Return a question that names a place or a term; where it asks nothing of it, what was asked before."""
    rest = "".join(char for at, char in enumerate(text) if not any(start <= at < end for start, end in named))
    if len(without_asking(rest)) >= _OWN_SUBJECT_CHARS:
        return text
    return _substituted(text[slice(*named[0])], "", before, names) if named else _led(text, before)


def _substituted(fragment: str, rest: str, before: str, names: Names) -> str:
    """Return the question before with what is newly named in the place of its like.

    Args:
        fragment: what is asked about now, without the words around it: 砚川, 2030年, 二类.
        rest: what is asked after it, "" where the question before is asked of it.
        before: the question before, standing by itself.
        names: the places and bodies of the library.
    """
    new = _THAT_ONE.sub("", fragment.strip())
    topic = topic_of(
        before, timeless=bool(_PRONOUN.match(new) or _NOW.fullmatch(new) or TIME.search(new + rest))
    )
    if TIME.fullmatch(new):
        time = f"{new}年" if new[-1].isdigit() else new
        return TIME.sub(time, before, count=1) if TIME.search(before) else f"{time}{before}"
    if _names_in(new, names):
        named = _names_in(before, names) or [(0, 0)]
        # Of 江城市2024年东湖区 another 区 takes the place of the 区.
        start, end = next((span for span in named if before[span[1] - 1 : span[1]] == new[-1]), named[0])
        return before[:start] + new + before[end:] + rest
    if like := _like(new, before):
        return before.replace(like, new, 1) + rest
    return f"{topic}，{_PRONOUN.sub('', new)}" + (f"，{rest}" if rest else asking_of(before))


def _like(new: str, before: str) -> str:
    """Return 三类 where 二类 is named now, or 首次认定 where it is 重新认定; "" where nothing is like it."""
    if rank := _RANK.fullmatch(new):
        return next((one.group() for one in _RANK.finditer(before) if one.groups() == rank.groups()), "")
    # Two names of one kind share a character, as 原药港 and 火炬药谷 do.
    quoted = QUOTED.search(before)
    if quoted and not set(new).isdisjoint(quoted.group()):
        return quoted.group()
    cut, known = words(new), words(before)
    pairs = (one + other for one, other in pairwise(known) if other == cut[-1])
    return next((pair for pair in pairs if len(cut) > 1 and pair in before), "")


def _with_what_is_meant(text: str, pronoun: re.Match[str], before: str, names: Names) -> str:
    """Return a question with what its pronoun stands for: a quoted name, a place or what it was about."""
    quoted, named = QUOTED.search(before), _names_in(before, names)
    topic = topic_of(before, timeless=bool(TIME.search(text)))
    places = [before[start:end] for start, end in named]
    meant, end = quoted.group() if quoted else topic, pronoun.end()
    if pronoun.group() in ("该", "这", "此"):
        kind = text[end : end + min(word_breaks(text[end:]) - {0})]
        # 该园区 is what ends like it, else what holds it.
        candidates = [one for one in (quoted.group() if quoted else "", *places, topic) if one]
        ending = [one for one in candidates if one.strip("”」』》")[-1] in kind]
        meant = next(iter((*ending, *(one for one in candidates if kind in one))), "")
        end += len(kind)
    elif pronoun["whose"] and places and not quoted:
        meant = places[0]
    if not meant:
        return _led(text, before)
    of = "的" if pronoun["whose"] else "中" if pronoun.group() == "其中" else ""
    # 这个目标 takes up what 2030年产业规模目标 ends with.
    known = next(
        (size for size in range(len(text) - end, 0, -1) if meant.endswith(text[end : end + size])), 0
    )
    return text[: pronoun.start()] + meant + of + text[end + known :]


def _led(text: str, before: str) -> str:
    """Return a question led by what the one before was about."""
    topic = topic_of(before, timeless=bool(TIME.search(text)))
    return f"{topic}，{_THEN.sub('', text)}" if topic else text


def _setting_of(before: str, names: Names) -> str:
    """Return the places, documents and year that a question names, without what it asks of them."""
    time = TIME.search(before)
    named = dict.fromkeys(mention.text for mention in names.mentions(before))
    return "和".join(named) + (time.group() if time and named else "")
