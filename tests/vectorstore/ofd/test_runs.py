"""Where the characters of an OFD page stand."""

from __future__ import annotations

import pytest

from tests.vectorstore.ofd.packages import package, text
from vectorstore.ofd.package import OfdFile
from vectorstore.ofd.runs import signs_of


def test_characters_come_line_by_line_whatever_the_order_of_the_file() -> None:
    page = text("第二行", 20, 40) + text("右", 90, 30.4) + text("左", 20, 30)
    signs = signs_of(OfdFile(package(page, template=text("页眉", 20, 10))).page(1))
    assert "".join(sign.text for sign in signs) == "左右第二行"


def test_a_character_has_the_box_it_takes_on_the_page() -> None:
    (first, second) = signs_of(OfdFile(package(text("岸 电", 20, 30, 5))).page(1))
    assert (first.text, second.text) == ("岸", "电")
    assert first.box == pytest.approx((20, 30, 25, 35))
    assert second.box == pytest.approx((30, 30, 35, 35))


def test_a_character_that_is_turned_has_its_box_turned() -> None:
    (sign,) = signs_of(OfdFile(package(text("岸", 50, 50, 4, more='CTM="0 1 -1 0 0 0"'))).page(1))
    assert sign.box == pytest.approx((46, 50, 50, 54))
