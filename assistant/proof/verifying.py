"""A model's answer held against what it cites, sentence by sentence, while it arrives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.grounding import Grounding, ground, ground_lead_in
from assistant.proof.hedges import says_silence
from assistant.proof.marks import Marks
from assistant.proof.proving import prove
from assistant.proof.sanitising import sanitised
from assistant.proof.statements import SentenceEnds, Statement, parts, statement_at
from assistant.types import CheckedStatement, Hit, Verdict
from vectorstore.languages.language import own_words
from vectorstore.steps import step

_UNPROVEN = Grounding(Verdict.UNSUPPORTED, own_words("这句话没有注明出处，资料中也未找到依据"))
UNFINISHED = Grounding(Verdict.UNSUPPORTED, own_words("这句话没有写完，无法核对"))
# Three places may well have the same, such as nothing said; five are a loop.
_AGAIN = 5


class Verifier:
    """Takes a model's text in pieces, gives out what is shown, and checks each sentence once it is complete.

    Citation marks become plain [n], numbered by first appearance; a sentence that states a fact without one
    gets that of the passage that proves it.

    Args:
        hits: the passages the model was given; its n means hits[n - 1].

    Attributes:
        text: what was shown so far.
        silent: a sentence says that the passages hold no answer.
    """

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self._marks = Marks(len(hits), renumber=True)
        self._ends = SentenceEnds()
        self._begin = 0
        self._said: Counter[str] = Counter()
        self._statements: list[CheckedStatement] = []
        self.text = ""
        self.silent = False

    @property
    def statements(self) -> tuple[CheckedStatement, ...]:
        """The sentences so far that state a fact, checked."""
        return tuple(self._statements)

    @property
    def cited(self) -> tuple[Hit, ...]:
        """The passages cited so far; the text's [n] means the n-th."""
        return tuple(self._hits[number - 1] for number in self._marks.order)

    @property
    def loops(self) -> bool:
        """Whether the model says the same sentence again and again."""
        return any(times >= _AGAIN for times in self._said.values())

    def feed(self, piece: str) -> str:
        """Return what can be shown after this piece."""
        # Marks are numbered as they appear, and a sentence before one may get a mark of its own.
        return "".join(self._taken(self._marks.feed(character)) for character in piece)

    def close(self, *, finished: bool = True) -> str:
        """Check the last sentence and return what is still to be shown.

        Args:
            finished: whether the model came to its end.
        """
        rest = self._taken(self._marks.close())
        return rest + self._checked(finished=finished)

    def _taken(self, ready: str) -> str:
        shown = ""
        for part in parts(ready):
            if self._ends.before(part):
                shown += self._checked()
            plain = sanitised(self.text, part)
            self.text += plain
            shown += plain
        return shown

    def _checked(self, *, finished: bool = True) -> str:
        """Check the sentence that ends here; return the mark that it lacked."""
        statement = statement_at(self.text, self._begin, len(self.text))
        added = ""
        if statement is not None:
            self._said[statement.text] += 1
            self.silent = self.silent or says_silence(statement.text)
            if statement.states_a_fact:
                with step("verify") as judging:
                    added = self._judged(statement, finished=finished)
                    judging.tell(verdict=self._statements[-1].verdict.value)
            elif statement.leads_in and (found := ground_lead_in(statement.text, self._hits)).reason:
                self._keep(statement, found)
        self._begin = len(self.text)
        return added

    def _judged(self, statement: Statement, *, finished: bool) -> str:
        added = ""
        numbers, end = statement.numbers, statement.end
        if not finished and not statement.is_whole:
            # What its end would have said may turn it round.
            found = UNFINISHED
        elif numbers:
            cited = self.cited
            found = ground(statement.text, [cited[number - 1] for number in numbers])
        elif (proof := prove(statement.text, self._hits)) is not None:
            numbers = (self._marks.number_of(proof + 1),)
            added = f"[{numbers[0]}]"
            self.text += added
            end = len(self.text)
            found = Grounding(Verdict.PROVEN)
        else:
            found = _UNPROVEN
        self._keep(replace(statement, end=end, numbers=numbers), found)
        return added

    def _keep(self, statement: Statement, found: Grounding) -> None:
        self._statements.append(
            CheckedStatement(
                statement.start,
                statement.end,
                statement.text,
                statement.numbers,
                found.verdict,
                found.reason,
            )
        )


def doubts(statements: Sequence[CheckedStatement]) -> dict[int, str]:
    """Return, for each citation that a sentence which does not hold rests on, the first reason."""
    reasons: dict[int, str] = {}
    for statement in statements:
        if not statement.holds:
            for number in statement.numbers:
                reasons.setdefault(number, statement.reason)
    return reasons
