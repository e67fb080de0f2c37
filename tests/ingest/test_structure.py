from ingest.cleaning import clean
from ingest.lines import read_blocks
from ingest.outline import Outline
from ingest.structure import outline
from vectorstore.types import PassageKind

BODY = "全市围绕海洋经济高质量发展，着力构建现代海洋产业体系，取得明显成效，基础更加坚实。"


def read(source: str) -> Outline:
    return outline(read_blocks(clean(source).text))


def paths(source: str) -> dict[str, tuple[str, ...]]:
    tree = read(source)
    return {tree.text[unit.start : unit.end]: unit.path for unit in tree.units}


def path_of(source: str, text: str) -> tuple[str, ...]:
    return next(path for line, path in paths(source).items() if text in line)


def test_chapters_sections_and_items_nest_by_their_numbering() -> None:
    source = (
        f"规划\n第一章 基础\n第一节 现状\n一、成绩\n（一）产业\n1.规模扩大。{BODY}\n第二节 形势\n{BODY}甲"
    )
    assert path_of(source, "规模扩大") == (
        "第一章 基础",
        "第一节 现状",
        "一、成绩",
        "（一）产业",
        "1.规模扩大",
    )
    assert path_of(source, "甲") == ("第一章 基础", "第二节 形势")


def test_levels_come_from_the_numbering_where_the_markup_is_noise() -> None:
    source = f"# 规划\n\n#### 第一章 基础\n\n# 第一节 现状\n\n{BODY}\n\n### 第二节 形势\n\n{BODY}乙"
    assert path_of(source, "乙") == ("第一章 基础", "第二节 形势")


def test_the_title_heads_no_section() -> None:
    assert path_of(f"# 云泽市规划\n\n{BODY}", BODY) == ()


def test_an_arabic_number_among_chinese_ones_is_one_of_them() -> None:
    source = (
        f"规划\n四、重点\n（一）甲\n1.提高能力\n{BODY}\n"
        f"5、 主要任务\n（一）工程\n{BODY}丙\n六、保障\n{BODY}丁"
    )
    assert path_of(source, "丙") == ("5、主要任务", "（一）工程")
    assert path_of(source, "丁") == ("六、保障",)


def test_leads_without_a_mark_are_headings_where_several_stand_together() -> None:
    source = f"规划\n一、重点\n康复疗养。依托{BODY}\n健康养老。筹建{BODY}戊"
    assert path_of(source, "戊") == ("一、重点", "健康养老")


def test_a_single_short_first_sentence_is_no_lead() -> None:
    assert path_of(f"规划\n一、重点\n形势逼人。依托{BODY}己\n{BODY}庚。", "己") == ("一、重点",)


def test_what_sums_up_does_not_belong_to_the_last_lead() -> None:
    source = f"规划\n一、基础\n**规模扩大。**{BODY}\n**创新增强。**{BODY}\n总的来看，{BODY}辛"
    assert path_of(source, "辛") == ("一、基础",)


BOX = f"""规划
## 第一节 平台
**推进平台建设。**{BODY}
### 专栏 1：平台建设重点
1. 东片区。重点发展装备。
2. 西片区。重点发展医药。
**打造服务高地。**{BODY}
## 第二节 空间
{BODY}"""


def test_a_box_ends_where_a_lead_of_the_body_comes() -> None:
    assert path_of(BOX, "东片区") == ("第一节 平台", "专栏1：平台建设重点", "1. 东片区")
    assert path_of(BOX, "打造服务高地") == ("第一节 平台", "打造服务高地")


def test_a_box_whose_own_leads_look_like_the_body_s_goes_on_to_the_next_heading() -> None:
    source = BOX.replace("1. 东片区。", "**强链。**").replace("2. 西片区。", "**补链。**")
    assert path_of(source, "补链") == ("第一节 平台", "专栏1：平台建设重点", "补链")
    assert path_of(source, "打造服务高地")[:2] == ("第一节 平台", "专栏1：平台建设重点")
    tree = read(source)
    boxed = [unit for unit in tree.units if unit.kind == PassageKind.BOX]
    assert "补链" in "".join(tree.text[unit.start : unit.end] for unit in boxed)


def test_a_numbered_sub_heading_inside_a_box_does_not_end_it() -> None:
    source = (
        f"规划\n## 第一节 服务业\n{BODY}\n#### 专栏 2：方向\n##### 1. 生产性服务业\n(1) 物流。{BODY}\n"
        f"## 2. 生活性服务业\n(1) 商贸。{BODY}\n"
    )
    assert path_of(source, "商贸") == ("第一节 服务业", "专栏2：方向", "2. 生活性服务业", "(1) 商贸")


def test_a_heading_split_over_two_lines_is_one() -> None:
    source = f"规划\n## 第三章 扩容提质\n\n### 引领向东发展\n\n{BODY}\n\n#### 第一节 平台\n\n{BODY}壬"
    assert path_of(source, "壬") == ("第三章 扩容提质 引领向东发展", "第一节 平台")


def test_unnumbered_sub_headings_of_a_chapter_are_not_its_title() -> None:
    source = f"规划\n## 第三章 措施\n\n### 加强领导\n\n{BODY}\n\n### 强化保障\n\n{BODY}癸"
    assert path_of(source, "癸") == ("第三章 措施", "强化保障")


def test_short_lines_above_full_paragraphs_are_headings() -> None:
    source = f"海岬药港投产\n{BODY}{BODY}\n形成集聚态势 打造海洋药谷\n{BODY}子"
    assert path_of(source, "子") == ("形成集聚态势 打造海洋药谷",)


ARTICLES = """云泽市人民政府关于印发云泽市人才公寓管理办法的通知
各县（市、区）人民政府：
现印发给你们，请认真贯彻执行。
云泽市人民政府
2026年5月6日
云泽市人才公寓管理办法
第一章 总则
第一条 为规范管理，制定本办法。
第二条【范围】 本办法适用于本市。
第三条 申请人应当符合下列条件：
（一）依法缴纳社会保险；
（二）无自有住房。
前款所称住房，指商品住房。
附件：1.申请表"""


def test_articles_hold_their_items_and_further_paragraphs() -> None:
    where = ("云泽市人才公寓管理办法", "第一章 总则")
    assert path_of(ARTICLES, "依法缴纳") == (*where, "第三条")
    assert path_of(ARTICLES, "前款") == (*where, "第三条")
    assert path_of(ARTICLES, "适用于本市") == (*where, "第二条【范围】")


def test_a_row_of_short_numbered_lines_is_a_list() -> None:
    tree = read(f"通知\n一、申请材料\n1.申请表\n2.承诺书\n3.身份证复印件\n二、办理流程\n{BODY}")
    items = [tree.text[unit.start : unit.end] for unit in tree.units if unit.item]
    assert items == ["1.申请表", "2.承诺书", "3.身份证复印件"]


def test_a_note_goes_under_the_heading_of_what_it_explains() -> None:
    source = f"规划\n一、定位\n落实“一三五”①战略，推进建设。\n二、目标\n{BODY}\n① “一三五”：指一条主线。"
    assert path_of(source, "指一条主线") == ("一、定位", "脚注①：“一三五”")


def test_notes_without_marks_go_where_lines_break_for_no_reason() -> None:
    source = (
        "规划\n一、基础\n近年来，全市厚植生物医药“3+2”\n特色产业优势，拓展服务领域。\n二、空间\n以双核为引领，四大产业园区\n"
        "为支撑，形成新格局。\n\ufffd “3+2”体系：指五类产业。\n\ufffd 东园、西园、南园、北园。"
    )
    assert path_of(source, "东园") == ("二、空间", "尾注2：四大产业园区")
    assert path_of(source, "五类产业") == ("一、基础", "尾注1：“3+2”")


def test_a_table_stands_under_its_caption_and_the_text_goes_on_behind_it() -> None:
    source = (
        f"规划\n一、目标\n{BODY}\n表1 主要指标\n单位：亿元\n"
        f"| 指标 | 2025年 | 2030年 |\n|---|---|---|\n| 产值 | 400 | 650 |\n\n{BODY}丑"
    )
    assert path_of(source, "产值 | 400") == ("一、目标", "表1主要指标")
    assert path_of(source, "丑") == ("一、目标",)


def test_sections_are_unbroken_runs() -> None:
    sections = [unit.section for unit in read(BOX + ARTICLES).units]
    assert sections == sorted(sections)


def test_the_title_of_the_document_itself_is_no_inner_title() -> None:
    source = f"附件\n云泽市海洋经济规划\n一、基础\n{BODY}寅"
    assert path_of(source, "寅") == ("一、基础",)


def test_a_box_belongs_to_its_section_and_not_to_the_item_above_it() -> None:
    source = f"规划\n一、任务\n1. 建设网络。{BODY}\n2. 建设算力。{BODY}\n专栏1 重点工程\n光网工程卯。{BODY}"
    assert path_of(source, "卯") == ("一、任务", "专栏1重点工程")


def test_bold_items_with_a_number_are_run_in_headings() -> None:
    source = f"# 措施\n\n**一、支持研发。** 对企业给予补助。\n\n**二、支持平台。** {BODY}辰"
    assert path_of(source, "辰") == ("二、支持平台",)


def test_a_note_behind_a_full_stop_ends_its_paragraph_and_takes_the_clause_before_it() -> None:
    source = f"规划\n一、科技\n{BODY}加快海洋科技创新。①\n{BODY}\n二、产业\n{BODY}\n① 指海洋领域的创新。"
    assert path_of(source, "指海洋领域") == ("一、科技", "脚注①：加快海洋科技创新")
    assert "加快海洋科技创新。①" in "\n".join(paths(source)).split("\n")[2]


NOTICE = f"""云泽市人民政府办公室关于印发云泽市人才措施的通知
各县（市、区）人民政府：
现印发给你们，请认真贯彻执行。
附件：1.云泽市人才措施
2.申请表
云泽市人民政府办公室
2026年5月6日
附件1
云泽市人才措施
一、支持引进
{BODY}
附件2：
申请表
企业名称：
抄送：市委办公室。"""


def test_an_attachment_goes_by_its_number_and_title() -> None:
    assert path_of(NOTICE, BODY) == ("附件1 云泽市人才措施", "一、支持引进")
    assert path_of(NOTICE, "企业名称") == ("附件2 申请表",)


def test_the_last_of_a_list_is_no_heading() -> None:
    assert path_of(NOTICE, "2.申请表") == ()


def test_a_signature_and_a_list_of_copies_belong_to_no_section() -> None:
    assert path_of(NOTICE, "2026年5月6日") == ()
    assert path_of(NOTICE, "抄送") == ()


def test_a_byline_is_parted_from_the_text() -> None:
    tree = read(f"海岬药港投产\n作者：某某 发布时间：2026-03-01\n{BODY}午")
    assert [unit.parted for unit in tree.units] == [False, False, True]


def test_a_headline_on_two_short_lines_is_one_heading() -> None:
    source = f"海岬药港投产\n{BODY}\n\n巧借东风\n抢占新赛道\n\n{BODY}未"
    assert path_of(source, "未") == ("巧借东风 抢占新赛道",)


def test_a_title_over_two_headings_and_a_remark_under_it_head_no_section() -> None:
    source = f"# 云泽市海洋经济规划和\n# 实施方案\n## （征求意见稿）\n\n{BODY}申"
    assert path_of(source, "申") == ()


def test_the_stop_behind_a_heading_is_not_part_of_its_name() -> None:
    assert path_of(f"规划\n一、总体要求\n（一）指导思想。\n{BODY}酉", "酉") == (
        "一、总体要求",
        "（一）指导思想",
    )


def test_a_number_alone_above_a_full_paragraph_heads_it() -> None:
    assert path_of(f"海岬纪事\n{BODY}\n（一）\n{BODY}戌\n（二）\n{BODY}", "戌") == ("（一）",)


def test_a_longer_first_sentence_among_leads_is_one_as_well() -> None:
    source = (
        f"规划\n一、服务\n健康养老。推进{BODY}\n医疗康复。依托{BODY}\n"
        f"培育发展远程医疗、健康金融与保险等新兴业态。发挥{BODY}亥"
    )
    assert path_of(source, "亥") == ("一、服务", "培育发展远程医疗、健康金融与保险等新兴业态")


def test_a_table_stands_beside_the_items_above_it() -> None:
    table = "| 指标 | 2030年 |\n|---|---|\n| 产值 | 650 |\n"
    source = f"规划\n一、目标\n1. 设施完善：建设起降点60个。\n2. 产业兴旺：形成产业集群。\n\n{table}"
    assert path_of(source, "产值 | 650") == ("一、目标",)
    spoken = source.replace("形成产业集群。", "形成产业集群，指标如下：")
    assert path_of(spoken, "产值 | 650") == ("一、目标", "2. 产业兴旺")


def test_a_box_that_opens_with_a_table_is_that_table() -> None:
    source = f"规划\n## 一、目标\n### 专栏1 指标\n| 指标 | 2030年 |\n|---|---|\n| 产值 | 650 |\n\n{BODY}天"
    assert path_of(source, "产值 | 650") == ("一、目标", "专栏1指标")
    assert path_of(source, "天") == ("一、目标",)


def test_a_number_and_its_title_on_two_lines_are_one_heading() -> None:
    source = f"云泽市条例\n第一章\n总则\n{BODY}\n第二章\n措施\n一、\n加强领导\n{BODY}地"
    assert path_of(source, "地") == ("第二章 措施", "一、加强领导")


def test_what_a_title_page_says_in_headings_heads_no_section() -> None:
    source = f"# 云泽市海洋经济规划\n\n# 云泽市发展改革局\n\n# 2026年3月\n\n# 第一章 基础\n\n{BODY}玄"
    assert path_of(source, "云泽市发展改革局") == ()
    assert path_of(source, "2026年3月") == ()
    assert path_of(source, "玄") == ("第一章 基础",)
