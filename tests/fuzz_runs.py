"""Tries many inputs, each made by its number alone, in processes of their own that may die of it.

A run is written to a log as it goes, one line of JSON for each piece of inputs, so that one that was ended
goes on where it stood, and whatever was found can be had again by its number.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

# Of processor time for one input, and of any time where it only waits.
LIMIT_SECONDS, _PATIENCE = 60.0, 900.0
_PIECE = 5_000
_MEMORY = 4_000_000_000
_NUMBERS_KEPT = 3


@dataclass
class Piece:
    """What came of some inputs.

    Attributes:
        first: the number of the first input.
        inputs: how many were tried.
        seconds: how long it took.
        slowest: the most processor time that one input took, in seconds, and its number.
        answers: how often each answer came.
        findings: what ought not to have come → the first numbers at which it did.
    """

    first: int
    inputs: int = 0
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, -1)
    answers: Counter[str] = field(default_factory=Counter)
    findings: dict[str, list[int]] = field(default_factory=dict)


def pieces(log: Path) -> list[Piece]:
    """Read what a run found."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [Piece(**json.loads(line)) for line in lines]


def run(work: Callable[[int], str], first: int, inputs: int, log: Path) -> None:
    """Try inputs, or go on trying them.

    Args:
        work: tries the input of a number and names the answer; what it raises is a finding.
        first: the number of the first input.
        inputs: how many to try.
        log: where what comes of them is written; what stands in it already is not tried again. A SIGTERM to
            the process group ends the run after the input under way.
    """
    done = pieces(log)
    number = done[-1].first + done[-1].inputs if done else first
    while number < first + inputs:
        number += _apart(work, number, min(_PIECE, first + inputs - number), log)


def _apart(work: Callable[[int], str], first: int, inputs: int, log: Path) -> int:
    """Try a piece in a child; where it dies, its piece ends with the input that did it."""
    place = log.with_suffix(".place")
    child = os.fork()
    if not child:
        status = 1
        try:
            _append(log, _tried(work, first, inputs, place))
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if not status:
        return pieces(log)[-1].inputs
    died = int(place.read_bytes() or b"0")
    how = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "ended"
    _append(log, Piece(first, died - first + 1, findings={f"process: {how}": [died]}))
    return died - first + 1


def _tried(work: Callable[[int], str], first: int, inputs: int, place: Path) -> Piece:
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    piece, begun = Piece(first), time.monotonic()
    ended: list[int] = []
    # What was tried until then counts.
    signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    with place.open("wb", buffering=0) as noted:
        for number in range(first, first + inputs):
            noted.seek(0)
            noted.write(b"%d" % number)
            # The system ends the process, even where it no longer comes back to Python.
            signal.setitimer(signal.ITIMER_PROF, LIMIT_SECONDS)
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
            started = time.process_time()
            try:
                piece.answers[work(number)] += 1
            except Exception as error:
                known = piece.findings.setdefault(f"{type(error).__name__}: {error}"[:300], [])
                known += [number] if len(known) < _NUMBERS_KEPT else []
            piece.inputs += 1
            piece.slowest = max(piece.slowest, (round(time.process_time() - started, 2), number))
            if ended:
                break
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    piece.seconds = round(time.monotonic() - begun, 1)
    return piece


def _append(log: Path, piece: Piece) -> None:
    with log.open("a", encoding="utf-8") as opened:
        opened.write(json.dumps(vars(piece), ensure_ascii=False) + "\n")


def told(log: Path) -> str:
    """Return the figures of a run in a few lines."""
    done = pieces(log)
    answers: Counter[str] = sum((Counter(piece.answers) for piece in done), Counter())
    lines = [
        f"{sum(piece.inputs for piece in done)} inputs in {sum(piece.seconds for piece in done):.0f} s; "
        f"slowest {max(tuple(piece.slowest) for piece in done)}",
        *(f"{count:9} {answer}" for answer, count in sorted(answers.items())),
        *(f"FOUND {what} {numbers}" for piece in done for what, numbers in piece.findings.items()),
    ]
    return "\n".join(lines)
