"""Units are whole sentences, and bring the lead-in and the list that they belong to."""

from __future__ import annotations

from assistant.question import understand
from assistant.selecting.candidates import Candidate, candidates_of
from assistant.selecting.query_profile import profile_of
from assistant.selecting.units import best_unit, completed, units_of
from assistant.types import Hit
from vectorstore.types import Passage, PassageKind, PolicyDocument

TEXT = (
    "第九条 有下列行为之一的，处二百元罚款：\n"
    "（一）未办理登记的；\n（二）未佩带标牌的；\n（三）放任惊扰他人的。\n"
    "罚款由主管部门收缴。"
)


def found(text: str = TEXT) -> Candidate:
    passage = Passage("d:00000", "d", 0, ("罚则",), PassageKind.TEXT, text, None, 0, len(text))
    document = PolicyDocument("d", "d.txt", "h", "青石市养犬办法")
    return candidates_of([Hit(passage, document, 1.0)], {"标牌": 2.0, "罚款": 1.0})[0]


def test_an_item_is_held_with_what_leads_it_in() -> None:
    passage = found()
    assert passage.leads == (0, 0, 0, 0, 4)
    assert passage.held[2] == {"标牌", "罚款"}
    assert "处二百元罚款" in passage.led(2)


def test_the_best_unit_is_a_run_within_its_room() -> None:
    unit = best_unit(found(), [0.1, 0.0, 0.8, 0.3, 0.0], 25)
    assert (unit.first, unit.last, unit.peak) == (2, 3, 2)
    assert unit.length <= 25


def test_a_unit_begins_with_the_lead_in_of_its_first_item_and_ends_with_its_list() -> None:
    unit = completed(best_unit(found(), [0.0, 0.0, 0.8, 0.0, 0.0], 12))
    assert (unit.first, unit.last) == (0, 3)


def test_a_unit_never_ends_on_a_lead_in() -> None:
    unit = completed(best_unit(found(), [0.9, 0.0, 0.0, 0.0, 0.0], 30))
    assert not unit.passage.sentences[unit.last].text.endswith("：")


def test_a_unit_begins_where_its_clauses_parted_by_semicolons_begin() -> None:
    opening = "总的要求如前面各条所说过的一样，各区都要统筹推进并且落实到位。"
    passage = found(opening + "东区养鱼；西区养贝；北区养藻。其他另定。")
    assert completed(best_unit(passage, [0, 0, 0, 0.9, 0], 5)).first == 1
    assert completed(best_unit(passage, [0, 0, 0, 0, 0.9], 5)).first == 4


LONG = "".join(f"第{number}条 各区应当统筹推进这项工作并且按期向市政府报告落实情况。" for number in range(30))


def length_of(question: str, probabilities: list[float]) -> int:
    passage = found(LONG)
    profile = profile_of(understand(question), {}, {}, [passage])
    (unit,) = units_of(profile, [passage], probabilities, None)
    return unit.length


def test_a_unit_begins_with_the_case_that_its_lead_in_goes_on_from() -> None:
    opening = "本市河道管理实行分级负责，区镇两级都要明确责任人并且向社会公布。"
    passage = found(
        opening + "有下列行为之一的，由河道管理机构责令改正，处五百元罚款；拒不改正的，没收工具：\n"
        "（一）电鱼的；\n（二）毒鱼的。"
    )
    unit = completed(best_unit(passage, [0.0, 0.0, 0.0, 0.0, 0.9], 8))
    assert passage.sentences[unit.first].text.startswith("有下列行为之一的")
    assert passage.sentences[unit.last].text == "（二）毒鱼的。"


def test_a_unit_leaves_out_a_lead_in_for_which_there_is_no_room() -> None:
    long = "有下列行为之一的，" + "由河道管理机构会同有关部门核实，" * 34 + "处五百元罚款：\n"
    unit = completed(best_unit(found(long + "（一）电鱼的；\n（二）毒鱼的。"), [0.0, 0.0, 0.9], 8))
    assert unit.first == 2


def test_a_fact_is_given_less_room_than_what_is_told_at_length() -> None:
    even = [0.5] * 30
    assert length_of("奖励多少万元？", even) < length_of("为什么要统筹推进？", even)
    assert length_of("有哪些奖励，各多少万元？", even) == length_of("有哪些措施？", even)


def test_the_less_sure_it_is_which_sentence_answers_the_more_room_it_gets() -> None:
    assert length_of("为什么要统筹推进？", [0.3] * 30) > length_of("为什么要统筹推进？", [0.9] * 30)
