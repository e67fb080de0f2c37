"""The prompts, Chinese, one a file, each with a version in its first line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt and the version that answers and evaluations can name.

    Attributes:
        text: the prompt without its version line; `$name` marks what the caller fills in (string.Template).
        version: counts up with every change of meaning.
    """

    text: str
    version: int


@cache
def load(name: str) -> Prompt:
    """Return the prompt in `<name>.md`.

    Args:
        name: file name without its ending, such as "answer".

    Raises:
        FileNotFoundError: there is no such prompt.
        ValueError: the file's first line is not `version: <number>`.
    """
    first, _, text = (files(__name__) / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    key, _, version = first.partition(":")
    if key != "version":
        raise ValueError(f"{name}.md must begin with a line such as 'version: 1'")
    return Prompt(text.strip(), int(version))
