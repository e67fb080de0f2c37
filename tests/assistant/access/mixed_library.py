"""A library of everybody's documents and those of three groups, whose characters nobody else uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.records.access import person_of
from assistant.settings import AccessSettings
from ingest.pipeline import parse
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.viewers import Viewer

TOPICS = ("大健康产业", "养老服务", "冷链物流", "中试基地", "河道治理", "人才公寓")


@dataclass(frozen=True, slots=True)
class Group:
    """A group with what only its documents say.

    Attributes:
        name: of the group.
        place: the place its documents are about; others may have heard of it and ask for it.
        secret: characters that stand in everything its documents say, and that nobody else can know.
    """

    name: str
    place: str
    secret: str

    @property
    def viewer(self) -> Viewer:
        """A member."""
        return Viewer(frozenset({self.name}))

    @property
    def title(self) -> str:
        """The title of its notice; its plan carries it, too."""
        return f"{self.place}{self.secret}扶持办法"


GROUPS = (
    Group("财政局", "㐂㐄市", "㐅㐌㐖"),
    Group("教育局", "㑇㑊市", "㑕㑛㑜"),
    Group("水务局", "㒓㒖市", "㒱㒲㒼"),
)
STRANGER = Group("无", "", "")


class Head(Group):
    """An administrator of a group, who belongs to no other."""

    @property
    def viewer(self) -> Viewer:
        """Who signs in with an address that the settings name."""
        settings = AccessSettings(policy_group_administrators=f"head@example.org={self.name}")
        claims = {
            "iss": "https://login.example",
            "sub": "1",
            "email": "head@example.org",
            "email_verified": True,
        }
        return person_of(claims, settings).viewer


HEAD = Head(GROUPS[0].name, GROUPS[0].place, GROUPS[0].secret)


def forbidden(reader: Group, question: str = "") -> set[str]:
    """Return the characters that a reader must not find, but for those that the reader typed."""
    others = [group for group in GROUPS if group.name != reader.name]
    return set("".join(group.place[:-1] + group.secret for group in others)) - set(question)


def fill(folder: Path) -> None:
    """Put the documents into the library of a data folder."""
    with PolicyLibrary.open(LibrarySettings.in_folder(folder)) as library, library.write() as writer:
        for name, text in _public():
            writer.put(parse(text.encode(), name))
        for group in GROUPS:
            for name, text in _of(group):
                writer.assign_groups([name], [group.name])
                writer.put(parse(text.encode(), name))


def write(folder: Path) -> dict[str, Path]:
    """Write the documents as files; returns the folder of each group's, "" for everybody's."""
    documents = {"": _public(), **{group.name: _of(group) for group in GROUPS}}
    folders = {name: folder / (name or "公开") for name in documents}
    for name, place in folders.items():
        place.mkdir(parents=True)
        for file, text in documents[name]:
            (place / file).write_text(text, encoding="utf-8")
    return folders


def _public() -> Iterator[tuple[str, str]]:
    lines = "\n".join(
        f"第{number}条 到2030年，{topic}总规模达到{number * 100}亿元。" for number, topic in _numbered()
    )
    yield "公开规划.txt", f"青岚市产业发展规划\n\n青府〔2025〕3号\n\n{lines}\n"
    yield (
        "公开办法.txt",
        "青岚市奖励办法\n\n青府〔2024〕9号\n\n第一条 对首次入库的企业，给予10万元奖励。\n"
        "第二条 申报材料应于2026年6月30日前提交。\n第三条 市水务局牵头编制河道治理方案，市财政局配合。\n"
        "第四条 依据《青岚市产业发展规划》（青府〔2025〕3号）制定本办法。\n",
    )


def _of(group: Group) -> Iterator[tuple[str, str]]:
    secret, place = group.secret, group.place
    lines = "\n".join(
        f"第{number}条 到2030年，{place}{topic}总规模达到{number * 7}亿元，建成{secret}园区。"
        for number, topic in _numbered()
    )
    yield f"{secret}规划.txt", f"{place}{secret}产业发展规划\n\n{place[:-1]}府〔2026〕1号\n\n{lines}\n"
    yield (
        f"{secret}办法.txt",
        f"{group.title}\n\n{place[:-1]}府〔2026〕2号\n\n"
        f"第一条 对{secret}企业首次入库的，给予50万元奖励。\n"
        f"第二条 {secret}申报材料应于2026年9月30日前提交{secret}局。\n"
        f"第三条 {secret}局牵头编制{secret}治理方案，{secret}委配合，2027年底前完成。\n"
        f"第四条 依据《青岚市产业发展规划》（青府〔2025〕3号）制定本办法。\n"
        f"第五条 本办法所称{secret}养老，是指{secret}机构提供的服务。\n"
        "第六条 《青岚市奖励办法》（青府〔2024〕9号）同时废止。\n",
    )
    rows = "\n".join(f"| {secret}{topic} | {number} | {number * 2} |" for number, topic in _numbered())
    yield f"{secret}表.md", f"# {place}{secret}指标表\n\n| 指标 | 2025年 | 2030年 |\n|---|---|---|\n{rows}\n"


def _numbered() -> Iterator[tuple[int, str]]:
    return iter(enumerate(TOPICS, 1))
