from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Paragraph, Table
from ingest.cleaning import (
    clean,
    clean_block,
    drop_glosses,
    drop_invisible,
    drop_rules,
    strip_tags,
    tighten_spaces,
    unescape,
    widen_punctuation,
)
from ingest.marks import SEAM


def test_invisible_characters_go_and_every_space_is_a_plain_one() -> None:
    assert drop_invisible("高\u00ad新\u200b区\u3000建设\u00a02030\ufeff") == "高新区  建设 2030"


def test_pinyin_glosses_go_and_real_brackets_stay() -> None:
    glossed = "開發(fā)區(qū)的(de)產(chǎn)業(yè),中德(中山)園(2018-2022)采用(pH)值(app)"
    assert drop_glosses(glossed) == "開發區的產業,中德(中山)園(2018-2022)采用(pH)值(app)"


def test_latin_in_brackets_stays_in_a_text_without_glosses() -> None:
    assert drop_glosses("酸碱度(ph)与应用(app)") == "酸碱度(ph)与应用(app)"


def test_inline_html_goes_and_bold_is_kept_as_a_mark() -> None:
    assert (
        strip_tags("<b>强链。</b>细颗粒物（PM<sub>2.5</sub>）<br/>下一行")
        == "**强链。**细颗粒物（PM2.5）\n下一行"
    )


def test_names_of_characters_are_read() -> None:
    assert unescape("研发&nbsp;R&amp;D &ldquo;双创&rdquo;") == "研发\xa0R&D “双创”"


def test_lines_that_only_draw_go_but_a_table_keeps_its_frame() -> None:
    assert drop_rules("甲\n---\n乙\n- |      |\n|---|---|") == f"甲\n{SEAM}\n乙\n{SEAM}\n|---|---|"


def test_half_width_punctuation_between_chinese_is_widened() -> None:
    assert widen_punctuation("机制,拟在(暂定)实施:一是;二是?") == "机制，拟在（暂定）实施：一是；二是?"


def test_figures_keep_their_half_width_punctuation() -> None:
    assert widen_punctuation("比例0.1:79.5,达1,200家 (ISO 9001)") == "比例0.1:79.5，达1,200家 (ISO 9001)"


def test_punctuation_at_a_line_end_does_not_swallow_the_break() -> None:
    assert widen_punctuation("机制\n,拟在") == "机制\n,拟在"


def test_spaces_round_figures_and_punctuation_go() -> None:
    assert tighten_spaces("到 2030 年达 65% 左右 ，其中 MAH 平台") == "到2030年达65%左右，其中 MAH 平台"


def test_wide_gaps_stay_where_they_part_columns() -> None:
    assert tighten_spaces("指标  2020年  2025年") == "指标  2020年  2025年"
    assert tighten_spaces("第一章  总则") == "第一章 总则"


def test_what_was_dropped_is_told() -> None:
    cleaned = clean("目录\n一、总则……1\n一、总则\n正文。\n版权所有 云泽市")
    assert cleaned.dropped == ("目录", "一、总则……1", "版权所有 云泽市")


def test_blocks_are_cleaned_inside() -> None:
    assert clean_block(Paragraph("到 2030 年,建成", lead="")) == Paragraph("到2030年，建成")
    table = clean_block(Table((("指\u00ad标", "2030 年"),)))
    assert isinstance(table, Table)
    assert table.rows == (("指标", "2030年"),)


@given(st.text(alphabet="好的，。,;:()（）“”\n\t \f|*-#.…12一、第章目录>�①[]", max_size=400))
def test_cleaning_adds_no_word(source: str) -> None:
    words = [character for character in clean(source).text if "\u4e00" <= character <= "\u9fff"]
    letters = [character for character in source if "\u4e00" <= character <= "\u9fff"]
    remaining = iter(letters)
    assert all(word in remaining for word in words)
