"""What every door for programs refuses alike, and the line with which it does."""

from __future__ import annotations

import logging

from assistant.retriever import scoped
from assistant.types import Scope
from vectorstore.errors import LibraryEmptyError, PolicyError
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument

_LOG = logging.getLogger(__name__)
INTERNAL = "服务内部出错，请稍后再试或查看服务日志"


class RequestError(Exception):
    """A request that cannot be answered; the text is one Chinese line.

    Attributes:
        status: HTTP status.
        code, param: what clients tell errors apart by, "" for none.
    """

    def __init__(self, status: int, message: str, code: str = "", param: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param


def refuse_nothing_to_search(library: PolicyLibrary, scope: Scope = Scope()) -> None:
    """Refuse what no document could answer, for want of documents or within these limits.

    Raises:
        LibraryEmptyError: nothing has been ingested yet.
        RequestError: no document lies in the scope.
    """
    documents = library.documents()
    if not documents:
        raise LibraryEmptyError("资料库为空，请先导入文件：policy-assistant ingest 文件夹")
    if not scoped(documents, scope):
        raise RequestError(400, "资料库中没有符合 regions 和 documents 的文件", param="documents")


def document_named(library: PolicyLibrary, name: str) -> PolicyDocument:
    """Return the document that an id or a source name means.

    Raises:
        RequestError: there is none.
    """
    for document in library.documents():
        if name in (document.id, document.source):
            return document
    raise RequestError(
        404, f"资料库中没有文件 {name[:100]}，请用 search 返回的 document_id", param="document"
    )


def spoken(error: Exception) -> str:
    """Return what a caller may read of an error."""
    if isinstance(error, PolicyError | RequestError):
        return str(error)
    _LOG.error("接口出错", exc_info=error)
    return INTERNAL
