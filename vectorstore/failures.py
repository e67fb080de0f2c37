"""What the system, a disk or a database refused, in words for the user."""

from __future__ import annotations

import errno
import re
import shutil
from contextlib import suppress
from pathlib import Path

from vectorstore.errors import LibraryError, PolicyError
from vectorstore.languages.language import own_words

_NO_SPACE = own_words("磁盘空间不足，请清理后重试")
_READ_ONLY = own_words("没有写入权限，请检查目录权限或设置 POLICY_DATA_DIR")
_UNREADABLE = own_words("无法打开，请检查目录权限或设置 POLICY_DATA_DIR")
_DAMAGED = own_words("文件已损坏，请移走数据目录后用 policy-assistant restore 恢复备份，或重新收录")
_NO_ACCESS = own_words("没有权限，请检查文件和文件夹的权限")
_TOO_MANY = own_words("打开的文件过多")
_REFUSED = own_words(
    {
        errno.ENOENT: "文件或文件夹不存在，请检查路径",
        errno.EACCES: _NO_ACCESS,
        errno.EPERM: _NO_ACCESS,
        errno.EISDIR: "这是文件夹，请给出文件",
        errno.ENOTDIR: "路径中有一段不是文件夹",
        errno.EEXIST: "已经存在",
        errno.ENAMETOOLONG: "名称过长",
        errno.ELOOP: "链接互相指向",
        errno.ENOSPC: _NO_SPACE,
        errno.EDQUOT: "磁盘配额已用完",
        errno.EROFS: "所在的磁盘只读",
        errno.EIO: "磁盘读写出错",
        errno.EBUSY: "正被其他程序占用",
        errno.EMFILE: _TOO_MANY,
        errno.ENFILE: _TOO_MANY,
    }
)
# Of the library's own files another way out helps than of a file that somebody named.
_OF_LIBRARY = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
}
# Result codes: https://www.sqlite.org/rescode.html
_BY_SQLITE_NAME = {
    "SQLITE_FULL": _NO_SPACE,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CANTOPEN": _UNREADABLE,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_IOERR": own_words("读写出错，请检查磁盘空间和磁盘状态"),
    "SQLITE_BUSY": own_words("正被另一个程序占用，请稍后重试"),
}
# A change takes about this much besides what it keeps.
_LITTLE_BYTES = 20_000_000
_OS_ERROR = re.compile(r"\(os error (\d+)\)|\[Errno (\d+)\]")


def refusal(error: OSError) -> str:
    """Return in one Chinese phrase why the operating system refused.

    Args:
        error: what Python raised for it.
    """
    number = error.errno or 0
    code = errno.errorcode.get(number, str(number))
    return _REFUSED.get(number) or own_words(f"系统错误 {code}")


def unwritable(folder: Path, error: OSError) -> LibraryError:
    """Return the error that nothing can be written into the data folder.

    Args:
        folder: the data folder.
        error: what Python raised.
    """
    reason = storage_reason(error, folder) or own_words(
        f"无法写入（{refusal(error)}），请检查设置 POLICY_DATA_DIR"
    )
    return LibraryError(f"数据目录 {folder} {reason}")


def is_engine_failure(error: BaseException) -> bool:
    """Say whether an index's engine failed: on a failing disk it may raise anything, or panic (PyO3)."""
    ours = isinstance(error, PolicyError)
    return not ours and (isinstance(error, Exception) or type(error).__name__ == "PanicException")


def storage_reason(error: BaseException, place: Path) -> str:
    """Say in one Chinese phrase what the storage refused, or "" where it was something else.

    Args:
        error: what Python, SQLAlchemy, tantivy or Chroma raised; libraries in Rust put the system's error
            number into the text.
        place: what was read or written; a library that meets a full disk may say anything at all of it.
    """
    return _stated(error) or (_NO_SPACE if _free(place) < _LITTLE_BYTES else "")


def _stated(error: BaseException) -> str:
    # Who only reads a file does not wait for the database's library.
    from sqlalchemy.exc import DBAPIError

    if isinstance(error, DBAPIError):
        name = str(getattr(error.orig, "sqlite_errorname", ""))
        return next((said for known, said in _BY_SQLITE_NAME.items() if name.startswith(known)), "")
    number = error.errno if isinstance(error, OSError) else None
    found = _OS_ERROR.search(str(error))
    return _OF_LIBRARY.get(number or (int(found[1] or found[2]) if found else 0), "")


def _free(place: Path) -> int:
    for folder in (place, *place.absolute().parents):
        with suppress(OSError):
            return shutil.disk_usage(folder).free
    return _LITTLE_BYTES
