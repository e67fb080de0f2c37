"""Zip archives, read as a folder: every document inside is one of its own."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from operator import itemgetter
from pathlib import PurePosixPath

from ingest.loaders import Member, is_supported
from ingest.loaders import members as members_of
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.zipped import names_of, open_zip, read_member

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_MEMBER_MAX = 500_000_000
_TOTAL_MAX = 2_000_000_000
_DEPTH_MAX = 3
_UTF8 = 0x800
_HAN = re.compile(r"[㐀-鿿]")
_LINK = 0o120000
_KIND = 0o170000
# Formats that are zip files themselves.
_PARTS = ("word/", "xl/", "ppt/", "META-INF/manifest.xml", "META-INF/container.xml", "OFD.xml", "mimetype")


def recognises(data: bytes, name: str) -> bool:
    """Tell a zip archive that is not a document in a zipped format."""
    del name
    if not data.startswith(_MAGIC):
        return False
    return not any(part.startswith(_PARTS) for part in names_of(data))


def members(data: bytes, name: str) -> Iterator[Member]:
    """Take an archive apart, and the archives and exports in it.

    Nothing is written anywhere, so a name that points out of the archive is only refused for what it says.

    Args:
        data: the whole file.
        name: its name.

    Yields:
        The documents in the order of their names; those that cannot be read carry the reason.

    Raises:
        UnreadableFileError: it is broken or beyond the limits.
    """
    del name
    yield from _inside(data, 1, _Budget())


class _Budget:
    """How much an archive and the archives in it may come to when unpacked, all together."""

    def __init__(self) -> None:
        self.left = _TOTAL_MAX

    def spend(self, size: int) -> None:
        """Take a member's size off.

        Raises:
            UnreadableFileError: nothing is left.
        """
        self.left -= size
        if self.left < 0:
            raise UnreadableFileError("解压后的总量异常（疑似压缩炸弹），其余文件未读取")


def _inside(data: bytes, depth: int, budget: _Budget) -> Iterator[Member]:
    with open_zip(data) as opened:
        for name, info in _named(_files(opened)):
            if refused := _refusal(name, info):
                yield Member(name, b"", refused)
            elif not _is_hidden(name) and (is_supported(name) or name.lower().endswith(".zip")):
                yield from _documents(opened, info, name, depth, budget)


def _named(files: Iterable[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Files in the order of their names; of several under one name each later one gets a number."""
    seen: Counter[str] = Counter()
    for name, info in sorted(((_name_of(info), info) for info in files), key=itemgetter(0)):
        seen[name] += 1
        path = PurePosixPath(name)
        yield (name if seen[name] == 1 else str(path.with_stem(f"{path.stem}（{seen[name]}）"))), info


def _files(opened: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    return (info for info in opened.infolist() if info.filename and not info.is_dir())


def _documents(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int, budget: _Budget
) -> Iterator[Member]:
    """A member, or the documents in it where it holds several."""
    budget.spend(info.file_size)
    try:
        data = read_member(opened, info)
        if recognises(data, name):
            if depth == _DEPTH_MAX:
                yield Member(name, b"", own_words(f"压缩包套了 {_DEPTH_MAX} 层以上，未读取"))
                return
            inside: Iterator[Member] | None = _inside(data, depth + 1, budget)
        else:
            inside = members_of(data, name)
        if inside is None:
            yield Member(name, data)
            return
        for member in inside:
            yield Member(f"{name}#{member.name}", member.data, member.refused)
    except UnreadableFileError as error:
        yield Member(name, b"", str(error))


def _name_of(info: zipfile.ZipInfo) -> str:
    """A member's name; Windows writes Chinese ones in GB18030 without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeDecodeError):
                # Two bytes of GB18030 may pass for a letter of UTF-8, but not for a Chinese character.
                decoded = raw.decode(encoding)
                if decoded.isascii() or _HAN.search(decoded):
                    name = decoded
                    break
    return name.replace("\\", "/")


def _refusal(name: str, info: zipfile.ZipInfo) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name.partition("/")[0] or "\x00" in name:
        return own_words("压缩包内的路径指向包外，未读取")
    if (info.external_attr >> 16) & _KIND == _LINK:
        return own_words("是压缩包内的链接，未读取")
    if info.file_size > _MEMBER_MAX:
        return own_words(f"解压后超过 {_MEMBER_MAX // 1_000_000} MB，请拆分后再收录")
    return ""


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
