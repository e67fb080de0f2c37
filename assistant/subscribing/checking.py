"""Subscriptions asked again: once for each state of the library, whichever process comes to it first."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from assistant.assistant import Assistant
from assistant.records.rechecking import Became, became
from assistant.records.subscription import Found, Subscription
from assistant.records.subscriptions import Subscriptions
from assistant.records.viewers import Viewers
from assistant.subscribing.comparing import UNCHANGED, changes, matter
from assistant.subscribing.proving import proofs
from assistant.subscribing.watched import Change, Proof, Watched
from vectorstore.errors import PolicyError
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.viewers import Viewer

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
        viewers: what each owner may see of it.
    """

    def __init__(
        self, subscriptions: Subscriptions, library: PolicyLibrary, assistant: Assistant, viewers: Viewers
    ) -> None:
        self._kept = subscriptions
        self._library = library
        self._assistant = assistant
        self._viewers = viewers

    def subscribe(self, owner: str, watched: Watched, today: date) -> str:
        """Keep a subscription with what it gives now, and return its id.

        Args:
            owner: whose it is.
            watched: what is to be asked again.
            today: the owner's day.

        Raises:
            LibraryError: the owner has too many, or the filter lets too much through.
        """
        found = self._found(watched, self._viewers.of(owner), today)
        return self._kept.make(owner, watched, found)

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
            viewer = self._viewers.of(taken.owner)
            found = self._found(taken.watched, viewer, today)
            changed = self._changed(taken, found, self._library.seen_by(viewer))
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

    def _found(self, watched: Watched, viewer: Viewer, today: date) -> Found:
        # The state before: what changes while it is asked is asked about once more.
        state = self._library.state
        library, assistant = self._library.seen_by(viewer), self._assistant.seen_by(viewer)
        return Found(state, today, proofs(watched, library, assistant, today))

    def _changed(self, taken: Subscription, found: Found, library: PolicyLibrary) -> tuple[Change, ...]:
        before, generation = taken.state
        known = library.known_at(generation) if before == found.state[0] else frozenset()
        sources = {one.source for one in library.documents()}
        # Of what has become others' nothing is told, not even that it has gone.
        proved = tuple(one for one in taken.proofs if library.shows(one.document_id, one.source))
        changed = changes(proved, found.proofs, sources, partial(_why_gone, library))
        return changed if matter(changed, proved, found.proofs, known) else ()

    def _failed(self, taken: Subscription, problem: str) -> Checked:
        self._kept.fail(taken, problem)
        return Checked(taken, problem=problem)


def _why_gone(library: PolicyLibrary, gone: Proof) -> str:
    return _REASONS[became(library, gone.document_id, gone.source, gone.quote)]
