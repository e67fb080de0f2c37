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

from assistant.records.file_names import is_anothers, plain_name, unusable_name
from vectorstore.document_groups import is_within
from vectorstore.errors import LibraryError
from vectorstore.failures import refusal
from vectorstore.languages.language import own_words
from vectorstore.settings import UPLOADED, LibrarySettings
from vectorstore.whole_file import write_whole
from vectorstore.writing import expect

_log = logging.getLogger(__name__)

FOLDER = UPLOADED


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
        self._taking = Lock()
        self._taken: dict[str, frozenset[str]] = {}
        self._progress: Progress | None = None
        self._wanted = False

    def take(
        self, name: str, data: bytes, groups: Collection[str] = (), within: Collection[str] | None = None
    ) -> None:
        """Keep a file; one of the same name is replaced.

        Args:
            name: its name; folders in it are ignored.
            data: its bytes.
            groups: who alone may see its document; none leaves that as it is, which is everybody at first.
            within: the only groups whose files may have the name already; None: anybody's may.

        Raises:
            LibraryError: the name names no file, is another's, or the file cannot be kept.
        """
        plain = plain_name(name)
        file = self._folder / FOLDER / plain
        # What is kept under a name must be of whom the name was claimed for.
        with self._taking:
            if within is not None and (not groups or is_anothers(file)):
                raise unusable_name(plain)
            # Before an ingestion, perhaps one that goes on already, finds the file.
            source, there = f"{FOLDER}/{plain}", file.exists()
            if groups and not expect(self._settings, source, groups, within, there=there):
                raise unusable_name(plain)
            self._taken[source] = frozenset(groups)
            try:
                write_whole(file, [data])
            except OSError as error:
                raise LibraryError(
                    f"{plain} 未能保存：{refusal(error)}；请检查数据目录的空间和权限"
                ) from None

    def drop(self, source: str) -> None:
        """Delete the uploaded file of a document that is taken out; one that came otherwise has none here."""
        folder, _, name = source.partition("/")
        if folder == FOLDER and name and name == PurePath(name).name:
            (self._folder / FOLDER / name).unlink(missing_ok=True)

    def ingest(self) -> None:
        """Ingest what was uploaded; while that goes on, it is done once more when it is over."""
        with self._lock:
            self._wanted = True
            if self._progress is not None and not self._progress.ended:
                return
            self._progress = Progress()
        Thread(target=self._run, name="uploads", daemon=True).start()

    def progress(self) -> Progress | None:
        """Return how far the last ingestion has come; None where there was none, or it was dismissed."""
        return self._progress

    def progress_within(self, groups: Collection[str]) -> Progress | None:
        """Return how far the last ingestion has come with the files of groups alone, and no word of others.

        Args:
            groups: the only ones that a file may belong to.
        """
        progress = self._progress
        if progress is None:
            return None
        files = tuple(file for file in progress.files if is_within(self._whose(file.source), groups))
        problem = own_words("收录未能完成，请重试") if progress.problem else ""
        return Progress(files=files, ended=progress.ended, problem=problem)

    def _whose(self, source: str) -> frozenset[str]:
        return self._taken.get(source.partition("#")[0], frozenset())

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
        command = [sys.executable, "-P", "-m", "ingest", str(self._folder), "--follow"]
        problem = ""
        while self._goes_on(problem):
            before = self._files() if self._settings.bucket else {}
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
                    problem = self._follow(process, before)
            except Exception:
                _log.exception("uploaded files could not be ingested")
                problem = own_words("收录未能进行，请管理员查看服务日志")

    def _goes_on(self, problem: str) -> bool:
        """Say whether files came meanwhile; else all is over, with what the last ingestion said."""
        with self._lock:
            wanted, self._wanted = self._wanted, False
            if not wanted:
                self._progress = replace(self._progress or Progress(), ended=True, problem=problem)
            return wanted

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

    def _follow(self, process: subprocess.Popen[str], before: Mapping[Path, int]) -> str:
        """Note what an ingestion tells; return why it could not be done at all, or ""."""
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
        return (said[-1].strip() if said else own_words("收录未能完成，请重试")) if failed else ""

    def _note(self, step: dict[str, Any]) -> None:
        with self._lock:
            if self._progress is None:
                return
            files = self._progress.files
            if step["outcome"] not in ("", "unchanged"):
                told = UploadedFile(step["document"], step["outcome"], step["passages"], step["reason"])
                # What failed before fails again where an ingestion was done once more.
                files = (*(file for file in files if file.source != told.source), told)
            self._progress = replace(self._progress, done=step["done"], total=step["total"], files=files)


def _collect(stream: IO[str], lines: list[str]) -> None:
    lines.extend(line for line in stream if line.strip())
