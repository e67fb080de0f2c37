"""What the heading of a section lets people ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# 第一章, 专栏 2, 三、, （四）, 5.1.
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[编章节条]|专栏\s*\d*|[一二三四五六七八九十]+、|"
    r"[（(][一二三四五六七八九十\d]+[）)]|\d+(?:\.\d+)*[.、．]?)\s*"
)
_USUAL = re.compile(
    r"(?:发展|主要|总体|重点)(?:目标|任务|定位|领域|产业|原则)|基本原则|空间布局|保障措施|支持对象|适用范围|"
    r"(?:申请|申报|受理|认定|享受|补贴|资助|录取)(?:的)?(?:基本)?条件"
)
_SINGULAR = ("目标", "定位", "布局", "范围")
_PLAIN = re.compile(r"[^，。；：！？,;:!?“”\"《》（）()]{4,16}")
# What every document has, and nobody asks for.
_FRAME = re.compile(r"指导思想|总体(?:要求|思路)|前言|引言|总则|附则|附件")
# What a document reports, and not what it plans.
_REPORT = re.compile(r"现状|成效|成就|回顾|形势|背景|发展基础|机遇|挑战")
# “加快岸电设施建设”: what begins with what is done.
_DONE = re.compile(
    r"加快|加强|加大|完善|推进|推动|强化|优化|提升|建设|培育|构建|深化|健全|打造|促进|发展|扩大|实施|"
    r"壮大|做[大强优]|支持|创新(?!型)|营造|拓展|引导|落实|保障"
)
# “发展环境”, “保障机制”: what looks done and is a thing.
_THING = re.compile(
    r"(?:加快|推进|推动|发展|建设|培育|实施|落实|保障|支持|引导|创新|促进)(?:的.*|"
    r"(?:的)?(?:原则|目标|思路|理念|基础|环境|形势|要求|重点|方向|定位|步骤|路径|措施|任务|机制|模式|战略|需求|能力|水平|"
    r"情况|条件|范围|对象|标准|内容|方式|主体|领域|体系|格局|愿景|政策|单位|资金|期限|进度|主线|举措|计划|规划|方案|名单|"
    r"清单|程序|流程|现状|成效|空间|优势|阶段|周期|主题))|"
    # The name of a programme, such as 创新策源工程; 实施强链工程 is something to be done.
    r"(?:创新|发展|建设|培育|保障|支持|引导|促进|提升|服务).*(?:工程|计划|行动|专项)"
)
# “岸线利用较为集约”: what is so, and how it is.
_STATE = re.compile(
    r"(?P<what>.{2,8}?)(?:更|较|不断|稳步|持续|逐步|日益|明显|显著|全面|进一步|基本|初步|有序|大幅|突出|良好).*"
)
_TOPIC_CHARS = 8


def heading_questions(
    section: Sequence[str], title: str, place: str, *, reported: bool
) -> Iterator[tuple[str, str, str]]:
    """Yield kind, question, and what asks the same of several places behind their names, or "".

    Args:
        section: headings from the outermost to the nearest, one at least.
        title: of the document, as people say it.
        place: what it is about.
        reported: whether it tells what was done and not what will be.
    """
    heading = _NUMBERING.sub("", section[-1]).strip(" 。")
    if _USUAL.fullmatch(heading):
        kind = "condition" if heading.endswith("条件") else "list"
        kind, asked = ("heading", "是什么") if heading.endswith(_SINGULAR) else (kind, "有哪些")
        yield kind, f"《{title}》的{heading}{asked}？", f"的{heading}有什么不同？"
        return
    if not _PLAIN.fullmatch(heading) or _FRAME.search(heading):
        return
    state = _STATE.fullmatch(heading)
    if reported or _REPORT.search("".join(section[:-1])):
        if state:
            yield "section", f"{place}的{state['what']}情况如何？", ""
    elif _THING.fullmatch(heading):
        return
    elif _DONE.match(heading):
        yield "section", f"{place}将如何{heading}？", ""
    elif len(topic := state["what"] if state else heading) <= _TOPIC_CHARS:
        yield "section", f"{place}在{topic}方面有哪些安排？", ""
