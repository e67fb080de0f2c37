"""Figures of sentences and tables, with the words that prove them."""

from dataclasses import replace
from pathlib import Path

import pytest

import cli
from ingest.facts.reading import read_facts
from ingest.messages import Read
from ingest.parsing import parse
from vectorstore.facts import FactReading, Indicator

HEAD = "青岚市数字经济发展规划\n（2021—2025年）\n青岚市人民政府\n\n一、发展目标\n\n"


def indicators(text: str) -> list[Indicator]:
    parsed = parse((HEAD + text).encode(), "规划.txt")
    assert parsed.facts is not None
    found = parsed.facts.facts
    assert all(parsed.text[fact.start : fact.end] == fact.quote for fact in found)
    return [fact.statement for fact in found if isinstance(fact.statement, Indicator)]


def told(text: str) -> list[str]:
    lines = []
    for one in indicators(text):
        years = f"{one.year}-{one.until}" if one.until else str(one.year)
        figure = f"{one.comparator}{one.value}{one.unit}"
        lines.append(f"{one.normal_name} {years} {figure} {one.value_kind.value} {one.measure}".strip())
    return lines


def test_growth_takes_the_name_of_the_clause_before() -> None:
    assert told("2020年，全市软件业务收入达到404.79亿元，年均增长9.6%。") == [
        "软件业务收入 2020 404.79亿元 actual",
        "软件业务收入 2020 9.6% actual growth",
    ]


def test_a_share_keeps_the_place_that_it_is_a_share_of() -> None:
    assert told("2020年，软件业务收入达到90亿元，占青岚市服务业总收入的12%。") == [
        "软件业务收入 2020 90亿元 actual",
        "软件业务收入占青岚市服务业总收入 2020 12% actual share",
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("到2025年，数据中心机架不少于3000架。", "数据中心机架 2025 ≥3000架 target"),
        ("到2025年，单位能耗控制在0.4吨标准煤以内。", "单位能耗 2025 ≤0.4吨标准煤 target"),
        ("到2025年，力争软件业务收入达到500亿元。", "软件业务收入 2025 力争500亿元 target"),
        ("到2025年，软件业务收入达到500亿元左右。", "软件业务收入 2025 ≈500亿元 target"),
        ("到2025年，新增上市企业3-5家。", "新增上市企业 2025 range3-5家 target"),
        ("预计到2025年软件业务收入达到500亿元。", "软件业务收入 2025 500亿元 estimate"),
        ("“十四五”期间，新增软件企业200家。", "新增软件企业 2021-2025 200家 target"),
        ("到2025年，形成2家营业收入超50亿元的企业。", "营业收入超50亿元的企业 2025 2家 target"),
    ],
)
def test_comparators_periods_and_kinds(words: str, wanted: str) -> None:
    assert told(words) == [wanted]


@pytest.mark.parametrize(
    "words",
    [
        "支持企业建设数据中心12个。",
        "2021年3月5日，市政府召开会议，120人参加。",
        "到2025年，综合实力进入全国前50位。",
        "到2025年，对年营业收入超过10亿元的企业给予重点支持。",
        "2024年发布的12号文件继续有效。",
    ],
)
def test_what_is_no_figure_of_a_year_is_left_out(words: str) -> None:
    assert told(words) == []


def test_a_base_of_comparison_is_not_the_year_of_a_figure() -> None:
    assert told("2020年，软件企业由2015年的210家增加到402家，比2015年净增192家。") == [
        "软件企业 2015 210家 actual",
        "软件企业 2020 402家 actual",
        "软件企业 2020 192家 actual growth",
    ]


def test_a_figure_of_another_region_is_its_own() -> None:
    found = indicators("2020年，全市软件业务收入达到300亿元，其中望汀区120亿元。")
    assert [(one.region, one.normal_name, one.normal_value, one.normal_unit) for one in found] == [
        (found[0].region, "软件业务收入", "30000000000", "元"),
        ("望汀区", "软件业务收入", "12000000000", "元"),
    ]


TABLE = """表1 主要指标
| 类别 | 指标 | 单位 | 2020年 | 2025年目标 | 年均增长〔累计〕 | 属性 |
| --- | --- | --- | --- | --- | --- | --- |
| 规模 | 软件业务收入 | 亿元 | 300 | ≥500 | 10.8% | 预期性 |
|  | 新增软件企业 | 家 | — | — | 〔200〕 | 预期性 |
| 安全 | 等级保护备案率 | % | 80 | 100 | 〔20〕 | 约束性 |
"""


def test_a_table_gives_each_year_with_its_attribute() -> None:
    found = [
        (one.name, one.year, one.until, one.comparator + one.value + one.unit, one.span, one.attribute)
        for one in indicators(TABLE)
    ]
    assert found == [
        ("软件业务收入", 2020, None, "300亿元", "", "预期性"),
        ("软件业务收入", 2025, None, "≥500亿元", "", "预期性"),
        ("软件业务收入", 2021, 2025, "10.8%", "annual", "预期性"),
        ("新增软件企业", 2021, 2025, "200家", "cumulative", "预期性"),
        ("等级保护备案率", 2020, None, "80%", "", "约束性"),
        ("等级保护备案率", 2025, None, "100%", "", "约束性"),
        ("等级保护备案率", 2021, 2025, "20%", "cumulative", "约束性"),
    ]


def test_a_failure_is_told_and_loses_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(parsed: object, sentences: object) -> None:
        raise ValueError("unexpected")

    monkeypatch.setattr("ingest.facts.reading._READERS", (fails,))
    parsed = parse((HEAD + "到2025年，软件企业达到200家。").encode(), "规划.txt")
    assert parsed.passages
    assert parsed.facts is not None
    assert "ValueError" in parsed.facts.problem
    assert read_facts(parsed).facts == ()


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("全国人均GDP达到8016美元", "全国"),
        ("全省人均GDP达到8016美元", "全省"),
        ("全市人均GDP达到8016美元", "青岚市"),
    ],
)
def test_the_whole_of_a_wider_region_is_not_the_documents_own(words: str, region: str) -> None:
    assert [one.region for one in indicators(f"2020年，{words}。")] == [region]


def test_figures_in_a_row_have_their_names_in_the_same_order() -> None:
    assert told("2025年，软件、芯片产业产值分别达到200亿元和120亿元。") == [
        "软件产业产值 2025 200亿元 target",
        "芯片产业产值 2025 120亿元 target",
    ]


def test_the_quote_holds_a_name_behind_its_figure() -> None:
    parsed = parse((HEAD + "2020年，全市已实现60亿元销售收入。").encode(), "规划.txt")
    assert parsed.facts is not None
    (fact,) = parsed.facts.facts
    assert fact.quote == "2020年，全市已实现60亿元销售收入"


def test_a_row_of_figures_that_rise_keeps_its_names() -> None:
    assert told("2020年，软件企业、芯片企业分别由2015年的20家、30家增加到50家、60家。")[-2:] == [
        "软件企业 2020 50家 actual",
        "芯片企业 2020 60家 actual",
    ]
    # Before a period is no year of it.
    assert told("软件企业由“十三五”前的20家增加到50家。") == []
    assert told("“十四五”期间计划建设面积约为6700平方米。") == ["计划建设面积 2021-2025 ≈6700平方米 target"]


def test_a_failure_is_listed_by_the_ingestion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = FactReading(problem="提取事实时出错（ValueError），其余内容不受影响")
    parsed = parse((HEAD + "到2025年，软件企业达到200家。").encode(), "规划.txt")
    read = Read("规划.txt", "read", replace(parsed, facts=problem))
    monkeypatch.setattr("ingest.pipeline.read_files", lambda *given: [(1, read)])
    (tmp_path / "规划.txt").write_text("规划", encoding="utf-8")
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    assert cli.main(["ingest", str(tmp_path / "规划.txt")]) == 0
    assert "规划.txt：提取事实时出错（ValueError）" in capsys.readouterr().err


def test_what_adds_up_over_a_period_is_cumulative_and_a_rate_is_not() -> None:
    found = indicators("“十四五”期间，新增软件企业200家，失业率控制在3%以内，软件业务收入年均增长9%。")
    assert [one.span for one in found] == ["cumulative", "", "annual"]


def test_a_decline_is_told_from_growth() -> None:
    found = indicators("2020年，全市公路货运量5000万吨，下降1.5%，铁路货运量300万吨，增长3%。")
    assert [(one.name, one.value, one.normal_value, one.measure) for one in found] == [
        ("公路货运量", "5000", "50000000", ""),
        ("公路货运量", "1.5", "-1.5", "growth"),
        ("铁路货运量", "300", "3000000", ""),
        ("铁路货运量", "3", "3", "growth"),
    ]


def test_growth_of_what_was_not_read_is_not_that_of_the_figure_before() -> None:
    assert told("2020年，全市公路货运量5000万吨，货物周转量146.83亿吨公里，增长3.19%。") == [
        "公路货运量 2020 5000万吨 actual"
    ]


def test_a_name_that_has_several_values_in_one_section_tells_too_little() -> None:
    text = "2020年，全市医院100个，人员816人；疗养院3个，人员92人；诊所40个。"
    assert told(text) == ["医院 2020 100个 actual", "疗养院 2020 3个 actual", "诊所 2020 40个 actual"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "2020年，生猪出栏22.4万头，生猪存栏14.9万头，分别增长2.3%和下降1.1%。",
            ["生猪出栏 22.4", "生猪存栏 14.9", "生猪出栏 2.3", "生猪存栏 -1.1"],
        ),
        (
            "2020年，城乡居民人均可支配收入分别增长5%、6.3%。",
            ["城镇居民人均可支配收入 5", "农村居民人均可支配收入 6.3"],
        ),
        ("2020年，第一产业实现增加值38亿元。", ["第一产业增加值 38"]),
        ("2020年，自然增长率为-2.1‰。", ["自然增长率 -2.1"]),
        ("2020年，居民消费价格上涨0.4%。", ["居民消费价格 0.4"]),
        ("2020年，软件企业15家 研发机构20家。", ["软件企业 15", "研发机构 20"]),
        ("2020年，单位成本分别为：2020年2.5元、2021年2.7元。", ["单位成本 2.5", "单位成本 2.7"]),
        ("2020年，软件业务收入增长7%，高于全省平均水平1.2个百分点。", ["软件业务收入 7"]),
        ("2020年，在东西两片各建设1个中心。", []),
        ("2020年，压减申请材料46%。", []),
    ],
)
def test_each_figure_is_of_what_a_reader_takes_it_for(words: str, wanted: list[str]) -> None:
    found = indicators(words)
    told = [
        f"{one.normal_name} {'-' if one.normal_value[0] == '-' else ''}{one.value.lstrip('-')}"
        for one in found
    ]
    assert told == wanted


def test_what_follows_in_a_paragraph_is_of_the_year_that_it_opens_with() -> None:
    text = "2020年，软件业务收入300亿元。拥有软件企业402家。预计市场规模900亿元。\n\n拥有平台3个。"
    assert told(text) == ["软件业务收入 2020 300亿元 actual", "软件企业 2020 402家 actual"]


def test_a_paragraph_with_a_title_says_what_its_figures_are_of() -> None:
    text = "1. 特种玻璃。到2025年产业规模达到260亿元。\n\n2. 竹木家居。到2025年产业规模达到140亿元。"
    assert [one.normal_name for one in indicators(text)] == ["特种玻璃产业规模", "竹木家居产业规模"]


def test_a_table_has_its_head_in_its_first_row() -> None:
    rows = (
        ("指标", "2020年实绩", "2021年预期目标"),
        ("生产总值增长", "5%", "6%左右"),
        ("就业（人）", "7315", "7000以上"),
    )
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    text = f"<html><body><h1>青岚市计划</h1><p>主要指标如下。</p><table>{cells}</table></body></html>"
    parsed = parse(text.encode(), "计划.html")
    assert parsed.facts is not None
    found = [one.statement for one in parsed.facts.facts if isinstance(one.statement, Indicator)]
    assert [(one.name, one.year, one.comparator, one.value, one.measure) for one in found] == [
        ("生产总值", 2020, "", "5", "growth"),
        ("生产总值", 2021, "≈", "6", "growth"),
        ("就业", 2020, "", "7315", ""),
        ("就业", 2021, "≥", "7000", ""),
    ]
