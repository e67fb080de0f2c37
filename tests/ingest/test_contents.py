from ingest.contents import drop_contents, drop_repeated_title
from ingest.marks import SEAM


def lines_left(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip() and line != SEAM]


def test_dotted_leaders_with_page_numbers_go() -> None:
    text = "目 录\n\n第一章 总则.....\t1\n**第二章 目标** .....\t**2**\n一、保障……………3\n\n第一章 总则\n正文"
    assert lines_left(drop_contents(text)) == ["第一章 总则", "正文"]


def test_an_entry_without_dots_goes_by_its_tab_and_page() -> None:
    assert lines_left(drop_contents("目录\n六、推进“互联网+”\t18\n正文")) == ["正文"]


def test_a_contents_without_page_numbers_goes_when_it_recurs_below() -> None:
    text = "目录\n一、发展基础\n二、主要目标\n\n一、发展基础\n基础很好。\n二、主要目标\n目标很高。"
    assert lines_left(drop_contents(text)) == ["一、发展基础", "基础很好。", "二、主要目标", "目标很高。"]


def test_a_contents_set_as_a_list_goes() -> None:
    text = "目录\n- 一、基础\n- 二、目标\n\n## 一、基础\n基础很好。\n## 二、目标\n目标很高。"
    assert lines_left(drop_contents(text))[0] == "## 一、基础"


def test_page_numbers_behind_mere_spaces_are_known_below_the_word_contents() -> None:
    text = "# 目录\n\n第一章 基础 1\n\n第二章 目标 3\n\n# 第一章 基础\n基础很好。\n# 第二章 目标\n目标很高。"
    assert lines_left(drop_contents(text))[0] == "# 第一章 基础"


def test_a_sentence_with_an_ellipsis_stays() -> None:
    assert lines_left(drop_contents("记者推出系列访谈……\n正文")) == ["记者推出系列访谈……", "正文"]


def test_a_row_of_a_table_is_no_entry() -> None:
    assert lines_left(drop_contents("1.\t工业增加值\t400\t650")) == ["1.\t工业增加值\t400\t650"]


def test_a_title_printed_again_behind_the_contents_is_kept_once() -> None:
    text = f"云泽市规划\n\n{SEAM}\n{SEAM}\n\n云泽市规划\n\n正文"
    assert lines_left(drop_repeated_title(text)) == ["云泽市规划", "正文"]
