"""Names are learnt from the library's own documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.understanding.names import Names, distinct_places, learn_names
from vectorstore.types import PolicyDocument


def _document(identity: str, title: str, region: str = "") -> PolicyDocument:
    return PolicyDocument(
        id=identity, source=f"{identity}.txt", content_hash=identity, title=title, region=region
    )


@pytest.fixture
def names() -> Names:
    return learn_names(
        [
            _document(
                "zone", "临澜海岬高技术产业开发区国民经济和社会发展第十五个五年规划纲要", "云澜省临澜市"
            ),
            _document("town", "砚川市生物医药产业“十四五”规划", "砚川市"),
            _document("district", "临澜市望汀区（望汀新城）生物医药产业发展规划", "临澜市望汀区"),
        ]
    )


@pytest.mark.parametrize(
    ("question", "text", "documents"),
    [
        ("海岬区有多少家企业", "海岬区", {"zone"}),
        ("海岬开发区2030年的目标", "海岬开发区", {"zone"}),
        ("临澜海岬高技术产业开发区的目标", "临澜海岬高技术产业开发区", {"zone"}),
        ("那砚川呢", "砚川", {"town"}),
        ("砚川市的目标", "砚川市", {"town"}),
        ("望汀区发展什么", "望汀区", {"district"}),
        ("望汀发展什么", "望汀", {"district"}),
        ("海岬有多少家企业", "海岬", {"zone"}),
    ],
)
def test_a_place_is_known_by_its_full_and_its_short_names(
    names: Names, question: str, text: str, documents: set[str]
) -> None:
    mentions = names.mentions(question)
    assert [(mention.text, set(mention.documents)) for mention in mentions] == [(text, documents)]


def test_the_province_is_known_as_such_where_there_is_one() -> None:
    own, other = (
        _document("province", "云澜省渔业规划", "云澜省"),
        _document("town", "砚川市渔业规划", "砚川市"),
    )
    asked = "渔业产值目标，省里和砚川市各是多少"
    found = learn_names([own, other]).mentions(asked)
    assert [(mention.text, set(mention.documents)) for mention in found] == [
        ("省里", {"province"}),
        ("砚川市", {"town"}),
    ]
    second = _document("second", "松江省渔业规划", "松江省")
    assert [mention.text for mention in learn_names([own, other, second]).mentions(asked)] == ["砚川市"]


def test_what_the_country_lays_down_is_known_as_such() -> None:
    law = replace(_document("law", "残疾人保障条例", ""), issuer="中华人民共和国国务院")
    own = _document("town", "砚川市残疾人保障办法", "砚川市")
    asked = "滞纳金国家条例和砚川市各是多少"
    found = learn_names([law, own]).mentions(asked)
    assert [(mention.text, set(mention.documents)) for mention in found] == [
        ("国家条例", {"law"}),
        ("砚川市", {"town"}),
    ]
    assert [mention.text for mention in learn_names([own]).mentions(asked)] == ["砚川市"]
    office = replace(_document("office", "办税指南", "砚川市"), issuer="国家税务总局砚川市税务局")
    assert [mention.text for mention in learn_names([office]).mentions(asked)] == ["砚川市"]
    assert learn_names([law]).mentions("按国家规定要多久，与一带一路国家的贸易额是多少") == ()


def test_an_unknown_place_is_not_mistaken_for_a_known_one(names: Names) -> None:
    assert names.mentions("青屿新区2030年的目标是多少") == ()


def test_an_everyday_word_is_no_short_name_of_a_zone() -> None:
    names = learn_names([_document("zone", "临澜医药高新区发展规划", "临澜市")])
    assert [mention.text for mention in names.mentions("医药企业有多少家")] == []
    assert [mention.text for mention in names.mentions("医药高新区有多少家")] == ["医药高新区"]


def test_a_city_and_a_district_within_it_are_two_places() -> None:
    names = learn_names(
        [_document("city", "临澜市产业规划", "临澜市"), _document("district", "望汀区规划", "临澜市望汀区")]
    )
    assert [place.text for place in distinct_places(names.mentions("临澜和望汀"))] == ["临澜", "望汀"]
    assert len(distinct_places(names.mentions("望汀区和望汀"))) == 1


def test_two_places_are_found_in_their_order(names: Names) -> None:
    assert [mention.text for mention in names.mentions("砚川和望汀区哪边更高")] == ["砚川", "望汀区"]
