"""What was answered before, or to somebody else, and may not be shown to whoever looks at it now."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Self

from assistant.records.attachments import is_attached
from assistant.records.history import Exchange
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary

WITHHELD = own_words("这条回答引用了您无权查阅的文件，不予显示")


class Withholding:
    """What is kept for people, shown as far as somebody may see what it rests on; all of it, unless told."""

    _library: PolicyLibrary | None = None

    def seen_by(self, library: PolicyLibrary) -> Self:
        """Return the same as it may be shown now: documents may have become others'.

        Args:
            library: as whoever looks sees it.
        """
        limited = copy(self)
        limited._library = library
        return limited


def seen(exchange: Exchange, library: PolicyLibrary, *, by_others: bool = False) -> Exchange:
    """Return an exchange as it may be shown: without its answer where that rests on a hidden document.

    Args:
        exchange: as it is kept; one of an attached file rests on nothing of the library.
        library: as whoever looks sees it.
        by_others: whether somebody else was answered, who may have been told of documents that are not cited.
    """
    answer = exchange.answer
    if answer is None or is_attached(exchange.scope):
        return exchange
    cited = (one.document for one in answer.citations)
    withheld = not all(library.shows(document.id, document.source) for document in cited)
    if by_others and not withheld:
        withheld = library.names_hidden("\n".join((exchange.question, answer.text, *answer.notices)))
    return replace(exchange, answer=None, problem=WITHHELD) if withheld else exchange
