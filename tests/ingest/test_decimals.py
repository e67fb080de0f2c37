from ingest.blocks import Paragraph
from ingest.cleaning import clean
from ingest.decimals import decimal_headings
from ingest.lines import read_blocks
from ingest.structure import outline

BODY = "建立健全应对机制，提高应急处置能力，最大程度减少人员伤亡和财产损失，保障公众生命安全。"
PLAN = f"""云泽市海上突发事件应急预案

1 总则

1.1 编制目的

{BODY}

1.2 编制依据

{BODY}

2 组织体系

2.1 领导机构

2.1.1 市指挥部

甲方{BODY}

3 附则

乙方{BODY}
"""


def _sections(source: str) -> dict[str, tuple[str, ...]]:
    tree = outline(read_blocks(clean(source).text))
    return {tree.text[unit.start]: unit.path for unit in tree.units}


def test_sections_nest_by_their_decimal_numbers() -> None:
    paths = _sections(PLAN)
    assert paths["甲"] == ("2组织体系", "2.1领导机构", "2.1.1市指挥部")
    assert paths["乙"] == ("3附则",)


def test_figures_at_the_beginning_of_a_line_are_no_headings() -> None:
    lines = ("应急预案", "1艘海巡船", "2架直升机", "3支队伍")
    assert decimal_headings([Paragraph(line) for line in lines]) == {}


def test_a_paragraph_that_begins_with_a_decimal_is_no_section() -> None:
    source = f"云泽市规划\n一、产业\n2.5产业是指介于二三产业之间的业态，全市{BODY}"
    assert _sections(source)["2"] == ("一、产业",)


def test_a_level_in_roman_numerals_may_follow_the_number() -> None:
    lines = ("1 总则", "1.1 编制目的", "2 应急响应", "2.1 响应行动", "2.1.1 Ⅳ级响应", "2.1.2 Ⅲ 级响应")
    found = decimal_headings([Paragraph(line) for line in lines])
    assert [number.title for number in found.values()][-2:] == ["Ⅳ级响应", "Ⅲ 级响应"]
