"""What has become of a citation's document since the answer was given."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto

from assistant.types import Citation
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary


class Became(Enum):
    """What has become of a quotation's document."""

    SAME = auto()
    STILL_SAYS = auto()
    SAYS_NO_MORE = auto()
    REMOVED = auto()


def became(library: PolicyLibrary, document_id: str, source: str, quote: str) -> Became:
    """Return what has become of a document that was quoted.

    Args:
        library: as it is now.
        document_id, source: of the document.
        quote: words of it.
    """
    known = library.by_id
    if document_id in known:
        return Became.SAME
    newer = next((one.id for one in known.values() if one.source == source), "")
    if not newer:
        return Became.REMOVED
    return Became.STILL_SAYS if quote in library.text(newer) else Became.SAYS_NO_MORE


def change_since(library: PolicyLibrary, citation: Citation, today: date) -> str:
    """Return one line that tells how a document differs from what was quoted, or "" where it does not.

    Args:
        library: as it is now.
        citation: of an answer that was kept.
        today: the reader's day.
    """
    cited = citation.document
    match became(library, cited.id, cited.source, citation.quote):
        case Became.REMOVED:
            return own_words("作答后该文件已移出资料库，引文为作答时的原文。")
        case Became.STILL_SAYS:
            return own_words("作答后该文件已更新，新文本中仍有这段引文。")
        case Became.SAYS_NO_MORE:
            return own_words("作答后该文件已更新，新文本中没有这段引文，请核对。")
    standing = library.document(cited.id).standing_label(today)
    return own_words(f"作答后该文件的状态已变为：{standing}。") if standing != citation.standing_words else ""
