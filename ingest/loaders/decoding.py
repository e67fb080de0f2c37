"""Bytes to text, in whatever encoding an office saved it."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from ingest.loaders.legibility import share_in_use
from vectorstore.errors import UnreadableFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Ten times its size is what a text takes while it is read: within the memory that one file may take.
MAX_BYTES = 250_000_000
_SAMPLE_BYTES = 200_000
_IN_USE = 0.95
# The characters that make up about a third of any Chinese text, in both scripts.
_COMMON = frozenset(
    "的是不了在有人中大为和国地上以要时会发展业产区市工作年建设推进加强政府企实施项目规划经济社全高新"
    "為國時會發業產區設進強實規劃經濟應於與對開關體這個來們動學長資"
    "，。、；：（）《》“”"
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,20})""", re.IGNORECASE)
_DECLARED_BYTES = 4_000
# What is declared by these names is often written with characters of the larger set.
_SUPERSETS = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big-5": "big5hkscs", "x-x-big5": "big5hkscs", "cp950": "big5hkscs",
}  # fmt: skip
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN = re.compile(r"[㐀-鿿]")


def recognises(data: bytes, name: str) -> bool:
    """Tell text from binary by the control bytes in it; UTF-16 and UTF-32 only with their byte order mark."""
    del name
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return True
    sample = data[:_SAMPLE_BYTES]
    return b"\x00" not in sample and len(_CONTROL.findall(sample)) <= len(sample) // 1000


def decode(data: bytes) -> str:
    """Decode text: byte order mark, UTF-8, the declared charset, then whichever reads as common Chinese.

    UTF-8 goes before what is declared: bytes that are not UTF-8 hardly ever pass for it, while servers often
    change the bytes and leave the declaration.

    Args:
        data: the whole file.

    Returns:
        Its text, line ends as line feeds.

    Raises:
        UnreadableFileError: too much for one document, or no encoding makes sense of the bytes.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(f"文字超过 {MAX_BYTES // 1_000_000} MB，请拆分为单份文件后再收录")
    text = (
        _by_mark(data)
        or _by_utf8(data)
        or _by_declaration(data)
        or _by_common_characters(data)
        or _by_statistics(data)
    )
    if not text:
        raise UnreadableFileError("无法识别文字编码；请用 UTF-8 或 GB18030 另存后再试")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _by_mark(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return ""
    return ""


def _by_utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut off in the middle of its last character is still UTF-8.
        if error.start >= len(data) - 3 and error.start > 0:
            return data[: error.start].decode("utf-8")
        return ""


def _by_declaration(data: bytes) -> str:
    """Decode by the charset that a page or an XML file declares, unless another one plainly reads better."""
    found = _DECLARED.search(data[:_DECLARED_BYTES])
    if not found:
        return ""
    name = found.group(1).decode("ascii").lower()
    try:
        text = data.decode(_SUPERSETS.get(name, name))
    except (UnicodeDecodeError, LookupError):
        return ""
    return text if _share_of_common(text) > 0 or not _by_common_characters(data) else ""


def _by_common_characters(data: bytes) -> str:
    best, best_share = "", 0.2
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = _share_of_common(text)
        if share > best_share:
            best, best_share = text, share
    return best


def _share_of_common(text: str) -> float:
    wide = [character for character in text[:20_000] if ord(character) > 0x7F]
    return sum(character in _COMMON for character in wide) / len(wide) if wide else 0.0


def _by_statistics(data: bytes) -> str:
    """Decode what is too short for common words: by the signs that each standard has for everyday use."""
    read = {encoding: _decoded(data, encoding) for encoding in ("gb18030", "big5hkscs")}
    best = max(read.values(), key=share_in_use)
    if share_in_use(best) >= _IN_USE:
        return best
    match = from_bytes(data[:_SAMPLE_BYTES]).best()
    if match is None:
        return ""
    try:
        text = data.decode(match.encoding)
    except (UnicodeDecodeError, LookupError):
        return ""
    han = len(_HAN.findall(text[:20_000]))
    return text if han * 5 >= len(text[:20_000].strip()) or text.isascii() else ""


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""
