"""Documents are known by number in any brackets, by title and by the plan they are."""

from __future__ import annotations

import pytest

from assistant.understanding.references import learn_references, plan_name
from vectorstore.segmentation import fold
from vectorstore.types import PolicyDocument

OUTLINE = "甲川市国民经济和社会发展第十五个五年规划纲要"


def _document(identity: str, title: str, number: str = "") -> PolicyDocument:
    return PolicyDocument(
        id=identity, source=identity, content_hash=identity, title=title, document_number=number
    )


DOCUMENTS = (
    _document("outline", OUTLINE),
    _document("industry", "乙原市海洋产业“十四五”规划"),
    _document("notice", "关于促进海洋牧场发展的通知", "甲川府办〔2026〕7号"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲川府办〔2026〕7号还有效吗", {"notice"}),
        ("甲川府办[2026]7号还有效吗", {"notice"}),
        ("甲川府办（2026）第7号说了什么", {"notice"}),
        ("甲川府办【2026】7 号说了什么", {"notice"}),
        ("甲川府办2026年7月", set()),
        ("甲川府办〔2026〕17号", set()),
        ("《关于促进海洋牧场发展的通知》的期限", {"notice"}),
        ("关于促进海洋牧场发展的通知的期限", {"notice"}),
        ("“十五五”规划纲要的目标", {"outline"}),
        ("十五五规划的目标", {"outline"}),
        ("乙原市“十四五”规划", {"industry"}),
        ("“十四五”时期的目标", set()),
        ("“十三五”规划的目标", set()),
    ],
)
def test_documents_are_known_by_all_their_names(text: str, found: set[str]) -> None:
    references = learn_references(DOCUMENTS)
    assert {identity for _, _, ids in references.find(fold(text)) for identity in ids} == found


def test_a_plan_is_named_for_short_where_its_title_does_not_say_it() -> None:
    assert plan_name(OUTLINE) == "“十五五”规划纲要"
    assert plan_name("乙原市海洋产业“十四五”规划") == ""
    assert plan_name("甲川市海洋产业发展规划") == ""
