from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Heading, Paragraph, Table
from ingest.cleaning import (
    clean,
    clean_blocks,
    drop_glosses,
    drop_invisible,
    drop_rules,
    tighten_spaces,
    widen_punctuation,
)
from ingest.marks import SEAM


def test_characters_that_hide_a_text_from_readers_go() -> None:
    assert drop_invisible("规划\U000e0041\U000e0042\u2066目标\u2069") == "规划目标"


def test_invisible_characters_go_and_every_space_is_a_plain_one() -> None:
    assert drop_invisible("高\u00ad新\u200b区\u3000建设\u00a02030\ufeff") == "高新区  建设 2030"


def test_pinyin_glosses_go_and_real_brackets_stay() -> None:
    glossed = "開發(fā)區(qū)的(de)產(chǎn)業(yè),中德(中山)園(2018-2022)采用(pH)值(app)"
    assert drop_glosses(glossed) == "開發區的產業,中德(中山)園(2018-2022)采用(pH)值(app)"


def test_latin_in_brackets_stays_in_a_text_without_glosses() -> None:
    assert drop_glosses("酸碱度(ph)与应用(app)") == "酸碱度(ph)与应用(app)"


def test_lines_that_only_draw_go_but_a_table_keeps_its_frame() -> None:
    assert drop_rules("甲\n---\n乙\n- |      |\n|---|---|") == f"甲\n{SEAM}\n乙\n{SEAM}\n|---|---|"


def test_half_width_punctuation_between_chinese_is_widened() -> None:
    assert widen_punctuation("机制,拟在(暂定)实施:一是;二是?") == "机制，拟在（暂定）实施：一是；二是?"


def test_figures_keep_their_half_width_punctuation() -> None:
    assert widen_punctuation("比例0.1:79.5,达1,200家 (ISO 9001)") == "比例0.1:79.5，达1,200家 (ISO 9001)"


def test_half_width_punctuation_at_a_line_end_is_widened() -> None:
    assert widen_punctuation("文件如下:\n一是重大者,\n1:\nA;") == "文件如下：\n一是重大者，\n1:\nA;"


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


def test_a_gap_that_parts_a_name_from_a_date_stays() -> None:
    assert tighten_spaces("云泽市人民政府办公室  2026年5月6日印发") == "云泽市人民政府办公室 2026年5月6日印发"


def test_spaces_behind_a_number_and_a_joining_word_go() -> None:
    assert tighten_spaces("（二） 区位优势突出") == "（二）区位优势突出"
    assert tighten_spaces("国民经济和 社会发展 第十五个五年规划") == "国民经济和社会发展 第十五个五年规划"


def test_a_word_that_is_set_wide_is_closed() -> None:
    assert tighten_spaces("第五章 附    则\n前  言") == "第五章 附则\n前言"


def test_a_bracket_of_another_width_than_its_fellow_is_widened() -> None:
    assert (
        widen_punctuation("平台（持证与生产)达到5个，园区(二期）")
        == "平台（持证与生产）达到5个，园区（二期）"
    )


def test_blocks_are_cleaned_inside() -> None:
    paragraph, table = clean_blocks((Paragraph("到 2030 年,建成"), Table((("指\u00ad标", "2030 年"),))))
    assert paragraph == Paragraph("到2030年，建成")
    assert isinstance(table, Table)
    assert table.rows == (("指标", "2030年"),)


def test_a_gloss_alone_in_a_heading_goes_where_the_document_is_full_of_them() -> None:
    blocks = (Heading("鎖定目標(biāo)"), Paragraph("開發(fā)區(qū)產(chǎn)業"))
    assert clean_blocks(blocks) == (Heading("鎖定目標"), Paragraph("開發區產業"))


@given(st.text(alphabet="好的，。,;:()（）“”\n\t \f|*-#.…12一、第章目录>�①[]", max_size=400))
def test_cleaning_adds_no_word(source: str) -> None:
    words = [character for character in clean(source).text if "\u4e00" <= character <= "\u9fff"]
    letters = [character for character in source if "\u4e00" <= character <= "\u9fff"]
    remaining = iter(letters)
    assert all(word in remaining for word in words)


def test_half_of_a_character_that_a_broken_file_holds_goes() -> None:
    assert clean("绿地\udf4e12公顷").text == "绿地12公顷"
