"""A model's answer as it is written, checked and cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from threading import Event

from assistant.citations import Quote
from assistant.drafting.draft import Draft
from assistant.generative import Reply
from assistant.models.stream import Notice
from assistant.proof.verifying import UNFINISHED, Verifier
from assistant.types import Certainty, CheckedStatement, Hit
from vectorstore.errors import EndpointError
from vectorstore.languages.language import answer_line, own_words

_MARK = re.compile(r"\[(\d+)\]")
_REPEATS = own_words("模型反复说同一句话")
_CUT_SHORT = own_words("模型的回答可能不完整")
_UNCITED = own_words("模型的回答没有可核对的出处")
_UNFOUNDED = own_words("模型的回答与所引资料不符")
_EXCERPTS = answer_line("资料原文摘录：")


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote.

    Attributes:
        text: with [n] for the n-th of `cited`.
        cited: the passages it cites.
        statements: its sentences, checked.
        silent: it says that the passages hold no answer.
        problem: why the text is not whole, one Chinese line without a full stop, or "".
    """

    text: str = ""
    cited: tuple[Hit, ...] = ()
    statements: tuple[CheckedStatement, ...] = ()
    silent: bool = False
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether any of its sentences is supported."""
        return any(statement.holds for statement in self.statements)

    @property
    def failed(self) -> int:
        """How many whole sentences are not supported."""
        return sum(not one.holds and one.reason != UNFINISHED.reason for one in self.statements)

    @property
    def refused(self) -> bool:
        """Whether all it says is that the passages hold no answer."""
        return self.silent and not self.statements and not self.problem

    @property
    def objection(self) -> str:
        """Why nothing of it can be shown, one Chinese line without a full stop."""
        return self.problem or (_UNFOUNDED if self.cited else _UNCITED)


def write(
    reply: Reply, stopped: Event, notices: Callable[[Hit], Iterable[str]]
) -> Generator[str | CheckedStatement | Notice, None, Written]:
    """Give out a model's answer as it comes, each sentence checked once it is complete.

    Args:
        reply: the answer in the making.
        stopped: set when nobody wants more of it.
        notices: what the reader should know of a passage that is cited.

    Yields:
        Checked sentences, what should be known of a source once it is cited, and the text.

    Returns:
        What was written until it ended, was stopped, or broke off.
    """
    verifier = Verifier(reply.hits)
    problem = ""
    try:
        for piece in reply:
            told, cited = len(verifier.statements), len(verifier.cited)
            shown = verifier.feed(piece)
            yield from verifier.statements[told:]
            for hit in verifier.cited[cited:]:
                yield from map(Notice, notices(hit))
            if shown:
                yield shown
            if verifier.loops:
                problem = _REPEATS
                break
            if stopped.is_set():
                break
    except EndpointError as error:
        problem = str(error)
    finally:
        reply.close()
    if not problem and reply.ending.cut_short:
        problem = _CUT_SHORT
    told = len(verifier.statements)
    shown = verifier.close(finished=not problem)
    yield from verifier.statements[told:]
    if shown:
        yield shown
    silent = verifier.silent or reply.ending.refused
    return Written(verifier.text.rstrip(), verifier.cited, verifier.statements, silent, problem)


def completed(text: str, quotes: tuple[Quote, ...], rest: Draft) -> Draft:
    """Return an answer that broke off with the passages' own words behind it.

    Args:
        text: what was written, with [n] for the n-th quote.
        quotes: its proof.
        rest: the answer without a model; where it refuses, nothing is added.
    """
    if rest.certainty is Certainty.NONE or not rest.quotes:
        return Draft(text, quotes)
    shifted = _MARK.sub(lambda mark: f"[{int(mark[1]) + len(quotes)}]", rest.text)
    return Draft(f"{text}\n{_EXCERPTS}\n{shifted}", quotes + rest.quotes)
