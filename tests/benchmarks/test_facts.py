"""Facts of annotated documents: how rightly they are read, and how that is counted."""

import json
from pathlib import Path

import pytest

from benchmarks.facts.annotations import ANNOTATED, Annotation, Field, annotated, annotated_in
from benchmarks.facts.matching import agrees
from benchmarks.facts.scoring import scores_of, summed
from vectorstore.facts import FactKind, Reference

LEAST = {
    FactKind.INDICATOR: (0.97, 0.9),
    FactKind.REFERENCE: (0.9, 0.8),
    FactKind.DEADLINE: (0.9, 0.8),
    FactKind.TASK: (0.9, 0.8),
    FactKind.MEASURE: (0.9, 0.8),
}
TEXT = (
    "青岚市规划\n（2021—2025年）\n\n一、目标\n\n到2025年，软件企业达到50家，研发机构达到20家。\n\n"
    "二、其他\n\n到2025年，平台达到3个。\n"
)


def written(folder: Path, head: dict[str, object], *facts: dict[str, str | bool]) -> Path:
    (folder / "规划.txt").write_text(TEXT, encoding="utf-8")
    lines = [{"document": str(folder / "规划.txt"), "half": "tuning", "kinds": ["indicator"]} | head, *facts]
    path = folder / "规划.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def indicator(name: str, value: str, unit: str = "家", **others: bool) -> dict[str, str | bool]:
    said = {"kind": "indicator", "name": name, "years": "2025", "value": value, "unit": unit}
    return {**said, "value_kind": "target", **others}


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_facts_are_read_as_a_person_reads_them(half: str) -> None:
    documents = [document for document in annotated_in(ANNOTATED) if document.half == half]
    scores = summed(map(scores_of, documents))
    for kind, (precision, recall) in LEAST.items():
        assert scores[kind].precision >= precision, scores[kind].wrong
        assert scores[kind].recall >= recall, scores[kind].missed


def test_another_value_is_wrong_and_missed(tmp_path: Path) -> None:
    facts = (indicator("软件企业", "60"), indicator("研发机构", "20"), indicator("平台", "3", "个"))
    score = scores_of(annotated(written(tmp_path, {}, *facts)))[FactKind.INDICATOR]
    assert (score.right, len(score.wrong), len(score.missed)) == (2, 1, 1)


def test_what_people_may_differ_over_counts_for_nothing(tmp_path: Path) -> None:
    facts = (
        indicator("软件企业", "50", optional=True),
        indicator("研发机构", "20"),
        indicator("平台", "3", "个"),
        indicator("院所", "9", optional=True),
    )
    score = scores_of(annotated(written(tmp_path, {}, *facts)))[FactKind.INDICATOR]
    assert (score.right, score.wrong, score.missed) == (2, (), ())


def test_only_the_parts_that_were_annotated_count(tmp_path: Path) -> None:
    path = written(tmp_path, {"parts": [["一、目标", "二、其他"]]}, indicator("软件企业", "50"))
    score = scores_of(annotated(path))[FactKind.INDICATOR]
    assert (score.right, len(score.wrong), score.missed) == (1, 1, ())


def test_a_reference_by_its_number_alone_is_held_against_that_number() -> None:
    fields = (
        Field("relation", ("repeals",)),
        Field("title", ("",)),
        Field("document_number", ("青政发〔2019〕3号",)),
    )
    wanted = Annotation(FactKind.REFERENCE, fields)
    assert agrees(wanted, Reference("repeals", "", "青政发〔2019〕3号"), "")
    assert not agrees(wanted, Reference("repeals", "", "青政发〔2019〕4号"), "")
