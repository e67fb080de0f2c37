"""What a sentence binds together and its sources do not, and what its figures measure."""

from __future__ import annotations

import pytest

from assistant.types import Verdict
from assistant.verification import ground_in_text

TEXT = (
    "云栖市拟于2027年建成中试基地。青石市鼓励企业设立研发机构，支持社会力量兴办养老机构。"
    "临澜街道开发强度近60%，土地利用粗放，望汀街道产业基础薄弱，交通设施不足。"
    "2025年，全市老年人口占比达12.5%，累计新增就业3.2万人。"
    "承办第五届云栖创新大赛和第三届青石技术对接会。"
    "云栖市在全省城市综合评比中位列第五。市政府出台了《关于促进夜间经济的决定》38号文件。"
    "道路狭窄，导致客流逐年减少。已培育3个省级团队、17个市级团队。"
    "投资补助不超过总投资（不含土地费用）的30%。规上企业产值达到1103.4亿元。"
)


def verdict(statement: str) -> Verdict:
    return ground_in_text(statement, TEXT).verdict


@pytest.mark.parametrize(
    "statement",
    [
        "云栖市已建成中试基地。",
        "青石市要求企业必须设立研发机构。",
        "望汀街道开发强度近60%。",
        "望汀街道产业基础雄厚。",
        "2025年，全市老年人口同比增长12.5%。",
        "每年新增就业3.2万人。",
        "承办第三届云栖创新大赛。",
        "云栖市在全省城市综合评比中位列第一。",
        "市政府出台了《关于促进夜间经济的决定》83号文件。",
        "由于客流逐年减少，道路狭窄。",
        "规上企业产值约1300亿元。",
    ],
)
def test_what_is_bound_otherwise_is_found_out(statement: str) -> None:
    assert verdict(statement) is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    "statement",
    [
        "云栖市拟于2027年建成中试基地。",
        "青石市鼓励企业设立研发机构。",
        "临澜街道开发强度近60%。",
        "2025年，全市老年人口占比达12.5%。",
        "累计新增就业3.2万人。",
        "承办第五届云栖创新大赛。",
        "已培育17个市级团队。",
        "规上企业产值约1100亿元。",
        "规上企业产值超过1100亿元。",
        "投资补助不超过30%。",
    ],
)
def test_what_is_bound_alike_stands(statement: str) -> None:
    assert verdict(statement) is Verdict.SUPPORTED, ground_in_text(statement, TEXT)


@pytest.mark.parametrize(
    ("statement", "passage", "holds"),
    [
        ("建设用地控制在合理范围平方千米以内。", "建设用地控制在2027平方千米以内。", False),
        ("全市粮食产量保持在1.3万亿斤以上，2024年不变。", "2024年全市粮食产量保持在1.3万亿斤以上。", True),
        ("云政函的文件编号是〔2026〕53号。", "云政函〔2026〕53号", True),
        ("应符合《施工规范》（2018年版）。", "应符合《施工规范》（GB/T 50430-2017）。", False),
        ("中成药批文比化学药批文少7个。", "其中中成药批文11个，化学药批文18个。", True),
        ("中成药批文比化学药批文少9个。", "其中中成药批文11个，化学药批文18个。", False),
    ],
)
def test_a_figure_is_held_to_its_place(statement: str, passage: str, holds: bool) -> None:
    assert (ground_in_text(statement, passage).verdict is Verdict.SUPPORTED) is holds
