"""Names that people give to files, and what they may be written under."""

from __future__ import annotations

from pathlib import Path, PurePath

from vectorstore.errors import LibraryError

# What file systems take of a name.
_NAME_BYTES = 255
_NAME_SHOWN = 20


def plain_name(name: str) -> str:
    """Return a file's name without folders, fit to be written under.

    Args:
        name: as a browser tells it.

    Raises:
        LibraryError: it names no file, or is too long.
    """
    plain = PurePath(name.replace("\\", "/")).name
    if not plain.strip() or plain.startswith(".") or not plain.isprintable():
        raise unusable_name(name)
    if len(plain.encode()) > _NAME_BYTES:
        raise LibraryError(f"文件名 {plain[:_NAME_SHOWN]}… 过长，请改短后再上传")
    return plain


def unusable_name(name: str) -> LibraryError:
    """Return what says that a name cannot be used; whatever the reason is, it is told in the same words.

    Args:
        name: of the file.
    """
    return LibraryError(f"文件名 {name!r} 无法使用，请改名后再上传")


def is_anothers(file: Path) -> bool:
    """Say whether what is kept under a name would be, or become, that of another file.

    Args:
        file: where it would be kept.
    """
    # What lies in an archive is called by the archive's name with this mark.
    if "#" in file.name:
        return True
    # A disk that knows no capitals finds one file under several names.
    return file.exists() and file.name not in {one.name for one in file.parent.iterdir()}
