from ingest.blocks import Heading, Note, PageBreak, Paragraph, Seam, Table
from ingest.lines import read_blocks
from ingest.marks import PAGE, SEAM
from ingest.paragraphs import wrap_width


def texts(source: str) -> list[str]:
    return [block.text for block in read_blocks(source) if isinstance(block, Paragraph | Heading)]


def body(source: str) -> list[str]:
    """The pieces of a text below a title, as a title may hold a comma and no stop."""
    return texts(f"云泽市海洋经济规划\n\n{source}")[1:]


def test_a_sentence_broken_by_a_page_is_joined() -> None:
    assert body("引进一批龙头企业，推动海洋产业\n\n跨越发展。") == [
        "引进一批龙头企业，推动海洋产业跨越发展。"
    ]


def test_a_break_behind_a_closing_quote_is_mended() -> None:
    source = "打造生物医药和“健康服务”\n\n等主导产业，推动融合发展，形成一批具有竞争力的产业集群和品牌。"
    assert len(body("全市将围绕海洋经济，" + source)) == 1


def test_a_break_inside_a_quotation_is_mended() -> None:
    assert texts("采用“开\n\n放-链接-服务”的模式。") == ["采用“开放-链接-服务”的模式。"]


def test_finished_sentences_and_numbered_lines_stay_apart() -> None:
    source = "一、发展基础\n全市基础良好。\n（一）优势\n区位优越，交通便利，产业集聚\n（二）劣势\n规模较小。"
    assert texts(source) == source.split("\n")


def test_labels_open_a_new_piece_even_where_the_last_stop_is_missing() -> None:
    source = "仿制药：提升质量，提高患者用药可及性\n创新药：鼓励采用新靶点开展研究。"
    assert texts(source) == source.split("\n")


def test_text_doubled_at_a_page_break_is_kept_once() -> None:
    joined = body(f"到2030年，全市建成海洋生物医药产业园区\n{PAGE}\n医药产业园区，引进企业。")
    assert joined == ["到2030年，全市建成海洋生物医药产业园区，引进企业。"]


def test_a_short_doubling_may_be_meant_and_stays() -> None:
    assert body("进一步完善机制，稳步\n\n步入新的阶段。") == ["进一步完善机制，稳步步入新的阶段。"]


def test_a_page_break_inside_a_sentence_does_not_part_it() -> None:
    blocks = read_blocks(f"到2030年，\n{PAGE}\n建成示范区。")
    assert blocks == (Paragraph("到2030年，建成示范区。"), PageBreak())


def test_a_seam_parts_finished_paragraphs() -> None:
    assert read_blocks(f"甲。\n{SEAM}\n乙。") == (Paragraph("甲。"), Seam(), Paragraph("乙。"))


def test_markdown_headings_keep_their_level_and_lose_their_marks() -> None:
    assert read_blocks("## **第一章 总则**") == (Seam(), Heading("第一章 总则", 2))


def test_a_bold_lead_is_told_from_the_text_it_leads() -> None:
    assert read_blocks("**强链。**对重点产业实施工程。") == (
        Paragraph("强链。对重点产业实施工程。", lead="强链"),
    )
    assert read_blocks("——**创新驱动。**坚持创新。") == (
        Paragraph("——创新驱动。坚持创新。", lead="创新驱动"),
    )


def test_a_bold_lead_that_closes_too_early_goes_on_to_its_stop() -> None:
    (block,) = read_blocks("**加强心理服务体系**建设。坚持预防为主。")
    assert block == Paragraph("加强心理服务体系建设。坚持预防为主。", lead="加强心理服务体系建设")


def test_a_bold_tail_of_a_broken_sentence_is_no_lead() -> None:
    assert body("**两平台：**建设流通体系，为农业\n\n**提质增效铺平道路。**") == [
        "两平台：建设流通体系，为农业提质增效铺平道路。"
    ]


def test_a_note_is_known_by_its_mark_in_the_text() -> None:
    blocks = read_blocks("落实“一三五”①战略。\n① “一三五”：指一条主线。")
    assert blocks[-1] == Note("“一三五”：指一条主线。", "①")


def test_circled_items_of_a_list_are_no_notes() -> None:
    assert not any(isinstance(block, Note) for block in read_blocks("条件：\n① 身份证明；\n② 学历证明。"))


def test_a_note_whose_mark_was_lost_is_an_endnote() -> None:
    assert read_blocks("\ufffd “3+2”体系：指五类产业。") == (Note("“3+2”体系：指五类产业。", at_end=True),)


def test_a_broken_pipe_table_gives_its_words_back() -> None:
    source = "|---|---|---|\n| 1. 健全平台。规范化建设心理服 |\n\n务中心，完善体系。"
    assert texts(source) == ["1. 健全平台。规范化建设心理服务中心，完善体系。"]


def test_a_pipe_table_is_read_with_a_seam_on_both_sides() -> None:
    blocks = read_blocks("| 指标 | 2030年 |\n|---|---|\n| 产值 | 600 |")
    assert [type(block) for block in blocks] == [Seam, Table, Seam]


WRAPPED = """　　一、总体要求
　　全面贯彻落实新发展理念，坚持陆海统筹，科学开发
海洋资源，保护海洋生态环境，加快建设现代海洋产业体系。
到2030年，海洋生产总值突破1200亿元，年均增长百分之八，
新增国家级平台3个。
　　二、重点任务
　　围绕海洋生物医药、海洋装备制造、滨海旅游三大领域精
准发力，培育一批具有国际竞争力的龙头企业和产业集群。加
快推进港产城融合发展，提升港口综合服务能力和辐射带动能
力，打造区域性航运中心。
　　三、保障措施
　　加强组织领导，健全工作机制，明确责任分工，强化督促
检查，确保各项任务落到实处。""".replace("　", "  ")


def test_lines_broken_at_a_fixed_width_become_paragraphs() -> None:
    assert wrap_width(WRAPPED.split("\n")) > 20
    paragraphs = texts(WRAPPED)
    assert len(paragraphs) == 6
    assert paragraphs[1].endswith("新增国家级平台3个。")


def test_a_text_with_lines_of_any_length_has_no_width() -> None:
    assert wrap_width(["长" * length for length in range(5, 60)]) == 0


def test_in_a_document_that_marks_its_headings_a_line_without_a_mark_is_none() -> None:
    headings = "\n\n".join(f"## 第{number}节 海洋" for number in "一二三四五")
    source = f"{headings}\n\n坚持把海洋事业放在全市经济和社会发展的大局中统筹\n\n谋划和科学推进。"
    assert texts(source)[-1] == "坚持把海洋事业放在全市经济和社会发展的大局中统筹谋划和科学推进。"


def test_a_note_goes_on_over_its_next_line() -> None:
    blocks = read_blocks("产值[^2]突破。\n\n[^2]: 产值包括制造、\n    运营和保障。\n\n正文。")
    assert blocks[1:] == (Note("产值包括制造、运营和保障。", "[^2]"), Paragraph("正文。"))


def test_a_sentence_marked_as_a_heading_is_a_sentence() -> None:
    assert body("全市建设飞行服务站，力争\n\n# 到2030年服务企业达到100家。") == [
        "全市建设飞行服务站，力争到2030年服务企业达到100家。"
    ]


def test_a_page_number_inside_a_sentence_does_not_become_part_of_a_figure() -> None:
    assert body("全市常年开通低空航线，共计12\n\n3\n\n条，覆盖全部乡镇。") == [
        "全市常年开通低空航线，共计12条，覆盖全部乡镇。"
    ]


def test_a_number_between_whole_paragraphs_stays() -> None:
    assert body("全市开通航线。\n\n3\n\n覆盖乡镇。") == ["全市开通航线。", "3", "覆盖乡镇。"]


def test_a_paragraph_that_is_bold_as_a_whole_leads_nothing() -> None:
    assert read_blocks("**对新开通的航线，按每条30万元给予补贴。**") == (
        Paragraph("对新开通的航线，按每条30万元给予补贴。"),
    )


def test_brackets_that_a_page_break_parted_are_of_one_width() -> None:
    assert body("建设药物平台（持证与\n\n生产融合组织)达到5个。") == [
        "建设药物平台（持证与生产融合组织）达到5个。"
    ]


FLAT = "工程名称\n建设内容\n投资（万元）\n泊位工程\n建设泊位12个\n5200\n航道工程\n疏浚航道30公里\n840\n"


def test_a_table_without_tabs_or_serial_numbers_is_told_by_its_column_of_figures() -> None:
    (table, heading) = read_blocks(f"{FLAT}二、保障措施\n加强领导。")[:2]
    assert isinstance(table, Table)
    assert table.rows[1:] == (("泊位工程", "建设泊位12个", "5200"), ("航道工程", "疏浚航道30公里", "840"))
    assert heading == Paragraph("二、保障措施")


def test_a_form_is_no_table() -> None:
    assert texts("企业名称\n法定代表人\n注册地址\n联系人\n联系电话\n申请金额") == (
        ["企业名称", "法定代表人", "注册地址", "联系人", "联系电话", "申请金额"]
    )


def test_a_line_of_marks_without_words_goes_on_with_nothing() -> None:
    for empty in ("****", "** **"):
        assert body(f"{empty}\n海洋经济，")[-1] == "海洋经济，"
