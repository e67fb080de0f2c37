"""The answer to a question for which passages were found: by the model, or in the passages' own words."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Event

from assistant.citations import cite, quote_behind, standing_notices
from assistant.drafting.draft import NOTHING_FOUND, Draft
from assistant.drafting.drafting import draft
from assistant.drafting.inquiry import Inquiry
from assistant.extractive import decision_of
from assistant.generative import AnswerModel
from assistant.models.stream import Notice, Pieces
from assistant.models.writing import completed, write
from assistant.proof.verifying import doubts
from assistant.question import Question
from assistant.retriever import scoped, term_weights
from assistant.selecting.decision import Decision
from assistant.settings import AssistantSettings
from assistant.types import Answer, Certainty, CheckedStatement, Citation, Hit, Mode, Scope, Turn
from vectorstore.errors import EndpointError
from vectorstore.languages.language import answer_line, own_words
from vectorstore.library import PolicyLibrary
from vectorstore.steps import note, step

_EMPTY_QUESTION = answer_line("请输入您的问题。")
STOPPED = own_words("回答已停止。")
"""The notice of an answer that its reader stopped."""
_NOTHING_YET = answer_line("回答已停止。")


@dataclass(frozen=True, slots=True)
class Case:
    """A question on its way: what is asked, and what was found for it in the library as it stood.

    Attributes:
        text: as it was typed.
        by_model: whether a model writes the answer.
        today: the day of the question.
        started: by `time.perf_counter`, in seconds.
        notices: what the reader should know of how it was understood and searched.
    """

    library: PolicyLibrary
    text: str
    question: Question
    history: Sequence[Turn]
    scope: Scope
    by_model: bool
    today: date
    started: float
    hits: Sequence[Hit] = ()
    notices: tuple[str, ...] = ()


class Answering:
    """Answers from passages that were found.

    Args:
        settings: chat model and budgets.
        forms: those in which an answer without a model may be given, beside the plain one.
    """

    def __init__(self, settings: AssistantSettings, forms: Collection[str]) -> None:
        self._model = AnswerModel(settings)
        self._forms = forms

    def pieces(self, case: Case, stopped: Event) -> Pieces:
        """Give out the answer as it is made.

        Args:
            case: the question and its passages.
            stopped: set, from any thread, when nobody wants more of it.
        """
        if not case.question.query:
            yield _EMPTY_QUESTION
            return self._finished(case, Draft(_EMPTY_QUESTION, (), Certainty.NONE), "extractive", ())
        if case.by_model and case.hits:
            return (yield from self._written(case, stopped))
        return (yield from self._extracted(case))

    def _extracted(self, case: Case, *notices: str) -> Pieces:
        drafted = self._drafted(case)
        yield drafted.text
        return self._finished(case, drafted, "extractive", notices)

    def _written(self, case: Case, stopped: Event) -> Pieces:
        """Give out the model's answer; where nothing of it holds, the extractive one takes its place."""
        try:
            reply = self._model.answer(case.question.query, case.hits, case.history, stopped)
        except EndpointError as error:
            return (yield from self._extracted(case, own_words(f"{error}。以下为资料原文摘录。")))
        yield from map(Notice, case.notices)
        written = yield from write(reply, stopped, lambda hit: _standing(case, [_cited(case, hit)]))
        if written.refused:
            return self._finished(case, Draft(NOTHING_FOUND, (), Certainty.NONE), "model", ())
        if not stopped.is_set() and not written.holds:
            return (yield from self._extracted(case, own_words(f"{written.objection}，以下为资料原文摘录。")))
        cited = enumerate(written.cited, 1)
        quotes = tuple(quote_behind(case.library, written.text, number, hit) for number, hit in cited)
        drafted, notices = Draft(written.text or _NOTHING_YET, quotes), []
        if stopped.is_set():
            notices = [STOPPED]
        elif written.problem:
            drafted = completed(written.text, quotes, self._drafted(case))
            yield drafted.text.removeprefix(written.text)
            reason = written.problem
            whole = drafted.text == written.text
            notices = [own_words(f"{reason}。") if whole else own_words(f"{reason}，后附资料原文摘录。")]
        if written.failed:
            notices.append(own_words(f"有{written.failed}处表述未能与所引资料核对一致，请以原文为准。"))
        return self._finished(case, drafted, "model", notices, written.statements)

    @step("draft")
    def _drafted(self, case: Case) -> Draft:
        library, question = case.library, case.question
        allowed = scoped(library.documents(), case.scope) if case.scope != Scope() else None
        weights = term_weights(library, question)
        drafted = draft(Inquiry(library, question, case.hits, weights, case.today, allowed), self._forms)
        note(certainty=drafted.certainty.value, quotes=len(drafted.quotes))
        return drafted

    def _finished(
        self,
        case: Case,
        drafted: Draft,
        mode: Mode,
        notices: Sequence[str],
        statements: tuple[CheckedStatement, ...] = (),
    ) -> Answer:
        reasons = doubts(statements)
        citations = tuple(
            replace(citation, supported=False, why_not=reasons[citation.number])
            if citation.number in reasons
            else citation
            for citation in cite(drafted.quotes, case.today)
        )
        # A refusal stands first; what is near says by itself what it is worth.
        answering = () if drafted.certainty is Certainty.NONE else citations
        return Answer(
            question=case.text,
            query=case.question.query,
            text=drafted.text,
            citations=citations,
            certainty=drafted.certainty,
            mode=mode,
            notices=(*case.notices, *notices, *_standing(case, answering)),
            seconds=time.perf_counter() - case.started,
            statements=statements,
        )


def _cited(case: Case, hit: Hit) -> Citation:
    return cite([quote_behind(case.library, "", 1, hit)], case.today)[0]


def _standing(case: Case, citations: Sequence[Citation]) -> tuple[str, ...]:
    return standing_notices(citations, case.library.by_id)


def decided(case: Case) -> Decision | None:
    """Return how it is decided whether what was found answers a question; None where nothing was found."""
    return decision_of(case.library, case.question, case.hits, term_weights(case.library, case.question))


def certainty_of(case: Case) -> Certainty:
    """Return how sure it is, without a form of its own, that what was found answers a question."""
    decision = decided(case)
    return decision.certainty if decision else Certainty.NONE
