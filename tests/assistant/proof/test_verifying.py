"""A model's text is given out as it comes, and each sentence is checked as soon as it is complete."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.proof.verifying import Verifier, doubts
from assistant.types import Verdict
from tests.assistant.answering import hit

HITS = (
    hit("到2030年，产业规模力争达到300亿元，培育规模以上企业50家。"),
    hit("建成专业园区5个，引进高端人才200名。", 2, title="白沙市人才办法"),
)
MARK = re.compile(r"\[(\d+)\]")


def verified(text: str, *, finished: bool = True) -> Verifier:
    verifier = Verifier(HITS)
    verifier.feed(text)
    verifier.close(finished=finished)
    return verifier


def verdicts(text: str) -> list[Verdict]:
    return [statement.verdict for statement in verified(text).statements]


def test_a_sentence_is_checked_as_soon_as_the_next_one_begins() -> None:
    verifier = Verifier(HITS)
    assert verifier.feed("产业规模力争达到300亿元[1]。") == "产业规模力争达到300亿元[1]。"
    assert list(verifier.statements) == []
    verifier.feed("建")
    (statement,) = verifier.statements
    assert statement.verdict is Verdict.SUPPORTED
    assert verifier.text[statement.start : statement.end] == "产业规模力争达到300亿元[1]。"


def test_a_line_s_end_ends_a_sentence_at_once() -> None:
    verifier = Verifier(HITS)
    verifier.feed("产业规模力争达到300亿元[1]\n")
    assert len(verifier.statements) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2030年，产业规模力争达到300亿元[1]。", Verdict.SUPPORTED),
        ("到2030年，产业规模力争达到400亿元[1]。", Verdict.CONTRADICTED),
        ("到2030年，产业规模力争达到300亿元[2]。", Verdict.UNSUPPORTED),
        ("到2030年，产业规模力争达到300亿元。", Verdict.PROVEN),
        ("到2030年，产业规模力争达到400亿元。", Verdict.UNSUPPORTED),
    ],
)
def test_each_sentence_has_its_verdict(text: str, expected: Verdict) -> None:
    assert verdicts(text) == [expected]


def test_marks_behind_the_stop_belong_to_the_sentence() -> None:
    assert verdicts("到2030年，产业规模力争达到300亿元。[1] 建成专业园区5个。[2]") == [Verdict.SUPPORTED] * 2


def test_statements_of_one_sentence_that_cite_apart_are_checked_apart() -> None:
    text = "产业规模力争达到300亿元[1]；建成专业园区9个[2]。"
    assert verdicts(text) == [Verdict.SUPPORTED, Verdict.CONTRADICTED]


def test_a_fact_without_a_citation_gets_that_of_the_passage_that_proves_it() -> None:
    verifier = Verifier(HITS)
    shown = "".join(map(verifier.feed, "建成专业园区5个。\n到2030年，产业规模力争达到300亿元。"))
    shown += verifier.close()
    assert shown == verifier.text == "建成专业园区5个。[1]\n到2030年，产业规模力争达到300亿元。[2]"
    assert [proof.passage.id for proof in verifier.cited] == ["d2:00000", "d1:00000"]


def test_what_states_no_fact_has_no_verdict() -> None:
    assert verdicts("主要目标如下：\n资料中没有2035年的目标。\n\n---\n") == []
    assert verified("资料中没有2035年的目标。").silent


@pytest.mark.parametrize(
    "text", ["## 主要目标\n", "**主要目标**\n", "不是。", "有的！", "| 指标 | 目标 |\n| --- | --- |\n"]
)
def test_headings_and_bare_answers_need_no_proof(text: str) -> None:
    assert verdicts(text) == []


def test_rows_of_a_table_do() -> None:
    table = "| 指标 | 目标 |\n| --- | --- |\n| 产业规模 | 力争达到300亿元[1] |\n| 园区 | 9个 |\n"
    assert verdicts(table) == [Verdict.SUPPORTED, Verdict.UNSUPPORTED]


def test_what_leads_in_a_list_may_not_bring_in_figures_of_its_own() -> None:
    assert verdicts("到2030年的目标包括：\n") == verdicts("具体分为以下五个方面：\n") == []
    assert verdicts("到2036年的目标包括：\n") == [Verdict.UNSUPPORTED]
    assert verdicts("产业规模力争达到700亿元，包括：\n") == [Verdict.CONTRADICTED]


def test_a_sentence_left_unfinished_is_said_to_be() -> None:
    (statement,) = verified("此外，还将引进", finished=False).statements
    assert "没有写完" in statement.reason


@pytest.mark.parametrize(
    "cut", ["产业规模达到300亿元", "产业规模达到300亿元[1]", "产业规模达到300亿元[1]，但"]
)
def test_a_sentence_cut_in_the_middle_is_not_proven_by_what_there_is_of_it(cut: str) -> None:
    (statement,) = verified(cut, finished=False).statements
    assert not statement.holds
    (whole,) = verified("产业规模达到300亿元。[1]", finished=False).statements
    assert whole.holds


def test_a_model_that_repeats_itself_is_noticed() -> None:
    assert not verified("产业规模达到300亿元[1]。" * 3 + "建成园区5个[2]。").loops
    assert verified("产业规模达到300亿元[1]。" * 6).loops


def test_a_citation_is_doubted_for_the_first_sentence_that_fails() -> None:
    statements = verified("到2030年，产业规模力争达到400亿元[1]。建成专业园区5个[2]。").statements
    assert list(doubts(statements)) == [1]


SENTENCES = st.lists(
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(
            ["产业规模力争达到300亿元", "建成专业园区5个", "建成园区9个", "- 列项：", "资料中未提及目标"]
        ),
        st.sampled_from(["", "[1]", "【２】", "[1,2]", "[1-3]", "［9］", "[^2]", "[注]"]),
        st.sampled_from(["。", "；", "！", "\n", "", "。”", "\n\n"]),
        st.sampled_from(["", "[2]", " [1]", "【1、2】"]),
    ),
    max_size=6,
).map("".join)


@given(SENTENCES, st.data())
def test_text_and_verdicts_do_not_depend_on_how_the_stream_was_cut(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=10)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    verifier = Verifier(HITS)
    shown = "".join(map(verifier.feed, pieces)) + verifier.close()
    whole = verified(text)
    assert shown == verifier.text == whole.text
    assert verifier.statements == whole.statements
    assert verifier.cited == whole.cited


@given(SENTENCES)
def test_only_known_numbers_are_shown_and_each_statement_stands_where_it_says(text: str) -> None:
    verifier = verified(text)
    assert {int(number) for number in MARK.findall(verifier.text)} == set(range(1, len(verifier.cited) + 1))
    end = 0
    for statement in verifier.statements:
        assert end <= statement.start < statement.end <= len(verifier.text)
        standing = verifier.text[statement.start : statement.end]
        assert MARK.sub("", standing).strip() == statement.text
        assert list(dict.fromkeys(map(int, MARK.findall(standing)))) == list(statement.numbers)
        end = statement.end


@given(SENTENCES, st.integers(0, 200))
def test_a_verdict_once_given_never_changes(text: str, cut: int) -> None:
    verifier = Verifier(HITS)
    verifier.feed(text[:cut])
    early = verifier.statements
    verifier.feed(text[cut:])
    verifier.close()
    assert verifier.statements[: len(early)] == early
