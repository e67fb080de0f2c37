"""Word files as they are printed: a PDF made by LibreOffice once, kept beside the original."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from vectorstore.errors import UnreadableFileError
from vectorstore.libreoffice import convert, program

FORMATS = frozenset({"docx", "doc", "rtf", "odt"})
_log = logging.getLogger(__name__)


class Layouts:
    """Makes printed forms, one after the other, in a thread beside the page.

    A form stands in the originals' folder under the name of its original and goes with it.
    """

    def __init__(self) -> None:
        self._one = threading.Lock()
        self._guard = threading.Lock()
        self._coming: set[Path] = set()
        self._failed: set[Path] = set()

    def ready(self, original: Path) -> Path | None:
        """Return the printed form of an original, or None.

        Args:
            original: a kept file.
        """
        form = _form_of(original)
        return form if form.is_file() else None

    def come(self, original: Path, kind: str) -> bool:
        """Let a printed form be made.

        Args:
            original: a kept file.
            kind: its format, one of `FORMATS`.

        Returns:
            Whether it is being made; LibreOffice may be missing, or unable to open the file.
        """
        command = program()
        with self._guard:
            if not command or original in self._failed:
                return False
            if original not in self._coming:
                self._coming.add(original)
                make = threading.Thread(target=self._make, args=(command, original, kind), daemon=True)
                make.start()
        return True

    def is_coming(self, original: Path) -> bool:
        """Whether a printed form is being made just now.

        Args:
            original: a kept file.
        """
        with self._guard:
            return original in self._coming

    def _make(self, command: str, original: Path, kind: str) -> None:
        form = _form_of(original)
        part = form.with_name(f".part-{form.name}")
        try:
            with self._one:
                part.write_bytes(convert(command, original.read_bytes(), kind, "pdf"))
                part.replace(form)
        except (UnreadableFileError, OSError) as error:
            _log.warning("no printed form of %s: %s", original.name, error)
            with self._guard:
                self._failed.add(original)
        finally:
            with self._guard:
                self._coming.discard(original)


def _form_of(original: Path) -> Path:
    return original.with_name(f"{original.name}.pdf")
