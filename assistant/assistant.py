"""The way of a question: understood, searched, answered, cited."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Generator, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property, partial
from threading import Event
from typing import TYPE_CHECKING

from assistant.answering import Answering, Case, certainty_of, decided
from assistant.checked_sentence import CheckedSentence
from assistant.days import today
from assistant.drafting.drafting import FORMS
from assistant.models.reranking import Reranker
from assistant.models.rewriting import Rewriter
from assistant.models.stream import AnswerStream, Pieces
from assistant.observing.observer import Observer, observed
from assistant.question import Question, understand
from assistant.selecting.decision import Decision
from assistant.settings import AssistantSettings
from assistant.suggesting.followups import FollowUps
from assistant.types import Answer, Certainty, Hit, Mode, Scope, Turn
from assistant.understanding.learnt_names import LearntNames
from assistant.understanding.spelling import correct
from assistant.verification import Verification
from vectorstore.errors import SettingsError
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import simplified
from vectorstore.steps import UNTRACED, Step, begun, in_step, note, step
from vectorstore.viewers import Viewer

if TYPE_CHECKING:
    from assistant.chain import AnswerChain

_QUESTION_CHARS = 1000
# Two more than the plain answer looks at: what vectors find nearest takes the place of none for a model.
_HITS = 12


class Assistant:
    """Answers questions from the policy library.

    Args:
        library: the opened policy library.
        settings: chat model and budgets.
        forms: those in which an answer without a model may be given, beside the plain one.
        observer: told what is done and how long it takes.
        traces: what a question is traced within that no request asks.
    """

    def __init__(
        self,
        library: PolicyLibrary,
        settings: AssistantSettings,
        forms: Collection[str] = FORMS,
        observer: Observer | None = None,
        traces: Step = UNTRACED,
    ) -> None:
        self._forms = forms
        self._traces = traces
        self._observer = observer or Observer()
        self._library = library
        self._settings = settings
        self._answering = Answering(settings, forms)
        self._rewriter = Rewriter(settings)
        self._reranker = Reranker(settings)
        self._follow_ups = FollowUps(settings)
        self._names = LearntNames(settings.policy_aliases)

    def seen_by(self, viewer: Viewer) -> Assistant:
        """Return the assistant of somebody who may not see all of the library, and who learns nothing of it.

        Args:
            viewer: who asks.
        """
        if viewer.sees_all:
            return self
        limited = copy(self)
        limited.__dict__.pop("offline", None)
        limited._library = self._library.seen_by(viewer)
        return limited

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
        by_model = self._by_model(mode)
        stopped = Event()

        def pieces() -> Pieces:
            case = self.retrieve(
                self.understand(question, history, scope, by_model=by_model, stopped=stopped)
            )
            return (yield from self._answering.pieces(case, stopped))

        told = observed(pieces(), self._observer, stopped, by_model=by_model)
        return AnswerStream(in_step(begun("question", self._traces), told), stopped)

    def chain(self, mode: Mode | None = None) -> AnswerChain:
        """Return the way of a question as a runnable of LangChain (see `assistant.chain`).

        Args:
            mode: who answers, as in `ask`, whose errors it raises.
        """
        # LangChain's runnables take long to load, which the page and the command line do without.
        from assistant.chain import answer_chain

        understand = partial(self.understand, by_model=self._by_model(mode))
        return answer_chain(understand, self.retrieve, self.answer)

    @step("understand")
    def understand(
        self,
        text: str,
        history: Sequence[Turn] = (),
        scope: Scope = Scope(),
        *,
        by_model: bool,
        stopped: Event | None = None,
    ) -> Case:
        """Understand a question: what is mistyped put right, what it leaves out taken from the history."""
        started = time.perf_counter()
        library = self._library.pinned()
        asked = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        correction = correct(asked[:_QUESTION_CHARS], library)
        notices = [own_words(f"已将“{one.typed}”按“{one.understood}”理解。") for one in correction.changes]
        if len(asked) > _QUESTION_CHARS:
            notices.insert(0, own_words(f"问题过长，仅按前{_QUESTION_CHARS}个字回答。"))
        question = self._understood(
            correction.text, history if asked else (), by_model=by_model, stopped=stopped
        )
        note(turns=len(history), corrections=len(correction.changes), places=len(question.mentions))
        return Case(
            library, text, question, history, scope, by_model, today(), started, notices=tuple(notices)
        )

    @step("search")
    def retrieve(self, case: Case) -> Case:
        """Find the passages for a question that is understood.

        One that was led by what was said before, and is answered by itself alone, is taken by itself.
        """
        if not case.question.query:
            return case
        found = self._reranker.find(case.library, case.question, _HITS, case.scope)
        note(engine=case.library.engine, hits=len(found.hits))
        case = replace(case, hits=found.hits, notices=(*case.notices, *found.notices))
        return self._alone(case) or case

    def answer(self, case: Case) -> AnswerStream:
        """Answer a question from the passages found for it."""
        stopped = Event()
        return AnswerStream(self._answering.pieces(case, stopped), stopped)

    def search(
        self, query: str, limit: int = 10, scope: Scope = Scope(), history: Sequence[Turn] = ()
    ) -> list[Hit]:
        """Return the passages that fit a query, best first; what it leaves out comes from the history."""
        started = time.perf_counter()
        with step("search", self._traces, engine=self._library.engine) as searching:
            hits = self._found(query, limit, scope, history)
            searching.tell(hits=len(hits))
        self._observer.searched(time.perf_counter() - started)
        return hits

    def decision(self, text: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Decision | None:
        """Return how it is decided, without a model, whether a question is answered; None: nothing found."""
        return decided(self.retrieve(self.understand(text, history, scope, by_model=False)))

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
        # As it is when one is clicked: after what was said.
        said = (*history, Turn("user", answer.question), Turn("assistant", answer.text))
        return self._follow_ups.after(
            self._library, answer, asked, lambda text: self.offline.ask(text, said, scope).answer
        )

    def verify(self, text: str, scope: Scope = Scope()) -> Iterator[CheckedSentence]:
        """Check a draft against the library.

        Args:
            text: the whole of it.
            scope: what the search is limited to.

        Returns:
            Its sentences in order, each as soon as it is checked; headings are left out.
        """
        return in_step(begun("verify", self._traces), self._verified(text, scope))

    def _verified(self, text: str, scope: Scope) -> Generator[CheckedSentence, None, None]:
        started, found = time.perf_counter(), Counter[str]()
        for sentence in Verification(self._library, self._found, today(), scope).draft(text):
            self._observer.checked(sentence.finding, time.perf_counter() - started)
            found[sentence.finding.value] += 1
            yield sentence
            started = time.perf_counter()
        note(**found)

    def _found(
        self, query: str, limit: int, scope: Scope = Scope(), history: Sequence[Turn] = ()
    ) -> list[Hit]:
        text = correct(query[:_QUESTION_CHARS], self._library).text
        question = understand(text, history, self._names.of(self._library))
        return self._reranker.find(self._library, question, limit, scope).hits

    @cached_property
    def offline(self) -> Assistant:
        """The same without chat model and reranker: it costs nothing, and answers one question in one way."""
        unset = {"policy_chat_model": "", "policy_rerank_url": "", "policy_rerank_model": ""}
        offline = Assistant(self._library, self._settings.model_copy(update=unset), self._forms)
        offline._names = self._names
        return offline

    def _by_model(self, mode: Mode | None) -> bool:
        if mode == "model" and not self._settings.policy_chat_model:
            raise SettingsError(
                "未设置 POLICY_CHAT_MODEL，无法由模型回答；请设置后重试，或改用 --mode extractive"
            )
        return mode == "model" or (mode is None and bool(self._settings.policy_chat_model))

    def _understood(
        self, text: str, history: Sequence[Turn], *, by_model: bool, stopped: Event | None
    ) -> Question:
        """Understand a question by rules, and where a model is at work let it say what leans on before."""
        names = self._names.of(self._library)
        question = understand(text, history, names)
        if not by_model:
            return question
        query = self._rewriter.standalone(text, history, question.query, names, stopped)
        if query == question.query:
            return question
        return replace(understand(query, (), names), text=text, firm_years=question.firm_years)

    def _alone(self, case: Case) -> Case | None:
        typed, query = simplified(case.question.text), case.question.query
        led = bool(case.history) and query != typed and query.endswith(typed)
        if case.by_model or not led or certainty_of(case) is not Certainty.NONE:
            return None
        alone = self.retrieve(self.understand(case.text, (), case.scope, by_model=False))
        if certainty_of(alone) is not Certainty.SURE:
            return None
        return replace(alone, history=case.history, started=case.started)
