from ingest.blocks import Heading, Note, Paragraph
from ingest.boilerplate import byline_end, closing_lines

BODY = "全市围绕海洋经济高质量发展，着力构建现代海洋产业体系，取得明显成效，基础更加坚实，各项任务顺利完成。"


def closing(*lines: str) -> list[str]:
    blocks = [Paragraph(line) for line in ("云泽市规划", BODY, *lines)]
    return [blocks[index].text for index in sorted(closing_lines(blocks))]


def test_a_signature_with_its_date_and_remark_closes_a_document() -> None:
    signature = ("云泽市人民政府", "2026年5月6日", "（此件公开发布）")
    assert closing(*signature) == list(signature)
    assert closing("云泽市人民政府 2026年5月6日") == ["云泽市人民政府 2026年5月6日"]
    assert closing("云泽市人民政府  云泽市财政局", "二〇二六年五月六日")[0].startswith("云泽市人民政府")


def test_an_office_above_further_text_is_no_signature() -> None:
    assert closing("市发展改革局", "负责编制规划，统筹协调重大事项。") == []


def test_lists_of_copies_close_a_document() -> None:
    copies = ("抄送：市委办公室，市人大常委会办公室。", "云泽市人民政府办公室秘书科 2026年5月6日印发")
    assert closing(*copies) == list(copies)


def test_a_source_alone_stays_with_the_text() -> None:
    assert closing("素材來源：云泽日报") == []
    assert closing("云泽市人民政府", "2026年5月6日", "来源：云泽日报")[-1] == "来源：云泽日报"


def test_a_sentence_about_a_date_closes_nothing() -> None:
    assert closing("本规划自2026年5月6日起施行。") == []


def test_a_signature_above_an_attachment_closes_what_it_signs() -> None:
    lines = ("云泽市人民政府", "2026年5月6日", "附件1", "申请表", BODY)
    assert closing(*lines) == ["云泽市人民政府", "2026年5月6日"]


def test_notes_stand_below_the_signature() -> None:
    blocks = (Heading("规划"), Paragraph(BODY), Paragraph("2026年5月6日"), Note("指海洋。", "①"))
    assert closing_lines(blocks) == {2}


def test_a_byline_ends_where_the_text_begins() -> None:
    blocks = tuple(map(Paragraph, ("海岬药港投产", "作者：某某 发布时间：2026-03-01", "前言", BODY)))
    assert byline_end(blocks, 3) == 2
    assert byline_end(blocks[:1] + blocks[2:], 2) == 0
