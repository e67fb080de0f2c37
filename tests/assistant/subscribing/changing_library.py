"""A library of a made-up place that changes, and what is subscribed to in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.assistant import Assistant
from assistant.records.subscription import Subscription
from assistant.records.subscriptions import Subscriptions
from assistant.records.viewers import Viewers
from assistant.settings import AssistantSettings
from assistant.subscribing.checking import Checked, Checking
from assistant.subscribing.watched import Watched, WatchedFacts, WatchedQuestion
from ingest.pipeline import ingest, parse
from vectorstore.facts import FactKind
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

TODAY = date(2026, 11, 29)
PLAN, GRANTS = "云栖市振兴规划.txt", "云栖市奖励办法.txt"
PLAN_TEXT = """云栖市振兴规划（2026—2030年）

第一章 发展目标

第一条 到2030年，全市冷链物流产业规模达到300亿元。

第二条 到2030年，全市建成中试基地12个。
"""
GRANTS_TEXT = """云栖市企业奖励办法

云政发〔2026〕3号

第一条 对首次认定的专精特新企业，给予一次性奖励20万元。

第二条 本办法自2026年3月1日起施行，有效期至2030年12月31日。
"""
OTHER_TEXT = """云栖市养老服务实施意见

第一条 每个街道设立一处老年食堂，午餐价格不高于12元。
"""
QUESTION = WatchedQuestion("冷链物流产业规模2030年的目标是多少？", "冷链物流产业规模2030年的目标是多少？")
REWARD = WatchedQuestion("首次认定的专精特新企业给予多少奖励？", "首次认定的专精特新企业给予多少奖励？")
FIGURES = WatchedFacts(FactFilter(FactKind.INDICATOR))


@dataclass
class Changing:
    """A library with its subscriptions.

    Attributes:
        folder: where the files lie that it is made of.
    """

    folder: Path
    library: PolicyLibrary
    records: Records
    kept: Subscriptions
    checking: Checking

    def put(self, name: str, text: str, *, again: bool = False) -> None:
        """Write a file and ingest it."""
        (self.folder / name).write_text(text, encoding="utf-8")
        if again:
            ingest([self.folder], self.library, again=True)
            return
        with self.library.write() as writer:
            writer.put(parse(text.encode(), name))

    def remove(self, name: str) -> None:
        """Take a document out."""
        (self.folder / name).unlink()
        document = next(one for one in self.library.documents() if one.source == name)
        with self.library.write() as writer:
            writer.remove(document.id)

    def subscribe(self, watched: Watched, owner: str = "甲") -> str:
        return self.checking.subscribe(owner, watched, TODAY)

    def check(self, today: date = TODAY) -> list[Checked]:
        return list(self.checking.check_due(today))

    def one(self, owner: str = "甲") -> Subscription:
        (subscription,) = self.kept.listed(owner)
        return subscription


@contextmanager
def changing(folder: Path) -> Iterator[Changing]:
    """Make a library of two documents."""
    files = folder / "files"
    files.mkdir(parents=True)
    settings = LibrarySettings.in_folder(folder / "data")
    with PolicyLibrary.open(settings) as library:
        records = Records(settings)
        kept = Subscriptions(records)
        checking = Checking(
            kept, library, Assistant(library, AssistantSettings()), Viewers(records, sign_in=False)
        )
        made = Changing(files, library, records, kept, checking)
        made.put(PLAN, PLAN_TEXT)
        made.put(GRANTS, GRANTS_TEXT)
        yield made
        records.close()
