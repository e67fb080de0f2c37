"""A small real collector of OpenTelemetry: it takes OTLP over HTTP and keeps what comes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue

# Seconds to wait for spans, on a machine that has other things to do.
PATIENCE = 120


@dataclass(frozen=True)
class Got:
    """A span as it came.

    Attributes:
        begun: when it began, in nanoseconds since the epoch.
        told: name of an attribute → its value.
        failed: whether its status says so.
    """

    name: str
    trace: bytes
    id: bytes
    parent: bytes
    begun: int
    told: dict[str, Any]
    failed: bool


class Collector:
    """What came so far.

    Attributes:
        url: its address, as a setting has it.
        bodies: each request's body, as it came.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.bodies: list[bytes] = []
        self._changed = threading.Condition()

    def take(self, body: bytes) -> None:
        """Keep a body."""
        with self._changed:
            self.bodies.append(body)
            self._changed.notify_all()

    def await_span(self, name: str, since: int = 0) -> Got:
        """Return the only span of a name that began since then, once it has come."""

        def come() -> list[Got]:
            return [span for span in self.spans if span.name == name and span.begun >= since]

        with self._changed:
            assert self._changed.wait_for(come, PATIENCE), f"{name} is missing: {self.spans}"
            (span,) = come()
            return span

    @property
    def spans(self) -> list[Got]:
        """All spans."""
        return [
            Got(
                span.name,
                span.trace_id,
                span.span_id,
                span.parent_span_id,
                span.start_time_unix_nano,
                {one.key: _value(one.value) for one in span.attributes},
                span.status.code == span.status.STATUS_CODE_ERROR,
            )
            for body in self.bodies
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    @property
    def text(self) -> str:
        """All that was said, as people read it."""
        return "".join(str(ExportTraceServiceRequest.FromString(body)) for body in self.bodies)


def _value(value: AnyValue) -> Any:
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [_value(one) for one in value.array_value.values]
    return getattr(value, kind) if kind else None


class _Handler(BaseHTTPRequestHandler):
    collector: Collector

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep the tests' output clean."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        right = self.path == "/v1/traces" and self.headers["Content-Type"] == "application/x-protobuf"
        if right:
            self.collector.take(body)
        self.send_response(200 if right else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def collecting() -> Iterator[Collector]:
    """Run a collector for the length of a block."""

    class Handler(_Handler):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Handler.collector = Collector(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield Handler.collector
        server.shutdown()
        thread.join()
