"""What a document declares replaced."""

from __future__ import annotations

import pytest

from ingest.pipeline import parse
from vectorstore.types import Status

BODY = "为规范管理，结合我市实际，制定本办法，请认真贯彻执行。"


def repealed(source: str) -> tuple[str, ...]:
    return parse(source.encode(), "文件.txt").document.repeals


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("此前出台的支持重点产业发展奖励政策同时废止。", ("此前的支持重点产业发展奖励政策",)),
        ("以前发布的有关规定同时废止。", ("此前的有关规定",)),
        ("此前印发的《云泽市旧办法》同时废止。", ("云泽市旧办法",)),
        ("本办法施行前已经取得许可的，继续有效。", ()),
    ],
)
def test_earlier_papers_that_are_swept_away_are_named_in_the_words_that_do(
    words: str, named: tuple[str, ...]
) -> None:
    assert repealed(f"云泽市管理办法\n第一条 本办法自2024年6月1日起施行。{words}") == named


def test_a_decision_that_only_repeals_names_what_it_repeals_behind_the_word() -> None:
    listed = "《云泽市摊贩管理办法》（云政发〔2010〕5号）、《云泽市夜市管理办法》（云政发〔2011〕6号）。"
    title = "云泽市人民政府关于废止《云泽市摊贩管理办法》等文件的决定"
    assert repealed(f"{title}\n{BODY}\n经研究，决定废止{listed}") == (
        "云泽市摊贩管理办法",
        "云政发〔2010〕5号",
        "云泽市夜市管理办法",
        "云政发〔2011〕6号",
    )
    assert repealed(f"云泽市工作意见\n{BODY}\n2010年，市政府决定废止{listed}") == ()


def test_all_documents_of_a_list_are_repealed_and_none_that_the_list_rests_on() -> None:
    source = (
        "云泽市人民政府关于公布文件清理结果的通知\n云政发〔2026〕8号\n"
        "根据《云泽市规范性文件管理规定》，经清理，决定废止下列文件：\n"
        "1.《云泽市摊贩管理办法》（云政发〔2010〕5号）；\n2.《云泽市夜市管理办法》。\n"
    )
    assert repealed(source) == ("云泽市摊贩管理办法", "云政发〔2010〕5号", "云泽市夜市管理办法")


def test_news_repeal_nothing() -> None:
    news = parse(f"三年行动见成效\n文/某某\n{BODY}《云泽市旧办法》同时废止。".encode(), "新闻.txt").document
    assert (news.status, news.repeals) == (Status.NOT_POLICY, ())
