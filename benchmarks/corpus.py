"""Made-up policy documents in any number, the same ones every time, and questions on them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SYLLABLES = "临砚望青盐海岬澜川汀澄霖栖梧屿渚沅芷溪泽岚峤桐槐榆柏沧洛汾浔涟漪"
_PLACES = ("市", "区", "县", "新区", "高新区")
_FIELDS = _listed(
    "生物医药 智能传感 新型储能 低空经济 海洋装备 现代中药 医疗器械 集成电路 新能源汽车 高端纺织 绿色建材 "
    "数字文旅 现代物流 冷链食品 精细化工 工业互联网 人工智能 商业航天 合成生物 养老服务 中医康养 预制菜 "
    "软件信息 激光制造 氢能装备 节能环保 跨境电商 科技服务 种业创新 水产养殖"
)
_MEASURED = (
    ("产业规模", "亿元"),
    ("规模以上企业", "家"),
    ("国家级高新技术企业", "家"),
    ("发明专利拥有量", "件"),
    ("新增就业", "人"),
    ("研发投入", "亿元"),
    ("省级以上研发平台", "个"),
    ("标准厂房", "万平方米"),
    ("固定资产投资", "亿元"),
    ("上市企业", "家"),
)
_VERBS = _listed("推进 完善 健全 建设 培育 支持 引导 鼓励 优化 加快 深化 强化 拓展 统筹 实施 推动 提升 开展")
_ADJECTIVES = _listed("现代化 专业化 市场化 国际化 数字化 绿色化 集约化 特色化 开放式 全链条 一体化 多层次")
_THINGS = _listed(
    "产业集群 公共服务平台 创新联合体 中试基地 概念验证中心 孵化载体 检验检测机构 供应链体系 要素保障机制 "
    "人才引育工程 场景应用示范 投融资对接 知识产权运营 标准体系 龙头企业 专精特新企业 "
    "重点实验室 产教融合基地 "
    "营商环境 数据要素市场 园区基础设施 应急保障能力 品牌建设 对外合作 绩效评价 统计监测 "
    "项目库 专项资金 用地保障"
)
_ENDS = (
    "提高资源配置效率",
    "增强产业链韧性",
    "形成可复制可推广的经验",
    "带动上下游企业协同发展",
    "为企业提供全周期服务",
    "力争取得阶段性成果",
    "确保各项任务落到实处",
    "促进科技成果就地转化",
    "夯实高质量发展基础",
    "满足群众多样化需求",
)
_REWARDED = _listed(
    "首次通过认定 首次获得省级认定 年度考核优秀 首次上规模 新引进团队 首台套应用 牵头制定国家标准"
)
_CHAPTERS = ("第一章 发展基础", "第三章 重点任务", "第四章 空间布局", "第五章 支持政策", "第六章 保障措施")
_PASSAGES_A_DOCUMENT = 18.5


@dataclass(frozen=True, slots=True)
class MadeUpDocument:
    """A made-up plan.

    Attributes:
        source: its file name.
        text: as a file would hold it; about twenty passages.
        place, field: whose plan it is, and for what.
        measured: what it sets a figure for.
        goal: the sentence that sets it.
    """

    source: str
    text: str
    place: str
    field: str
    measured: str
    goal: str


def made_up_documents(passages: int, seed: int = 1) -> Iterator[MadeUpDocument]:
    """Make documents up.

    Args:
        passages: about how many passages they come to.
        seed: the same one gives the same documents.

    Returns:
        Plans of made-up places; chapters, sections, numbered measures, paragraphs of 150 to 300 characters.
    """
    chance = random.Random(seed)  # noqa: S311 - made-up text, not a secret
    for number in range(max(1, round(passages / _PASSAGES_A_DOCUMENT))):
        yield _document(number, chance)


def questions_on(document: MadeUpDocument) -> tuple[str, ...]:
    """Return questions of the kinds that people ask, of one document."""
    place, field = document.place, document.field
    return (
        f"{place}2030年{field}{document.measured}目标是多少？",
        f"{place}支持{field}发展有哪些措施？",
        f"{place}的{field}规划现在还有效吗？",
        f"{place}如何推动{field}领域的人才引育工程？",
        f"请问{field}企业首次通过认定能拿多少奖励？",
    )


def _document(number: int, chance: random.Random) -> MadeUpDocument:
    place = "".join(chance.sample(_SYLLABLES, 2)) + chance.choice(_PLACES)
    field = chance.choice(_FIELDS)
    measured, unit = chance.choice(_MEASURED)
    goal = f"到2030年，全{place[-1]}{field}{measured}达到{chance.randint(20, 9000)}{unit}。"
    title = f"{place}{field}产业发展规划（2026—2030年）"
    chapters = [_chapter(name, place, field, chance) for name in _CHAPTERS]
    chapters.insert(1, f"第二章 发展目标\n\n{goal}{_paragraph(field, chance)}")
    text = f"{title}\n\n{place}人民政府办公室\n\n" + "\n\n".join(chapters) + "\n"
    return MadeUpDocument(f"{number:05d}-{title}.txt", text, place, field, measured, goal)


def _chapter(name: str, place: str, field: str, chance: random.Random) -> str:
    lines = [name]
    for section in range(1, 4):
        heading = f"第{'一二三'[section - 1]}节 {chance.choice(_VERBS)}{field}{chance.choice(_THINGS)}"
        measured, unit = chance.choice(_MEASURED)
        award = (
            f"（一）对{chance.choice(_REWARDED)}的{field}企业，"
            f"给予最高{chance.randint(1, 60) * 10}万元一次性奖励。"
            f"（二）{2020 + chance.randint(1, 9)}年{place}{measured}为{chance.randint(3, 990)}{unit}。"
        )
        lines += [heading, _paragraph(field, chance) + award, _paragraph(field, chance)]
    return "\n\n".join(lines)


def _paragraph(field: str, chance: random.Random) -> str:
    return "".join(
        f"{chance.choice(_VERBS)}{chance.choice(_ADJECTIVES)}{chance.choice((field, chance.choice(_FIELDS)))}"
        f"{chance.choice(_THINGS)}，{chance.choice(_VERBS)}{chance.choice(_THINGS)}与{chance.choice(_THINGS)}，"
        f"{chance.choice(_ENDS)}。"
        for _ in range(chance.randint(3, 5))
    )
