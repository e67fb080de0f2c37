"""Changing the library as far as a person may: each change is checked where it is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from assistant.records.access import Person, Role
from vectorstore.fact_revisions import FactRevision
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument
from vectorstore.writer import LibraryWriter

_WAIT_SECONDS = 5.0


class Editor:
    """A writer of the library in the hands of a person; made by `editing`.

    Each of its methods raises AccessError where the person may not do it.

    Args:
        writer: changes whatever it is told to.
        person: who tells it.
    """

    def __init__(self, writer: LibraryWriter, person: Person) -> None:
        self._writer = writer
        self._person = person

    def correct(self, document: PolicyDocument, changes: Mapping[str, str | None]) -> None:
        """Correct what the library says of a document."""
        self._check(document.source, Role.STAFF)
        self._writer.correct(document.source, changes)

    def assign(self, document: PolicyDocument, groups: Collection[str]) -> None:
        """Let a document be seen by groups alone; none: by everybody."""
        self._check(document.source, Role.ADMINISTRATOR)
        self._person.check_giving(groups)
        self._writer.assign_groups([document.source], groups)

    def remove(self, document: PolicyDocument) -> tuple[str, ...]:
        """Take a document out; return the files that are not to bring it back.

        Where another file, which is not the person's to change, holds the same content, its document stays.
        """
        self._check(document.source, Role.ADMINISTRATOR)
        if self._person.limit is None:
            self._writer.remove(document.id)
            return (document.source,)
        files = self._writer.files_of(document.id)
        own = tuple(one for one in files if self._person.may_change(one, self._writer, Role.ADMINISTRATOR))
        for source in own:
            self._writer.forget(source)
        return own

    def revise(self, revision: FactRevision, instead_of: str) -> None:
        """Keep what the person says of a fact."""
        self._check(revision.source, Role.STAFF)
        self._writer.revise(revision, instead_of)

    def withdraw(self, revision_id: str, source: str) -> None:
        """Take back what was said of a fact that a file states."""
        self._check(source, Role.STAFF)
        self._writer.withdraw(revision_id)

    def _check(self, source: str, needed: Role) -> None:
        self._person.check_change(source, self._writer, needed)


@contextmanager
def editing(library: PolicyLibrary, person: Person) -> Iterator[Editor]:
    """Lend the library for changing to a person; leaving the block shows what was changed.

    Args:
        library: to be changed.
        person: who changes it.

    Raises:
        AccessError: nothing in it is the person's to change.
        LibraryBusyError: somebody else goes on writing.
    """
    person.check(Role.STAFF)
    with library.write(_WAIT_SECONDS) as writer:
        yield Editor(writer, person)
