"""What a document declares replaced: the documents it names as such, and the words that sweep others away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.script import simplified
from ingest.standing import REPEAL, TITLE_IN_TEXT
from vectorstore.facts import Fact, Reference
from vectorstore.types import ParsedDocument, Status
from vectorstore.validity import EARLIER

_SENTENCE = re.compile(r"(?<=[。\n])")
_EARLIER = re.compile(
    r"(?:此前|以前|之前|先前|原先|过去|原)(?:已|所|曾)?(?:出台|发布|印发|制定|公布|颁布|下发|实施|执行)?(?:的)?([^，。；《》]{2,60}?)"
    r"(?:即行|自行|一律|一并|均|同时)*$"
)


def repeals_of(parsed: ParsedDocument, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return the titles and document numbers that a document declares replaced, each once, in order.

    What is no policy replaces nothing, whatever it tells of others. What was issued before on the same
    subject, and is named in no other way, comes in the words that name it.

    Args:
        parsed: the document.
        facts: what it states.
    """
    if parsed.document.status is Status.NOT_POLICY:
        return ()
    stated = (fact.statement for fact in facts)
    named = [one for one in stated if isinstance(one, Reference) and one.relation == "repeals"]
    names = (name for one in named for name in (one.title, one.document_number))
    return tuple(dict.fromkeys(filter(None, (*names, *_swept(parsed.text)))))


def _swept(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        plain = simplified(sentence)
        end = REPEAL.search(plain)
        if end and not TITLE_IN_TEXT.search(sentence[: end.start()]):
            earlier = _EARLIER.search(plain[: end.start()])
            if earlier:
                yield f"{EARLIER}{sentence[earlier.start(1) : earlier.end(1)]}"
