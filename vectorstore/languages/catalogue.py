"""The assistant's own words in another language: English from a catalogue, Traditional Chinese by OpenCC."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from vectorstore.languages.language import Language
from vectorstore.languages.settings import terminal_language

DOMAIN = "policy_assistant"
LOCALE = Path(__file__).with_name("locale")
ANSWER = "answer"
"""Context of what may be a line or a cell of an answer."""

_HAN = re.compile(r"[一-鿿]")
_NAME = re.compile(r"\{(\w+)\}")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_LENGTH = re.compile(r"(?:(\d+)年)?(?:(\d+)个月)?(?:(\d+)日)?")
_CHOICE = re.compile(r"（([^（）]+)）")
_COUNT = re.compile(r"([一二三四五六七八九]?)(十?)([一二两三四五六七八九]?)")
# What these may be: else they would take in whatever else a text is put together of.
_SHORT = {
    "issue": "[^，；]*",
    "issuer": "[^。]*",
    "number": "[^。]*",
    "written": "[^。]*",
    "month": r"\d+",
    "year": r"\d+",
}
_SENTENCE = re.compile(r"[^。]+。?")
_CLAUSE = re.compile(r"([^，。（）]+)((?:（[^（）]*）)?)([，。]|$)")
# What is filled into a text and is the assistant's own as well. Whatever else is filled in, a title or a
# quote above all, stays as it is.
_OWN = frozenset(
    {
        "basis",
        "error",
        "failure",
        "holder",
        "label",
        "model",
        "objection",
        "part",
        "place",
        "reason",
        "refusal",
        "said",
        "setting",
        "shape",
        "standing",
        "statement",
        "time",
        "told",
        "warning",
        "what",
    }
)


def say(text: str, **values: object) -> str:
    """Return a text in the language of the terminal.

    Args:
        text: the Simplified Chinese, with {names} for what changes.
        values: what stands for each name; it is not translated.
    """
    return tell(text).format(**values)


def tell(text: str) -> str:
    """Return in the language of the terminal what was made with its values filled in.

    Args:
        text: the Simplified Chinese.
    """
    return translated(text, terminal_language())


def translated(text: str, wanted: Language, context: str = "") -> str:
    """Return one of the assistant's own texts in a language; one that is not known stays as it is.

    Args:
        text: the Simplified Chinese as it stands in the code, or as it was made with values filled in.
        wanted: the language.
        context: `ANSWER` for what may be a document's own words as well.
    """
    if wanted is Language.SIMPLIFIED or not text:
        return text
    found = _known(text, wanted, context)
    return text if found is None else found


def traditional(text: str) -> str:
    """Return a text that is no document's in Traditional Chinese.

    Args:
        text: in Simplified Chinese.
    """
    return str(_converter().convert(text))


@lru_cache(maxsize=4096)
def _known(text: str, wanted: Language, context: str) -> str | None:
    """Return a text in a language, None where the catalogue does not hold it."""
    if text in _texts(context):
        return _said(text, wanted, context)
    for pattern, template in _patterns(context):
        found = pattern.fullmatch(text)
        # What says nothing by itself, or may be a document's, counts where all within is known.
        strict = bool(context) or not _HAN.search(template)
        values = _values(found.groupdict(), wanted, context, strict=strict) if found else None
        if values is not None:
            return _NAME.sub(lambda name, values=values: values[name[1]], _said(template, wanted, context))  # type: ignore[misc]
    return _by_parts(text, wanted, context) if context else None


def _values(filled: dict[str, str], wanted: Language, context: str, *, strict: bool) -> dict[str, str] | None:
    """Return what is filled into a text; None where a line of an answer is none of the assistant's own."""
    values = {}
    for name, value in filled.items():
        kind = name.rstrip("0123456789")
        if kind == "choices":
            values[name] = _choices(value, wanted)
            continue
        if kind not in _OWN:
            figure = _length(value) if kind == "length" else _figure(value)
            values[name] = figure if wanted is Language.ENGLISH else value
            continue
        own = _known(value, wanted, context)
        if own is None and strict:
            return None
        values[name] = own or value
    return values


def _by_parts(text: str, wanted: Language, context: str) -> str | None:
    """Return sentences, or a sentence put together of clauses, where all of them are known."""
    sentences = _SENTENCE.findall(text)
    if len(sentences) > 1:
        said = [_known(sentence, wanted, context) for sentence in sentences]
    else:
        said = [_clause(clause, wanted, context) for clause in _CLAUSE.finditer(text)]
        if "".join(clause[0] for clause in _CLAUSE.finditer(text)) != text:
            return None
    known = [one for one in said if one is not None]
    if not known or len(known) < len(said):
        return None
    return ("" if wanted is Language.TRADITIONAL else " ").join(known)


def _clause(clause: re.Match[str], wanted: Language, context: str) -> str | None:
    """Return a clause with what stands behind it in brackets and its stop."""
    words, remark, stop = clause.groups()
    whole = _known(words + stop, wanted, context) if remark or words + stop != clause.string else None
    own = whole or _known(words, wanted, context) if words != clause.string else None
    if own is None:
        return None
    if remark:
        told = translated(remark[1:-1], wanted)
        remark = f"（{told}）" if wanted is Language.TRADITIONAL else f" ({told})"
    if wanted is Language.ENGLISH:
        stop = {"，": ",", "。": "."}.get(stop, stop)
    return own.removesuffix(stop) + remark + stop


def _said(text: str, wanted: Language, context: str) -> str:
    if wanted is Language.TRADITIONAL:
        return traditional(text)
    return _english().pgettext(context, text) if context else _english().gettext(text)


def _figure(value: str) -> str:
    """Return a day or a count as English writes it."""
    if day := _DAY.fullmatch(value):
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    count = _COUNT.fullmatch(value)
    if not value or count is None:
        return value
    tens, ten, ones = count.groups()
    if tens and ones and not ten:
        return value
    digits = {"": 0, "两": 2} | {digit: at for at, digit in enumerate("一二三四五六七八九", 1)}
    return str((digits[tens] or 1) * 10 + digits[ones] if ten else digits[tens] + digits[ones])


def _length(value: str) -> str:
    """Return a length of time as English writes it."""
    found = _LENGTH.fullmatch(value)
    counted = zip(found.groups(), ("year", "month", "day"), strict=True) if found else ()
    return (
        " ".join(f"{count} {unit}{'' if count == '1' else 's'}" for count, unit in counted if count) or value
    )


def _choices(value: str, wanted: Language) -> str:
    """Return a list of values with what each means, in brackets, in a language."""
    opened, closed, stop = ("（", "）", "、") if wanted is Language.TRADITIONAL else (" (", ")", ", ")
    told = _CHOICE.sub(lambda one: f"{opened}{translated(one[1], wanted)}{closed}", value)
    return told.replace("、", stop)


@cache
def _converter() -> Any:
    # Only who reads Traditional Chinese waits for it.
    import opencc

    return opencc.OpenCC("s2tw")


@cache
def _english() -> gettext.GNUTranslations:
    return gettext.translation(DOMAIN, LOCALE, ["en"])


@cache
def _texts(context: str) -> frozenset[str]:
    """Return all texts of a context, as they stand in the code."""
    return frozenset(_keys(context))


def _keys(context: str) -> Iterator[str]:
    # gettext names no other way to list what it holds.
    for key in _english()._catalog:  # type: ignore[attr-defined]
        of, mark, text = key.rpartition("\x04")
        if key and of == context and bool(mark) == bool(context):
            yield text


@cache
def _patterns(context: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return a pattern for each text with something to fill in, those that say most first."""
    open_ones = [text for text in _texts(context) if _NAME.search(text)]
    open_ones.sort(key=lambda text: (-len(_NAME.sub("", text)), text))
    return tuple((re.compile(_pattern(text), re.DOTALL), text) for text in open_ones)


def _pattern(text: str) -> str:
    parts = _NAME.split(text)
    return "".join(
        f"(?P<{part}>{_SHORT.get(part, '.*?')})" if position % 2 else re.escape(part)
        for position, part in enumerate(parts)
    )
