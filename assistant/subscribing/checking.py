"""Subscriptions asked again: once for each state of the library, whichever process comes to it first."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.assistant import Assistant
from assistant.records.rechecking import Became, became
from assistant.records.subscription import Found, Subscription
from assistant.records.subscriptions import Subscriptions
from assistant.subscribing.comparing import UNCHANGED, changes, matter
from assistant.subscribing.proving import proofs
from assistant.subscribing.watched import Change, Proof, Watched
from vectorstore.errors import PolicyError
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary

_log = logging.getLogger(__name__)
_REASONS = own_words(
    {
        Became.REMOVED: "该文件已移出资料库",
        Became.SAYS_NO_MORE: "该文件已更新，新文本中没有这段文字",
        Became.STILL_SAYS: "该文件已更新，新文本中仍有这段文字，但已不再作为依据",
        Became.SAME: UNCHANGED,
    }
)
_FAILED = own_words("核对未能完成，稍后会自动重试；如一再出现，请管理员查看服务日志")


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one subscription that was asked again.

    Attributes:
        subscription: as it was before.
        changes: what is told of it.
        problem: why it could not be asked, or "".
    """

    subscription: Subscription
    changes: tuple[Change, ...] = ()
    problem: str = ""


class Checking:
    """Makes subscriptions and asks them again, without a model.

    Args:
        subscriptions: where they are kept.
        library: what is asked.
        assistant: answers from it.
    """

    def __init__(self, subscriptions: Subscriptions, library: PolicyLibrary, assistant: Assistant) -> None:
        self._kept = subscriptions
        self._library = library
        self._assistant = assistant

    def subscribe(self, owner: str, watched: Watched, today: date) -> str:
        """Keep a subscription with what it gives now, and return its id.

        Args:
            owner: whose it is.
            watched: what is to be asked again.
            today: the owner's day.

        Raises:
            LibraryError: the owner has too many, or the filter lets too much through.
        """
        return self._kept.make(owner, watched, self._found(watched, today))

    def due(self, today: date) -> tuple[str, ...]:
        """Return the ids of those that have not been asked of the library as it is on a day."""
        return self._kept.due(self._library.state, today)

    def check(self, subscription_id: str, today: date) -> Checked | None:
        """Ask one again; None where another process does, or there is nothing to do.

        Args:
            subscription_id: which.
            today: day on which a document's standing counts.
        """
        taken = self._kept.take(subscription_id, self._library.state, today)
        if taken is None:
            return None
        try:
            found = self._found(taken.watched, today)
            changed = self._changed(taken, found)
        except PolicyError as error:
            return self._failed(taken, str(error))
        except Exception:
            _log.exception("a subscription could not be asked again")
            return self._failed(taken, _FAILED)
        self._kept.settle(taken, found, changed)
        return Checked(taken, changed)

    def check_due(self, today: date) -> Iterator[Checked]:
        """Ask all again that have not been asked of the library as it is; yields each when it is done."""
        for subscription_id in self.due(today):
            if checked := self.check(subscription_id, today):
                yield checked

    def _found(self, watched: Watched, today: date) -> Found:
        # The state before: what changes while it is asked is asked about once more.
        state = self._library.state
        return Found(state, today, proofs(watched, self._library, self._assistant, today))

    def _changed(self, taken: Subscription, found: Found) -> tuple[Change, ...]:
        library, generation = taken.state
        known = self._library.known_at(generation) if library == found.state[0] else frozenset()
        sources = {one.source for one in self._library.documents()}
        changed = changes(taken.proofs, found.proofs, sources, self._why_gone)
        return changed if matter(changed, taken.proofs, found.proofs, known) else ()

    def _why_gone(self, gone: Proof) -> str:
        return _REASONS[became(self._library, gone.document_id, gone.source, gone.quote)]

    def _failed(self, taken: Subscription, problem: str) -> Checked:
        self._kept.fail(taken, problem)
        return Checked(taken, problem=problem)
