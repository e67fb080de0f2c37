"""What to ask next: questions that lead on from an answer, written by the model or made by rules."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from string import Template
from threading import Lock

from assistant.answering import STOPPED
from assistant.days import today
from assistant.models.context import defuse, pack
from assistant.models.short_replies import ShortReplies, exact_terms
from assistant.settings import AssistantSettings
from assistant.suggesting.suggestions import QUESTION_CHARS, example_questions, is_answer, short_title
from assistant.types import Answer, Certainty, Citation, Hit
from prompts import load
from vectorstore.errors import EndpointError
from vectorstore.languages.catalogue import say, tell
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument, Status

_LOG = logging.getLogger(__name__)
_COUNT = 3
# Each question is tried on the library; few, as the page waits for them.
_TRIALS = 16
_PATIENCE_SECONDS = 3.0
_NEAR = 12
_SOURCE_TOKENS = 3000
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
# Each four characters in a row, overlapping.
_NAME = re.compile(r"(?=([\u4e00-\u9fff]{4}))")
_YEARS = frozenset(map(str, range(1949, 2100)))
_LINE = re.compile(r"\s*(?:[-*•·]|\d+[.、)）])?\s*([^\s?？][^?？]*[?？])\s*$")


class FollowUps:
    """Suggests what to ask next.

    Args:
        settings: the chat model that is asked after an answer it wrote, and its patience.
    """

    def __init__(self, settings: AssistantSettings) -> None:
        self._settings = settings
        self._replies = ShortReplies(settings)
        # However many readers there are, one question is tried at a time: their answers go first.
        self._trying = Lock()

    def after(
        self,
        library: PolicyLibrary,
        answer: Answer,
        asked: Collection[str],
        trial: Callable[[str], Answer],
    ) -> tuple[str, ...]:
        """Return up to three questions that lead on from an answer, each of which the library answers.

        Args:
            library: where its sources stand, as the reader sees it.
            answer: the answer to go on from; without sources nothing leads on.
            asked: the questions of the conversation so far, which are not asked again.
            trial: answers a question without a model.
        """
        if STOPPED in answer.notices:
            # Who stopped it waits for nothing more.
            return ()
        told = list(answer.citations)
        found: list[str] = []
        candidates = tuple(islice(self._candidates(library, answer), _TRIALS))
        # Not before: the model that was asked for some of them has a patience of its own.
        deadline = time.monotonic() + _PATIENCE_SECONDS
        for question, is_good in candidates:
            if question in asked or question in found:
                continue
            if time.monotonic() > deadline:
                break
            with self._trying:
                tried = trial(question)
            sure = tried.certainty is Certainty.SURE and is_good(tried)
            if sure and not any(_says_the_same(tried.citations[0], known) for known in told):
                found.append(question)
                told.append(tried.citations[0])
            if len(found) == _COUNT:
                break
        return tuple(found)

    def _candidates(
        self, library: PolicyLibrary, answer: Answer
    ) -> Iterator[tuple[str, Callable[[Answer], bool]]]:
        """Yield questions, each with what tells whether an answer to it is a good one."""
        near = _near(answer.citations, library)
        if near and answer.mode == "model":
            yield from ((question, is_answer) for question in self._written(answer, near))
        documents = list(dict.fromkeys(citation.document for citation in answer.citations))
        examples = example_questions(
            documents, lambda identity: [hit.passage for hit in near if hit.document.id == identity]
        )
        yield from ((example.question, example.answered_by) for example in examples)
        yield from ((question, is_answer) for question in _standing_questions(documents))

    def _written(self, answer: Answer, near: Sequence[Hit]) -> list[str]:
        """Return the model's questions that name no figure but those that it was given."""
        rules = Template(load("followups").text).substitute(language=self._settings.language_name)
        budget = min(_SOURCE_TOKENS, self._settings.policy_context_tokens)
        _, passages = pack(near, budget, today())
        data = f"{passages}\n\n问题：{defuse(answer.query)}\n\n回答：{defuse(answer.text)}"
        try:
            reply = self._replies.ask(rules, data)
        except EndpointError as error:
            _LOG.warning(say("未能由模型推荐问题，改用规则：{reason}", reason=tell(str(error))))
            return []
        known = exact_terms(fold(data))
        lines = [f"{match[1].rstrip('?？')}？" for match in map(_LINE.match, reply.splitlines()) if match]
        return [line for line in lines if len(line) <= QUESTION_CHARS and exact_terms(fold(line)) <= known]


def _standing_questions(documents: Iterable[PolicyDocument]) -> Iterator[str]:
    """Yield questions about documents themselves, of what they say of themselves; for want of others."""
    for document in documents:
        title = f"《{short_title(document.title)}》"
        asked = {
            f"{title}是什么时候发布的？": document.issued_on,
            f"{title}的规划期是哪几年？": document.period.end,
            f"{title}现在还有效吗？": document.status not in (Status.UNKNOWN, Status.NOT_POLICY),
            f"{title}由谁发布？": document.issuer,
        }
        yield from (
            question for question, known in asked.items() if known and len(question) <= QUESTION_CHARS
        )


def _says_the_same(one: Citation, other: Citation) -> bool:
    """Return whether two sources are one, or tell the same figures of the same: a table does and the text."""
    if one.document.id != other.document.id:
        return False
    if one.start < other.end and other.start < one.end:
        return True
    figures, others = (set(_FIGURE.findall(fold(quote))) - _YEARS for quote in (one.quote, other.quote))
    named = set(_NAME.findall(one.quote)) & set(_NAME.findall(other.quote))
    return bool(figures) and figures <= others and bool(named)


def _near(citations: Sequence[Citation], library: PolicyLibrary) -> list[Hit]:
    """Return the passages round the sources: a document after the other, in each the nearest first."""
    found: list[Hit] = []
    for document in {citation.document.id: citation.document for citation in citations}.values():
        places = [citation.passage.ordinal for citation in citations if citation.document.id == document.id]
        near = (
            (min(abs(passage.ordinal - place) for place in places), passage)
            for passage in library.passages(document.id)
        )
        nearest = sorted((one for one in near if one[0] <= _NEAR), key=lambda one: one[0])
        found += [Hit(passage, document, 0.0) for _, passage in nearest]
    return found
