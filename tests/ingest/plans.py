"""Made-up plans for the queue, each with a figure of its own."""

from __future__ import annotations

from pathlib import Path

FILES = 6
"""How many stand in the folder."""


def write(folder: Path, number: int, figure: int) -> None:
    text = f"云岭市第{number}产业园区发展规划\n\n一、目标\n\n到2030年，园区产值达到{figure}亿元。\n"
    (folder / f"{number}.txt").write_text(text, encoding="utf-8")
