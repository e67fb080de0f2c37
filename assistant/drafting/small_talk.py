"""What is no question to the documents: greetings, what the assistant can do, what the library holds."""

from __future__ import annotations

import re

from assistant.question import Question
from assistant.types import Certainty
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold

_GREETING = re.compile(
    r"(?:你好|您好|大家好|早上?好|晚上好|下午好|嗨|hi|hello|谢谢(?:你|您)?|再见|拜拜)[呀啊吗哦!,.。?~ ]*"
)
_ABILITY = re.compile(
    r"(?:请问)?(?:你|您)(?:都|到底)?(?:是谁|叫什么(?:名字)?|是什么|(?:能|会|可以)(?:帮我|为我)?(?:做|干|回答)?(?:些|点)?(?:什么|啥|哪些).{0,4}|怎么用)[呢啊?。]*"
)
_HOLDINGS = re.compile(
    r"(?:请问)?(?:你|您|这里|这个|现在|目前)?的?(?:资料库|文件库|政策库|知识库|库)(?:里面?|中|内)?(?:都|一共|现在|目前)?(?:有|收录了?|包括)(?:哪些|什么|多少|几)[份个篇]?(?:文件|资料|文档|政策)?[呢啊?。]*"
)
_OUTSIDE = re.compile(r"天气|下雨吗|气温|几点了|星期几|股票|彩票|笑话|写首诗|唱歌|讲个?故事|比分")
_SHORT_CHARS, _MOST = 20, 10
_HELLO = answer_line("您好。")
_WHO = answer_line("我是政策文件问答助手，只根据资料库中的文件回答，每一处都附原文出处。")
_HOW = answer_line(
    "可以问某项政策的条件、金额、期限、责任单位，可以比较不同地区或不同年份，也可以问某份文件是否仍然有效。"
)
_BEYOND = answer_line("这不在政策资料的范围内，无法回答。请就资料库中的文件提问。")


def about_itself(library: PolicyLibrary, question: Question) -> tuple[str, Certainty] | None:
    """Answer what is asked of the assistant and not of its documents.

    Args:
        library: the policy library, whose titles are told where they are asked for.
        question: what is asked.

    Returns:
        The text, which cites nothing, and its certainty; None for a question to the documents.
    """
    folded = fold(question.query).strip()
    if _GREETING.fullmatch(folded):
        return f"{_HELLO}{_WHO}", Certainty.SURE
    if _ABILITY.fullmatch(folded):
        return f"{_WHO}{_HOW}", Certainty.SURE
    if _HOLDINGS.fullmatch(folded):
        titles = [f"《{document.title}》" for document in library.documents()]
        more = " 等" if len(titles) > _MOST else ""
        count = len(titles)
        told = "\n".join([answer_line(f"资料库中现有文件{count}份："), *titles[:_MOST]]) + more
        return (told if titles else answer_line("资料库中还没有文件。")), Certainty.SURE
    if len(folded) <= _SHORT_CHARS and _OUTSIDE.search(folded) and not question.mentions:
        return _BEYOND, Certainty.NONE
    return None
