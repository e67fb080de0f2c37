"""What a document is worth: in force, draft, over, replaced, or no policy at all."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from assistant.drafting.inquiry import Inquiry
from assistant.drafting.standing import findings
from assistant.question import understand
from assistant.retriever import find
from assistant.types import Scope
from tests.assistant.asking import Ask, Filled, asker, filled, proven, sources
from vectorstore.library import PolicyLibrary

PLAN = "甲川市海洋牧场发展规划\n\n（2026—2030年）\n\n为发展海洋牧场，制定本规划。规划期为2026年至2030年。\n"
OLD = (
    "甲川市渔港管理办法\n\n甲政规〔2020〕1号\n\n第一条 渔港每年清淤一次。\n\n"
    "第二条 本办法自2020年3月1日起施行。\n"
)
NEW = (
    "甲川市渔港条例实施细则\n\n甲政规〔2026〕9号\n\n第一条 渔港每月清淤一次。\n\n"
    "第二条 本细则自2026年3月1日起施行，《甲川市渔港管理办法》（甲政规〔2020〕1号）同时废止。\n"
)


def said(library: PolicyLibrary, text: str, today: date) -> str:
    question = understand(text)
    found = findings(Inquiry(library, question, find(library, question, 10), {}, today))
    return "".join(one.statement for one in found)


@pytest.mark.parametrize(
    ("question", "held", "proof"),
    [
        ("砚川市生物医药“十四五”规划现在还有效吗？", "届满", "2021—2025"),
        ("临澜市生物医药产业高质量发展规划是正式文件吗？", "征求意见稿", "征求意见稿"),
        ("望汀区大健康规划的规划期限是哪几年？", "2026年至2030年", "2026"),
        ("从盐田到药港能作为政策依据引用吗？", "不是政策文件", "文/黎望舒"),
        ("海岬高新区十五五规划纲要的规划期是哪几年", "2026年至2030年", "2026"),
        ("临澜市生物医药产业高质量发展规划正式出台了吗？", "尚未正式印发", "征求意见稿"),
        ("从盐田到药港这篇文件能当依据吗？", "不是政策文件", "文/黎望舒"),
        ("望汀区大健康规划过了规划期吗，能引用吗？", "现行有效", "望汀"),
    ],
)
def test_the_standing_is_told_with_the_words_that_prove_it(
    ask: Ask, example_library: PolicyLibrary, question: str, held: str, proof: str
) -> None:
    answer = ask(question)
    assert not answer.refused
    assert held in answer.text
    assert any(proof in citation.quote for citation in answer.citations)
    assert proven(answer, example_library)


def test_a_plan_ends_with_its_period(library_of: Filled) -> None:
    library = library_of({"plan.txt": PLAN})
    question = "甲川市海洋牧场发展规划还有效吗？"
    assert "届满" not in said(library, question, date(2030, 12, 31))
    assert "届满" in said(library, question, date(2031, 1, 1))


def test_a_period_is_proved_by_the_sentence_that_lays_it_down(library_of: Filled) -> None:
    answer = asker(library_of({"plan.txt": PLAN}))("甲川市海洋牧场发展规划管哪几年？")
    assert [citation.quote[-16:] for citation in answer.citations] == ["规划期为2026年至2030年。"]


def test_what_ends_with_a_document_is_not_taken_for_its_own_day(library_of: Filled) -> None:
    text = (
        "甲川市渔船补贴办法问答\n\n《甲川市渔船补贴办法》自2026年3月1日起施行，有效期至2028年2月29日。\n\n"
        "原试点方案自《办法》施行之日起停止执行。试点补贴的凭证有效期满前仍可使用。\n"
    )
    answer = asker(library_of({"问答.txt": text}))("甲川市渔船补贴办法什么时候生效，到什么时候为止？")
    assert "自2026年3月1日起施行" in answer.text
    assert "停止执行" not in answer.text


def test_what_another_document_repeals_is_no_longer_in_force(library_of: Filled) -> None:
    ask = asker(library_of({"old.txt": OLD, "new.txt": NEW}))
    assert "废止" in ask("甲川市渔港管理办法还有效吗？").text


@pytest.mark.parametrize("marks", ["《{}》", "{}"])
def test_every_document_tells_of_itself_when_its_whole_title_is_pasted(
    ask: Ask, example_library: PolicyLibrary, marks: str
) -> None:
    documents = example_library.documents()
    titles = Counter(document.title for document in documents)
    for document in documents:
        if titles[document.title] > 1:
            continue  # Of two editions the one in force is told of.
        title = marks.format(document.title)
        for asked, known in (("是谁印发的？", document.issuer), ("的文号是多少？", document.document_number)):
            answer = ask(f"{title}{asked}")
            assert answer.refused is not bool(known), (title, asked)
            assert known in answer.text, (title, asked)


@pytest.mark.parametrize(
    "written", ["民國115年2月26日", "115年2月26日", "二〇二六年二月二十六日", "2026-02-26", "2026.02.26"]
)
def test_the_day_of_a_document_is_told_in_whichever_calendar_it_is_written(
    library_of: Filled, written: str
) -> None:
    text = f"甲川市渔港管理办法\n\n发布日期：{written}\n\n第一条 渔港每年清淤一次。\n"
    answer = asker(library_of({"办法.txt": text}))("甲川市渔港管理办法是什么时候发布的？")
    assert "2026年2月26日" in answer.text
    assert written in answer.citations[0].quote


def test_what_a_title_says_is_not_asked(library_of: Filled) -> None:
    title = "关于甲川市2025年预算执行情况和2026年预算草案的报告"
    text = f"{title}\n\n甲川市财政局局长 某某\n\n各位代表：\n\n现将预算草案提请审议，请予审查。\n"
    answer = asker(library_of({"报告.txt": text}))(f"{title}是谁发布的？")
    assert "发文机关为甲川市财政局" in answer.text
    assert "有效期" not in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("《甲川市渔港管理办法》什么时候到期？", "有效期至2029年2月28日"),
        ("甲川市渔港管理办法的有效期到什么时候？", "有效期至2029年2月28日"),
        ("甲川市渔港管理办法什么时候施行？", "自印发之日起施行，有效期3年。（即自2026年3月1日起）"),
    ],
)
def test_the_days_between_which_a_document_applies_are_reckoned(
    library_of: Filled, question: str, told: str
) -> None:
    text = (
        "甲川市渔港管理办法\n\n（甲政规〔2026〕1号，2026年3月1日印发）\n\n第一条 渔港每年清淤一次。\n\n"
        "第二条 本办法自印发之日起施行，有效期3年。\n"
    )
    assert told in asker(library_of({"办法.txt": text}))(question).text


@pytest.mark.parametrize("number", ["临政规〔2024〕3号", "临政规[2024]3号", "临政规（2024）3号"])
def test_a_document_is_known_by_its_number_in_any_brackets(ask: Ask, number: str) -> None:
    assert "废止" in ask(f"{number}还有效吗？").text


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("砚川市2025年生物医药产业产值突破多少亿元的目标", "届满"),
        ("“两库一榜”指什么？", "征求意见稿"),
        ("海岬药港首批投产项目总投资多少？", "新闻或文章"),
    ],
)
def test_a_source_that_is_not_plainly_in_force_brings_a_notice(ask: Ask, question: str, notice: str) -> None:
    assert any(notice in line for line in ask(question).notices)


def test_a_source_in_force_brings_none(ask: Ask) -> None:
    assert ask("对首次升规纳统的生物医药企业奖励多少？").notices == ()


def test_a_replaced_source_s_notice_names_what_replaced_it(library_of: Filled) -> None:
    library = library_of({"old.txt": OLD, "new.txt": NEW})
    old = next(document for document in library.documents() if document.source == "old.txt")
    answer = asker(library)("甲川市渔港管理办法规定渔港每年清淤几次？")
    assert any(citation.document.id == old.id for citation in answer.citations)
    assert any("《甲川市渔港条例实施细则》" in line for line in answer.notices)


def test_the_edition_that_is_named_tells_from_when_until_when_it_applies(library_of: Filled) -> None:
    first = (
        "甲川市渔港管理办法\n\n甲川市人民政府\n\n2020年3月1日\n\n"
        "第二条 本办法自2020年3月1日起施行，有效期5年。\n"
    )
    second = (
        "甲川市渔港管理实施办法\n\n甲川市人民政府\n\n2026年3月1日\n\n"
        "第九条 本办法自2026年4月1日起施行，有效期至2031年3月31日。《甲川市渔港管理办法》同时废止。\n"
    )
    ask = asker(library_of({"first.txt": first, "second.txt": second}))
    assert "有效期至2031年3月31日" in ask("甲川市新的渔港管理办法从哪天执行，管到哪天？").text
    assert "自2020年3月1日起施行" in ask("甲川市渔港管理老办法从哪天开始执行？").text


def test_a_list_of_what_is_repealed_leaves_no_edition_out(library_of: Filled) -> None:
    written = "甲川市{0}渔港管理办法\n\n甲川市人民政府\n\n{1}年3月1日\n\n第一条 渔港每年清淤{2}次。{3}\n"
    repeals = "《甲川市{}渔港管理办法》同时废止。"
    texts = (
        written.format("第一版", 2012, 1, ""),
        written.format("第二版", 2018, 2, repeals.format("第一版")),
        written.format("第三版", 2025, 3, repeals.format("第二版")),
    )
    ask = asker(library_of({f"{number}.txt": text for number, text in enumerate(texts)}))
    told = ask("哪些旧办法已经废止？").text
    assert "第一版" in told
    assert "第二版" in told
    assert "第三版" not in told


def test_everything_that_is_asked_of_a_document_is_told(library_of: Filled) -> None:
    ask = asker(library_of({"old.txt": OLD, "new.txt": NEW}))
    assert "甲政规〔2026〕9号" in ask("甲川市渔港条例实施细则的文号是什么？").text
    assert "自2026年3月1日起施行" in ask("甲川市渔港条例实施细则什么时候开始施行？").text
    both = ask("甲川市渔港条例实施细则文号是什么？还有效吗？").text
    assert "现行有效" in both
    assert "甲政规〔2026〕9号" in both


def test_the_standing_of_documents_outside_the_scope_is_not_told(library_of: Filled) -> None:
    ask = asker(library_of({"old.txt": OLD, "new.txt": NEW}))
    assert "甲川市渔港管理办法》：" in ask("哪些文件已经废止？").text
    assert sources(ask("哪些文件已经废止？", scope=Scope(documents=("new.txt",)))) <= {"new.txt"}
    assert (
        "渔港管理办法》已被"
        not in ask("甲政规〔2020〕1号还有效吗？", scope=Scope(documents=("new.txt",))).text
    )


def test_what_took_a_replaced_document_s_place_is_named(library_of: Filled) -> None:
    ask = asker(library_of({"old.txt": OLD, "new.txt": NEW}))
    answer = ask("甲政规〔2020〕1号还有效吗？")
    assert "现行文件为《甲川市渔港条例实施细则》（甲政规〔2026〕9号）" in answer.text


def test_a_document_is_noticed_once_however_often_it_is_cited(ask: Ask) -> None:
    notices = ask("临澜市生物医药产业2028年和2030年的规模目标分别是多少？").notices
    assert len(notices) == len(set(notices))


def test_what_a_document_does_not_say_of_itself_is_not_made_up(library_of: Filled) -> None:
    library = library_of({"a.txt": "渔港须知\n\n渔港每月清淤一次，由渔业站负责。\n"})
    answer = asker(library)("渔港须知的规划期限是哪几年？")
    assert "20" not in answer.text


def test_the_period_of_each_place_is_told_where_several_are_named(ask: Ask) -> None:
    text = ask("临澜市和砚川市的生物医药产业规划，规划期分别到哪一年？").text
    assert "2026年至2030年" in text
    assert "2021年至2025年" in text


def test_documents_of_several_standings_are_listed_together(ask: Ask) -> None:
    text = ask("资料中哪些文件是征求意见稿，哪些已经过期？").text
    assert "：征求意见稿。" in text
    assert "：规划期已满。" in text


def test_a_licence_that_runs_out_asks_of_no_document(library_of: Filled) -> None:
    text = """# 云栖市餐饮许可办事指南

持证人应当在许可证有效期届满前30日内提出延续申请。

# 附则

本指南自2026年1月1日起施行，有效期至2030年12月31日。
"""
    answer = asker(library_of({"guide.md": text}))("餐饮许可证快到期了，最晚什么时候提出延续申请？")
    assert "届满前30日内" in answer.text


@pytest.mark.parametrize(
    ("field", "value", "question", "told", "proof"),
    [
        ("issued_on", "2026-03-05", "是什么时候发布的", ("2026年3月5日", "2026年3月2日"), "2026年3月2日"),
        ("document_number", "甲政规〔2026〕8号", "的文号是什么", ("8号", "9号"), "甲政规〔2026〕9号"),
        ("issuer", "甲川市渔业局", "是哪个部门发布的", ("渔业局", "甲川市人民政府"), "甲川市人民政府"),
    ],
)
def test_what_was_corrected_by_hand_is_told_as_that_with_the_document_s_own_words(
    tmp_path: Path, field: str, value: str, question: str, told: tuple[str, str], proof: str
) -> None:
    text = NEW.replace("第一条", "甲川市人民政府\n\n2026年3月2日\n\n第一条", 1)
    library = filled(tmp_path, {"new.txt": text})
    ask = asker(library)
    asked = f"甲川市渔港条例实施细则{question}？"
    assert "人工更正" not in ask(asked).text
    with library.write() as writer:
        writer.correct("new.txt", {field: value})
    answer = ask(asked)
    assert "此为人工更正，文件原文为" in answer.text
    assert all(one in answer.text for one in told)
    assert any(proof in citation.quote for citation in answer.citations)
    assert proven(answer, library)


def test_a_day_that_only_a_person_knows_is_told_as_corrected(tmp_path: Path) -> None:
    library = filled(tmp_path, {"old.txt": OLD})
    with library.write() as writer:
        writer.correct("old.txt", {"issued_on": "2020-02-11"})
    answer = asker(library)("甲川市渔港管理办法是什么时候发布的？")
    assert "成文日期为2020年2月11日。此为人工更正，文件中未识别到。" in answer.text
    assert proven(answer, library)
