"""The standalone question as the chat model writes it, held against the one that the rules make."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from threading import Event

from assistant.models.context import defuse, recent
from assistant.models.short_replies import ShortReplies, exact_terms
from assistant.proof.proper_names import proper_names, titles
from assistant.question import unasked
from assistant.settings import AssistantSettings
from assistant.types import Turn
from assistant.understanding.names import Names
from assistant.understanding.topic import QUOTED
from prompts import load
from vectorstore.errors import EndpointError
from vectorstore.languages.catalogue import say, tell
from vectorstore.segmentation import fold, words

_LOG = logging.getLogger(__name__)
_QUERY_CHARS = 200
# An answer repeats what was asked and adds to it; its beginning tells what "it" is.
_ANSWER_CHARS = 300
_HISTORY_SHARE = 0.2
_NEW_WORDS = 1 / 3
_WRAPPING = re.compile(r"^(?:(?:改写后的?)?(?:问题|查询)[：:]\s*)?(.*)$")
_SPEAKERS = {"user": "用户", "assistant": "助手"}


class Rewriter:
    """Lets the chat model say what a question means that leans on the conversation before it.

    Args:
        settings: the model, its endpoint and the budget of the history in tokens.
    """

    def __init__(self, settings: AssistantSettings) -> None:
        self._budget = int(settings.policy_context_tokens * _HISTORY_SHARE)
        self._replies = ShortReplies(settings)

    def standalone(
        self, text: str, history: Sequence[Turn], query: str, names: Names, stopped: Event | None = None
    ) -> str:
        """Return the question as it stands by itself.

        Args:
            text: the question as typed.
            history: the conversation before it, oldest first; without one nothing is sent.
            query: the standalone question that the rules make of both.
            names: the places and bodies of the library.
            stopped: set when nobody wants the answer any more.

        Returns:
            The model's question where it keeps all that the rules' question names and brings in nothing that
            the conversation does not hold; else the rules' question.
        """
        turns = recent([_shortened(turn) for turn in history], self._budget)
        if not any(turn.role == "user" for turn in turns):
            return query
        try:
            reply = self._replies.ask(load("rewrite").text, _conversation(turns, text), stopped)
        except EndpointError as error:
            _LOG.warning(say("未能由模型改写问题，改用规则：{reason}", reason=tell(str(error))))
            return query
        written = _unwrapped(reply)
        said = "\n".join([*(turn.content for turn in turns), text, query])
        return written if faithful(written, query, said, names) else query


def faithful(written: str, query: str, said: str, names: Names) -> bool:
    """Return whether a model's standalone question may take the place of the rules' one.

    Args:
        written: the model's question.
        query: the rules' question; its places, figures, Latin words and quoted terms must all be there.
        said: the conversation, in which everything that the model names must stand.
        names: the places and bodies of the library, known by several names.
    """
    if not written or len(written) > max(_QUERY_CHARS, len(query)) or "\n" in written:
        return False
    new, old, known = fold(written), fold(query), fold(said)
    kept = exact_terms(old) <= exact_terms(new) and all(term in new for term in _terms(old))
    added = exact_terms(new) - exact_terms(known)
    return (
        kept
        and not added
        and _places_within(old, new, names)
        and _places_within(new, known, names)
        and all(term in known for term in _terms(new))
        and all(_named(name, known, names) for name in proper_names(new))
        and _mostly_known(new, known)
    )


def _places_within(text: str, other: str, names: Names) -> bool:
    """Return whether every known place of a text is named in another too, whichever of its names is used."""
    there = [mention.documents for mention in names.mentions(other)]
    return all(any(mention.documents & place for place in there) for mention in names.mentions(text))


def _named(name: str, known: str, names: Names) -> bool:
    return name in known or bool(names.mentions(name))


def _terms(folded: str) -> list[str]:
    return [*QUOTED.findall(folded), *titles(folded)]


def _mostly_known(new: str, known: str) -> bool:
    asked = words(unasked(new))
    return sum(word not in known for word in asked) <= _NEW_WORDS * len(asked)


def _shortened(turn: Turn) -> Turn:
    return replace(turn, content=turn.content[:_ANSWER_CHARS]) if turn.role == "assistant" else turn


def _conversation(turns: Iterable[Turn], text: str) -> str:
    lines = [f"{_SPEAKERS[turn.role]}：{defuse(turn.content)}" for turn in turns]
    return "\n".join(["<资料>", *lines, "</资料>", "", f"最后的问题：{defuse(text)}"])


def _unwrapped(reply: str) -> str:
    """Return a reply without the label or the quotation marks that models put round it."""
    match = _WRAPPING.match(reply)
    text = match[1].strip() if match and "\n" not in reply else reply
    return text[1:-1] if text[:1] + text[-1:] in ("“”", '""', "「」") else text
