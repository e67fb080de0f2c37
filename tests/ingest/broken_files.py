"""Small files of every format that is read without other programs, and ways to break them."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.ingest.loaders.test_docx import made_up_word
from tests.ingest.loaders.test_ofd import made_up_ofd, ofd
from tests.ingest.loaders.test_pdf import made_up_note, made_up_pdf
from tests.ingest.loaders.test_spreadsheet import made_up_workbook

_LINES = (
    "云栖市低空经济发展规划", "云栖市人民政府", "云政发〔2024〕3号", "第一章 总体要求",
    "第一条 为了发展，制定本办法。", "一、基础设施", "（一）中心起降场。建设起降场1处。",
    "1.力争到2026年达到60个。", "表1 主要指标", "（单位：亿元）",
    "| 指标 | 目标 |\n|---|---|\n| 绿地 | 12 |", "专栏1起降设施工程", "①航线是指真高1000米以下的线路。",
    "2024年3月5日", "本办法自2024年4月1日起施行，有效期5年。", "附件：1.名单", "- 3 -", "（此件公开发布）",
    "\f", "目录", "# 规划", "第二条 补贴按每条30万元执行，由市级财政安排。", "\t甲\t乙\t12\t34.5%",
    "发文机关：云栖市发展改革局", "标题：规划",
)  # fmt: skip
_FRONT = "---\ntitle: 云栖市规划\ndate: 2024-03-05\n---\n"
_PLAIN_DOCX = ("theme", "customXml", "docProps", "stylesWithEffects", "fontTable", "webSettings", "settings")
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "Heading1", "Heading2")
)
_TOKENS = (
    "<", "]]>", "\x00", "%PDF", "PK\x03\x04", '"', "\ufeff", "{", "[", "<!DOCTYPE x [", "endobj",
    "\\ud800",
    "|---|", "\f", "\u202e", "第一条 ", "（一）", "附件", "<table>", "</p>", "colspan=9999999 ",
    "rowspan=-1 ",
    "---\n", "&#1114112;", "&x;", "A1:XFD1048576", "\r", "𠮷", "1" * 30, "－１．５", "¹", "²",
    "<w:gridSpan w:val='99999'/>",
)  # fmt: skip
_NUMBERS = (
    "0",
    "-1",
    "65536",
    "2147483648",
    "99999999999999999999",
    "1e309",
    "1/0",
    "0x7f",
    "NaN",
    "٣",
    "㈠",
)
_DIGITS = re.compile(r"\d+")
_FIGURES = re.compile(rb"\d+")


@dataclass(frozen=True)
class Seed:
    """A whole file, from which broken ones are made.

    Attributes:
        name: what it is called.
        data: its bytes.
        encoding: how its characters are written, "" where it is no text.
        weight: how often it is broken, beside the others.
    """

    name: str
    data: bytes
    encoding: str = ""
    weight: float = 1.0


def corpus() -> tuple[Seed, ...]:
    """Return small files of the packed formats; the cheaper one is to read, the more of it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲.txt", "\n".join(_LINES[:6]))
        archive.writestr("乙.csv", "名称,正文\n规划,全文如下\n")
    return (
        Seed("a.docx", made_up_word(), weight=0.5),
        Seed("b.docx", _without_trimmings(made_up_word()), weight=8),
        Seed("a.xlsx", made_up_workbook(), weight=9),
        Seed("a.ofd", made_up_ofd(), weight=4),
        Seed("b.ofd", ofd(_note(), _note()), weight=12),
        Seed("a.pdf", made_up_pdf(), weight=0.4),
        Seed("b.pdf", made_up_note(), weight=3),
        Seed("a.zip", packed.getvalue(), weight=15),
    )


def written(chance: random.Random) -> Seed:
    """Return a few lines in one of the formats that are text."""
    lines = chance.sample(_LINES, chance.randrange(2, 7))
    text = "\n".join(lines)
    match chance.randrange(12):
        case 0 | 1 | 2:
            code = chance.choice(("utf-8", "utf-8", "gb18030", "utf-16"))
            return Seed("a.txt", text.encode(code), code)
        case 3 | 4:
            return Seed("a.md", (chance.choice((_FRONT, "")) + text).encode(), "utf-8")
        case 5 | 6:
            return Seed("a.html", _page(lines, chance).encode(), "utf-8")
        case 7:
            head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            return Seed("a.mht", (head + _page(lines, chance)).encode(), "utf-8")
        case 8 | 9:
            header = chance.choice(("标题,正文,日期", "地区,指标,目标", "id\ttitle\tcontent"))
            return Seed(
                "a.csv", (f"{header}\n" + "\n".join(f"甲,{line},12" for line in lines)).encode(), "utf-8"
            )
        case _:
            record = {"title": lines[0], "content": text, "url": "http://x", "date": "2024-03-05"}
            return Seed("a.jsonl", json.dumps(record, ensure_ascii=False).encode(), "utf-8")


def _page(lines: list[str], chance: random.Random) -> str:
    tags = ("p", "h1", "h2", "div", "li", "td", "span", "script", "b", "nav")
    body = "".join(f"<{tag}>{line}</{tag}>" for line in lines for tag in [chance.choice(tags)])
    table = "<table><tr><th colspan='2' rowspan=1>甲</th></tr><tr><td>1</td><td>2</td></tr></table>"
    return (
        f"<html><head><title>{lines[0]}</title></head><body>{body}{chance.choice((table, ''))}</body></html>"
    )


def _note() -> str:
    return (
        '<ofd:TextObject ID="1" Boundary="25 30 180 4.5" Font="2" Size="4.5">'
        '<ofd:TextCode X="0" Y="3.8" DeltaX="g 5 4.5">云栖市的规划</ofd:TextCode></ofd:TextObject>'
    )


def _without_trimmings(document: bytes) -> bytes:
    """A Word file without the parts that say how it looks; its styles only by name."""

    styles = f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{_STYLES}</w:styles>'

    def part(name: str, data: bytes) -> bytes | None:
        if name == "word/styles.xml":
            return styles.encode()
        return None if any(word in name for word in _PLAIN_DOCX) else data

    return _repacked(document, part)


def _repacked(packed: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            if (part := change(name, source.read(name))) is not None:
                made.writestr(name, part)
    return target.getvalue()


def broken(seed: Seed, other: Seed, chance: random.Random) -> bytes:
    """Return a file with some of its bytes, characters or parts changed.

    Args:
        seed: the whole file.
        other: a file from which something may be taken.
        chance: what decides.
    """
    if seed.data.startswith(b"PK") and chance.random() < 0.85:
        with zipfile.ZipFile(io.BytesIO(seed.data)) as source:
            victim = chance.choice(source.namelist())
        inside = "utf-8" if chance.random() < 0.7 else ""
        return _repacked(
            seed.data,
            lambda name, part: _changed(part, inside, other, chance) if name == victim else part,
        )
    return _changed(seed.data, seed.encoding if chance.random() < 0.8 else "", other, chance)


def _changed(data: bytes, encoding: str, other: Seed, chance: random.Random) -> bytes:
    if encoding:
        words = data.decode(encoding, "replace")
        taken = other.data.decode(other.encoding or "utf-8", "ignore")[:2000]
        return _characters(words, taken, chance).encode(encoding, "replace")
    return _bytes(data, other.data, chance)


def _characters(words: str, other: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        place, length = chance.randrange(len(words) + 1), chance.choice((1, 1, 2, 8, 64))
        match chance.randrange(6):
            case 0:
                words = words[:place] + words[place + length :]
            case 1:
                words = (
                    words[:place] + words[place : place + length] * chance.choice((2, 3, 50)) + words[place:]
                )
            case 2:
                start = chance.randrange(len(other) + 1)
                words = words[:place] + other[start : start + length] + words[place + length :]
            case 3 if found := _DIGITS.search(words, place):
                words = words[: found.start()] + chance.choice(_NUMBERS) + words[found.end() :]
            case 4:
                strange = chr(chance.choice((chance.randrange(0x300), chance.randrange(0xD800), 0x1F600)))
                words = words[:place] + strange + words[place + chance.randrange(2) :]
            case _:
                words = words[:place] + chance.choice(_TOKENS) + words[place:]
    return words


def _bytes(data: bytes, other: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        place, length = chance.randrange(len(changed) + 1), chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(6):
            case 0 if changed:
                changed[place % len(changed)] ^= 1 << chance.randrange(8)
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length] * chance.choice((1, 3, 50))
            case 3:
                start = chance.randrange(len(other) + 1)
                changed[place : place + length] = other[start : start + length]
            case 4 if found := _FIGURES.search(changed, place):
                changed[found.start() : found.end()] = chance.choice(_NUMBERS).encode()
            case _:
                changed[place:place] = chance.choice(_TOKENS).encode()
    return bytes(changed)
