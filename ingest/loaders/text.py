"""Plain text in whatever encoding an office saved it."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from ingest.loaders import LoadedText
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
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN = re.compile(r"[㐀-鿿]")


def recognises(data: bytes, name: str) -> bool:
    """Tell text from binary by the control bytes in it; UTF-16 and UTF-32 only with their byte order mark."""
    del name
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return True
    sample = data[:_SAMPLE_BYTES]
    return b"\x00" not in sample and len(_CONTROL.findall(sample)) <= len(sample) // 1000


def load(data: bytes, name: str) -> LoadedText:
    """Read plain text.

    Raises:
        UnreadableFileError: no encoding makes sense of the bytes.
    """
    del name
    return LoadedText(format="txt", text=decode(data))


def decode(data: bytes) -> str:
    """Decode text: byte order mark, UTF-8, then GB18030 or Big5, whichever reads as common Chinese.

    Args:
        data: the whole file.

    Returns:
        Its text, line ends as line feeds.

    Raises:
        UnreadableFileError: too much for one document, or no encoding makes sense of the bytes.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(f"文字超过 {MAX_BYTES // 1_000_000} MB，请拆分为单份文件后再收录")
    text = _by_mark(data) or _by_utf8(data) or _by_common_characters(data) or _by_statistics(data)
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


def _by_common_characters(data: bytes) -> str:
    best, best_share = "", 0.2
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        wide = [character for character in text[:20_000] if ord(character) > 0x7F]
        share = sum(character in _COMMON for character in wide) / len(wide) if wide else 0.0
        if share > best_share:
            best, best_share = text, share
    return best


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
