"""What Prometheus reads of the API and of the page."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from assistant import Assistant
from assistant.observing.metrics import Metrics
from assistant.observing.observing import wanted_metrics
from assistant.settings import AssistantSettings
from tests.assistant.answering import settings
from tests.assistant.api.serving import PATIENCE, serving
from tests.assistant.asking import Filled, filled
from tests.assistant.breaking import unreadable
from tests.assistant.ui.browser import served
from tests.openai_server import OpenAIServer, Reply
from vectorstore.errors import SettingsError

TEXTS = {"规划.txt": "云岭市产业规划\n\n到2030年，产业规模力争达到300亿元。\n"}
QUESTION = "云岭市2030年产业规模目标是多少？"
KEY = "right-key"


def read(text: str) -> dict[str, float]:
    """Return sample with its labels → value."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def counted(metrics: Metrics) -> dict[str, float]:
    return read(metrics.text().decode())


def test_questions_searches_and_checks_are_counted_apart(library_of: Filled) -> None:
    library = library_of(TEXTS)
    metrics = Metrics(library)
    assistant = Assistant(library, AssistantSettings(), observer=metrics)
    _ = assistant.ask(QUESTION).answer
    _ = assistant.ask("火星基地的食堂几点开门？").answer
    assistant.ask(QUESTION).close()
    assistant.search("产业规模")
    list(assistant.verify("到2030年，云岭市产业规模力争达到500亿元。"))
    told = counted(metrics)
    assert told["policy_questions_total extractive sure"] == 1
    assert told["policy_questions_total extractive refused"] == 1
    assert told["policy_answer_seconds_count extractive"] == 2
    # Neither the search of a question nor that of a sentence is one that somebody asked for.
    assert told["policy_search_seconds_count"] == 1
    assert told["policy_checked_sentences_total differs"] == told["policy_check_seconds_count"] == 1
    assert told["policy_model_failures_total"] == 0
    assert told["policy_library_documents"] == 1
    assert told["policy_library_passages"] == len(list(library.passages()))
    assert told["policy_library_generation"] == library.generation


def test_a_question_that_is_given_up_or_breaks_is_told_as_that(
    library_of: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    metrics = Metrics(library_of(TEXTS))
    assistant = Assistant(library_of(TEXTS), AssistantSettings(), observer=metrics)
    stream = assistant.ask(QUESTION)
    next(iter(stream))
    stream.close()

    def broken(*_: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(assistant, "understand", broken)
    with pytest.raises(RuntimeError):
        _ = assistant.ask(QUESTION).answer
    told = counted(metrics)
    assert told["policy_questions_total extractive stopped"] == 1
    assert told["policy_questions_total extractive failed"] == 1
    assert "policy_answer_seconds_count extractive" not in told


def test_a_model_that_fails_is_counted(library_of: Filled, openai_server: OpenAIServer) -> None:
    metrics = Metrics(library_of(TEXTS))
    openai_server.replies(Reply(status=500))
    assistant = Assistant(library_of(TEXTS), settings(openai_server), observer=metrics)
    assert assistant.ask(QUESTION).answer.mode == "extractive"
    assert counted(metrics)["policy_model_failures_total"] == 1


def test_no_word_of_a_question_or_a_document_is_told(library_of: Filled) -> None:
    metrics = Metrics(library_of(TEXTS))
    _ = Assistant(library_of(TEXTS), AssistantSettings(), observer=metrics).ask(QUESTION).answer
    assert not re.search(r"[一-鿿]", metrics.text().decode())


def test_a_library_that_is_gone_is_told_and_stops_nothing(tmp_path: Path) -> None:
    with filled(tmp_path, TEXTS) as library:
        metrics = Metrics(library)
        with unreadable(tmp_path):
            told = counted(metrics)
        assert told["policy_library_ready"] == 0
        assert "policy_library_passages" not in told
        assert counted(metrics)["policy_library_ready"] == 1


def test_metrics_are_made_where_they_are_wanted_alone(
    library_of: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = library_of(TEXTS)
    assert wanted_metrics(AssistantSettings(), library) is None
    assert wanted_metrics(AssistantSettings(policy_metrics=True), library)
    monkeypatch.setitem(sys.modules, "assistant.observing.metrics", None)
    with pytest.raises(SettingsError, match=r"policy-assistant\[metrics\]"):
        wanted_metrics(AssistantSettings(policy_metrics=True), library)


def scraped(url: str, key: str) -> httpx2.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx2.get(f"{url}/metrics", headers=headers, trust_env=False, timeout=PATIENCE)


def test_the_service_tells_holders_of_the_key_alone(library_of: Filled) -> None:
    library = library_of(TEXTS)
    with serving(library, AssistantSettings(), KEY, metrics=Metrics(library)) as url:
        assert scraped(url, "wrong").status_code == 401
        answer = scraped(url, KEY)
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert read(answer.text)["policy_library_ready"] == 1
    with serving(library, AssistantSettings(), KEY) as url:
        assert scraped(url, KEY).status_code == 404


def test_the_page_tells_holders_of_the_key_alone(tmp_path: Path) -> None:
    filled(tmp_path, TEXTS).close()
    with served(tmp_path, environment={"POLICY_METRICS": "true", "POLICY_API_KEY": KEY}) as url:
        assert scraped(url, "wrong").status_code == 401
        assert read(scraped(url, KEY).text)["policy_library_documents"] == 1
