"""Which file holds which document, as it will be when everything that waits is stored."""

from __future__ import annotations

from collections.abc import Iterable

from vectorstore.errors import LibraryError, unknown_document


class FileIndex:
    """The library's files and documents; several files of one content hold one document.

    Args:
        rows: source, document id and content hash of every file.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self._owners: dict[str, str] = {}
        self._hashes: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._changes: dict[str, str | None] = {}
        for source, document_id, content_hash in rows:
            self._owners[source] = document_id
            self.add(document_id, content_hash)

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._hashes

    @property
    def sources(self) -> dict[str, str]:
        """Source → content hash of every file."""
        return {source: self._hashes[document_id] for source, document_id in self._owners.items()}

    @property
    def content_hashes(self) -> frozenset[str]:
        """The content hashes of all documents."""
        return frozenset(self._ids)

    def owned_by(self, source: str) -> str:
        """Return the id of a file's document, or "" where the file is not known."""
        return self._owners.get(source, "")

    def with_content(self, content_hash: str) -> str:
        """Return the id of the document with a content, or ""."""
        return self._ids.get(content_hash, "")

    def sources_of(self, document_id: str) -> list[str]:
        """Return the files that hold a document.

        Raises:
            LibraryError: there is none with this id.
        """
        if document_id not in self:
            raise unknown_document(document_id)
        return [source for source, owner in self._owners.items() if owner == document_id]

    def require(self, source: str) -> str:
        """Return the id of a file's document.

        Raises:
            LibraryError: the library does not know the file.
        """
        document_id = self.owned_by(source)
        if not document_id:
            raise LibraryError(
                f"政策库中没有来自 {source} 的文件，请用 policy-assistant documents 查看现有文件"
            )
        return document_id

    def content_hash(self, source: str) -> str:
        """Return the content hash of a file.

        Raises:
            LibraryError: the library does not know the file.
        """
        return self._hashes[self.require(source)]

    def add(self, document_id: str, content_hash: str) -> None:
        """Note a document."""
        self._hashes[document_id] = content_hash
        self._ids[content_hash] = document_id

    def drop(self, document_id: str) -> None:
        """Forget a document that no file holds any more."""
        content_hash = self._hashes.pop(document_id)
        if self._ids.get(content_hash) == document_id:
            del self._ids[content_hash]

    def assign(self, source: str, document_id: str | None) -> None:
        """Let a file hold a document, or none."""
        self._changes[source] = document_id
        if document_id is None:
            del self._owners[source]
        else:
            self._owners[source] = document_id

    def hand_over(self, old: str, new: str) -> None:
        """Let all files that hold a document hold another."""
        for source in self.sources_of(old):
            self.assign(source, new)

    def take_changes(self) -> dict[str, str | None]:
        """Return source → document id, or None, for every file assigned since the last time."""
        changes, self._changes = self._changes, {}
        return changes
