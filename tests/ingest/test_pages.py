from ingest.marks import PAGE, SEAM
from ingest.pages import drop_page_furniture


def test_running_headers_and_page_numbers_go() -> None:
    pages = [f"云泽市规划 内部资料\n第{n}页的正文。\n2030\n更多正文{n}。\n— {n} —" for n in range(1, 6)]
    title, *left = drop_page_furniture(PAGE.join(["云泽市海洋经济发展规划", *pages])).split(PAGE)
    assert title == "云泽市海洋经济发展规划"
    assert [page.split() for page in left] == [
        [f"第{n}页的正文。", "2030", f"更多正文{n}。"] for n in range(1, 6)
    ]


def test_a_lone_figure_inside_a_page_stays() -> None:
    text = f"甲\n乙\n丙\n1223\n丁\n戊\n己{PAGE}子\n丑\n寅\n1224\n卯\n辰\n巳"
    assert drop_page_furniture(text) == text


def test_a_dashed_page_number_goes_where_pages_are_not_marked() -> None:
    assert "12" not in drop_page_furniture("正文\n- 12 -\n正文")


def test_a_footer_whose_number_stands_inside_it_goes() -> None:
    pages = [
        f"正文{n}的一句，\n继续{n}。\n甲{n}\n乙{n}\n发展改革局  第 {n} 页 共 4 页\n编制日期：2026年3月"
        for n in range(1, 5)
    ]
    left = drop_page_furniture(PAGE.join(pages))
    assert "共" not in left
    assert "编制日期" not in left
    assert "乙4" in left


def test_rows_of_figures_at_page_edges_stay() -> None:
    pages = [f"{n} 5 {n}8\n{word}一\n{word}二\n{word}三\n{word}四" for n, word in enumerate("甲乙丙丁")]
    assert drop_page_furniture(PAGE.join(pages)) == PAGE.join(pages)


def test_page_numbers_and_what_recurs_beside_them_go_where_pages_are_not_marked() -> None:
    page = (
        "发展改革局  第 {n} 页 共 3 页\n编制日期：2026年3月\n云泽市规划\n第{n}段正文很长。\n又一段第{n}号。"
    )
    left = drop_page_furniture("\n".join(page.format(n=n) for n in range(1, 4)))
    assert [line for line in left.split("\n") if line != SEAM] == [
        line for n in range(1, 4) for line in (f"第{n}段正文很长。", f"又一段第{n}号。")
    ]


def test_a_single_line_that_names_a_page_stays() -> None:
    assert drop_page_furniture("详见附件第3页\n正文。") == "详见附件第3页\n正文。"


def test_a_title_that_the_header_of_the_later_pages_repeats_stays() -> None:
    pages = [
        f"云泽市海洋经济发展规划\n正文{n}甲。\n正文{n}乙。\n正文{n}丙。\n正文{n}丁。" for n in range(1, 6)
    ]
    left = drop_page_furniture(PAGE.join(pages))
    assert left.count("云泽市海洋经济发展规划") == 1
    titled = drop_page_furniture(PAGE.join(["云泽市海洋经济发展规划\n" + pages[0], *pages[1:]]))
    assert titled.count("云泽市海洋经济发展规划") == 1


def test_what_stands_at_one_edge_of_both_of_two_pages_goes() -> None:
    pages = [f"内部资料\n正文{n}甲。\n正文{n}乙。\n正文{n}丙。\n编制日期：2026年3月" for n in "一二"]
    left = drop_page_furniture(PAGE.join(pages))
    assert "内部资料" not in left
    assert "编制日期" not in left
    assert left.count("正文") == 6


def test_a_header_that_alone_says_draft_is_kept_once() -> None:
    pages = [
        f"云泽市规划（征求意见稿）\n正文{n}甲。\n正文{n}乙。\n正文{n}丙。\n正文{n}丁。" for n in "一二三四"
    ]
    assert drop_page_furniture(PAGE.join(pages)).count("征求意见稿") == 1
