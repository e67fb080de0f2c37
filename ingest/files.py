"""Which files a path means: folders are read recursively, links and devices never."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.loaders import is_supported
from vectorstore.errors import UnreadableFileError
from vectorstore.failures import refusal
from vectorstore.languages.language import own_words

MAX_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A file to ingest, or one that will not be.

    Attributes:
        path: where it is.
        source: the name it has in the library: relative to the folder that was named, or the file's own.
        refused: why it cannot be ingested, or "".
        size: how large it was when it was found, in bytes.
    """

    path: Path
    source: str
    refused: str = ""
    size: int = 0


def find_files(paths: Sequence[Path]) -> list[Found]:
    """List the files that paths mean, in a fixed order, each source name once.

    Hidden files and folders are left out, and so are files of other kinds inside a folder; a file that is
    named itself is always tried.

    Args:
        paths: files and folders.

    Returns:
        The files; those that cannot be ingested, or would go by the name of another, carry the reason.
    """
    found: dict[str, Found] = {}
    namesakes: list[Found] = []
    for path in paths:
        for item in _in(path):
            first = found.setdefault(item.source, item)
            if first.path.absolute() != item.path.absolute():
                reason = own_words(f"与 {first.path} 同名，未读取；请从它们共同的上级文件夹收录")
                namesakes.append(Found(item.path, str(item.path), reason))
    return [*found.values(), *namesakes]


def _in(path: Path) -> Iterator[Found]:
    found = _look(path, path.name or str(path))
    if not found.refused and path.is_dir():
        yield from _in_folder(path)
    else:
        yield found


def _in_folder(folder: Path) -> Iterator[Found]:
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [*(name for name in folders if (Path(root) / name).is_symlink()), *sorted(names)]:
            path = Path(root) / name
            if name.startswith(".") or (not path.is_symlink() and not is_supported(name)):
                continue
            yield _look(path, path.relative_to(folder).as_posix())


def _look(path: Path, source: str) -> Found:
    """Look at a file without opening it, and refuse what is none."""
    try:
        seen = path.lstat()
    except FileNotFoundError:
        return Found(path, source, own_words("文件或文件夹不存在，请检查路径"))
    except OSError as error:
        return Found(path, source, own_words(f"无法访问：{refusal(error)}"))
    if stat.S_ISLNK(seen.st_mode):
        return Found(path, source, own_words("是符号链接，未读取；请指定它所指向的文件"))
    if not (stat.S_ISREG(seen.st_mode) or stat.S_ISDIR(seen.st_mode)):
        return Found(path, source, own_words("不是普通文件，未读取"))
    return Found(path, source, size=seen.st_size)


def read_whole(path: Path) -> bytes:
    """Read a file as it stands at one moment.

    Args:
        path: a regular file.

    Returns:
        Its bytes.

    Raises:
        UnreadableFileError: it cannot be opened, is too large, or changed while it was read.
    """
    try:
        # Without following a link, should one have taken the file's place meanwhile.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > MAX_BYTES:
                raise UnreadableFileError(f"文件超过 {MAX_BYTES // 1_000_000} MB，请拆分后再收录")
            data = file.read(before.st_size + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise UnreadableFileError(f"无法读取：{refusal(error)}") from error
    if len(data) != after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise UnreadableFileError("文件在读取时被改动，请待其写完后再收录")
    return data
