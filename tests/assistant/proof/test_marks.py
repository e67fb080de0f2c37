import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.proof.marks import Marks


def read(text: str, count: int = 3, *, renumber: bool = False) -> str:
    marks = Marks(count, renumber=renumber)
    return marks.feed(text) + marks.close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("增长[1]。", "增长[1]。"),
        ("增长【2】。", "增长[2]。"),
        ("增长［３］。", "增长[3]。"),
        ("增长[1,2]。", "增长[1][2]。"),
        ("增长[1、3]。", "增长[1][3]。"),
        ("增长[1-3]。", "增长[1][2][3]。"),
        ("增长【１～２】。", "增长[1][2]。"),
        ("增长[1][2]。", "增长[1][2]。"),
        ("增长[ 1 ， 2 ]。", "增长[1][2]。"),
        ("增长[资料1]。", "增长[1]。"),
        ("增长[^2]。", "增长[2]。"),
        ("增长[1,1]。", "增长[1]。"),
    ],
)
def test_every_way_of_writing_a_mark_becomes_plain(text: str, shown: str) -> None:
    assert read(text) == shown


@pytest.mark.parametrize("text", ["增长[4]。", "增长[0]。", "增长【99】。", "增长[7-9]。", "增长[9999]。"])
def test_numbers_without_a_passage_are_dropped(text: str) -> None:
    assert read(text) == "增长。"


def test_a_range_keeps_the_passages_there_are() -> None:
    assert read("[2-9999]") == "[2][3]"


@pytest.mark.parametrize(
    "text", ["[注]", "数组[]", "【专栏】", "甲[", "[1", "[[1", "[待定 1]", "〔2024〕15号", "[-]"]
)
def test_other_brackets_stay_as_they_are(text: str) -> None:
    assert read(text) == text


def test_a_year_in_brackets_is_part_of_a_document_number_and_not_a_mark() -> None:
    assert read("江政发[2024]15号[1]") == "江政发〔2024〕15号[1]"


def test_a_mark_within_a_bracket_is_found() -> None:
    assert read("[[1]]") == "[[1]]"
    assert read("【见[2]】") == "【见[2]】"


def test_passages_are_renumbered_by_first_appearance() -> None:
    marks = Marks(5, renumber=True)
    assert marks.feed("甲[4]，乙[2,4]，丙[9]。") == "甲[1]，乙[2][1]，丙。"
    assert marks.order == (4, 2)


def test_text_is_shown_as_soon_as_it_cannot_be_a_mark() -> None:
    marks = Marks(3)
    assert marks.feed("增长百分之五[") == "增长百分之五"
    assert marks.feed("1") == ""
    assert marks.feed("]，") == "[1]，"
    assert marks.feed("[注") == "[注"


def test_a_bracket_that_never_closes_holds_back_no_more_than_a_mark_could_be() -> None:
    marks = Marks(3)
    shown = marks.feed("[" + "1" * 100)
    assert len(shown) > 50
    assert shown + marks.close() == "[" + "1" * 100


text = st.text(alphabet="[]【】［］0123456789１２３,，、- 至^资料甲。〔〕", max_size=60)


@given(text, st.data(), st.booleans())
def test_the_result_does_not_depend_on_how_the_stream_was_cut(
    text: str, data: st.DataObject, renumber: bool
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    marks = Marks(12, renumber=renumber)
    assert "".join(map(marks.feed, pieces)) + marks.close() == read(text, 12, renumber=renumber)


@given(text, st.integers(0, 12))
def test_plain_text_settles_and_only_known_numbers_are_cited(text: str, count: int) -> None:
    marks = Marks(count)
    marks.feed(text)
    assert set(marks.order) <= set(range(1, count + 1))


@given(st.text(alphabet="甲乙，。0123456789〔〕()（）", max_size=60))
def test_text_without_marks_is_untouched(text: str) -> None:
    assert read(text) == text
