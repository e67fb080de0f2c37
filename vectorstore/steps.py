"""What is done for a request, a question or an ingestion, step by step, for whoever traces it.

The step under way is one of the context, as it is with OpenTelemetry, whose packages nothing here needs.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

_Piece = TypeVar("_Piece")
_Result = TypeVar("_Result")
Value = str | int | float | bool | Sequence[str]
"""What is told of a step: counts, times and words of fixed sets, never those of people or documents."""


class Step:
    """A piece of work with its beginning and its end; this one is traced by nobody."""

    def begin(self, name: str) -> Step:
        """Begin a step within this one.

        Args:
            name: of a fixed set.
        """
        return self

    def begin_request(self, headers: Mapping[str, str]) -> Step:
        """Begin a request within this one, or within the step of its caller that its headers name.

        Args:
            headers: as they came, their names in small letters.
        """
        return self

    def tell(self, **told: Value) -> None:
        """Tell what is known of the step."""

    def end(self, error: BaseException | None = None) -> None:
        """End the step.

        Args:
            error: what broke it, of which the kind alone is told.
        """


UNTRACED = Step()
"""Where nobody traces anything."""
_UNDER_WAY: ContextVar[Step] = ContextVar("under_way", default=UNTRACED)


def note(**told: Value) -> None:
    """Tell what is known of the step under way."""
    _UNDER_WAY.get().tell(**told)


def begun(name: str, else_within: Step = UNTRACED, **told: Value) -> Step:
    """Begin a step within the one under way.

    Args:
        name: of a fixed set.
        else_within: where it begins when none is under way.
        told: what is known of it.
    """
    within = _UNDER_WAY.get()
    one = (else_within if within is UNTRACED else within).begin(name)
    one.tell(**told)
    return one


@contextmanager
def step(name: str, else_within: Step = UNTRACED, **told: Value) -> Iterator[Step]:
    """Do a step, for the length of a block.

    Args: as for `begun`.
    """
    with under_way(begun(name, else_within, **told)) as one:
        yield one


@contextmanager
def under_way(one: Step) -> Iterator[Step]:
    """Let what is done in a block be within a step, and end the step with it."""
    error: BaseException | None = None
    try:
        with _within(one):
            yield one
    except BaseException as broken:
        error = broken
        raise
    finally:
        one.end(error)


def in_step(one: Step, pieces: Generator[_Piece, None, _Result]) -> Generator[_Piece, None, _Result]:
    """Make pieces within a step, and end it with them.

    Each may be asked for in another thread, and so in another context.

    Args:
        one: the step.
        pieces: makes them.
    """
    error: BaseException | None = None
    try:
        while True:
            with _within(one):
                try:
                    piece = next(pieces)
                except StopIteration as end:
                    result: _Result = end.value
                    return result
            yield piece
    except GeneratorExit:
        raise
    except BaseException as broken:
        error = broken
        raise
    finally:
        with _within(one):
            pieces.close()
        one.end(error)


@contextmanager
def _within(one: Step) -> Iterator[None]:
    token = _UNDER_WAY.set(one)
    try:
        yield
    finally:
        _UNDER_WAY.reset(token)
