"""Front matter: what programs write above a text to describe it, in YAML, TOML or plain lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml  # type: ignore[import-untyped]

from ingest.fields import field_of, named_fields
from ingest.imprint import BODY
from ingest.loaders import Given
from ingest.loaders.record import given_of

_FENCED = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<inside>.{0,20000}?)\n(?P=fence)[ \t]*(?:\n|$)", re.DOTALL
)
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{1,24}):[ \t]*(.*)")


def part(text: str) -> tuple[Given, str]:
    """Part the front matter of a text from its body.

    Args:
        text: the whole text.

    Returns:
        What the front matter says, and the text below it; nothing and the whole text where there is none.
    """
    fenced = _FENCED.match(text)
    if fenced:
        values = _read(fenced["inside"], toml=fenced["fence"] == "+++")
        if values:
            return _given(values), text[fenced.end() :]
        return Given(), text
    values, end = _lines(text)
    return (_given(values), text[end:]) if values else (Given(), text)


def _read(inside: str, *, toml: bool) -> list[tuple[str, str]]:
    try:
        read: Any = tomllib.loads(inside) if toml else yaml.load(inside, Loader=yaml.BaseLoader)  # noqa: S506
    except (tomllib.TOMLDecodeError, yaml.YAMLError):
        # Written by hand, with a colon or a quote too many: line by line it still says what it says.
        lines = (found for found in map(_LINE.match, inside.split("\n")) if found)
        read = {found[1]: found[2] for found in lines}
    return list(_pairs(read)) if isinstance(read, dict) else []


def _pairs(read: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    for name, value in read.items():
        if isinstance(value, str | int | float) or hasattr(value, "isoformat"):
            yield str(name), str(value).strip().strip("'\"")


def _lines(text: str) -> tuple[list[tuple[str, str]], int]:
    """The lines such as Title: … that a program wrote above a text, and where they end.

    They begin with the title or the address, and end where the content is announced, or else at the first
    empty line behind two of them.
    """
    values: list[tuple[str, str]] = []
    end = len(text) - len(text.lstrip())
    for line in re.findall(r"[^\n]*\n?", text[end : end + 4_000]):
        found = _LINE.match(line.strip())
        field = field_of(found.group(1))[0] if found else ""
        if line.strip() and not field:
            break
        end += len(line)
        if found and field == "text":
            return values, end
        if found:
            values.append((found.group(1), found.group(2)))
    named = named_fields(values)
    return (values, end) if len(values) >= 2 and "title" in named else ([], 0)


def _given(values: list[tuple[str, str]]) -> Given:
    named = named_fields(values)
    if not BODY.fullmatch(named.get("issuer", "")):
        # An author is who wrote the file down, unless it is an office.
        named.pop("issuer", None)
    return given_of(named)
