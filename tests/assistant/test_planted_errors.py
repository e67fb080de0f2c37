"""A report with twelve planted errors: they are found, and no true sentence is called false."""

from __future__ import annotations

from datetime import date

from assistant import Assistant
from assistant.checked_sentence import Finding
from assistant.settings import AssistantSettings
from assistant.verification import Verification
from vectorstore.library import PolicyLibrary

TODAY = date(2026, 11, 1)
TRUE = (
    "对首次取得三类医疗器械注册证的，每个品种给予300万元奖励。",
    "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予50万元奖励。",
    "单个企业每年奖励总额不超过1000万元。",
    "对首次通过认定的高新技术企业，给予30万元一次性奖励。",
    "对重新通过认定的高新技术企业，给予10万元一次性奖励。",
    "对从市外整体迁入且资格在有效期内的高新技术企业，给予50万元一次性奖励。",
    "市科学技术局会同市财政局、市税务局建立高新技术企业培育库。",
    "2025年海岬高新区实现地区生产总值612.4亿元，“十四五”期间年均增长8.7%。",
    "规模以上工业增加值占全市的比重由2020年的19.3%提高到24.8%。",
    "国家级高新技术企业482家，比2020年净增231家。",
)
PLANTED = (
    "对首次取得三类医疗器械注册证的，每个品种给予350万元奖励。",
    "对首次取得二类医疗器械注册证（不含诊断试剂）的，每个品种给予80万元奖励。",
    "单个企业每年奖励总额不低于1000万元。",
    "对首次通过认定的高新技术企业，给予20万美元一次性奖励。",
    "对重新通过认定的高新技术企业，给予15万元一次性奖励。",
    "企业应当于认定公告发布之日起两年内提出申请。",
    "2025年砚川高新区实现地区生产总值612.4亿元。",
    "规模以上工业增加值占全市的比重由2020年的19.3%提高到28.4%。",
    "国家级高新技术企业482家，占比231家。",
    "五年累计引进亿元以上项目312个。",
    "高新区在全国高新区综合评价中的位次由第97位上升到第16位。",
    "海岬综合保税区已经封关运行。",
)


def test_planted_errors_are_found_and_true_sentences_stand(example_library: PolicyLibrary) -> None:
    search = Assistant(example_library, AssistantSettings()).search
    draft = "关于产业发展情况的汇报\n\n" + "\n".join((*TRUE, *PLANTED))
    found = {one.text: one for one in Verification(example_library, search, TODAY).draft(draft)}
    assert found["关于产业发展情况的汇报"].finding is Finding.UNCHECKED
    missed = [text for text in PLANTED if not found[text].finding.needs_care]
    called_false = [
        (text, found[text].reason)
        for text in TRUE
        if found[text].finding in (Finding.DIFFERS, Finding.UNFOUND)
    ]
    assert called_false == []
    assert len(missed) <= 2, missed
