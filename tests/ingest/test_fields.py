"""Front matter, fields and the names they go by."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.fields import fields_in, split_fields
from ingest.loaders import load
from ingest.parsing import understand

TITLE = "云栖市河道管理办法"
BODY = "第一条 为加强河道管理，制定本办法。"


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("甲.md", f"---\nid: ab12\ntitle: {TITLE}\ndate: '2025-03-29'\ntags:\n  - 水利\n---\n\n"),
        ("乙.md", f'+++\ntitle = "{TITLE}"\ndate = 2025-03-29\n+++\n'),
        (
            "丙.txt",
            f"Title: {TITLE}\n\nURL Source: https://example.org\n\nDate: 2025-03-29\n\nMarkdown Content:\n",
        ),
        ("丁.md", f"---\n标题: {TITLE}\n发文日期: 2025年3月29日\n---\n"),
        ("戊.md", f"---\ntitle: {TITLE}\ndate: 2025-03-29\nurl: https://example.org/a: b: c\n---\n"),
    ],
)
def test_front_matter_describes_the_text_and_is_none_of_it(name: str, head: str) -> None:
    parsed = understand(f"{head}{BODY}\n".encode(), name).parsed
    assert (parsed.document.title, parsed.document.issued_on) == (TITLE, date(2025, 3, 29))
    assert parsed.text == BODY


def test_rules_round_a_title_are_no_front_matter() -> None:
    loaded = load(f"---\n\n{TITLE}\n\n---\n\n{BODY}".encode(), "甲.md")
    assert TITLE in loaded.text
    assert loaded.given.title == ""


def test_an_author_is_an_issuer_only_where_it_is_a_body() -> None:
    told = [
        understand(
            f"---\ntitle: {TITLE}\nauthor: {author}\n---\n{BODY}".encode(), "甲.md"
        ).parsed.document.issuer
        for author in ("云栖市水利局", "小王")
    ]
    assert told == ["云栖市水利局", ""]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("索 引 号：YX1  发布机构：云栖市民政局", [("索引号", "YX1"), ("发布机构", "云栖市民政局")]),
        ("【发文字号】：云民发〔2025〕3号", [("发文字号", "云民发〔2025〕3号")]),
        ("發文日期：中華民國113年6月3日", [("發文日期", "中華民國113年6月3日")]),
        ("联系人：张某", []),
        ("本办法的发布机构：云栖市民政局", []),
    ],
)
def test_a_line_that_states_fields_is_taken_apart(line: str, fields: list[tuple[str, str]]) -> None:
    assert list(split_fields(line)) == fields


def test_the_name_that_is_believed_most_goes_first() -> None:
    assert fields_in(["发布日期：2025-03-30", "成文日期：2025-03-29"])["issued_on"] == "2025-03-29"


def test_a_table_without_a_title_goes_by_its_file() -> None:
    rows = "区域,补贴对象,标准\n东湖,小微企业,5000元\n西湖,个体户,3000元\n"
    assert understand(rows.encode(), "补贴标准.csv").parsed.document.title == "补贴标准"
    titled = understand(f"云栖市补贴标准表,,\n{rows}".encode(), "甲.csv").parsed.document.title
    assert titled == "云栖市补贴标准表"
