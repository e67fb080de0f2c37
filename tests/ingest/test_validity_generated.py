"""Made-up papers that state their validity in every mixture of ways, held against what was written."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.dates import later
from ingest.parsing import understand
from vectorstore.types import Status
from vectorstore.validity import day_in_words

TODAY = date(2026, 11, 28)
SUBJECTS = ("本办法", "本规定", "本《办法》", "本政策", "本通知", "本实施细则", "本办法（试行）", "")
VERBS = ("施行", "实施", "执行", "生效", "正式施行", "试行", "起施行")
ISSUES = ("印发之日", "发布之日", "公布之日", "下发之日", "发文之日")
TERMS = (
    "有效期{}",
    "有效期为{}",
    "有效期限为{}",
    "有效期暂定{}",
    "暂定{}",
    "暂定{}有效期",
    "试行期{}",
    "实施期限{}",
    "为期{}",
)
ENDS = ("有效期至{}", "至{}止", "有效期截止到{}", "执行至{}", "{}自行失效", "实施期限至{}", "有效期至{}止")
COUNTS = ("一", "二", "两", "三", "五", "1", "2", "3", "5", " 3 ")
VALUES = {"一": 1, "二": 2, "两": 2, "三": 3, "五": 5}
FOREIGN = (
    "烟花零售许可证有效期为3年。",
    "资格证书自颁发之日起生效，有效期5年。",
    "见习协议期限不超过1年。",
    "原许可证有效期至2019年12月31日的，应当换领。",
    "申请人提交的体检证明有效期6个月。",
    "《云栖市旧办法》自2010年1月1日起施行，有效期5年。",
    "项目实施期限为2015年1月1日至2016年12月31日。",
)
BEHIND = ("", "由市民政局负责解释。", "此前有关规定同时废止。", "国家另有规定的，从其规定。")
HAN = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Paper:
    """A paper as it was written, and the days that follow from it."""

    name: str
    data: bytes
    first: date | None
    last: date | None


def papers(count: int) -> Iterator[Paper]:
    """Papers of all mixtures, the same ones every time."""
    for seed in range(count):
        yield _paper(random.Random(seed), seed)  # noqa: S311


def _paper(chance: random.Random, seed: int) -> Paper:
    issued = date(2010, 1, 1) + timedelta(days=chance.randrange(6000))
    first, beginning = _beginning(chance, issued)
    last, end = _end(chance, first)
    subject = chance.choice(SUBJECTS)
    mark = chance.choice(("，", "；", "，", "。")) if end and not end.startswith(("至", "20")) else "，"
    said = f"{subject}{beginning}{mark if end else ''}{end}。{chance.choice(BEHIND)}"
    articles = ["为规范管理，制定本办法。", "对符合条件的，每人每月补助500元。", said]
    articles[1:1] = chance.sample(FOREIGN, chance.randrange(3))
    lines = [f"第{'一二三四五六七'[place]}条 {text}" for place, text in enumerate(articles)]
    head = [
        "云栖市民政局关于印发云栖市高龄津贴管理办法的通知",
        f"云民规〔{issued.year}〕{seed + 1}号",
        "各有关单位：",
    ]
    body = [
        "现将《云栖市高龄津贴管理办法》印发给你们，请认真贯彻执行。",
        "云栖市民政局",
        day_in_words(issued),
    ]
    return Paper(*_file(chance, [*head, *body, "云栖市高龄津贴管理办法", *lines]), first, last)


def _beginning(chance: random.Random, issued: date) -> tuple[date, str]:
    verb = chance.choice(VERBS)
    start = "" if verb.startswith("起") else "起"
    if chance.random() < 0.4:
        issue = chance.choice(ISSUES)
        if chance.random() < 0.2:
            return issued + timedelta(days=30), f"自{issue}起30日后{verb.removeprefix('起')}"
        return issued, f"自{issue}{start}{verb}"
    day = issued + timedelta(days=chance.randrange(1, 90))
    words = chance.choice((day_in_words(day), _in_han(day)))
    return day, f"{chance.choice(('自', '从'))}{words}{chance.choice((start, start, ''))}{verb}"


def _end(chance: random.Random, first: date) -> tuple[date | None, str]:
    kind = chance.random()
    if kind < 0.2:
        return None, ""
    if kind < 0.65:
        written = chance.choice(COUNTS)
        count = VALUES.get(written.strip()) or int(written)
        return later(first, years=count) - timedelta(days=1), chance.choice(TERMS).format(f"{written}年")
    last = first + timedelta(days=chance.randrange(300, 2500))
    return last, chance.choice(ENDS).format(chance.choice((day_in_words(last), _in_han(last))))


def _file(chance: random.Random, lines: list[str]) -> tuple[str, bytes]:
    kind = chance.choice(("txt", "html", "md"))
    if kind == "html":
        text = "".join(f"<p>{line}</p>" for line in lines)
        return "通知.html", f"<html><head><meta charset='utf-8'></head><body>{text}</body></html>".encode()
    if kind == "md":
        return "通知.md", ("# " + "\n\n".join(lines)).encode()
    return "通知.txt", "\n".join(lines).encode(chance.choice(("utf-8", "gb18030")))


def _in_han(day: date) -> str:
    year = "".join(HAN[int(digit)] for digit in str(day.year))
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


def _number(value: int) -> str:
    tens, ones = divmod(value, 10)
    return f"{HAN[tens] if tens > 1 else ''}{'十' if tens else ''}{HAN[ones] if ones else ''}"


def test_the_days_are_those_that_were_written() -> None:
    wrong = []
    for paper in papers(150):
        parsed = understand(paper.data, paper.name).parsed
        validity = parsed.document.validity
        read = (validity.first_day, validity.last_day) if validity else None
        if read != (paper.first, paper.last):
            wrong.append((parsed.text[-120:], paper.first, paper.last, read))
    assert not wrong, wrong[:5]


def test_what_is_over_is_never_in_force_and_what_is_proven_is() -> None:
    for paper in papers(150):
        document = understand(paper.data, paper.name).parsed.document
        over = paper.last is not None and paper.last < TODAY
        if over:
            assert document.standing(TODAY) is not Status.IN_FORCE, document
        elif paper.first and paper.first <= TODAY:
            assert document.standing(TODAY) is Status.IN_FORCE, document
