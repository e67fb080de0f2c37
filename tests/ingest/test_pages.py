from ingest.marks import PAGE
from ingest.pages import drop_page_furniture


def test_running_headers_and_page_numbers_go() -> None:
    pages = [f"云泽市海洋经济发展规划\n第{n}页的正文。\n2030\n更多正文{n}。\n— {n} —" for n in range(1, 6)]
    left = drop_page_furniture(PAGE.join(pages)).split(PAGE)
    assert [page.split() for page in left] == [
        [f"第{n}页的正文。", "2030", f"更多正文{n}。"] for n in range(1, 6)
    ]


def test_a_lone_figure_inside_a_page_stays() -> None:
    text = "甲\n乙\n丙\n1223\n丁\n戊\n己"
    assert drop_page_furniture(f"{text}{PAGE}{text}") == f"{text}{PAGE}{text}"


def test_a_dashed_page_number_goes_where_pages_are_not_marked() -> None:
    assert "12" not in drop_page_furniture("正文\n- 12 -\n正文")
