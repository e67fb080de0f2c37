"""What a made-up paper says, whatever file it is written to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_REGIONS = ("云栖市", "青石市", "临澜市", "砚川市", "望汀区", "南浔岭县")
_LETTERS = {"云栖市": "云", "青石市": "青", "临澜市": "临", "砚川市": "砚", "望汀区": "望", "南浔岭县": "南"}
_BODIES = (
    ("人民政府", "政发"),
    ("人民政府办公室", "政办发"),
    ("民政局", "民发"),
    ("财政局", "财发"),
    ("住房和城乡建设局", "建发"),
)
_TOPICS = (
    "农贸市场", "社区食堂", "电动自行车停放", "河道采砂", "古树名木", "公共租赁住房", "城镇排水", "户外广告",
    "养老服务", "农机购置补贴", "校车安全", "餐厨垃圾", "绿道建设", "招牌设置", "应急避难场所", "低空物流",
)  # fmt: skip
_SUBJECTS = ("经营者", "街道办事处", "项目单位", "申请人", "运营企业", "村民委员会", "检测机构", "物业服务人")
_DUTIES = (
    "应当在{n}日内向所在地主管部门备案", "应当每季度报送第{n}号台账", "可以申领每处{n}元的一次性补贴",
    "不得占用第{n}类公共通道", "应当配备不少于{n}名管理人员", "违反规定的处{n}元以上罚款",
)  # fmt: skip
_REASONS = (
    "，并将结果向社会公开",
    "，所需费用由市级财政安排",
    "，逾期未办的视为放弃",
    "，具体标准另行公布",
    "",
)
_AIMS = (
    "总体要求",
    "主要任务",
    "组织实施",
    "保障措施",
    "监督管理",
    "法律责任",
    "资金安排",
    "工作步骤",
    "附加规定",
)
_PLACES = ("东湖", "西山", "临江", "南桥", "北岭", "湖畔", "柳浪", "石埠", "白鹤", "青溪")
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is meant.

    Attributes:
        names: the name of each column, those of two levels as (upper, lower); () where the columns have none.
        rows: the cells of each row, every label where it counts.
        labels: how many leading columns are labels that span rows with the same words.
        caption: the line above it, or "".
    """

    names: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    labels: int = 0
    caption: str = ""

    @property
    def levels(self) -> int:
        """How many rows the names take."""
        return max((len(name) for name in self.names), default=0)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its level, from 1, and what stands under it."""

    heading: str
    level: int
    pieces: tuple[str | Grid, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A made-up paper.

    Attributes:
        title, number, issuer, issued_on: what it says of itself.
        lead: its first paragraph.
        sections: what follows.
        last_day: the last day on which it applies, None where it sets no end.
    """

    title: str
    number: str
    issuer: str
    issued_on: date
    lead: str
    sections: tuple[Section, ...]
    last_day: date | None = None

    @property
    def signed(self) -> tuple[str, str]:
        """The last two lines: who issued it, and when."""
        day = self.issued_on
        return self.issuer, f"{day.year}年{day.month}月{day.day}日"

    def grids(self) -> Iterator[Grid]:
        """Its tables."""
        for section in self.sections:
            yield from (piece for piece in section.pieces if isinstance(piece, Grid))


def chinese(number: int) -> str:
    """Write a number below a hundred in Chinese."""
    if number <= 10:
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def paper_of(seed: int) -> Paper:
    """Make a paper of a number, the same every time."""
    chance = random.Random(seed)  # noqa: S311
    region, (body, letters) = chance.choice(_REGIONS), chance.choice(_BODIES)
    topic = chance.choice(_TOPICS)
    day = date(2019, 1, 1) + timedelta(days=chance.randrange(2_700))
    number = f"{_LETTERS[region]}{letters}〔{day.year}〕{chance.randint(1, 99)}号"
    regulation = chance.random() < 0.4
    name = (
        chance.choice(("管理办法", "管理规定"))
        if regulation
        else chance.choice(("实施方案", "工作方案", "若干措施"))
    )
    make = _articles if regulation else _parts
    lead = f"为规范{region}{topic}工作，结合本地实际，制定本{name[-2:]}，编号{seed}。"
    sections = list(make(chance))
    words, last_day = _validity(chance, name[-2:], day)
    if words:
        articles = sum(section.heading.endswith("条") for section in sections)
        parts = sum(section.level == 1 for section in sections)
        label = f"第{chinese(articles + 1)}条" if regulation else ""
        heading = label or f"{chinese(parts + 1)}、施行时间"
        sections.append(Section(heading, 2 if regulation else 1, (f"{label} {words}".strip(),)))
    title, issuer = f"{region}{topic}{name}", f"{region}{body}"
    return Paper(title, number, issuer, day, lead, tuple(sections), last_day)


def _validity(chance: random.Random, kind: str, day: date) -> tuple[str, date | None]:
    """A sentence on how long a paper, or a permit that it gives, is valid, and the paper's last day."""
    years = chance.randint(1, 8)
    last = date(day.year + years, day.month, min(day.day, 28))
    form = chance.choice(("years", "years", "until", "permit", "none"))
    if form == "years":
        said = chance.choice(("自印发之日起施行，有效期{}年。", "自发布之日起施行，有效期为{}年。"))
        return f"本{kind}{said.format(years)}", last
    if form == "until":
        return f"本{kind}自印发之日起施行，有效期至{last.year}年{last.month}月{last.day}日。", last
    if form == "permit":
        return f"经批准的，核发许可证，许可证有效期为{years}年，期满可以续期。", None
    return "", None


def _articles(chance: random.Random) -> Iterator[Section]:
    article = 0
    for chapter in range(1, chance.randint(3, 5)):
        yield Section(f"第{chinese(chapter)}章 {_AIMS[chapter % len(_AIMS)]}", 1, ())
        for _ in range(chance.randint(2, 5)):
            article += 1
            pieces: list[str | Grid] = [f"第{chinese(article)}条 {_sentence(chance)}"]
            if chance.random() < 0.25:
                pieces += [
                    f"（{chinese(n)}）{_sentence(chance, end='；')}" for n in range(1, chance.randint(3, 5))
                ]
            yield Section(f"第{chinese(article)}条", 2, tuple(pieces))
        if chance.random() < 0.4:
            yield Section("", 2, (grid_of(chance),))


def _parts(chance: random.Random) -> Iterator[Section]:
    for part in range(1, chance.randint(4, 7)):
        yield Section(f"{chinese(part)}、{_AIMS[(part + 1) % len(_AIMS)]}", 1, _texts(chance))
        for point in range(1, chance.choice((1, 1, 3, 4))):
            yield Section(f"（{chinese(point)}）{chance.choice(_PLACES)}片区工作要点", 2, _texts(chance))


def _texts(chance: random.Random) -> tuple[str | Grid, ...]:
    pieces: list[str | Grid] = [_sentence(chance) for _ in range(chance.randint(1, 3))]
    if chance.random() < 0.3:
        pieces.append(grid_of(chance))
    return tuple(pieces)


def _sentence(chance: random.Random, end: str = "。") -> str:
    said = "，".join(
        chance.choice(_SUBJECTS) + chance.choice(_DUTIES).format(n=chance.randint(2, 9_999))
        for _ in range(chance.randint(1, 3))
    )
    return f"{said}{chance.choice(_REASONS)}{end}"


def grid_of(chance: random.Random) -> Grid:
    """Make a table: of figures, of words alone, with labels that span rows, names of two levels, or none."""
    kind = chance.choice(("figures", "words", "labels", "levels", "bare", "bodies"))
    places = chance.sample(_PLACES, chance.randint(3, 6))
    caption = "" if kind == "bare" else f"表{chance.randint(1, 9)} {chance.choice(_TOPICS)}安排表"
    if kind == "figures":
        years = (("2025年",), ("2026年",), ("2027年",))
        rows = tuple((f"{place}站点数", *(str(chance.randint(3, 900)) for _ in years)) for place in places)
        return Grid((("指标",), *years), rows, caption=caption)
    if kind == "words":
        rows = tuple(
            (f"{place}改造", f"市{a}局", f"市{b}局")
            for place, (a, b) in zip(places, _pairs(chance), strict=False)
        )
        return Grid((("事项",), ("牵头单位",), ("配合单位",)), rows, caption=caption)
    if kind == "labels":
        rows = tuple(
            (place, grade, f"{chance.randint(2, 99)}00元")
            for place in places
            for grade in ("一档", "二档", "三档")[:2]
        )
        return Grid((("街道",), ("档次",), ("补贴标准",)), rows, 1, caption)
    if kind == "levels":
        names = (("街道",), ("补贴额", "省级"), ("补贴额", "市级"), ("完成时限",))
        rows = tuple(
            (
                place,
                f"{chance.randint(2, 99)}.5",
                f"{chance.randint(2, 99)}",
                f"{chance.randint(1, 12)}月底前",
            )
            for place in places
        )
        return Grid(names, rows, caption=caption)
    if kind == "bodies":
        rows = tuple((f"{place}段", f"{chance.randint(2, 40)}公里", f"{place}建设公司") for place in places)
        return Grid((("路段",), ("长度",), ("单位",)), rows, caption=caption)
    rows = tuple(
        (f"{place}街道", f"0570-{chance.randint(6_000_000, 6_999_999)}", f"{place}路{n}号")
        for n, place in enumerate(places, 1)
    )
    return Grid((), rows)


def _pairs(chance: random.Random) -> list[tuple[str, str]]:
    names = ["民政", "财政", "水务", "教育", "卫健", "文旅", "审计", "人社", "住建", "商务", "林业", "交通"]
    chance.shuffle(names)
    return list(zip(names[::2], names[1::2], strict=True))
