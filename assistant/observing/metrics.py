"""Counts and times for Prometheus (extra `metrics`); labels are of fixed sets, without words or names."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from assistant.checked_sentence import Finding
from assistant.observing.observer import Observer, Outcome
from assistant.readiness import readiness
from vectorstore.errors import PolicyError
from vectorstore.library import PolicyLibrary

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 180)


class Metrics(Observer):
    """Counts what it is told, and reads the library's size when it is asked.

    Args:
        library: what is asked about.
    """

    def __init__(self, library: PolicyLibrary) -> None:
        self._registry = registry = CollectorRegistry()
        self._questions = Counter(
            "policy_questions", "Questions by what became of them.", ("outcome", "mode"), registry=registry
        )
        self._answering = Histogram(
            "policy_answer_seconds",
            "From question to finished answer.",
            ("mode",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._gave_way = Counter(
            "policy_model_failures", "Answers in which no words of the model stood.", registry=registry
        )
        self._searching = Histogram(
            "policy_search_seconds", "Searches for passages.", buckets=_SECONDS, registry=registry
        )
        self._sentences = Counter(
            "policy_checked_sentences", "Sentences of drafts by finding.", ("finding",), registry=registry
        )
        self._checking = Histogram(
            "policy_check_seconds", "A sentence of a draft.", buckets=_SECONDS, registry=registry
        )
        registry.register(_LibrarySize(library))

    def asked(self, outcome: Outcome, mode: str, seconds: float, *, gave_way: bool = False) -> None:
        """Count a question."""
        self._questions.labels(outcome.value, mode).inc()
        if outcome not in (Outcome.FAILED, Outcome.STOPPED):
            self._answering.labels(mode).observe(seconds)
        if gave_way:
            self._gave_way.inc()

    def searched(self, seconds: float) -> None:
        """Count a search."""
        self._searching.observe(seconds)

    def checked(self, finding: Finding, seconds: float) -> None:
        """Count a sentence."""
        self._sentences.labels(finding.value).inc()
        self._checking.observe(seconds)

    def text(self) -> bytes:
        """Return all of it in Prometheus' format."""
        return generate_latest(self._registry)


class _LibrarySize(Collector):
    """Reads how the library is; what it holds is counted once for each of its states."""

    def __init__(self, library: PolicyLibrary) -> None:
        self._library = library
        self._counted = (-1, 0, 0)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what is known now; where the library cannot be read, that alone."""
        found = readiness(self._library)
        yield GaugeMetricFamily(
            "policy_library_ready", "1 while the library can be read.", int(not found.reason)
        )
        if found.reason:
            return
        try:
            generation, documents, passages = self._counts(found.generation)
        except PolicyError:
            return
        yield GaugeMetricFamily("policy_library_generation", "Rises with every change.", generation)
        yield GaugeMetricFamily("policy_library_documents", "Documents.", documents)
        yield GaugeMetricFamily("policy_library_passages", "Passages.", passages)

    def _counts(self, generation: int) -> tuple[int, int, int]:
        if self._counted[0] != generation:
            ids = [document.id for document in self._library.documents()]
            passages = sum(self._library.passage_counts(ids).values())
            self._counted = (generation, len(ids), passages)
        return self._counted
