"""Documents are known by number in any brackets and by title."""

from __future__ import annotations

import pytest

from assistant.understanding.names import learn_names, plan_name
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
        ("《海洋牧场发展》的期限", {"notice"}),
    ],
)
def test_documents_are_known_by_all_their_names(text: str, found: set[str]) -> None:
    mentions = learn_names(DOCUMENTS).mentions(fold(text))
    of_documents = [mention.documents for mention in mentions if mention.text != "甲川"]
    assert {identity for documents in of_documents for identity in documents} == found


def test_a_plan_is_named_for_short_where_its_title_does_not_say_it() -> None:
    assert plan_name(OUTLINE) == "“十五五”规划纲要"
    assert plan_name("乙原市海洋产业“十四五”规划") == ""
    assert plan_name("甲川市海洋产业发展规划") == ""
