import pytest

from ingest.marks import SEAM
from ingest.webpage import drop_empty_fields, drop_navigation, drop_page_end, drop_spam, drop_trailer


def lines_left(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip() and line != SEAM]


def test_menus_above_the_breadcrumb_go() -> None:
    page = "迁址公告\n关于组织申报2025年项目的\n点击查看更多>>\n当前位置:首页 > 新闻中心\n标题在此\n正文。"
    assert lines_left(drop_navigation(page)) == ["标题在此", "正文。"]


def test_a_breadcrumb_needs_no_label() -> None:
    assert lines_left(drop_navigation("政务公开\n首页 > 政策 > 正文\n标题")) == ["标题"]


def test_counters_and_buttons_behind_the_date_go_and_the_date_stays() -> None:
    page = "发布时间：2026-03-01 来源：市政府办 浏览次数：123次 字体：[大 中 小] 打印 关闭"
    assert drop_navigation(page) == "发布时间：2026-03-01 来源：市政府办"


def test_the_foot_of_a_page_goes() -> None:
    page = "正文。\n上一篇：某文\n下一篇：某文\n版权所有 云泽市\n云ICP备12345号\n技术支持：某公司"
    assert lines_left(drop_navigation(page)) == ["正文。"]


def test_a_sentence_about_a_position_stays() -> None:
    assert lines_left(drop_navigation("园区地理位置优越，交通便利。")) == ["园区地理位置优越，交通便利。"]


def test_what_follows_the_closing_source_line_goes() -> None:
    page = "标题\n正文一。\n正文二。\n素材來源:云泽日报\n\n免费观看,高清无码,在线视频"
    assert lines_left(drop_trailer(page)) == ["标题", "正文一。", "正文二。", "素材來源:云泽日报"]


def test_a_source_line_at_the_top_cuts_nothing() -> None:
    page = "标题\n来源：云泽日报\n正文一。\n正文二。\n正文三。\n正文四。"
    assert drop_trailer(page) == page


def test_a_last_line_in_the_other_script_that_is_no_sentence_is_spam() -> None:
    page = "海岬藥港投產\n雲澤市圍繞海洋經濟，構建現代產業體系。\n\n免费观看,高清无码,在线视频"
    assert lines_left(drop_spam(page)) == page.split("\n")[:2]


def test_a_last_line_in_the_same_script_or_a_sentence_stays() -> None:
    page = "海岬藥港投產\n雲澤市圍繞海洋經濟，構建現代產業體系。\n\n"
    for last in ("（責任編輯：某某）", "来源说明：本文为转载。"):
        assert drop_spam(page + last) == page + last


def test_a_page_in_traditional_characters_is_known_as_well() -> None:
    page = (
        "首頁 > 新聞中心\n雲澤市海岬藥港投產\n"
        "發佈時間：2026-03-01 來源：雲澤日報 瀏覽次數：123次 字號：大 中 小\n"
        "雲澤市圍繞海洋經濟構建現代產業體系。\n分享到：\n（責任編輯：某某）\n版權所有 雲澤市"
    )
    assert lines_left(drop_trailer(drop_navigation(page))) == [
        "雲澤市海岬藥港投產",
        "發佈時間：2026-03-01 來源：雲澤日報",
        "雲澤市圍繞海洋經濟構建現代產業體系。",
        "（責任編輯：某某）",
    ]


def test_fields_that_a_page_left_empty_go() -> None:
    assert drop_empty_fields("作者:    来源:    发布时间:2026-03-01") == f"{SEAM}\n发布时间:2026-03-01"
    assert drop_empty_fields("来源：云泽日报  作者：") == f"{SEAM}\n来源：云泽日报"
    assert drop_empty_fields("作者：") == SEAM


def test_fields_of_a_form_stay() -> None:
    assert (
        drop_navigation("企业名称：\n法定代表人：  联系时间：上午")
        == "企业名称：\n法定代表人：  联系时间：上午"
    )


@pytest.mark.parametrize(
    "row",
    [
        "手机版 粤商通",
        "A+大 A+中 A+小",
        "智能问答",
        "【打印本页】",
        "关怀版 | 无障碍 | 登录",
        "×",
        "大 中 小",
    ],
)
def test_rows_at_the_edge_of_a_page_are_no_text(row: str) -> None:
    assert row not in drop_navigation(f"云泽市管理办法\n{row}\n第一条 为规范，制定本办法。")


@pytest.mark.parametrize("line", ["登录", "注册", "微信", "中", "A", "搜索"])
def test_a_word_that_any_text_may_hold_stays(line: str) -> None:
    assert line in drop_navigation(f"云泽市管理办法\n{line}\n第一条 为规范，制定本办法。").split("\n")


def test_short_rows_behind_the_signature_go_unless_the_paper_goes_on() -> None:
    paper = "标题\n正文一句。\n正文二句。\n云泽市民政局\n2026年1月2日"
    assert drop_page_end(f"{paper}\n我的收藏\n云泽发布").split("\n")[5:] == [SEAM, SEAM]
    for rest in ("附件：名单", "（此件公开发布）", "附则说明：以上数据为初步核算数。"):
        assert drop_page_end(f"{paper}\n{rest}") == f"{paper}\n{rest}"
