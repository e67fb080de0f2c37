"""What has become of a citation's document since the answer was given."""

from __future__ import annotations

from datetime import date

from assistant.types import Citation
from vectorstore.errors import LibraryError
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary


def change_since(library: PolicyLibrary, citation: Citation, today: date) -> str:
    """Return one line that tells how a document differs from what was quoted, or "" where it does not.

    Args:
        library: as it is now.
        citation: of an answer that was kept.
        today: the reader's day.
    """
    cited = citation.document
    try:
        document = library.document(cited.id)
    except LibraryError:
        newer = next((one.id for one in library.documents() if one.source == cited.source), "")
        if not newer:
            return own_words("作答后该文件已移出资料库，引文为作答时的原文。")
        if citation.quote in library.text(newer):
            return own_words("作答后该文件已更新，新文本中仍有这段引文。")
        return own_words("作答后该文件已更新，新文本中没有这段引文，请核对。")
    standing = document.standing_label(today)
    return own_words(f"作答后该文件的状态已变为：{standing}。") if standing != citation.standing_words else ""
