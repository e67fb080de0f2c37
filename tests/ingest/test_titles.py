"""The title of a page: by the page's own properties, never by what stands round the article."""

from __future__ import annotations

import pytest

from ingest.parsing import understand

TITLE = "云栖市民政局关于发放高龄津贴的通知"
BODY = (
    "<p>各有关单位：</p><p>现将有关事项通知如下，请结合实际认真抓好贯彻落实，确保各项工作取得实效。</p>"
    "<p>云栖市民政局</p><p>2020年3月1日</p>"
)
META = f"<meta name='ArticleTitle' content='{TITLE}'>"
DTD = (
    '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x" '
    '[<!ENTITY nbsp "&#160;">]>'
)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (META, f"<h1>您现在所在的位置：首页 &gt; 通知</h1><h1>{TITLE}</h1>"),
        (META, f"<h1>云栖市民政局</h1><div>当前位置：首页 &gt; 通知公告</div><h2>{TITLE}</h2>"),
        (f"<title>{TITLE}-云栖市民政局</title>", f"<h1>政务公开</h1><p>{TITLE}</p>"),
        (f"<title>（转载）{TITLE}</title>", f"<h1>（转载）{TITLE}</h1>"),
        ("<title>云栖市人民政府门户网站</title>", f"<p>标题：{TITLE}</p>"),
        ("<title>首页</title>", f"<p>首页 &gt; 政务公开 &gt; 通知</p><p>{TITLE}</p>"),
        (META, "<p>云栖市民政局</p><p>关于发放高龄津贴的通知</p>"),
        (META, f"<p>欢迎访问云栖市民政局网站 | 无障碍浏览 | 长者模式</p><p>{TITLE}</p>"),
        ("<title>云栖市民政局</title>", f"<p>云栖市民政局 ｜ 网站导览 ｜ 市民信箱</p><p>{TITLE}</p>"),
    ],
)
def test_the_article_s_title_is_the_document_s(head: str, body: str) -> None:
    page = f"<html><head><meta charset='utf-8'>{head}</head><body>{body}{BODY}</body></html>"
    assert understand(page.encode(), "页面.html").parsed.document.title == TITLE


def test_a_document_type_is_no_text() -> None:
    parsed = understand(f"{DTD}<html><body><p>{TITLE}</p>{BODY}</body></html>".encode(), "页面.html").parsed
    assert parsed.text.startswith(TITLE)


@pytest.mark.parametrize(
    ("letter", "title"),
    [
        (
            "雲棲縣政府　函\n發文日期：中華民國113年6月3日\n主　旨：修正急難救助要點，請查照。\n",
            "修正急難救助要點，請查照。",
        ),
        (
            "雲棲縣政府 公告\n附件：如附表\n主旨：公告最低生活費標準。\n依據：社會救助法。\n",
            "公告最低生活費標準。",
        ),
        (
            "雲棲縣政府令\n府社救字第1130067890號\n修正「雲棲縣急難救助辦法」。\n縣長 王某\n",
            "修正「雲棲縣急難救助辦法」",
        ),
        ("第12/2024號行政法規\n雲棲獎勵計劃\n行政長官制定本行政法規。\n", "雲棲獎勵計劃"),
        (
            "2024年第15號法律公告\n《2024年雲棲港口（修訂）規例》\n本規例自2024年5月1日起實施。\n",
            "2024年雲棲港口（修訂）規例",
        ),
    ],
)
def test_papers_of_taiwan_macau_and_hong_kong_have_titles_of_their_own_kinds(letter: str, title: str) -> None:
    assert understand(letter.encode(), "函.txt").parsed.document.title == title


@pytest.mark.parametrize(
    ("front", "title"),
    [
        (
            "云栖市民政局\n\n关于市政协第216号提案的答复\n\n云民提复〔2023〕31号\n\n各位委员：\n",
            "云栖市民政局关于市政协第216号提案的答复",
        ),
        (
            "云栖市民政局\n\nA类 同意公开\n\n云民函〔2024〕58号\n\n云栖市民政局对市政协第127号提案的答复\n",
            "云栖市民政局对市政协第127号提案的答复",
        ),
        (
            "云栖市第六届人民代表大会常务委员会公告\n\n第十一号\n\n《云栖市电梯安全条例》已由云栖市第六届人民代表大会常务委员会"
            "第二十三次会议于2024年8月29日通过，经省第十四届人民代表大会常务委员会第十二次会议于2024年11月27日批准，"
            "现予公布，自2025年3月1日起施行。\n\n云栖市电梯安全条例\n",
            "云栖市电梯安全条例",
        ),
        (
            "招聘公告\n\n云栖市2025年事业单位公开招聘工作人员公告\n\n现将有关事项公告如下：\n",
            "云栖市2025年事业单位公开招聘工作人员公告",
        ),
        ("公告\n\n现将有关事项公告如下：\n", "公告"),
    ],
)
def test_what_stands_above_a_title_is_none(front: str, title: str) -> None:
    text = f"{front}\n一、总则\n\n为做好有关工作，制定本规定。\n"
    assert understand(text.encode(), "文件.txt").parsed.document.title == title
