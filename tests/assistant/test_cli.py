"""`ask` and `search` keep the contract that other people's scripts rely on."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from tests.assistant.asking import Run, question_file, records
from tests.assistant.modelled import number_of
from tests.openai_server import OpenAIServer, Reply
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

QUESTION = "海岬高新区2030年地区生产总值目标是多少？"
# fmt: off
ANSWER_KEYS = [
    "id", "question", "query", "text", "refused", "certainty", "mode", "notices", "seconds", "citations",
    "statements",
]
CITATION_KEYS = [
    "number", "document", "document_id", "title", "status", "section", "label", "page", "kind", "quote",
    "passage", "start", "end", "supported",
]
RESULT_KEYS = ["document", "document_id", "title", "section", "kind", "page", "text", "start", "end", "score"]
# fmt: on


def test_an_answer_is_one_line_of_json_with_these_keys_in_this_order(run: Run) -> None:
    code, out, err = run("ask", QUESTION, "--json")
    (record,) = records(out)
    assert (code, err) == (0, "")
    assert list(record) == ANSWER_KEYS
    assert [list(citation) for citation in record["citations"]] == [CITATION_KEYS] * len(record["citations"])


def test_an_answer_s_values_are_of_the_promised_kinds(run: Run, example_library: PolicyLibrary) -> None:
    (record,) = records(run("ask", QUESTION, "--json")[1])
    assert record["id"] is None
    assert record["question"] == QUESTION
    assert record["refused"] is False
    assert record["mode"] == "extractive"
    assert record["notices"] == []
    assert isinstance(record["seconds"], float)
    for number, citation in enumerate(record["citations"], 1):
        assert citation["number"] == number
        assert f"[{number}]" in record["text"]
        assert citation["document"] == "临澜海岬高新区十五五规划纲要.md"
        assert citation["status"] == "in_force"
        assert citation["section"][0].startswith("第")
        assert citation["label"].startswith(f"《{citation['title']}》")
        assert citation["page"] is None
        assert citation["kind"] in {"text", "table_row", "list", "box", "footnote"}
        assert citation["supported"] is True
        text = example_library.text(citation["document_id"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_refusal_is_a_value_and_no_failure(run: Run) -> None:
    code, out, _ = run("ask", "海岬高新区2030年常住人口目标是多少？", "--json")
    assert code == 0
    assert records(out)[0]["refused"] is True


def test_a_decision_is_explained_beside_the_answer(run: Run) -> None:
    _, told, plain = run("ask", "海岬高新区的地铁票价是多少？", "--json")
    code, answer, explained = run("ask", "海岬高新区的地铁票价是多少？", "--json", "--explain")
    assert code == 0
    assert json.loads(answer)["text"] == json.loads(told)["text"]
    assert "找到依据的概率" in explained
    assert "答到所问的概率" in explained
    assert "海岬" in explained.partition("所判断的原文")[2]
    for judged in explained.split("的概率")[1:]:
        probability = float(judged.split("（")[0])
        added = [float(one) for one in re.findall(r"[+-]\d+\.\d\d(?=  \w|；)", judged)]
        assert 1 / (1 + math.exp(-sum(added))) == pytest.approx(probability, abs=0.02)
    assert "的概率" not in plain


def test_chinese_is_written_as_it_is(run: Run) -> None:
    assert "地区生产总值" in run("ask", QUESTION, "--json")[1]


def test_a_question_file_is_answered_in_its_order_with_its_ids(run: Run, tmp_path: Path) -> None:
    asked = [
        {"id": "z", "question": "鹿屿县重点发展什么？"},
        {"id": "a", "question": QUESTION},
        {"id": "m", "question": "海岬高新区2030年常住人口目标是多少？", "group": "unanswerable"},
    ]
    code, out, err = run("ask", "--from", question_file(tmp_path, *asked, ""), "--json")
    assert (code, err) == (0, "")
    assert [record["id"] for record in records(out)] == ["z", "a", "m"]
    assert [record["question"] for record in records(out)] == [record["question"] for record in asked]


def test_a_history_makes_a_follow_up_understood(run: Run, tmp_path: Path) -> None:
    history = [
        {"role": "user", "content": "临澜市生物医药产业2030年的规模目标是多少？"},
        {"role": "assistant", "content": "1200亿元"},
    ]
    file = question_file(tmp_path, {"id": "1", "question": "那2028年呢？", "history": history})
    (record,) = records(run("ask", "--from", file, "--json")[1])
    assert record["question"] == "那2028年呢？"
    assert "2028年" in record["query"]
    assert "850" in record["text"]


def test_search_gives_results_with_these_keys_best_first(run: Run) -> None:
    code, out, err = run("search", "保障性租赁住房筹集多少套", "--json", "--limit", "3")
    (record,) = records(out)
    assert (code, err) == (0, "")
    assert list(record) == ["id", "query", "results"]
    assert record["id"] is None
    assert [list(result) for result in record["results"]] == [RESULT_KEYS] * 3
    assert "1.2万套" in record["results"][0]["text"]
    scores = [result["score"] for result in record["results"]]
    assert scores == sorted(scores, reverse=True)


def test_search_gives_ten_unless_told_otherwise(run: Run) -> None:
    assert len(records(run("search", "生物医药产业", "--json")[1])[0]["results"]) == 10


def test_search_answers_a_file_in_its_order(run: Run, tmp_path: Path) -> None:
    file = question_file(tmp_path, {"id": "2", "question": "低空经济"}, {"id": "1", "question": "海洋装备"})
    assert [record["id"] for record in records(run("search", "--from", file, "--json")[1])] == ["2", "1"]


@pytest.mark.parametrize("command", ["ask", "search"])
def test_regions_and_documents_limit_what_is_found(run: Run, command: str) -> None:
    region = ("--region", "不存在的地方", "--region", "砚川")
    (record,) = records(run(command, "生物医药产业目标是多少", "--json", *region)[1])
    assert {one["document"][:2] for one in record.get("citations") or record["results"]} == {"砚川"}
    name = "望汀区大健康产业发展规划.md"
    (record,) = records(run(command, "生物医药产业规模目标是多少", "--json", "--document", name)[1])
    assert {one["document"] for one in record.get("citations") or record["results"]} == {name}


def test_a_person_reads_the_answer_and_its_sources(run: Run) -> None:
    code, out, err = run("ask", "“两库一榜”指什么？")
    assert (code, err) == (0, "")
    assert "两库指高成长企业库" in out
    assert "[1] 《临澜市生物医药产业高质量发展规划》" in out
    assert "征求意见稿" in out
    with pytest.raises(json.JSONDecodeError):
        json.loads(out)


def test_labels_follow_the_language_of_the_terminal_and_json_does_not(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = "海岬高新区2030年常住人口目标是多少？"
    (made,) = records(run("ask", unknown, "--json")[1])
    monkeypatch.setenv("POLICY_LANGUAGE", "en")
    assert run("ask", unknown)[1].startswith("The documents hold no answer to this question.")
    (again,) = records(run("ask", unknown, "--json")[1])
    assert again | {"seconds": 0} == made | {"seconds": 0}


def test_a_person_reads_the_passages(run: Run) -> None:
    out = run("search", "保障性租赁住房")[1]
    assert out.startswith("1. ")
    assert "国民经济和社会发展第十五个五年规划纲要 > 第八章" in out
    assert "1.2万套" in out


def test_a_configured_model_answers_and_extractive_leaves_it_out(
    run: Run, monkeypatch: pytest.MonkeyPatch, openai_server: OpenAIServer
) -> None:
    monkeypatch.setenv("POLICY_CHAT_MODEL", "test-chat")
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    openai_server.replies(Reply("目标见资料[1]。"))
    (record,) = records(run("ask", QUESTION, "--json")[1])
    assert (record["mode"], record["text"]) == ("model", "目标见资料[1]。")
    assert list(record["citations"][0]) == CITATION_KEYS
    (record,) = records(run("ask", QUESTION, "--json", "--mode", "extractive")[1])
    assert record["mode"] == "extractive"


def test_an_endpoint_that_is_down_is_a_notice_and_no_failure(
    run: Run, monkeypatch: pytest.MonkeyPatch, openai_server: OpenAIServer
) -> None:
    monkeypatch.setenv("POLICY_CHAT_MODEL", "test-chat")
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.url)
    monkeypatch.setenv("POLICY_RETRIES", "0")
    openai_server.replies(Reply(status=503))
    code, out, _ = run("ask", QUESTION, "--json")
    (record,) = records(out)
    assert (code, record["mode"]) == (0, "extractive")
    assert record["notices"]


def test_each_answer_is_written_before_the_next_question_is_read(
    example_settings: LibrarySettings, tmp_path: Path
) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("POLICY_", "OPENAI_"))
    }
    environment["POLICY_DATA_DIR"] = str(example_settings.policy_data_dir)
    command = [sys.executable, "-m", "cli", "ask", "--from", "/dev/stdin", "--json"]
    environment["PYTHONPATH"] = str(Path(cli.__file__).parent)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
    ) as process:
        assert process.stdin
        assert process.stdout
        for asked in ("1", "2"):
            process.stdin.write(json.dumps({"id": asked, "question": QUESTION}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == asked
        process.stdin.close()
        assert process.stdout.read() == ""
    assert process.returncode == 0


def test_a_person_and_a_program_see_what_does_not_hold(
    run: Run, monkeypatch: pytest.MonkeyPatch, openai_server: OpenAIServer
) -> None:
    monkeypatch.setenv("POLICY_CHAT_MODEL", "test-chat")
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    proof = "地区生产总值达到980亿元"
    openai_server.script = lambda request: Reply(
        "{0}[{2}]。{1}[{2}]。".format(proof, proof.replace("980", "990"), number_of(request))
    )
    (record,) = records(run("ask", QUESTION, "--json")[1])
    assert [statement["verdict"] for statement in record["statements"]] == ["supported", "contradicted"]
    held, failed = record["statements"]
    assert (held["reason"], held["numbers"]) == ("", [1])
    assert record["text"][failed["start"] : failed["end"]] == "地区生产总值达到990亿元[1]。"
    assert "980亿元" in failed["reason"]
    out = run("ask", QUESTION)[1]
    assert f"990亿元[1]。（与资料不符：{failed['reason']}）" in out
