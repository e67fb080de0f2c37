"""Writing to the library: documents go in whole, batch by batch."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from vectorstore.batch import Batch
from vectorstore.corrections import FACT, corrected, corrections_in
from vectorstore.document_groups import is_within
from vectorstore.errors import DamagedError, LibraryError
from vectorstore.fact_revisions import FactRevision
from vectorstore.failures import refusal
from vectorstore.file_index import FileIndex
from vectorstore.file_storage import originals_of
from vectorstore.indexing import Indexes, retitle
from vectorstore.languages.catalogue import say, tell
from vectorstore.preparing import Prepared
from vectorstore.rereading import renewed, reread
from vectorstore.revising import revised
from vectorstore.session import BATCH_PASSAGES, Session
from vectorstore.steps import note, step
from vectorstore.types import ParsedDocument

_log = logging.getLogger("vectorstore")

Outcome = Literal["added", "updated", "unchanged", "duplicate"]

# What an endpoint embeds is slow and paid for, so it is stored sooner.
_COSTLY_BATCH = 256
# Publishing copies the vectors, so the batches between two grow with the library.
_PUBLISHED_SHARE = 4


class LibraryWriter:
    """Changes the library; made by `PolicyLibrary.write`, which holds the lock.

    The order makes every interruption harmless: the catalogue takes a batch without showing it, the indexes
    follow, and raising the generation shows everything at once. What was stored but not shown when a process
    died is finished at the next start.

    Args:
        session: the library, recovered.
    """

    def __init__(self, session: Session) -> None:
        self._session, self._catalogue = session, session.catalogue
        self._indexes = Indexes(session.settings, session.facts)
        self._originals = originals_of(session.settings)
        self._batch_passages = BATCH_PASSAGES if self.embeds_itself or session.deferring else _COSTLY_BATCH
        self._shown = self._catalogue.count(session.generation)
        self._holdings = FileIndex(self._catalogue.holdings())
        self._held = self._holdings.content_hashes
        self._leftovers = set(self._catalogue.removed(session.generation))
        self._waiting = Batch()
        self._fresh: set[str] = set()
        self._retitled: set[str] = set()
        self._moved: set[str] = set()
        self._unshown = 0
        self._unpublished = self._torn = False

    def sources(self) -> dict[str, str]:
        """Return source → content hash of every file that the library knows."""
        return self._holdings.sources

    def damaged(self) -> dict[str, str]:
        """Look at all that is stored; return source → content hash of what is not as it was stored."""
        owned = self._holdings.owned_by
        return {key: value for key, value in self.sources().items() if not self._catalogue.check(owned(key))}

    @property
    def embeds_itself(self) -> bool:
        """Whether the vectors are those of the built-in embedding, which any process can prepare."""
        return not self._session.embedding.costly

    def put(
        self, parsed: ParsedDocument, prepared: Prepared | None = None, *, again: bool = False
    ) -> Outcome:
        """Take a document in; it is shown at the latest when the `write` block is left.

        Args:
            parsed: the document, its text and all its passages.
            prepared: what was worked out for it elsewhere; else it is done here.
            again: whether a document of this content makes way where it was understood otherwise.

        Returns:
            "added"; "updated" where the source held other content before, or was understood otherwise;
            "unchanged"; "duplicate" where another source holds the same content: it is kept once.

        Raises:
            EmbeddingError: the embedding endpoint failed; nothing of the batch is stored.
            KeyboardInterrupt: the process was asked to end; everything put before is in.
        """
        self._session.pause()
        source, content_hash = parsed.document.source, parsed.document.content_hash
        for container in _containers(source):
            self._catalogue.groups.pass_on(container, source)
        previous, held = self._holdings.owned_by(source), self._holdings.with_content(content_hash)
        replaced = again and bool(held) and self._put_again(held, parsed, prepared)
        if previous and previous == held:
            return "updated" if replaced else "unchanged"
        if not held:  # What a damaged row says of its content names no file any more.
            self._add(renewed(parsed, previous) if parsed.document.id == previous else parsed, prepared)
        self._holdings.assign(source, self._holdings.with_content(content_hash))
        if previous:
            self._release(previous)
        self._flush_if_full()
        return "duplicate" if held else "updated" if previous else "added"

    def _put_again(self, held: str, parsed: ParsedDocument, prepared: Prepared | None) -> bool:
        """Put a document in the place of one of the same content; say whether it is understood otherwise."""
        if held in self._fresh:
            return False  # One of several files of this content is enough.
        try:
            new = reread(self._catalogue.parsed(held), parsed)
        except DamagedError:
            new = renewed(parsed, before=held)
        if new is not None:
            self._add(new, prepared)
            self._holdings.hand_over(held, new.document.id)
            self._leave(held)
            self._flush_if_full()
        return new is not None

    def _add(self, parsed: ParsedDocument, prepared: Prepared | None) -> None:
        document_id = parsed.document.id
        if document_id in self._waiting.removed:
            # One batch cannot both take a document out and bring it back.
            self.flush()
            self._publish()
        self._waiting.add(parsed, prepared)
        self._fresh.add(document_id)
        self._holdings.add(document_id, parsed.document.content_hash)

    def _flush_if_full(self) -> None:
        if self._waiting.passages >= self._batch_passages:
            self.flush()

    def keep_original(self, source: str, file: Path) -> None:
        """Keep a copy of a file that the library knows, if the settings want it and there is none yet.

        Its document is worth having without it, so a copy that fails is told in the log alone.

        Args:
            source: name of the file.
            file: where it is; one that holds other bytes by now is not kept.

        Raises:
            LibraryError: the library does not know the file.
        """
        content_hash = self._holdings.content_hash(source)
        if not self._session.settings.policy_keep_originals:
            return
        try:
            self._originals.keep(content_hash, file)
        except (OSError, LibraryError) as error:
            reason = refusal(error) if isinstance(error, OSError) else str(error)
            _log.warning(say("{source} 的原文件未能保存：{reason}", source=source, reason=tell(reason)))

    def remove(self, document_id: str) -> None:
        """Take a document out, whichever files hold it.

        Raises:
            LibraryError: there is none with this id.
        """
        for source in self._holdings.sources_of(document_id):
            self._holdings.assign(source, None)
        self._leave(document_id)

    def forget(self, source: str) -> None:
        """Take out a file that is gone; its document stays while another file holds the same content.

        Raises:
            LibraryError: the library does not know the file.
        """
        document_id = self._holdings.require(source)
        self._holdings.assign(source, None)
        self._release(document_id)

    def correct(self, source: str, changes: Mapping[str, str | None]) -> None:
        """Correct what the library says of a file's document, now and for its later versions.

        It shows when the `write` block is left; a corrected title is then what keyword search goes by.

        Args:
            source: name of the file.
            changes: field → its value; None takes a correction back.

        Raises:
            LibraryError: the library does not know the file, or a field cannot have the value.
        """
        document_id = self._holdings.require(source)
        self._session.facts[FACT] = corrected(self._session.facts, source, changes)
        if "title" in changes:
            self._retitled.add(document_id)
        if "region" in changes:
            self._moved.add(document_id)
        self._unpublished = True

    def assign_groups(self, sources: Iterable[str], groups: Collection[str]) -> None:
        """Let the documents of files be seen by groups alone, now and in their later versions.

        It may be said before a file is put, so that nobody else ever sees it. What narrows counts for readers
        at the latest when the `write` block is left; what widens no sooner than it is told here.

        Args:
            sources: names of the files.
            groups: as `group_names` gives them; none means that everybody may see them.
        """
        self._catalogue.groups.put(sources, groups)
        self._unpublished = True

    def is_of(self, source: str, groups: Collection[str]) -> bool:
        """Say whether a file's document belongs to some of these groups, and to nobody else, by now."""
        return is_within(self._catalogue.groups.of(source), groups)

    def files_of(self, document_id: str) -> list[str]:
        """Return the files that hold a document.

        Raises:
            LibraryError: there is none with this id.
        """
        return self._holdings.sources_of(document_id)

    def revise(self, revision: FactRevision, instead_of: str = "") -> None:
        """Keep what a person said of a fact, now and for later versions of its file.

        Args:
            revision: what was said.
            instead_of: id of what was said of it before, or "".

        Raises:
            LibraryError: the library does not know the file, or a field cannot have the value.
        """
        self._holdings.require(revision.source)
        revised(revision.read, dict(revision.changes))
        self.flush()
        self._catalogue.fact_records.revise(revision, instead_of, self._session.facts)
        self._unpublished = True

    def withdraw(self, revision_id: str) -> None:
        """Take back what a person said of a fact.

        Args:
            revision_id: names what was said.

        Raises:
            LibraryError: there is none with this id.
        """
        self.flush()
        self._catalogue.fact_records.withdraw(revision_id, self._session.facts)
        self._unpublished = True

    def flush(self) -> None:
        """Store what was put and removed so far; from then on no interruption loses it.

        Raises:
            EmbeddingError: the embedding endpoint failed; nothing of the batch is stored.
        """
        changes = self._holdings.take_changes()
        if not (self._waiting or changes):
            return
        waiting, self._waiting = self._waiting, Batch()
        self._store(waiting, changes)
        self._unshown += waiting.passages
        if self._unshown >= max(self._batch_passages, self._shown // _PUBLISHED_SHARE):
            self._publish()

    @step("store")
    def _store(self, waiting: Batch, changes: Mapping[str, str | None]) -> None:
        note(documents=len(waiting.new), removed=len(waiting.removed), passages=waiting.passages)
        batch = list(waiting.new.values())
        vectors = self._session.embed(batch, waiting.prepared)
        back = self._leftovers & waiting.new.keys()
        stale = {document_id: self._catalogue.passage_ids(document_id) for document_id in back}
        self._indexes.open()
        self._torn = True
        self._catalogue.store(batch, waiting.removed, changes, self._session.generation + 1)
        if stale:
            self._indexes.remove(stale)
        self._indexes.add(self._session.corrected(batch), vectors, waiting.prepared)
        self._torn = False
        self._unpublished = True
        self._leftovers |= set(waiting.removed)
        self._leftovers -= back

    def close(self) -> None:
        """Store and show what is left, and let go of the indexes."""
        try:
            if not self._torn:
                self.flush()
                self._publish()
                held = self._holdings.content_hashes
                # To look what is in a bucket takes a request for each thousand files.
                if self._session.settings.bucket is None or self._held - held:
                    self._originals.drop_all_but(held)
        finally:
            self._indexes.close()

    def _publish(self) -> None:
        if not self._unpublished:
            return
        with step("publish", passages=self._unshown) as publishing:
            self._torn = True
            retitle(self._session, self._indexes, filter(self._holdings.__contains__, self._retitled))
            self._retitled.clear()
            if moved := list(filter(self._holdings.__contains__, self._moved)):
                self._catalogue.fact_records.lay(moved, self._session.facts)
            self._moved.clear()
            self._session.publish(self._indexes.seal())
            self._torn = self._unpublished = False
            self._shown += self._unshown
            self._unshown = 0
            publishing.tell(generation=self._session.generation)

    def _release(self, document_id: str) -> None:
        heir = next(iter(self._holdings.sources_of(document_id)), None)
        if heir is None:
            self._leave(document_id)
        elif document_id in self._waiting.new:
            self._catalogue.groups.pass_on(self._waiting.new[document_id].document.source, heir)
            self._waiting.rename(document_id, heir)
        else:
            # A file that was only moved must not become everybody's.
            self._catalogue.groups.pass_on(self._catalogue.source(document_id), heir)
            self._catalogue.rename(document_id, heir)
            if corrections_in(self._session.facts):
                self._retitled.add(document_id)

    def _leave(self, document_id: str) -> None:
        self._holdings.drop(document_id)
        self._waiting.remove(document_id)


def _containers(source: str) -> Iterator[str]:
    """The archives that a file lies in, the innermost first: what is said of one holds for all in it."""
    while "#" in source:
        source = source.rpartition("#")[0]
        yield source
