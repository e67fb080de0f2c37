"""Questions of people who know little, something or much of what they may not see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice, product

from tests.assistant.access.mixed_library import GROUPS, TOPICS

_PLAIN = (
    "{topic}到2030年总规模多少亿元？",
    "{place}{topic}的目标是多少？",
    "哪些文件提到{topic}？",
    "{place}有哪些文件？",
    "对首次入库的企业有什么奖励？{topic}呢？",
    "{topic}由谁牵头？{place}呢？",
    "{place}的申报材料什么时候提交？",
    "《{place}扶持办法》是否有效？{topic}适用吗？",
    "青岚市奖励办法废止了吗？被哪份文件废止？{topic}",
    "比较青岚市和{place}的{topic}目标",
    "什么是{place}{topic}？",
    "{place}产业园区到{year}年建成什么？{topic}",
    "今年到期的文件有哪些？{place}{topic}",
    "{topic}{year}年的指标",
)


_STEP = 1009


def questions(number: int) -> Iterator[str]:
    """Return that many questions, each another one as long as there are any."""
    places = ("", *(group.place for group in GROUPS))
    made = (
        form.format(topic=topic, place=place, year=year)
        for year, topic, place, form in product((2030, 2025, 2027, 2028, 2026, 2029), TOPICS, places, _PLAIN)
    )
    distinct = list(dict.fromkeys(made))
    # A few of them ask of everything, too.
    mixed = (distinct[at * _STEP % len(distinct)] for at in range(len(distinct)))
    return islice(cycle(mixed), number)


def statements() -> Iterator[str]:
    """Return drafts to be checked, with what a stranger may have heard."""
    for group in GROUPS:
        for number, topic in enumerate(TOPICS, 1):
            yield f"到2030年，{group.place}{topic}总规模达到{number * 7}亿元。"
    yield "对首次入库的企业，给予50万元奖励。青岚市奖励办法已经废止。申报材料应于2026年9月30日前提交。"
