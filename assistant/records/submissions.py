"""Files that the staff hand in for the library, which wait until an administrator takes them in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from assistant.records.file_names import plain_name
from assistant.records.stored_answers import new_id
from assistant.records.uploads import Uploads
from assistant.settings import AccessSettings
from vectorstore.errors import LibraryError
from vectorstore.failures import refusal
from vectorstore.settings import LibrarySettings

_ABOUT = "about.json"
_FILE = "file"
_RETURNED = "returned.json"
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Submission:
    """A file that waits.

    Attributes:
        id: unguessable.
        name: the file's name.
        who: who handed it in.
        at: when, in UTC.
        file: where it waits.
        groups: those of who handed it in, which its document will belong to.
    """

    id: str
    name: str
    who: str
    at: datetime
    file: Path
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that was turned away, for whoever handed it in.

    Attributes:
        id: unguessable.
        name: the file's name.
        reason: why, in an administrator's words.
    """

    id: str
    name: str
    reason: str


class Submissions:
    """The files that wait; none of them is read before an administrator takes it in.

    Args:
        settings: where the library is.
        uploads: takes what is approved.
        limits: how many may wait, and how much.
    """

    def __init__(self, settings: LibrarySettings, uploads: Uploads, limits: AccessSettings) -> None:
        self._folder = settings.submitted
        self._uploads = uploads
        self._limits = limits
        self._submitting = Lock()

    def submit(self, who: str, name: str, data: bytes, groups: Collection[str] = ()) -> None:
        """Let a file wait.

        Args:
            who: who hands it in.
            name: its name; folders in it are ignored.
            data: its bytes.
            groups: who alone may see its document once it is taken in; none: everybody.

        Raises:
            LibraryError: the name names no file, too much waits already, or the file cannot be kept.
        """
        plain = plain_name(name)
        # Two at once would both find the last place free.
        with self._submitting:
            self._check_room(plain, len(data))
            self._keep(plain, data, {"who": who, "groups": sorted(groups)})

    def _check_room(self, name: str, more: int) -> None:
        sizes = [_size(one.file) for one in self.waiting()]
        most, most_mb = self._limits.policy_submissions, self._limits.policy_submissions_mb
        if len(sizes) >= most:
            raise LibraryError(
                f"{name} 未能提交：等待审核的文件已达上限（{most} 份），请待管理员处理后再提交"
            )
        if sum(sizes) + more > most_mb * _MEGABYTE:
            raise LibraryError(
                f"{name} 未能提交：等待审核的文件合计不能超过 {most_mb:g} MB，请待管理员处理后再提交"
            )

    def _keep(self, plain: str, data: bytes, whose: Mapping[str, object]) -> None:
        place = self._folder / new_id()
        about = {"name": plain, **whose, "at": datetime.now(UTC).isoformat()}
        try:
            place.mkdir(parents=True)
            (place / _FILE).write_bytes(data)
            # Last: what has no description is not listed, so that nobody finds half a file.
            (place / _ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            raise LibraryError(f"{plain} 未能保存：{refusal(error)}；请检查数据目录的空间和权限") from None

    def waiting(self) -> tuple[Submission, ...]:
        """Return the files that wait, the first handed in first."""
        found = [self._read(about) for about in self._folder.glob(f"*/{_ABOUT}")]
        return tuple(sorted(found, key=lambda one: one.at))

    def approve(self, submission: Submission, within: Collection[str] | None = None) -> None:
        """Hand a file to the uploads, which ingest it with those of the administrators.

        Args:
            submission: the file.
            within: the only groups whose files may have the name already; None: anybody's may.

        Raises:
            LibraryError: it waits no longer, its name is another's, or it cannot be kept.
        """
        try:
            data = submission.file.read_bytes()
        except OSError:
            raise LibraryError(f"{submission.name} 已由他人处理") from None
        self._uploads.take(submission.name, data, submission.groups, within)
        shutil.rmtree(submission.file.parent, ignore_errors=True)

    def give_back(self, submission: Submission, reason: str) -> None:
        """Delete a file that waits, and keep the reason for whoever handed it in.

        Raises:
            LibraryError: no reason is given, it waits no longer, or that cannot be kept.
        """
        if not reason.strip():
            raise LibraryError("请填写退回的理由")
        place = submission.file.parent
        part = place / new_id()
        told = {"name": submission.name, "who": submission.who, "reason": reason.strip()}
        try:
            part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            # Of two who decide at once one finds it gone.
            (place / _ABOUT).unlink()
            part.replace(place / _RETURNED)
            submission.file.unlink()
        except FileNotFoundError:
            raise LibraryError(f"{submission.name} 已由他人处理") from None
        except OSError as error:
            raise LibraryError(
                f"{submission.name} 未能退回：{refusal(error)}；请检查数据目录的空间和权限"
            ) from None

    def returned(self, who: str) -> tuple[Returned, ...]:
        """Return the files of a person that were turned away and that the person has not put away yet."""
        found = []
        for file in self._folder.glob(f"*/{_RETURNED}"):
            told = json.loads(file.read_text(encoding="utf-8"))
            if told["who"] == who:
                found.append(Returned(file.parent.name, told["name"], told["reason"]))
        return tuple(sorted(found, key=lambda one: one.name))

    def put_away(self, who: str) -> None:
        """Forget what was turned away of a person."""
        for one in self.returned(who):
            shutil.rmtree(self._folder / one.id, ignore_errors=True)

    def _read(self, about: Path) -> Submission:
        told = json.loads(about.read_text(encoding="utf-8"))
        at = datetime.fromisoformat(told["at"])
        # One that an earlier version let wait has no groups.
        groups = frozenset(told.get("groups", ()))
        return Submission(about.parent.name, told["name"], told["who"], at, about.parent / _FILE, groups)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        # An administrator has just dealt with it.
        return 0
