from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assistant.records.activity import activity_of
from assistant.records.audit import Action, Entry

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def line(action: Action, subject: str, seconds: float, detail: str = "") -> Entry:
    return Entry(NOON + timedelta(seconds=seconds), "a@example.org", action, subject, detail)


def asked(subject: str, begun: float, took: float, how: str = "extractive") -> list[Entry]:
    question = line(Action.ASKED, subject, begun, f"问题{subject}")
    return [question, line(Action.ANSWERED, subject, begun + took, how)]


def test_questions_are_counted_by_the_day_they_were_asked_on() -> None:
    day = 24 * 3600
    activity = activity_of([*asked("a", 0, 1), *asked("b", 0, 1), *asked("c", day, 1)])
    noon = NOON.astimezone().date()
    assert activity.per_day == {noon: 2, noon + timedelta(days=1): 1}
    assert (activity.asked, activity.answered) == (3, 3)


def test_a_refused_question_is_listed_with_its_words_the_newest_first() -> None:
    entries = [*asked("a", 0, 1, "refused"), *asked("b", 9, 1), *asked("c", 20, 1, "refused")]
    assert [one.question for one in activity_of(entries).refused] == ["问题c", "问题a"]


def test_half_of_the_answers_and_nineteen_of_twenty_came_within_their_time() -> None:
    entries = [entry for number in range(1, 101) for entry in asked(str(number), number * 200, number)]
    activity = activity_of(entries)
    assert activity.median_seconds == 50.5
    assert activity.slow_seconds is not None
    assert 94 < activity.slow_seconds < 97


def test_one_answer_is_as_fast_as_it_was_and_none_has_no_speed() -> None:
    activity = activity_of(asked("a", 0, 2))
    assert (activity.median_seconds, activity.slow_seconds) == (2, 2)
    nothing = activity_of([line(Action.ASKED, "questions.xlsx", 0, "表格中的问题")])
    assert (nothing.asked, nothing.median_seconds, nothing.slow_seconds) == (1, None, None)


def test_what_was_marked_as_done_is_known() -> None:
    entries = [*asked("a", 0, 1, "refused"), line(Action.HANDLED, "a", 50, "问题a")]
    assert activity_of(entries).handled == {"a"}
