from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from assistant.models.stream import AnswerStream, Pieces
from assistant.records.ongoing import Keep, OngoingAnswer, OngoingAnswers
from assistant.types import Answer
from tests.assistant.ui.samples import answer

WHOLE = answer("甲乙")


def begun(
    begin: Callable[[], AnswerStream], keep: Keep, ongoing: OngoingAnswers | None = None
) -> OngoingAnswer:
    """Return an answer that nobody has kept yet."""
    taken_up = (ongoing or OngoingAnswers()).take_up("k", begin, keep, lambda: True)
    assert taken_up is not None
    return taken_up


class Kept:
    """What a keeper was handed."""

    def __init__(self) -> None:
        self.outcomes: list[Answer | Exception] = []

    def __call__(self, outcome: Answer | Exception) -> None:
        self.outcomes.append(outcome)


def waiting(go_on: Event) -> AnswerStream:
    """Return a stream that waits in its middle until it may go on."""

    def pieces() -> Pieces:
        yield "甲"
        go_on.wait()
        yield "乙"
        return WHOLE

    return AnswerStream(pieces(), Event())


def test_an_answer_is_kept_before_its_reader_is_told_of_the_end() -> None:
    go_on, kept = Event(), Kept()
    progress = begun(lambda: waiting(go_on), kept).progress()
    assert next(progress).text == "甲"
    go_on.set()
    assert [shown.text for shown in progress if shown.text != "甲"] in ([], ["甲乙"])
    assert kept.outcomes == [WHOLE]


def test_a_reader_who_leaves_and_comes_back_finds_the_same_answer_going_on() -> None:
    go_on, kept, ongoing = Event(), Kept(), OngoingAnswers()
    times = []

    def begin() -> AnswerStream:
        times.append(1)
        return waiting(go_on)

    gone = begun(begin, kept, ongoing)
    next(gone.progress())
    back = begun(begin, kept, ongoing)
    assert back is gone
    assert next(back.progress()).text == "甲"
    go_on.set()
    list(back.progress())
    assert len(times) == 1
    assert kept.outcomes == [WHOLE]


def test_an_answer_that_has_ended_can_be_begun_anew() -> None:
    go_on, kept, ongoing = Event(), Kept(), OngoingAnswers()
    go_on.set()
    for _ in range(2):
        list(begun(lambda: waiting(go_on), kept, ongoing).progress())
    assert kept.outcomes == [WHOLE, WHOLE]


def test_an_answer_that_was_kept_meanwhile_is_not_begun_anew() -> None:
    go_on, kept, ongoing = Event(), Kept(), OngoingAnswers()
    go_on.set()
    list(begun(lambda: waiting(go_on), kept, ongoing).progress())
    again = ongoing.take_up("k", lambda: waiting(go_on), kept, lambda: not kept.outcomes)
    assert again is None
    assert kept.outcomes == [WHOLE]


def test_what_stays_unfinished_is_told_once_more_so_that_it_is_not_taken_for_the_whole() -> None:
    go_on = Event()
    progress = begun(lambda: waiting(go_on), Kept()).progress()
    assert [next(progress).text, next(progress).text] == ["甲", "甲"]
    go_on.set()
    assert [shown.text for shown in progress] in ([], ["甲乙"])


def test_a_failure_is_handed_to_the_keeper_and_ends_the_waiting() -> None:
    kept, error = Kept(), ValueError("不行")

    def failing() -> AnswerStream:
        raise error

    assert list(begun(failing, kept).progress()) == []
    assert kept.outcomes == [error]


def test_a_keeper_that_fails_leaves_nobody_waiting(caplog: pytest.LogCaptureFixture) -> None:
    go_on = Event()
    go_on.set()

    def broken(_: Answer | Exception) -> None:
        raise OSError

    for _ in begun(lambda: waiting(go_on), broken).progress():
        pass
    assert "could not be kept" in caplog.text


def test_an_answer_that_is_stopped_ends_where_it_is() -> None:
    stopped, kept, ongoing = Event(), Kept(), OngoingAnswers()

    def pieces() -> Pieces:
        yield "甲"
        stopped.wait()
        return answer("甲")

    made = begun(lambda: AnswerStream(pieces(), stopped), kept, ongoing)
    next(made.progress())
    ongoing.stop("k")
    list(made.progress())
    assert kept.outcomes == [answer("甲")]


def test_stopping_what_nobody_makes_does_nothing() -> None:
    OngoingAnswers().stop("k")


def test_what_is_less_urgent_waits_for_the_answers_in_the_making_but_not_for_ever() -> None:
    go_on, kept, ongoing = Event(), Kept(), OngoingAnswers()
    begun(lambda: waiting(go_on), kept, ongoing)
    ongoing.let_finish(0.01)
    assert kept.outcomes == []
    go_on.set()
    ongoing.let_finish(60)
    assert kept.outcomes == [WHOLE]
