"""References, days, tasks and measures, with the words that prove them."""

from pathlib import Path

import pytest

from ingest.facts.bodies import bodies_in, bodies_of_cells
from ingest.parsing import parse
from vectorstore.facts import Deadline, Measure, Reference, Statement, Task

DOCUMENTS = Path(__file__).parent / "documents"
EXAMPLES = Path(__file__).parents[3] / "examples"


def stated(path: Path) -> list[Statement]:
    parsed = parse(path.read_bytes(), path.name)
    assert parsed.facts is not None
    assert not parsed.facts.problem
    assert all(parsed.text[fact.start : fact.end] == fact.quote for fact in parsed.facts.facts)
    return [fact.statement for fact in parsed.facts.facts]


def of(path: Path, kind: type[Statement]) -> list[Statement]:
    return [one for one in stated(path) if isinstance(one, kind)]


def measures_in(sentence: str) -> list[Measure]:
    parsed = parse(f"青岚市若干措施\n\n第一条 {sentence}\n".encode(), "青岚市.txt")
    assert parsed.facts is not None
    return [fact.statement for fact in parsed.facts.facts if isinstance(fact.statement, Measure)]


def test_bases_and_repeals_are_references() -> None:
    assert of(DOCUMENTS / "青岚市数字经济行动方案.txt", Reference) == [
        Reference("basis", "云澜省数字经济促进条例"),
        Reference("basis", "云澜省人民政府关于加快数字经济发展的意见", "云政发〔2025〕7号"),
        Reference("repeals", "青岚市数字经济三年行动计划（2020—2022年）", "青政办发〔2020〕3号"),
    ]


def test_what_is_forwarded_or_revised_is_a_reference_once() -> None:
    assert of(DOCUMENTS / "转发通知.txt", Reference) == [
        Reference("forwards", "云澜省数据条例实施细则"),
        Reference("revises", "青岚市数据管理办法"),
    ]


def test_a_document_that_was_revised_is_no_reference_to_itself() -> None:
    found = of(EXAMPLES / "临澜市高新技术企业培育扶持办法（2026年修订）.txt", Reference)
    assert [one.relation for one in found if isinstance(one, Reference)] == ["repeals"]


def test_days_are_stated_or_counted() -> None:
    assert of(DOCUMENTS / "青岚市数字经济行动方案.txt", Deadline) == [
        Deadline("apply", "", "2026-05-31"),
        Deadline("close", counted_from="收到材料之日", length="15个工作日"),
        Deadline("close", counted_from="发布之日", length="7日"),
        Deadline("effect", "2026-04-01"),
        Deadline("expiry", "2026-04-01", "2028-12-31"),
    ]
    assert of(DOCUMENTS / "征求意见公告.txt", Deadline) == [
        Deadline("consultation", "2026-03-01", "2026-03-31"),
        Deadline("consultation", "", "2026-03-31"),
    ]


def test_tasks_come_from_brackets_and_tables() -> None:
    found = of(DOCUMENTS / "青岚市数字经济行动方案.txt", Task)
    assert found == [
        Task(
            "建设算力中心。2027年底前建成2个智能算力中心",
            ("市数据局",),
            ("市发展改革委", "市财政局"),
            "2027年底前",
        ),
        Task(
            "推进企业上云。每年新增上云企业300家",
            ("市工业和信息化局", "各县（市、区）人民政府"),
            due="2028年12月底",
        ),
        Task("加强数据安全管理，建立分类分级制度", ("市委网信办",), ("市公安局", "市数据局")),
        Task("建成城市算力网", ("市数据局",), ("市财政局", "市自然资源局"), "2027年12月"),
        Task("培育数据企业50家", ("市工业和信息化局",), ("市数据局",), "2028年6月"),
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        Measure("首次通过认定的高新技术企业", "30万元"),
        Measure("列入培育库的企业", rate="5%", cap="50万元"),
        Measure("提供虚假材料的", excluded=True),
    ],
)
def test_a_measure_says_who_gets_what(wanted: Measure) -> None:
    assert wanted in stated(EXAMPLES / "临澜市高新技术企业培育扶持办法（2026年修订）.txt")


def test_caps_in_a_row_and_items_of_a_list_are_measures() -> None:
    found = of(EXAMPLES / "临澜市支持生物医药产业创新发展若干措施.txt", Measure)
    assert len(found) == 15
    assert Measure("2类改良型新药，完成Ⅱ期、Ⅲ期临床试验的", cap="200万元、400万元") in found
    assert Measure("1类创新药", "1500万元") in found


@pytest.mark.parametrize(
    ("sentence", "granted"),
    [
        (
            "对取得证书的1类海药奖励900万元，2类改良型海药奖励400万元，3类仿制海药按上述标准的30%奖励。",
            [
                Measure("取得证书的1类海药", "900万元"),
                Measure("2类改良型海药", "400万元"),
                Measure("3类仿制海药", rate="30%"),
            ],
        ),
        (
            "按品种给予奖励：1类海药900万元，2类改良型海药400万元。",
            [Measure("1类海药", "900万元"), Measure("2类改良型海药", "400万元")],
        ),
        (
            "对在本市转化的1类海药，完成Ⅱ期试验的，给予最高300万元资助；2类改良型海药，最高100万元。",
            [
                Measure("在本市转化的1类海药，完成Ⅱ期试验的", cap="300万元"),
                Measure("2类改良型海药", cap="100万元"),
            ],
        ),
        (
            "对首次认定的海洋企业，区级财政在市级奖励基础上再给予10万元奖励。",
            [Measure("首次认定的海洋企业", "10万元")],
        ),
        (
            "对新认定的企业，国家级给予50万元、省级给予20万元奖励。",
            [Measure("新认定的企业", "50万元、20万元")],
        ),
    ],
)
def test_each_step_of_a_sentence_is_granted_its_own(sentence: str, granted: list[Measure]) -> None:
    assert measures_in(sentence) == granted


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("推动绿色船坞创建，给予国家级绿色船坞80万元奖励。", "国家级绿色船坞"),
        (
            "推动医院开放资源，每年开展交叉研究项目30项以上，每项给予不超过20万元经费支持。",
            "开展交叉研究项目",
        ),
        ("推动设备更新，对设备投资的项目，最高补助50万元。", "设备投资的项目"),
        ("加快推动旧船更新，每艘补助15万元。", "旧船更新"),
        ("支持企业参展，按展位费的50%给予补贴，最高10万元。", "企业参展"),
        ("推动成果转化成效显著的企业，给予20万元奖励。", "推动成果转化成效显著的企业"),
    ],
)
def test_what_a_measure_aims_at_is_nobody_who_applies(sentence: str, who: str) -> None:
    assert [one.who for one in measures_in(sentence)] == [who]


def test_sums_that_are_granted_to_nobody_are_no_measures() -> None:
    assert of(EXAMPLES / "临澜市生物医药产业规划（征求意见稿）.txt", Measure) == []


def test_labelled_bodies_and_those_in_words_share_a_duty() -> None:
    assert of(DOCUMENTS / "责任分工方案.txt", Task) == [
        Task(
            "规模以上工业增加值增长6%以上",
            ("县工信局",),
            ("县发展改革局", "县统计局", "各乡镇人民政府"),
        ),
        Task(
            "新签约亿元以上项目40个，到位资金35亿元",
            ("县投资促进中心",),
            ("县发展改革局", "县自然资源局"),
        ),
        Task("完成技改投资12亿元，6月底前完成数字化车间认定", ("县工信局",), ("县财政局",), "6月底前"),
        Task("制定数字化转型实施方案", ("县工信局",), (), "3月底前"),
        Task("建成县级算力中心", ("县数据局",), ("县供电公司",), "2026年12月"),
    ]


def test_bodies_called_responsible_are_told_from_those_that_lead() -> None:
    for words, duty in (("责任单位：甲局、乙局", True), ("牵头单位：甲局；责任单位：乙局", False)):
        bodies = bodies_in(words)
        assert bodies is not None
        assert bodies.duty is duty
    assert bodies_of_cells("甲局、乙局", "", duty=True).duty
    assert not bodies_of_cells("甲局（牵头）、乙局", "", duty=True).duty


def test_flat_sums_are_measures() -> None:
    assert of(DOCUMENTS / "高龄津贴实施细则.txt", Measure) == [
        Measure("80至89周岁", "每人每月100元"),
        Measure("90至99周岁", "每人每月200元"),
        Measure("100周岁及以上", "每人每月600元"),
    ]


def test_an_interpretation_names_what_it_interprets() -> None:
    assert of(DOCUMENTS / "政策解读.txt", Reference) == [
        Reference("interprets", "云栖县高龄津贴发放实施细则"),
        Reference("basis", "岚溪省养老服务条例"),
    ]


def test_what_was_enjoyed_before_is_excluded() -> None:
    assert Measure("已享受同类政策的项目", excluded=True) in stated(DOCUMENTS / "低空经济行动方案.txt")


HEAD = "青岚市数据管理办法\n\n青岚市人民政府\n2026年3月1日\n\n"


def in_words(words: str, kind: type[Statement]) -> list[Statement]:
    parsed = parse(f"{HEAD}{words}".encode(), "办法.txt")
    assert parsed.facts is not None
    return [one.statement for one in parsed.facts.facts if isinstance(one.statement, kind)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("材料齐全的，在5个工作日内完成核查。", [Deadline("close", length="5个工作日")]),
        ("评审结果公示7日。", [Deadline("close", length="7日")]),
        ("企业应当于次年3月31日前提出申请。", [Deadline("apply", counted_from="次年", length="3月31日")]),
        ("各单位于每季度首月5日前报送进展。", [Deadline("close", counted_from="每季度首月", length="5日")]),
        ("应当在有效期届满30日前申请延期。", [Deadline("apply", counted_from="有效期届满", length="30日")]),
        (
            "收到比对函后应在3个工作日内反馈。",
            [Deadline("close", counted_from="收到比对函后", length="3个工作日")],
        ),
        ("2026年4月30日前已发生的事项，按原办法申报。", []),
        ("三年内不得申报。", []),
        ("自列入之日起18个月内未开工的，取消资格。", []),
    ],
)
def test_times_that_are_counted_within_a_procedure(words: str, wanted: list[Deadline]) -> None:
    assert in_words(words, Deadline) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "建设平台。（责任单位：市数据局牵头，市财政局配合）",
            Task("建设平台", ("市数据局",), ("市财政局",)),
        ),
        ("建设平台。（市数据局、市财政局按职责分工负责）", Task("建设平台", ("市数据局", "市财政局"))),
        ("1.建设平台3个（市数据局负责）；", Task("建设平台3个", ("市数据局",))),
        (
            "建设平台。（责任单位：市数据局，各县〔市、区〕人民政府）",
            Task("建设平台", ("市数据局", "各县〔市、区〕人民政府")),
        ),
    ],
)
def test_who_leads_and_who_helps(words: str, wanted: Task) -> None:
    assert in_words(words, Task) == [wanted]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "有下列情形之一的，不予奖励：（一）提供虚假材料的；（二）发生事故的。",
            ["提供虚假材料的 -", "发生事故的 -"],
        ),
        (
            "按下列标准给予补助：\n\n（一）中心食堂，每个补助25万元；\n\n（二）助餐点，每个补助3万元。",
            ["中心食堂 25万元", "助餐点 3万元"],
        ),
        ("旅游专列每趟300人以上的，另给予每趟3万元奖励。", ["旅游专列每趟300人以上的 3万元"]),
        ("新建冷库按每立方米120元补助，单个项目不超过300万元。", ["新建冷库 120元 300万元"]),
        ("对办会的单位给予20万元补助，但不超过实际支出的50%。", ["办会的单位 20万元 50%"]),
        ("同一项目符合多项政策的，不重复享受。", []),
        ("购置二手车的企业不适用本项补贴。", ["购置二手车的企业 -"]),
    ],
)
def test_grants_and_exclusions_item_by_item(words: str, wanted: list[str]) -> None:
    found = [one for one in in_words(words, Measure) if isinstance(one, Measure)]
    told = [[one.who, "-" if one.excluded else "", one.amount, one.rate, one.cap] for one in found]
    assert [" ".join(filter(None, one)) for one in told] == wanted


def test_a_draft_is_not_in_force_on_a_day() -> None:
    title = "关于《青岚市数据管理办法（征求意见稿）》公开征求意见的公告"
    text = f"{title}\n\n2026年3月1日\n\n本办法自公布之日起30日后施行，有效期五年。"
    parsed = parse(text.encode(), "公告.txt")
    assert parsed.facts is not None
    assert parsed.facts.facts == ()


def test_an_opinion_closes_a_procedure_and_an_application_opens_one() -> None:
    found = in_words("应当自受理之日起8个工作日内提出审核意见。", Deadline)
    assert found == [Deadline("close", counted_from="受理之日", length="8个工作日")]
    found = in_words("应当自受理之日起8个工作日内提出复核申请。", Deadline)
    assert found == [Deadline("apply", counted_from="受理之日", length="8个工作日")]
