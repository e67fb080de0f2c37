"""Opening zip files that strangers made: within limits of number, size and compression, without a DTD."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words

MAX_MEMBERS = 20_000
MAX_BYTES = 1_000_000_000
_MAX_RATIO = 200
_SMALL = 10_000_000
_BROKEN = own_words("压缩结构已损坏，请重新获取或另存一份")
_DEFINED = own_words("文件内部的 XML 带有实体定义，为安全起见未读取")
_ENCRYPTED = 0x1
_HEAD_BYTES = 20_000


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a zip file whose directory keeps within the limits.

    Args:
        data: the whole file.

    Returns:
        The open file; `read_member` holds its members to what the directory says.

    Raises:
        UnreadableFileError: it is broken or beyond the limits.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise UnreadableFileError(_BROKEN) from error
    members = opened.infolist()
    if len(members) > MAX_MEMBERS:
        raise UnreadableFileError(f"压缩包内的文件超过 {MAX_MEMBERS} 个，请拆分后再收录")
    total = sum(member.file_size for member in members)
    if total > MAX_BYTES or (total > _SMALL and total > _MAX_RATIO * len(data)):
        raise UnreadableFileError("解压后的大小异常（疑似压缩炸弹），未读取")
    return opened


def read_member(opened: zipfile.ZipFile, member: str | zipfile.ZipInfo) -> bytes:
    """Read one member, never more than the directory promises.

    Raises:
        UnreadableFileError: it is missing, broken, encrypted or longer than promised.
    """
    try:
        info = opened.getinfo(member) if isinstance(member, str) else member
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableFileError("压缩包有密码保护，请解除密码后再收录")
        with opened.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except (
        KeyError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        EOFError,
    ) as error:
        raise UnreadableFileError(_BROKEN) from error
    if len(data) != info.file_size:
        raise UnreadableFileError(_BROKEN)
    return data


def names_of(data: bytes) -> frozenset[str]:
    """The names in a zip file's directory; none where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return frozenset(opened.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return frozenset()


def refuse_definitions(opened: zipfile.ZipFile) -> None:
    """Refuse a package whose XML parts define entities, for readers that parse them by themselves.

    Raises:
        UnreadableFileError: a part has a document type definition.
    """
    for info in opened.infolist():
        if info.filename.endswith((".xml", ".rels")) and info.file_size:
            with opened.open(info) as stream:
                head = stream.read(_HEAD_BYTES).replace(b"\x00", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise UnreadableFileError(_DEFINED)


def read_part(package: zipfile.ZipFile, name: str, missing: str) -> etree._Element:
    """Read a part of a package of XML.

    Args:
        package: the open package.
        name: the part's.
        missing: what is told where it is not there, in Chinese.

    Raises:
        UnreadableFileError: it is missing or broken, or has a document type definition.
    """
    if name not in package.namelist():
        raise UnreadableFileError(missing)
    return parse_xml(read_member(package, name))


def elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a name, whatever namespace the writer gave them."""
    yield from root.iter(f"{{*}}{name}")


def part_name(folder: str, place: str) -> str:
    """Return a part's name; a place that begins with a slash counts from the package's root."""
    return posixpath.normpath(posixpath.join("/", folder, place)).lstrip("/")


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML that defines no entities and fetches nothing.

    Raises:
        UnreadableFileError: it is broken, or has a document type definition.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError("文件内部的 XML 已损坏，请重新获取或另存一份") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFileError(_DEFINED)
    return root
