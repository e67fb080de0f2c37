"""The example documents and the questions on them agree with each other."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold
from vectorstore.types import Status

EXAMPLES = Path(__file__).parents[1] / "examples"
QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"
GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùü]+\)")


def records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def content(name: str) -> str:
    raw = (EXAMPLES / name).read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return re.sub(r"\s+", "", fold(GLOSS.sub("", text)))


def test_there_are_at_least_eight_documents_in_more_than_one_format_and_encoding() -> None:
    files = sorted(EXAMPLES.iterdir())
    assert len(files) >= 8
    assert {file.suffix for file in files} >= {".md", ".txt"}
    with pytest.raises(UnicodeDecodeError):
        "".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("record", records(), ids=lambda record: str(record["id"]))
def test_evidence_stands_in_the_document_it_names(record: dict[str, Any]) -> None:
    for evidence in record["evidence"]:
        assert re.sub(r"\s+", "", fold(evidence["text"])) in content(evidence["doc"])


@pytest.mark.parametrize("record", records(), ids=lambda record: str(record["id"]))
def test_reference_answer_holds_what_an_answer_must_hold(record: dict[str, Any]) -> None:
    assert record["answerable"] == bool(record["evidence"])
    for item in record["must_include"]:
        assert any(choice in record["answer"] for choice in item.split("|"))


def test_question_ids_are_unique_and_every_group_is_there() -> None:
    found = records()
    assert len({record["id"] for record in found}) == len(found)
    assert {record["group"] for record in found} == {"single", "cross", "turns", "status", "unanswerable"}


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("临澜海岬高新区十五五规划纲要.md", Status.IN_FORCE),
        ("临澜市支持生物医药产业创新发展若干措施.txt", Status.IN_FORCE),
        ("临澜市生物医药产业规划（征求意见稿）.txt", Status.DRAFT),
        ("砚川市生物医药产业“十四五”规划.txt", Status.EXPIRED),
        ("临澜市高新技术企业培育扶持办法（2024年）.txt", Status.SUPERSEDED),
        ("临澜市高新技术企业培育扶持办法（2026年修订）.txt", Status.IN_FORCE),
        ("海岬藥港首批項目集中投產.txt", Status.NOT_POLICY),
        ("从盐田到药港.md", Status.NOT_POLICY),
    ],
)
def test_the_library_knows_what_each_example_is_worth(
    example_library: PolicyLibrary, source: str, status: Status
) -> None:
    documents = {document.source: document for document in example_library.documents()}
    assert documents[source].standing(date(2026, 11, 1)) is status
