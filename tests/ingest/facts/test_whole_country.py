"""Figures of the whole country inside a document of a city."""

import pytest

from ingest.parsing import parse
from vectorstore.facts import Indicator

HEAD = "青岚市数字经济发展规划\n（2021—2025年）\n青岚市人民政府\n\n一、发展目标\n\n"


def figures(words: str) -> list[Indicator]:
    parsed = parse((HEAD + words).encode(), "规划.txt")
    assert parsed.facts is not None
    return [fact.statement for fact in parsed.facts.facts if isinstance(fact.statement, Indicator)]


@pytest.mark.parametrize(
    ("words", "regions"),
    [
        (
            "国务院《软件业意见》（国发〔2019〕3号）提出，到2025年，软件业规模达到8万亿元",
            ["全国"],
        ),
        ("《国务院关于促进软件业发展的意见》明确，到2025年软件业规模达到8万亿元", ["全国"]),
        ("国家提出到2025年软件业规模达到8万亿元", ["全国"]),
        ("从国家层面看，2020年软件业规模达到8万亿元，增长9%", ["全国", "全国"]),
        ("我国软件业发展迅速，2020年市场规模达到8万亿元；青岚市软件业规模达到90亿元", ["全国", "青岚市"]),
        ("国务院提出加快发展，到2025年，全市软件业规模达到90亿元", ["青岚市"]),
        ("国家明确支持青岚发展，到2025年软件业规模达到90亿元", ["青岚市"]),
        ("按照国务院《关于促进软件业发展的意见》要求，到2025年，软件业规模达到90亿元", ["青岚市"]),
        ("我国重要的软件基地，2020年软件业规模达到90亿元", ["青岚市"]),
        ("全国首批试点城市，2020年软件业规模达到90亿元", ["青岚市"]),
        ("国家级企业技术中心建设加快，2020年软件业规模达到90亿元", ["青岚市"]),
        ("国家统计局核定，2020年软件业规模达到90亿元", ["青岚市"]),
        ("2020年，软件业规模达到90亿元，高于全国平均水平", ["青岚市"]),
    ],
)
def test_a_figure_said_of_the_country_is_not_the_documents_own(words: str, regions: list[str]) -> None:
    assert [one.region for one in figures(f"{words}。")] == regions


def test_who_states_a_figure_is_no_part_of_its_name() -> None:
    assert [one.normal_name for one in figures("国家提出到2025年软件业规模达到8万亿元。")] == ["软件业规模"]
