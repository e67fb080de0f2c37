from ingest.marks import SEAM
from ingest.markup import strip_formulas, strip_markdown, strip_tags, unescape


def test_inline_html_goes_and_bold_is_kept_as_a_mark() -> None:
    assert (
        strip_tags("<b>强链。</b>细颗粒物（PM<sub>2.5</sub>）<br/>下一行")
        == "**强链。**细颗粒物（PM2.5）\n下一行"
    )


def test_tags_of_blocks_part_lines() -> None:
    assert strip_tags("<p>甲。</p><p>乙。</p>").split() == ["甲。", "乙。"]


def test_marks_of_formulas_round_figures_and_units_go() -> None:
    assert strip_formulas(r"增长 $15\%$，细颗粒物（$\mathrm{PM}_{2.5}$）") == "增长 15%，细颗粒物（PM2.5）"
    assert strip_formulas(r"$3 \sim 5$年，$\geq 60$个，$20$座，$10^{3}$吨") == "3 ~5年，≥60个，20座，10^3吨"


def test_real_formulas_and_money_stay() -> None:
    assert strip_formulas(r"$\frac{a}{b}$") == r"$\frac{a}{b}$"
    assert strip_formulas("出口额$5亿，进口额$3亿") == "出口额$5亿，进口额$3亿"


def test_names_of_characters_are_read() -> None:
    assert unescape("研发&nbsp;R&amp;D &ldquo;双创&rdquo;") == "研发\xa0R&D “双创”"


def test_links_keep_their_words_and_lose_their_addresses() -> None:
    assert (
        strip_markdown("详见[补贴办法](https://a.invalid/b.html)和[附表](附表.xlsx)。")
        == "详见补贴办法和附表。"
    )
    assert strip_markdown("- [一、总体要求](#a)") == "- 一、总体要求"


def test_brackets_behind_brackets_that_are_no_address_stay() -> None:
    assert strip_markdown("云政[2024](修订)号") == "云政[2024](修订)号"


def test_a_note_s_mark_stays_a_mark_when_it_is_a_link() -> None:
    assert strip_markdown("产值突破20亿元[1](#fn1)。") == "产值突破20亿元[1]。"


def test_a_picture_alone_on_its_line_leaves_a_seam() -> None:
    assert strip_markdown("甲\n![布局图](a.png)\n乙") == f"甲\n{SEAM}\n乙"


def test_quotation_bars_fences_and_tick_boxes_go() -> None:
    assert strip_markdown("> 注：初步数。") == f"{SEAM}\n注：初步数。"
    assert strip_markdown("```text\n补贴 = 航线数\n```") == f"{SEAM}\n补贴 = 航线数\n{SEAM}"
    assert strip_markdown("- [ ] 景区：按需建设") == "- 景区：按需建设"
    assert strip_markdown("每县至少`1`处") == "每县至少1处"


def test_every_kind_of_bold_is_the_same_mark_and_slanted_words_lose_theirs() -> None:
    assert strip_markdown("__强化保障。__财政安排\n***三、措施***") == "**强化保障。**财政安排\n**三、措施**"
    assert strip_markdown("这是*重点*内容，面积5*6*7米") == "这是重点内容，面积5*6*7米"


def test_bullets_blanks_of_a_form_and_escaped_signs_stay() -> None:
    assert strip_markdown("* 县城\n* 乡镇") == "* 县城\n* 乡镇"
    assert strip_markdown("姓名：____ 电话：____") == "姓名：____ 电话：____"
    assert strip_markdown(r"1\. 面积2\*3") == "1. 面积2*3"
