"""What another place lays down never answers for the place that is asked about."""

from __future__ import annotations

import pytest

from assistant.question import understand
from assistant.selecting.places import asked_places, foreign_places, holds_for
from assistant.types import Hit
from assistant.understanding.names import learn_names
from vectorstore.types import Passage, PassageKind, PolicyDocument


def hit(region: str, text: str = "登记时提交身份证明。") -> Hit:
    passage = Passage("d:00000", "d", 0, (), PassageKind.TEXT, text, None, 0, len(text))
    return Hit(passage, PolicyDocument("d", "d.txt", "h", f"{region}收养登记办法", region=region), 1.0)


@pytest.mark.parametrize(
    ("question", "region", "holds"),
    [
        ("长春市收养登记要哪些材料？", "吉林省", True),
        ("长春市收养登记要哪些材料？", "", True),
        ("长春市收养登记要哪些材料？", "四平市", False),
        ("九江收养登记要哪些材料？", "柳河县", False),
        ("收养登记要哪些材料？", "四平市", True),
        ("云栖市收养登记要哪些材料？", "青石市", False),
    ],
)
def test_a_document_holds_for_its_place_and_what_lies_in_it(question: str, region: str, holds: bool) -> None:
    one = hit(region)
    names = learn_names([one.document])
    assert holds_for(understand(question, names=names), one) is holds


def test_a_passage_that_names_the_place_may_speak_of_it() -> None:
    one = hit("四平市", "长春市的居民在四平市登记的，也按本办法办理。")
    assert holds_for(understand("长春市居民怎么登记？", names=learn_names([one.document])), one)


def test_places_that_no_document_is_about_are_foreign() -> None:
    names = learn_names([hit("四平市").document])
    assert foreign_places(understand("四平市和九江市的标准", names=names)) == ("九江市",)
    assert asked_places(understand("四平市和九江市的标准", names=names)) == ("四平", "九江")
