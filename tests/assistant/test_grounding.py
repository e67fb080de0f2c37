from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.grounding import ground
from assistant.types import Verdict
from tests.assistant.answering import hit
from vectorstore.types import PassageKind

PLAN = hit(
    "到2030年，青川市新材料产业规模力争突破1200亿元，年均增长12%左右，高新技术企业不少于450家。"
    "2025年产业规模为680亿元，单位能耗比2020年下降18%。由市工业和信息化局牵头，在临川区建设新材料中试基地。"
    "企业不得在生态保护区内新建化工项目。根据《青川市制造业发展条例》和青政发〔2024〕15号文件执行。"
)


def verdict(statement: str, *others: str) -> Verdict:
    return ground(statement, [PLAN, *(hit(text, number) for number, text in enumerate(others, 2))]).verdict


@pytest.mark.parametrize(
    "statement",
    [
        "到2030年，新材料产业规模力争突破1200亿元。",
        "产业规模2030年力争突破1,200亿元。",
        "产业规模2030年力争超过0.12万亿元。",
        "2030年产业規模力爭突破1200億元。",
        "年均增长百分之十二左右。",
        "高新技术企业450家以上。",
        "2025年为680亿元。",
        "单位能耗比2020年下降18%。",
        "中试基地建在临川区，由市工业和信息化局牵头。",
        "企业不得在生态保护区内新建化工项目。",
        "依据是《青川市制造业发展条例》和青政发〔2024〕15号文件。",
    ],
)
def test_what_the_passage_says_is_supported(statement: str) -> None:
    assert ground(statement, [PLAN]).reason == ""
    assert verdict(statement) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("到2030年，新材料产业规模力争突破1300亿元。", Verdict.CONTRADICTED),
        ("到2030年，新材料产业规模力争突破1200万元。", Verdict.CONTRADICTED),
        ("到2030年，新材料产业规模力争突破120亿元。", Verdict.CONTRADICTED),
        ("到2025年，新材料产业规模力争突破1200亿元。", Verdict.CONTRADICTED),
        ("到2030年，产业规模为680亿元。", Verdict.CONTRADICTED),
        ("到2035年，产业规模力争突破1200亿元。", Verdict.CONTRADICTED),
        ("到2030年，产业规模不超过1200亿元。", Verdict.CONTRADICTED),
        ("到2030年，产业规模约1200亿元。", Verdict.UNSUPPORTED),
        ("到2030年，产业规模确保突破1200亿元。", Verdict.UNSUPPORTED),
        ("高新技术企业不超过450家。", Verdict.CONTRADICTED),
        ("年均增长12个百分点左右。", Verdict.UNSUPPORTED),
        ("单位能耗比2020年上升18%。", Verdict.CONTRADICTED),
        ("单位能耗比2025年下降18%。", Verdict.UNSUPPORTED),
        ("在望汀区建设新材料中试基地。", Verdict.CONTRADICTED),
        ("由市财政局牵头建设新材料中试基地。", Verdict.UNSUPPORTED),
        ("企业可以在生态保护区内新建化工项目。", Verdict.CONTRADICTED),
        ("依据是《青川市服务业发展条例》。", Verdict.UNSUPPORTED),
        ("依据是青政发〔2023〕15号文件。", Verdict.UNSUPPORTED),
        ("支持居民购买绿色智能家电并给予补贴优惠。", Verdict.UNSUPPORTED),
    ],
)
def test_what_the_passage_does_not_say_is_found_out(statement: str, expected: Verdict) -> None:
    grounding = ground(statement, [PLAN])
    assert grounding.verdict is expected
    assert grounding.reason


def test_a_sentence_without_a_source_is_unsupported() -> None:
    assert ground("到2030年，产业规模力争突破1200亿元。", []).verdict is Verdict.UNSUPPORTED


def test_any_of_several_cited_passages_may_prove_a_figure() -> None:
    statement = "青川市力争突破1200亿元，望汀区为90亿元。"
    assert verdict(statement, "望汀区产业规模为90亿元。") is Verdict.SUPPORTED
    assert verdict(statement, "望汀区产业规模为80亿元。") is not Verdict.SUPPORTED


def test_a_table_s_cell_takes_its_unit_from_the_table() -> None:
    row = hit("产业规模｜指标：新材料产业规模（亿元）；2025年：680；2030年：1200")
    row = replace(row, passage=replace(row.passage, kind=PassageKind.TABLE_ROW))
    assert ground("2030年新材料产业规模1200亿元。", [row]).verdict is Verdict.SUPPORTED
    assert ground("2030年新材料产业规模680亿元。", [row]).verdict is Verdict.CONTRADICTED
    assert ground("2030年新材料产业规模1200万元。", [row]).verdict is not Verdict.SUPPORTED


def test_title_headings_and_dates_of_the_document_count_as_said() -> None:
    dated = replace(PLAN, document=replace(PLAN.document, issued_on=date(2026, 3, 15), region="青川市"))
    assert (
        ground("青川市2026年3月15日印发的规划提出，年均增长12%左右。", [dated]).verdict is Verdict.SUPPORTED
    )
    assert ground("2027年3月15日印发的规划提出，年均增长12%左右。", [dated]).verdict is not Verdict.SUPPORTED


SENTENCES = st.builds(
    "到{}年，{}{}{}{}{}{}。".format,
    st.integers(2026, 2049),
    st.sampled_from(["产业规模", "研发投入", "固定资产投资"]),
    st.sampled_from(["达到", "力争达到", "不低于", "不超过", "约为"]),
    st.integers(1, 9999),
    st.sampled_from(["", "万", "亿"]),
    st.just("元"),
    st.sampled_from(["", "，同比增长5%", "，其中工业3个"]),
)


@given(SENTENCES, SENTENCES)
def test_a_verbatim_sentence_is_always_supported(one: str, other: str) -> None:
    assert ground(one, [hit(other + one)]).verdict is Verdict.SUPPORTED


@given(SENTENCES, st.data())
def test_a_changed_digit_is_always_found_out(sentence: str, data: st.DataObject) -> None:
    at = data.draw(
        st.sampled_from([place for place, character in enumerate(sentence) if character.isdigit()])
    )
    digit = data.draw(st.sampled_from([digit for digit in "123456789" if digit != sentence[at]]))
    changed = sentence[:at] + digit + sentence[at + 1 :]
    assert ground(changed, [hit(sentence)]).verdict is not Verdict.SUPPORTED


def test_a_figure_of_another_place_is_no_proof() -> None:
    other = hit("临川区生物医药产业规模达到90亿元。", 2)
    statement = "临川区生物医药产业规模达到70亿元。"
    ours = hit("望汀区生物医药产业规模达到70亿元。")
    assert ground(statement.replace("70", "90"), [ours, other]).verdict is Verdict.SUPPORTED
    assert ground(statement, [ours, other]).verdict is Verdict.CONTRADICTED


def test_figures_of_one_sentence_cannot_change_places() -> None:
    source = hit("建成博士后工作站17个、省级实验室3个。")
    assert ground("省级实验室3个，博士后工作站17个。", [source]).verdict is Verdict.SUPPORTED
    assert ground("省级实验室17个，博士后工作站3个。", [source]).verdict is Verdict.CONTRADICTED


def test_a_zone_may_be_named_in_short() -> None:
    zone = hit("到2030年，产业规模达到300亿元。", title="望汀高新技术产业开发区“十五五”规划")
    assert ground("望汀高新区2030年产业规模达到300亿元。", [zone]).verdict is Verdict.SUPPORTED
    assert ground("临川高新区2030年产业规模达到300亿元。", [zone]).verdict is not Verdict.SUPPORTED


BASE = hit(
    "确定甲乙、丙丁、戊己、庚辛4家企业为“十强”企业，由江岚市推进建设，规模以上企业设立研发机构的比例达到68%。"
    "2020年高新技术企业402家，2025年目标650家左右；先进制造业占比由55%提高到60%。"
)


@pytest.mark.parametrize(
    "statement",
    [
        "“十强”企业为甲乙、丙丁、戊己、庚辛。",
        "规模以上企业设立研发机构的比例达到68%。",
        "2020年高新技术企业402家，2025年目标650家左右，净增248家。",
        "先进制造业占比由55%提高到60%，提高5个百分点。",
        "高新技术企业2020年402家，2025年650家左右，年均增长约10.1%。",
        "高新技术企业650家左右，但资料中没有给出2035年的目标。",
        "高新技术企业650家左右（两处口径不同，不宜直接比较）。",
    ],
)
def test_lists_worked_out_figures_and_remarks_hold(statement: str) -> None:
    assert ground(statement, [BASE]).reason == ""


@pytest.mark.parametrize(
    "statement",
    [
        "“十强”企业为甲乙、丙丁、子丑、庚辛。",
        "“百强”企业为甲乙、丙丁、戊己、庚辛。",
        "规模以下企业设立研发机构的比例达到68%。",
        "由海岬市推进建设，规模以上企业设立研发机构的比例达到68%。",
        "2020年高新技术企业402家，2025年目标650家左右，净增348家。",
        "先进制造业占比由55%提高到60%，提高8个百分点。",
        "详见 https://example.com/plan，高新技术企业650家左右。",
        "The number of high-tech enterprises reaches 650 in 2025.",
    ],
)
def test_what_was_put_in_another_s_place_is_found_out(statement: str) -> None:
    assert ground(statement, [BASE]).reason


def test_a_five_year_plan_goes_by_its_short_name() -> None:
    plan = hit("培育高新技术企业650家。", title="江岚市国民经济和社会发展第十五个五年规划纲要")
    assert ground("“十五五”规划提出培育高新技术企业650家。", [plan]).reason == ""
    assert ground("“十四五”规划提出培育高新技术企业650家。", [plan]).reason


@pytest.mark.parametrize(
    "statement",
    [
        "高新技术企业2025年目标为650家左右，较2020年的402家增加248家。",
        "在2020年402家的基础上，2025年高新技术企业目标为650家左右。",
        "由市发改委和江岚市工信局推进。",
        "由市发展和改革委员会推进。",
    ],
)
def test_bases_of_comparison_and_short_names_are_understood(statement: str) -> None:
    told = hit("由市发展改革委、江岚市工业和信息化局推进。")
    assert ground(statement, [BASE, told]).reason == ""


def test_another_body_is_not_a_short_name() -> None:
    told = hit("由市发展改革委、江岚市工业和信息化局推进。")
    assert ground("由市财政局推进。", [told]).reason


@given(
    st.text(
        alphabet="0123456789.,%年月亿万元家个、，。；：“”《》（）()÷×增长下降比较约不低于超过江岚市省局|<> ",
        max_size=60,
    )
)
def test_any_sentence_is_judged(statement: str) -> None:
    grounding = ground(statement, [BASE, PLAN])
    assert (grounding.verdict is Verdict.SUPPORTED) == (grounding.reason == "")
