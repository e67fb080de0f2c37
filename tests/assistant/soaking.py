"""How much memory a server holds, and what it is asked for hours."""

from __future__ import annotations

import re
from pathlib import Path

QUESTIONS = (
    "海岬高新区2030年地区生产总值目标是多少？",
    "临澜市对高新技术企业的奖励标准是什么？",
    "砚川市生物医药产业规模达到多少？",
    "临澜市和砚川市的生物医药产业目标有什么不同？",
    "高新技术企业扶持办法现在还有效吗？",
    "火星移民补贴怎么申请？",
    "望汀区大健康产业的重点任务有哪些？",
)
_RESIDENT = re.compile(r"VmRSS:\s+(\d+) kB")


def resident(process: int) -> float:
    """Return the memory of a process that is in use, in MB (Linux)."""
    found = _RESIDENT.search(Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1000


def grown(samples: list[float]) -> float:
    """Return by which share the last quarter of the samples stands above the second one."""
    quarter = len(samples) // 4
    early, late = samples[quarter : 2 * quarter], samples[-quarter:]
    return (sum(late) / len(late)) / (sum(early) / len(early)) - 1


def varied(number: int) -> str:
    """Return the question of a number; no two are quite the same."""
    question = QUESTIONS[number % len(QUESTIONS)]
    return question if number % 3 else f"请问{question.removesuffix('？')}（第{number}问）？"
