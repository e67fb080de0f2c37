"""One made-up document, its sections and its rows as they must come out of every format."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.loaders import members
from ingest.pipeline import parse
from vectorstore.types import ParsedDocument, PassageKind

TITLE = "云岭市低空经济发展规划（2024—2026年）"
CAPTION = "表1低空经济主要指标"
HEADER = ("类别", "指标", "单位", "2023年", "2026年")
# The category stands in one cell beside two rows.
BODY = (
    ("设施", "起降点数量", "个", "8", "力争60"),
    ("", "低空航线数量", "条", "12", "40左右"),
    ("产业", "低空经济产值", "亿元", "3.5", "20"),
)
NOTE = "低空航线是指真高1000米以下、经批准常年使用的飞行线路。"


@dataclass(frozen=True)
class Line:
    """One line of the document: its text, the level it has as a heading, whether it is a list item."""

    text: str
    level: int = 0
    item: bool = False
    noted: str = ""


BEFORE = (
    Line("第一章 总体要求", 1),
    Line("第一节 发展基础", 2),
    Line(
        "云岭市地处群山之间，现有通用机场2座、起降点8个，常年开通低空航线12条，主要用于应急救援、农林作业和空中游览。",
        noted="云岭市地处群山之间，现有通用机场2座、起降点8个，常年开通低空航线",
    ),
    Line("第二节 主要目标", 2),
    Line(
        "到2026年，全市低空飞行服务体系基本建成，产业规模明显扩大，公共服务类应用覆盖全部乡镇，具体指标如下。"
    ),
)
AFTER = (
    Line("第二章 重点任务", 1),
    Line("一、完善基础设施", 2),
    Line(
        "在县城、景区和物流园区建设一批起降点，统一标准，共享使用，优先利用存量场地，避免重复建设和资源浪费。"
    ),
    Line("专栏1起降设施工程"),
    Line("1.中心起降场。在云岭城区建设中心起降场1处，配备充电、检修和气象设备。", item=True),
    Line("2.乡镇起降点。在山区乡镇建设简易起降点40处，优先保障医疗急救和物资投送。", item=True),
    Line("二、培育应用市场", 2),
    Line(
        "对新开通的低空物流航线，按每条30万元的标准给予一次性补贴，所需资金由市级财政预算安排，按年度结算。"
    ),
    Line("第三章 保障措施", 1),
    Line("市发展改革局会同有关部门每年对规划执行情况开展评估，评估结果向社会公开，接受群众监督和媒体监督。"),
)

SECTIONS = (
    ("第一章 总体要求", "第一节 发展基础"),
    ("第一章 总体要求", "第二节 主要目标"),
    ("第一章 总体要求", "第二节 主要目标", CAPTION),
    ("第二章 重点任务", "一、完善基础设施"),
    ("第二章 重点任务", "一、完善基础设施", "专栏1起降设施工程"),
    ("第二章 重点任务", "二、培育应用市场"),
    ("第三章 保障措施",),
)
ROWS = (
    "设施｜起降点数量（个）：2023年8个；2026年力争60个",
    "设施｜低空航线数量（条）：2023年12条；2026年40左右",
    "产业｜低空经济产值（亿元）：2023年3.5亿元；2026年20亿元",
)
TEXTS = tuple(line.text for line in (*BEFORE, *AFTER) if not line.level and not line.text.startswith("专栏"))


def plain_text() -> str:
    """The document as plain text, its table as a Markdown one, its footnote by its mark."""
    lines = [TITLE, *map(_marked, BEFORE), CAPTION]
    lines += ["|" + "|".join(HEADER) + "|", "|---" * len(HEADER) + "|"]
    lines += ["|" + "|".join(row) + "|" for row in BODY]
    lines += [*map(_marked, AFTER), f"①{NOTE}"]
    return "\n\n".join(lines).replace("|\n\n|", "|\n|")


def _marked(line: Line) -> str:
    return line.noted + "①" + line.text[len(line.noted) :] if line.noted else line.text


def sections(parsed: ParsedDocument) -> tuple[tuple[str, ...], ...]:
    """The section paths of a document's passages, notes left out, each once, in order."""
    found = (passage.section for passage in parsed.passages if passage.kind != PassageKind.FOOTNOTE)
    return tuple(dict.fromkeys(path for path in found if path))


def rows(parsed: ParsedDocument) -> tuple[str, ...]:
    """The rows of a document's tables as they read."""
    return tuple(passage.text for passage in parsed.passages if passage.kind == PassageKind.TABLE_ROW)


def notes(parsed: ParsedDocument) -> tuple[tuple[str, str], ...]:
    """A document's notes: the heading each goes by, and its text."""
    found = (passage for passage in parsed.passages if passage.kind == PassageKind.FOOTNOTE)
    return tuple((passage.section[-1], passage.text) for passage in found)


def assert_whole(data: bytes, name: str, *, noted: bool = True, mark: str = "") -> ParsedDocument:
    """Hold a file against the document: title, period, sections, rows, every paragraph, the note.

    Args:
        data: the file, or one that holds it alone, as an archive or an export does.
        name: its name.
        noted: whether the format keeps footnotes at all.
        mark: the note's mark, where it stands in the text.
    """
    if inside := members(data, name):
        (member,) = inside
        assert not member.refused
        data, name = member.data, f"{name}#{member.name}"
    parsed = parse(data, name)
    assert parsed.document.title == TITLE
    assert (parsed.document.period.start, parsed.document.period.end) == (2024, 2026)
    assert parsed.document.region == "云岭市"
    assert sections(parsed) == SECTIONS, sections(parsed)
    assert rows(parsed) == ROWS
    text = parsed.text.replace(mark, "") if mark else parsed.text
    for words in TEXTS:
        assert words in text
    if noted:
        ((label, note),) = notes(parsed)
        assert note == NOTE
        assert label.endswith("常年开通低空航线")
    for passage in parsed.passages:
        if passage.kind != PassageKind.TABLE_ROW:
            assert parsed.text[passage.start : passage.end] == passage.text
    return parsed
