"""Files that administrators upload: kept beside the originals, ingested by a process of their own.

The page goes on meanwhile, whatever a file does to the process that reads it.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from threading import Lock, Thread
from typing import IO, Any

from vectorstore.errors import LibraryError
from vectorstore.failures import refusal
from vectorstore.languages.language import own_words
from vectorstore.settings import UPLOADED, LibrarySettings
from vectorstore.whole_file import write_whole
from vectorstore.writing import expect

_log = logging.getLogger(__name__)

FOLDER = UPLOADED
# What file systems take of a name.
_NAME_BYTES = 255
_NAME_SHOWN = 20


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """What became of one file.

    Attributes:
        source: its name in the library.
        outcome: ingestion's word for it, as "added" or "failed".
        passages: how many passages it has.
        reason: why it failed, or "".
    """

    source: str
    outcome: str
    passages: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion has come.

    Attributes:
        done, total: files.
        files: what became of those that changed something or failed.
        ended: whether it is over.
        problem: why it could not be done at all, or "".
    """

    done: int = 0
    total: int = 0
    files: tuple[UploadedFile, ...] = ()
    ended: bool = False
    problem: str = ""


class Uploads:
    """The uploaded files of a library, and the process that ingests them.

    Args:
        settings: where the library is.
    """

    def __init__(self, settings: LibrarySettings) -> None:
        self._settings = settings
        self._folder = settings.uploads
        self._lock = Lock()
        self._progress: Progress | None = None

    def take(self, name: str, data: bytes, groups: Collection[str] = ()) -> None:
        """Keep a file; one of the same name is replaced.

        Args:
            name: its name; folders in it are ignored.
            data: its bytes.
            groups: who alone may see its document; none leaves that as it is, which is everybody at first.

        Raises:
            LibraryError: the name names no file, or the file cannot be kept.
        """
        plain = plain_name(name)
        if groups:
            # Before an ingestion, perhaps one that goes on already, finds the file.
            expect(self._settings, f"{FOLDER}/{plain}", groups)
        try:
            write_whole(self._folder / FOLDER / plain, [data])
        except OSError as error:
            raise LibraryError(f"{plain} 未能保存：{refusal(error)}；请检查数据目录的空间和权限") from None

    def drop(self, source: str) -> None:
        """Delete the uploaded file of a document that is taken out; one that came otherwise has none here."""
        folder, _, name = source.partition("/")
        if folder == FOLDER and name and name == PurePath(name).name:
            (self._folder / FOLDER / name).unlink(missing_ok=True)

    def ingest(self) -> None:
        """Ingest what was uploaded; while that goes on, nothing is begun anew."""
        with self._lock:
            if self._progress is not None and not self._progress.ended:
                return
            self._progress = Progress()
        Thread(target=self._run, name="uploads", daemon=True).start()

    def progress(self) -> Progress | None:
        """Return how far the last ingestion has come; None where there was none, or it was dismissed."""
        return self._progress

    def dismiss(self) -> None:
        """Forget the last ingestion once it is over."""
        with self._lock:
            if self._progress is not None and self._progress.ended:
                self._progress = None

    def _run(self) -> None:
        # Its own settings, as a process of ours would read them; the folders may be relative to ours.
        data = {"POLICY_DATA_DIR": str(self._settings.policy_data_dir.resolve())}
        if place := self._settings.policy_files_dir:
            data["POLICY_FILES_DIR"] = str(place.resolve() if isinstance(place, Path) else place)
        before = self._files() if self._settings.bucket else {}
        command = [sys.executable, "-P", "-m", "ingest", str(self._folder), "--follow"]
        try:
            process = subprocess.Popen(  # noqa: S603
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env={**os.environ, **data},
            )
            with process:
                self._follow(process, before)
        except Exception:
            _log.exception("uploaded files could not be ingested")
            self._end(own_words("收录未能进行，请管理员查看服务日志"))

    def _files(self) -> dict[Path, int]:
        """Return what was uploaded, and when each file was written."""
        return {file: file.stat().st_mtime_ns for file in (self._folder / FOLDER).glob("[!.]*")}

    def _forget(self, before: Mapping[Path, int]) -> None:
        """Delete uploads that are in the library, where their originals are in a bucket.

        Another machine may take their documents out or renew them: this one must not bring them back.
        """
        progress = self._progress or Progress()
        failed = tuple(file.source for file in progress.files if file.outcome == "failed")
        for file, written in before.items():
            source = f"{FOLDER}/{file.name}"
            is_bad = any(one == source or one.startswith(f"{source}#") for one in failed)
            if not is_bad and self._files().get(file) == written:
                file.unlink(missing_ok=True)

    def _follow(self, process: subprocess.Popen[str], before: Mapping[Path, int]) -> None:
        if process.stdout is None or process.stderr is None:
            raise RuntimeError("the process has no output to follow")
        said: list[str] = []
        listener = Thread(target=_collect, args=(process.stderr, said), daemon=True)
        listener.start()
        for line in process.stdout:
            self._note(json.loads(line))
        listener.join()
        # 1 says that some files failed; each of them is among the lines.
        code = process.wait()
        known = self._progress.files if self._progress else ()
        failed = code not in (0, 1) and not any(file.outcome == "failed" for file in known)
        if not (said or failed):
            # Of a complaint, as that an original could not be stored, all wait for another time.
            self._forget(before)
        self._end((said[-1].strip() if said else own_words("收录未能完成，请重试")) if failed else "")

    def _note(self, step: dict[str, Any]) -> None:
        with self._lock:
            if self._progress is None:
                return
            files = self._progress.files
            if step["outcome"] not in ("", "unchanged"):
                files = (
                    *files,
                    UploadedFile(step["document"], step["outcome"], step["passages"], step["reason"]),
                )
            self._progress = replace(self._progress, done=step["done"], total=step["total"], files=files)

    def _end(self, problem: str) -> None:
        with self._lock:
            self._progress = replace(self._progress or Progress(), ended=True, problem=problem)


def plain_name(name: str) -> str:
    """Return a file's name without folders, fit to be written under.

    Args:
        name: as a browser tells it.

    Raises:
        LibraryError: it names no file, or is too long.
    """
    plain = PurePath(name.replace("\\", "/")).name
    if not plain.strip() or plain.startswith(".") or not plain.isprintable():
        raise LibraryError(f"文件名 {name!r} 无法使用，请改名后再上传")
    if len(plain.encode()) > _NAME_BYTES:
        raise LibraryError(f"文件名 {plain[:_NAME_SHOWN]}… 过长，请改短后再上传")
    return plain


def _collect(stream: IO[str], lines: list[str]) -> None:
    lines.extend(line for line in stream if line.strip())
