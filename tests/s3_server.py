"""A small real S3 server in memory: objects, uploads in parts, lists in pages, for one access key."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "policies"
ACCESS_KEY = "test-access-key"
SECRET_KEY = "test-secret-key"  # noqa: S105
# So few, that every longer list is read in several pages.
_PAGE = 3
_SIGNED = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/]+)/")


class S3Server:
    """What is stored, and how the server behaves.

    Attributes:
        url: its address, as `AWS_ENDPOINT_URL` has it.
        objects: key → bytes.
        requests: method and key of each request.
        cuts_uploads: whether it hangs up in the middle of what is sent to it.
    """

    def __init__(self) -> None:
        self.url = ""
        self.objects: dict[str, bytes] = {}
        self.written: dict[str, datetime] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.requests: list[tuple[str, str]] = []
        self.cuts_uploads = False
        self._server: ThreadingHTTPServer | None = None

    def start(self, port: int = 0) -> None:
        """Listen, on the port of before if there was one."""
        store = self

        class Handler(_Handler):
            s3 = store

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Answer nobody for the length of the block."""
        self.stop()
        try:
            yield
        finally:
            self.start(urlsplit(self.url).port or 0)

    def environment(self) -> dict[str, str]:
        """Return what a process needs to reach it."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_REGION": "us-east-1",
        }

    def put(self, key: str, data: bytes) -> None:
        """Store an object."""
        self.objects[key], self.written[key] = data, datetime.now(UTC)


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Run a server with one empty bucket."""
    server = S3Server()
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    s3: S3Server

    def handle_one_request(self) -> None:
        # A connection from before the server went away must not outlive it.
        self.close_connection = True
        super().handle_one_request()
        self.close_connection = True

    def log_message(self, *told: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if not (known := self._known()):
            return
        key, query = known
        if not key:
            self._list(query.get("prefix", ""), query.get("continuation-token", ""))
        elif (data := self.s3.objects.get(key)) is None:
            self._refuse(404, "NoSuchKey")
        else:
            self._answer(200, data, ETag=f'"{_etag(data)}"', Last_Modified=_http(self.s3.written[key]))

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        if not (known := self._known()):
            return
        key, query = known
        if (data := self._body()) is None:
            return
        if hashlib.sha256(data).hexdigest() != self.headers["x-amz-content-sha256"]:
            self._refuse(400, "XAmzContentSHA256Mismatch")
            return
        if "uploadId" in query:
            self.s3.parts[query["uploadId"]][int(query["partNumber"])] = data
        else:
            self.s3.put(key, data)
        self._answer(200, b"", ETag=f'"{_etag(data)}"')

    def do_POST(self) -> None:
        if not (known := self._known()):
            return
        key, query = known
        self._body()
        if "uploads" in query:
            upload = f"upload-{len(self.s3.parts)}"
            self.s3.parts[upload] = {}
            told = f"<UploadId>{upload}</UploadId>"
            self._xml("InitiateMultipartUploadResult", told)
        else:
            parts = self.s3.parts.pop(query["uploadId"])
            self.s3.put(key, b"".join(parts[number] for number in sorted(parts)))
            self._xml("CompleteMultipartUploadResult", f"<ETag>{_etag(self.s3.objects[key])}</ETag>")

    def do_DELETE(self) -> None:
        if not (known := self._known()):
            return
        key, query = known
        if "uploadId" in query:
            self.s3.parts.pop(query["uploadId"], None)
        else:
            self.s3.objects.pop(key, None)
        self._answer(204, b"")

    def _known(self) -> tuple[str, dict[str, str]] | None:
        """Return key and query of a request that may be answered."""
        address = urlsplit(self.path)
        bucket, _, key = unquote(address.path).lstrip("/").partition("/")
        query = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
        self.s3.requests.append((self.command, key or "?" + query.get("prefix", "")))
        signed = _SIGNED.match(self.headers.get("Authorization", ""))
        if not signed or signed[1] != ACCESS_KEY:
            self._refuse(
                403, "InvalidAccessKeyId", f"<AWSAccessKeyId>{signed and signed[1]}</AWSAccessKeyId>"
            )
        elif bucket != BUCKET:
            self._refuse(404, "NoSuchBucket")
        else:
            return key, query
        return None

    def _body(self) -> bytes | None:
        length = int(self.headers.get("Content-Length", 0))
        if self.s3.cuts_uploads and self.command == "PUT":
            self.rfile.read(length // 2)
            self.connection.close()
            return None
        return self.rfile.read(length)

    def _list(self, prefix: str, after: str) -> None:
        keys = sorted(key for key in self.s3.objects if key.startswith(prefix) and key > after)
        contents = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.s3.objects[key])}</Size>"
            f"<LastModified>{self.s3.written[key].isoformat(timespec='milliseconds')}</LastModified>"
            f"<ETag>{_etag(self.s3.objects[key])}</ETag></Contents>"
            for key in keys[:_PAGE]
        )
        more = keys[_PAGE:]
        last = f"<NextContinuationToken>{escape(keys[_PAGE - 1])}</NextContinuationToken>" if more else ""
        self._xml(
            "ListBucketResult", f"<IsTruncated>{'true' if more else 'false'}</IsTruncated>{last}{contents}"
        )

    def _refuse(self, status: int, code: str, more: str = "") -> None:
        if self.command in ("PUT", "POST"):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._xml("Error", f"<Code>{code}</Code>{more}", status)

    def _xml(self, root: str, inner: str, status: int = 200) -> None:
        self._answer(status, f'<?xml version="1.0" encoding="UTF-8"?><{root}>{inner}</{root}>'.encode())

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _etag(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _http(at: datetime) -> str:
    return at.strftime("%a, %d %b %Y %H:%M:%S GMT")
