"""Web archives (MHTML, RFC 2557): a page and its pictures in one file; the page is read."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from ingest.loaders import LoadedText, decoding, html
from vectorstore.errors import UnreadableFileError

_HEAD = re.compile(
    rb"^(?:From|Subject|Date|MIME-Version|Content-Type|Snapshot-Content-Location):", re.IGNORECASE
)
_RELATED = re.compile(
    rb"^Content-Type:\s*multipart/related|^Content-Type:\s*text/html", re.IGNORECASE | re.MULTILINE
)
_HEAD_BYTES = 4_000


def recognises(data: bytes, name: str) -> bool:
    """Tell a web archive by the mail header that it begins with."""
    del name
    head = data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\r\n ")
    return bool(_HEAD.match(head) and _RELATED.search(head) and b"mime-version" in head.lower())


def load(data: bytes, name: str) -> LoadedText:
    """Read the first page of a web archive.

    Raises:
        UnreadableFileError: no page can be found in it.
    """
    del name
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n "), policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                page = html.read_page(decoding.decode(payload))
                return LoadedText(format="mht", blocks=page.blocks, given=page.given)
    raise UnreadableFileError("网页归档中没有网页，文件可能不完整")
