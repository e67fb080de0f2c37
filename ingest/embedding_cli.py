"""What a command says of the vectors that are made after it, and the process that makes them."""

from __future__ import annotations

import sys

from vectorstore.background import begin
from vectorstore.errors import EmbeddingError
from vectorstore.filling import expected_seconds, unfilled
from vectorstore.languages.catalogue import say, tell
from vectorstore.settings import LibrarySettings
from vectorstore.time_left import spoken


def embed_later(settings: LibrarySettings) -> None:
    """Let passages without vectors get them in the background; say on standard error how long it takes.

    Args:
        settings: where the library is.

    Raises:
        LibraryError: the library is of another model, or cannot be read.
    """
    waiting = unfilled(settings)
    if not waiting:
        return
    try:
        seconds = expected_seconds(settings)
    except EmbeddingError as error:
        told = say("{error}；{waiting} 个段落暂时只按关键词查找", error=tell(str(error)), waiting=waiting)
        print(told, file=sys.stderr)
        return
    if begin(settings):
        told = say(
            "现在即可按关键词查找；{waiting} 个段落的向量正在后台生成，"
            "需要{time}，中断后下次收录或启动时接着做",
            waiting=waiting,
            time=tell(spoken(seconds)),
        )
        print(told, file=sys.stderr)
