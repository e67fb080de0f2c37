"""Files that a reader attaches to a question: read into a library of their own, which goes with its reader.

Nothing of them reaches the policy library, and no other reader is ever shown them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Semaphore
from weakref import finalize

from assistant.assistant import Assistant
from assistant.records.file_names import plain_name
from assistant.records.stored_answers import new_id
from assistant.settings import AssistantSettings
from assistant.types import Scope
from vectorstore.errors import LibraryError
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

_MARK = "attached:"
_SECONDS = 120
_AT_ONCE = 2
# What an environment may say of the shared library, which this one must never reach.
_OF_THE_LIBRARY = ("POLICY_", "OPENAI_")
GONE = own_words("所附文件已不再保留，请重新附上文件后再提问")


def is_attached(scope: Scope) -> bool:
    """Whether a question was limited to an attached file.

    Args:
        scope: of the question.
    """
    return any(name.startswith(_MARK) for name in scope.documents)


class Attachment:
    """An attached file: read when it is first asked about, forgotten when nobody holds it any more.

    Args:
        name: the file's name.
        data: its bytes.
        settings: of the answers.
        readers: how many files may be read at once.
    """

    def __init__(self, name: str, data: bytes, settings: AssistantSettings, readers: Semaphore) -> None:
        self.name = plain_name(name)
        self.scope = Scope(documents=(_MARK + new_id(),))
        """Names the file in what is kept of a question about it."""
        folder = TemporaryDirectory(prefix="policy-attached-")
        self._folder = Path(folder.name)
        given = self._folder / "given"
        given.mkdir()
        self._file = given / self.name
        self._file.write_bytes(data)
        self._kept = self._folder / "library"
        self.library = PolicyLibrary.open(LibrarySettings.in_folder(self._kept))
        self._assistant = Assistant(self.library, settings)
        self._readers = readers
        self._guard = Lock()
        self._read = False
        finalize(self, _discard, self.library, folder)

    def assistant(self) -> Assistant:
        """Return what answers from the file alone; it is read now where it has not been yet.

        Raises:
            LibraryError: the file cannot be read.
        """
        with self._guard:
            if not self._read:
                with self._readers:
                    self._take_in()
                self._read = True
        return self._assistant

    def holds(self, document_id: str) -> bool:
        """Whether a document was read from the file."""
        return document_id in self.library.by_id

    def _take_in(self) -> None:
        command = [sys.executable, "-P", "-m", "ingest", str(self._file), "--json"]
        command += ["--workers", "1", "--seconds", str(_SECONDS)]
        known = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_LIBRARY)}
        done = subprocess.run(  # noqa: S603 our own module
            command,
            capture_output=True,
            check=False,
            text=True,
            encoding="utf-8",
            # Elsewhere than we are, so that no `.env` names the shared library either.
            cwd=self._folder,
            env={**known, "POLICY_DATA_DIR": str(self._kept)},
        )
        if not self.library.documents():
            raise LibraryError(f"{self.name} 未能读取：{_reason(done)}")


class Attachments:
    """Takes attached files, and lets few of them be read at once.

    Args:
        settings: of the answers.
    """

    def __init__(self, settings: AssistantSettings) -> None:
        self._settings = settings
        self._readers = Semaphore(_AT_ONCE)

    def take(self, name: str, data: bytes) -> Attachment:
        """Take a file.

        Args:
            name: its name; folders in it are ignored.
            data: its bytes.

        Raises:
            LibraryError: the name names no file.
        """
        return Attachment(name, data, self._settings, self._readers)


def _reason(done: subprocess.CompletedProcess[str]) -> str:
    try:
        failed = json.loads(done.stdout)["failed"]
    except ValueError:
        failed = []
    if failed:
        return str(failed[0]["reason"])
    said = done.stderr.strip().splitlines()
    return said[-1] if said else own_words("其中没有可收录的文字")


def _discard(library: PolicyLibrary, folder: TemporaryDirectory[str]) -> None:
    library.close()
    folder.cleanup()
