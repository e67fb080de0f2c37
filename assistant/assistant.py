"""The way of a question: understood, searched, answered, cited."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from threading import Event

from assistant.citations import cite, quote_behind, standing_notices
from assistant.drafting.drafting import FORMS, NOTHING_FOUND, Draft, draft
from assistant.generative import AnswerModel
from assistant.models.reranking import Reranker
from assistant.models.rewriting import Rewriter
from assistant.models.stream import AnswerStream, Pieces
from assistant.models.writing import completed, write
from assistant.proof.verifying import doubts
from assistant.question import Question, understand
from assistant.retriever import term_weights
from assistant.settings import AssistantSettings
from assistant.suggesting.followups import FollowUps
from assistant.types import Answer, Certainty, CheckedStatement, Hit, Mode, Scope, Turn
from assistant.understanding.aliases import Aliases, read_aliases
from assistant.understanding.names import Names, library_names
from assistant.understanding.spelling import correct
from assistant.verification import CheckedSentence, Verification
from vectorstore.errors import EndpointError, SettingsError
from vectorstore.library import PolicyLibrary

_QUESTION_CHARS = 1000
# Two more than the plain answer looks at: what vectors find nearest takes the place of none for a model.
_HITS = 12
_EMPTY_QUESTION = "请输入您的问题。"
_STOPPED = "回答已停止。"


@dataclass(frozen=True, slots=True)
class _Case:
    """A question on its way: what is asked, and what was found for it in the library as it stood."""

    library: PolicyLibrary
    text: str
    question: Question
    history: Sequence[Turn]
    scope: Scope
    hits: Sequence[Hit]
    today: date
    started: float
    notices: tuple[str, ...] = ()


class Assistant:
    """Answers questions from the policy library.

    Args:
        library: the opened policy library.
        settings: chat model and budgets.
        forms: those in which an answer without a model may be given, beside the plain one.
    """

    def __init__(
        self, library: PolicyLibrary, settings: AssistantSettings, forms: Collection[str] = FORMS
    ) -> None:
        self._forms = forms
        self._library = library
        self._settings = settings
        self._model = AnswerModel(settings)
        self._rewriter = Rewriter(settings)
        self._reranker = Reranker(settings)
        self._follow_ups = FollowUps(library, settings)
        self._names = ((-1, 0.0), Names())

    def ask(
        self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope(), mode: Mode | None = None
    ) -> AnswerStream:
        """Answer a question.

        Args:
            question: as the user typed it; an empty one is answered with the request to ask.
            history: the conversation before it, oldest first.
            scope: regions and documents the search is limited to.
            mode: who answers; None is the model where one is configured.

        Returns:
            The stream of the answer.

        Raises:
            SettingsError: a model is wanted and none is configured.
        """
        if mode == "model" and not self._settings.policy_chat_model:
            raise SettingsError(
                "未设置 POLICY_CHAT_MODEL，无法由模型回答；请设置后重试，或改用 --mode extractive"
            )
        by_model = mode == "model" or (mode is None and bool(self._settings.policy_chat_model))
        stopped = Event()
        return AnswerStream(self._answer(question, history, scope, stopped, by_model=by_model), stopped)

    def search(
        self, query: str, limit: int = 10, scope: Scope = Scope(), history: Sequence[Turn] = ()
    ) -> list[Hit]:
        """Return the passages that fit a query, best first; what it leaves out comes from the history."""
        text = correct(query[:_QUESTION_CHARS], self._library).text
        question = understand(text, history, self._learnt())
        return self._reranker.find(self._library, question, limit, scope).hits

    def follow_ups(
        self, answer: Answer, history: Sequence[Turn] = (), scope: Scope = Scope()
    ) -> tuple[str, ...]:
        """Suggest what to ask next.

        Args:
            answer: the answer that was just given.
            history: the conversation before it; what was asked in it is not suggested again.
            scope: what the search is limited to.

        Returns:
            At most three questions made from what stands near the answer's sources; the library answers each.
        """
        asked = {answer.question, answer.query, *(turn.content for turn in history)}
        return self._follow_ups.after(answer, asked, lambda text: self._offline.ask(text, (), scope).answer)

    def verify(self, text: str, scope: Scope = Scope()) -> Iterator[CheckedSentence]:
        """Check a draft against the library.

        Args:
            text: the whole of it.
            scope: what the search is limited to.

        Yields:
            Its sentences in order, each as soon as it is checked; headings are left out.
        """
        today = datetime.now().astimezone().date()
        yield from Verification(self._library, self.search, today, scope).draft(text)

    @cached_property
    def _offline(self) -> Assistant:
        """An assistant that tries questions without any of the chat model's or the reranker's costs."""
        unset = {"policy_chat_model": "", "policy_rerank_url": "", "policy_rerank_model": ""}
        return Assistant(self._library, self._settings.model_copy(update=unset), self._forms)

    def _answer(
        self, text: str, history: Sequence[Turn], scope: Scope, stopped: Event, *, by_model: bool
    ) -> Pieces:
        started = time.perf_counter()
        asked = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        if not asked:
            yield _EMPTY_QUESTION
            seconds = time.perf_counter() - started
            return Answer(
                text, "", _EMPTY_QUESTION, (), Certainty.NONE, mode="extractive", notices=(), seconds=seconds
            )
        library = self._library.pinned()
        correction = correct(asked[:_QUESTION_CHARS], library)
        notices = [f"已将“{one.typed}”按“{one.understood}”理解。" for one in correction.changes]
        if len(asked) > _QUESTION_CHARS:
            notices.insert(0, f"问题过长，仅按前{_QUESTION_CHARS}个字回答。")
        question = self._understood(correction.text, history, by_model=by_model)
        found = self._reranker.find(library, question, _HITS, scope)
        today = datetime.now().astimezone().date()
        told = (*notices, *found.notices)
        case = _Case(library, text, question, history, scope, found.hits, today, started, told)
        if by_model and found.hits:
            return (yield from self._written(case, stopped))
        return (yield from self._extracted(case))

    def _extracted(self, case: _Case, *notices: str) -> Pieces:
        drafted = self._drafted(case)
        yield drafted.text
        return self._finished(case, drafted, "extractive", notices)

    def _written(self, case: _Case, stopped: Event) -> Pieces:
        """Give out the model's answer; where nothing of it holds, the extractive one takes its place."""
        try:
            reply = self._model.answer(case.question.query, case.hits, case.history, stopped)
        except EndpointError as error:
            return (yield from self._extracted(case, f"{error}。以下为资料原文摘录。"))
        written = yield from write(reply, stopped)
        if written.refused:
            return self._finished(case, Draft(NOTHING_FOUND, (), Certainty.NONE), "model", ())
        if not stopped.is_set() and not written.holds:
            return (yield from self._extracted(case, f"{written.objection}，以下为资料原文摘录。"))
        cited = enumerate(written.cited, 1)
        quotes = tuple(quote_behind(case.library, written.text, number, hit) for number, hit in cited)
        drafted, notices = Draft(written.text or _STOPPED, quotes), []
        if stopped.is_set():
            notices = [_STOPPED]
        elif written.problem:
            drafted = completed(written.text, quotes, self._drafted(case))
            yield drafted.text.removeprefix(written.text)
            more = "" if drafted.text == written.text else "，后附资料原文摘录"
            notices = [f"{written.problem}{more}。"]
        if written.failed:
            notices.append(f"有{written.failed}处表述未能与所引资料核对一致，请以原文为准。")
        return self._finished(case, drafted, "model", notices, written.statements)

    def _drafted(self, case: _Case) -> Draft:
        weights = term_weights(case.library, case.question)
        return draft(case.library, case.question, case.hits, weights, case.today, case.scope, self._forms)

    def _finished(
        self,
        case: _Case,
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
        replaced = any(citation.document.superseded_by for citation in answering)
        documents = {document.id: document for document in case.library.documents()} if replaced else {}
        return Answer(
            question=case.text,
            query=case.question.query,
            text=drafted.text,
            citations=citations,
            certainty=drafted.certainty,
            mode=mode,
            notices=(*case.notices, *notices, *standing_notices(answering, documents)),
            seconds=time.perf_counter() - case.started,
            statements=statements,
        )

    def _understood(self, text: str, history: Sequence[Turn], *, by_model: bool) -> Question:
        """Understand a question by rules, and where a model is at work let it say what leans on before."""
        names = self._learnt()
        question = understand(text, history, names)
        if not by_model:
            return question
        query = self._rewriter.standalone(text, history, question.query, names)
        if query == question.query:
            return question
        return replace(understand(query, (), names), text=text, firm_years=question.firm_years)

    def _learnt(self) -> Names:
        """Return the names of the library, learnt anew where it or the users' list has changed."""
        listed = self._settings.policy_aliases
        edited = listed.stat().st_mtime if listed and listed.exists() else 0.0
        state = (self._library.generation, edited)
        if self._names[0] != state:
            names = library_names(self._library, read_aliases(listed) if listed else Aliases())
            self._names = (state, names)
        return self._names[1]
