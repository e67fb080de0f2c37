"""A comparison is asked of each side in words of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.drafting.sides import sides_of
from assistant.question import AnswerKind, understand
from assistant.understanding.names import Names, learn_names
from vectorstore.types import PolicyDocument


@pytest.fixture
def names() -> Names:
    return learn_names(
        [
            PolicyDocument(id=name, source=name, content_hash=name, title=f"{name}海洋产业规划", region=name)
            for name in ("甲川市", "乙原市", "丙港市")
        ]
    )


def asked(names: Names, question: str) -> list[tuple[str, str]]:
    return [(side.name, side.question.query) for side in sides_of(understand(question, names=names))]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "甲川市和乙原市的渔业产量目标有何不同？",
            [("甲川市", "甲川市的渔业产量目标"), ("乙原市", "乙原市的渔业产量目标")],
        ),
        (
            "甲川市2020年和乙原市2022年的养殖面积分别是多少？",
            [("甲川市", "甲川市2020年的养殖面积是多少"), ("乙原市", "乙原市2022年的养殖面积是多少")],
        ),
        (
            "甲川市、乙原市、丙港市三地谁的渔业企业数量更多？",
            [
                ("甲川市", "甲川市渔业企业数量是多少"),
                ("乙原市", "乙原市渔业企业数量是多少"),
                ("丙港市", "丙港市渔业企业数量是多少"),
            ],
        ),
        ("甲川市的渔业企业数量是多少？", []),
    ],
)
def test_each_side_is_asked_alone(names: Names, question: str, sides: list[tuple[str, str]]) -> None:
    assert asked(names, question) == sides


def test_a_measure_is_asked_for_as_a_number_of_its_year(names: Names) -> None:
    first, second = sides_of(understand("甲川市2020年和乙原市2022年的养殖面积哪个更大？", names=names))
    assert (first.question.kind, first.question.years) == (AnswerKind.NUMBER, (2020,))
    assert (second.question.kind, second.question.years) == (AnswerKind.NUMBER, (2022,))


def test_a_place_that_the_library_does_not_know_is_a_silent_side(names: Names) -> None:
    known, strange = sides_of(understand("甲川市和佛山的养殖面积哪个大？", names=names))
    assert known.documents == {"甲川市"}
    assert (strange.name, strange.documents) == ("佛山", frozenset())


def test_places_in_a_row_are_all_sides(names: Names) -> None:
    question = "甲川市、佛山、中山和乙原市的养殖面积分别是多少？"
    assert asked(names, question) == [
        ("甲川市", "甲川市的养殖面积是多少"),
        ("佛山", "佛山的养殖面积是多少"),
        ("中山", "中山的养殖面积是多少"),
        ("乙原市", "乙原市的养殖面积是多少"),
    ]


def test_a_city_beside_its_district_does_not_speak_through_it() -> None:
    city = PolicyDocument(id="city", source="a", content_hash="a", title="甲川市渔业规划", region="甲川市")
    district = replace(city, id="district", title="望滩区渔业规划", region="甲川市望滩区")
    names = learn_names([city, district])
    sides = sides_of(understand("甲川和望滩的渔港数量分别是多少？", names=names))
    assert [side.documents for side in sides] == [frozenset({"city"}), frozenset({"district"})]
