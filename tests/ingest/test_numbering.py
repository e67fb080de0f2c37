import pytest

from ingest.numbering import Rank, is_box_title, is_caption, number_of, value_of


@pytest.mark.parametrize(
    ("line", "rank", "value", "title"),
    [
        ("第三编 产业", Rank.PART, 3, "产业"),
        ("第十二章　总　则", Rank.CHAPTER, 12, "总　则"),
        ("第二节 目标", Rank.SECTION, 2, "目标"),
        ("第一百零三条 本办法自公布之日起施行。", Rank.ARTICLE, 103, "本办法自公布之日起施行。"),
        ("參、補助標準", Rank.SECTION, 3, "補助標準"),
        ("拾壹、附則", Rank.SECTION, 11, "附則"),
        ("一、总体要求", Rank.FIRST, 1, "总体要求"),
        ("（三）战略定位", Rank.SECOND, 3, "战略定位"),
        ("(二) 区位优势突出。", Rank.SECOND, 2, "区位优势突出。"),
        ("5、 主要任务", Rank.THIRD, 5, "主要任务"),
        ("3．培育龙头", Rank.THIRD, 3, "培育龙头"),
        ("（4）现代物流", Rank.FOURTH, 4, "现代物流"),
        ("附件2 重点任务分工表", Rank.PART, 2, "重点任务分工表"),
    ],
)
def test_numbering_tells_the_rank(line: str, rank: Rank, value: int, title: str) -> None:
    number = number_of(line)
    assert number is not None
    assert (number.rank, number.value, number.title) == (rank, value, title)


@pytest.mark.parametrize(
    "line",
    ["2.5研发产业", "2025年建成", "1.5 级开发", "第三条款的规定", "三大产业", "一是夯实基础", "十四五规划"],
)
def test_what_only_looks_like_a_number_is_none(line: str) -> None:
    assert number_of(line) is None


def test_a_box_title_is_no_sentence_about_a_box() -> None:
    assert is_box_title("专栏 6：土地开发利用相关政策创新")
    assert is_box_title("专栏4 重点工程")
    assert not is_box_title("专栏所列的项目，由各部门组织实施。")


def test_captions() -> None:
    assert is_caption("图1 功能区布局图")
    assert is_caption("△园区一角")
    assert not is_caption("图书馆建设")
    assert not is_caption("表3年内完成")


@pytest.mark.parametrize(
    ("digits", "value"), [("二十一", 21), ("十", 10), ("一百二", 102), ("12", 12), ("", 0)]
)
def test_values(digits: str, value: int) -> None:
    assert value_of(digits) == value
