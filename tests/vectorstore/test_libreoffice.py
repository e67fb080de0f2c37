"""What LibreOffice does with files that nobody vouches for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from vectorstore.errors import UnreadableFileError
from vectorstore.libreoffice import convert, program

pytestmark = pytest.mark.skipif(not program(), reason="LibreOffice (soffice) is not installed")
_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>港口<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">
<draw:image xlink:href="{}/picture.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
</office:text></office:body></office:document>"""  # noqa: E501


@contextmanager
def _server(asked: list[str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_a_file_refers_to_on_a_server_is_not_fetched() -> None:
    asked: list[str] = []
    with _server(asked) as address:
        made = convert(program(), _DOCUMENT.format(address).encode(), "fodt", "pdf")
    assert made.startswith(b"%PDF-")
    assert asked == []


def test_a_broken_file_is_one_line() -> None:
    with pytest.raises(UnreadableFileError, match="LibreOffice 无法打开"):
        convert(program(), b"PK\x03\x04" + b"\x00" * 2_000, "docx", "pdf")
