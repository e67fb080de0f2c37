from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from assistant.models.context import defuse, estimate_tokens, pack, recent, write
from assistant.types import Turn
from tests.assistant.answering import hit

TODAY = date(2027, 1, 1)
TEXTS = st.lists(st.text(alphabet="甲乙丙a1。", min_size=1, max_size=400), max_size=12)


def test_tokens_are_estimated_by_script() -> None:
    assert estimate_tokens("政策") == 3
    assert estimate_tokens("2030年") == 4
    assert estimate_tokens("") == 0


@given(TEXTS, st.integers(0, 3000))
def test_whole_passages_fill_the_budget_and_never_exceed_it(texts: list[str], budget: int) -> None:
    hits = [hit(text, number) for number, text in enumerate(texts, 1)]
    chosen, written = pack(hits, budget, TODAY)
    assert estimate_tokens(written.replace("\n\n", "")) <= budget + len(chosen)
    assert [one for one in hits if one in chosen] == list(chosen)
    for number, one in enumerate(chosen, 1):
        assert write(number, one, TODAY) in written
    left = budget - sum(estimate_tokens(write(number, one, TODAY)) for number, one in enumerate(chosen, 1))
    assert all(
        estimate_tokens(write(len(chosen) + 1, one, TODAY)) > left for one in hits if one not in chosen
    )


@given(st.text(alphabet="<>/资料|甲 [1]，【2】\n", max_size=60))
@example("<资 料>")
def test_no_text_can_end_its_passage_or_carry_a_mark(text: str) -> None:
    safe = defuse(text)
    assert "</资料" not in safe.replace(" ", "")
    assert "<资料" not in safe.replace(" ", "")
    assert "<|" not in safe
    assert "[1]" not in safe
    assert len(safe) == len(text)
    assert defuse(safe) == safe


def test_the_latest_turns_are_kept_without_a_gap() -> None:
    turns = [Turn("user", "甲" * 10), Turn("assistant", "乙" * 100), Turn("user", "丙" * 10)]
    assert recent(turns, 20) == (turns[2],)
    assert recent(turns, 165) == (turns[1], turns[2])
    assert recent(turns, 1000) == tuple(turns)
    assert recent(turns, 0) == ()
