"""Steps sent to a collector of OpenTelemetry (extra `traces`), in batches and by a thread of its own.

The provider is not that of the process: what other packages would trace, some of it with the texts that they
are given, stays untraced.
"""

from __future__ import annotations

import atexit
import logging
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from urllib.parse import urlsplit

import requests
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from vectorstore.endpoints import LOOPBACK
from vectorstore.languages.catalogue import say
from vectorstore.steps import Step, Value

_log = logging.getLogger("vectorstore")
_PATH = "/v1/traces"
_SECONDS = 3.0
_WAITING, _BATCH, _EVERY_MILLISECONDS = 2_048, 512, 1_000


class Traces(Step):
    """What every trace of this process begins within.

    A collector that is away or slow costs an answer nothing: what does not fit the queue is lost.

    Args:
        url: the collector's address, with or without the path of the protocol.
    """

    def __init__(self, url: str) -> None:
        self._sending = _Sending(url)
        about = {"service.name": "policy-assistant", "service.version": version("policy-assistant")}
        self._provider = TracerProvider(resource=Resource.create(about), shutdown_on_exit=False)
        self._provider.add_span_processor(
            BatchSpanProcessor(self._sending, _WAITING, _EVERY_MILLISECONDS, _BATCH)
        )
        self._tracer = self._provider.get_tracer("policy-assistant")
        atexit.register(self.end)

    def begin(self, name: str) -> Step:
        """Begin a trace."""
        return _Traced(self._tracer, self._tracer.start_span(name, Context()))

    def begin_request(self, headers: Mapping[str, str]) -> Step:
        """Begin a trace, or go on with the one that the header `traceparent` names."""
        within = TraceContextTextMapPropagator().extract(headers, Context())
        return _Traced(self._tracer, self._tracer.start_span("request", within, SpanKind.SERVER))

    def end(self, error: BaseException | None = None) -> None:
        """Send what is left, as the process does when it ends; a collector that is away holds nobody up."""
        self._sending.last()
        self._provider.shutdown()


class _Traced(Step):
    def __init__(self, tracer: Tracer, span: Span) -> None:
        self._tracer = tracer
        self._span = span

    def begin(self, name: str) -> Step:
        return _Traced(
            self._tracer, self._tracer.start_span(name, set_span_in_context(self._span, Context()))
        )

    def tell(self, **told: Value) -> None:
        for name, value in told.items():
            self._span.set_attribute(name if "." in name else f"policy.{name}", value)

    def end(self, error: BaseException | None = None) -> None:
        if error is not None:
            # Its text may hold what somebody asked.
            self._span.set_attribute("error.type", type(error).__name__)
            self._span.set_status(StatusCode.ERROR)
        self._span.end()


class _Sending(SpanExporter):
    """Sends batches, and says in one line when the collector has gone, not for each batch."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
        base = url.rstrip("/").removesuffix(_PATH)
        session = requests.Session()
        # A proxy from the environment cannot reach this machine's own loopback interface.
        session.trust_env = parts.hostname not in LOOPBACK
        self._exporter = OTLPSpanExporter(f"{base}{_PATH}", timeout=_SECONDS, session=session)
        self._away = self._last = False
        # Each try is told there, in a line of its own.
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL + 1)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        if self._last and self._away:
            return SpanExportResult.FAILURE
        result = self._exporter.export(spans)
        away = result is not SpanExportResult.SUCCESS
        if away and not self._away:
            told = say(
                "无法向 {host} 发送链路追踪，请检查 POLICY_TRACES_URL；问答和收录不受影响", host=self._host
            )
            _log.warning(told)
        self._away = away
        return result

    def last(self) -> None:
        """From now on a failure is the last try."""
        self._last = True

    def shutdown(self) -> None:
        self._exporter.shutdown()  # type: ignore[no-untyped-call]
