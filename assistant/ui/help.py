"""One screen that explains the page: what to ask, how to read citations and labels, which keys help."""

from __future__ import annotations

import streamlit as st

from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.sources import badge
from vectorstore.types import Status


def show_help() -> None:
    """Draw the page."""
    st.html(f'<header class="pa-heading"><h1>{html_text(say("帮助"))}</h1></header>')
    parts = (
        (say("可以问什么"), _asking()),
        (say("引用怎么看"), _citing()),
        (say("标签是什么意思"), _labels()),
        (say("按键"), _keys()),
    )
    sections = "".join(f"<section><h2>{html_text(title)}</h2>{body}</section>" for title, body in parts)
    st.html(f'<div class="pa-help">{sections}</div>')


def _asking() -> str:
    return _list(
        say("文件中写明的内容：目标数值、奖补标准、申报条件、责任单位、期限。"),
        say("写清地区、年份和事项，回答更准；也可以比较两地，如“甲市和乙市……有什么不同？”。"),
        say("可以接着追问；输入框上方的“范围”可限定地区、文件或年份。"),
        say("资料库中没有的内容不作回答，并列出最接近的段落。"),
    )


def _citing() -> str:
    return _list(
        say("每处结论后的 [1] 是依据的编号，点击即在旁边打开原文，引文以底色标出。"),
        say("引文与文件原文逐字一致；“原件”显示文件原来的版面。"),
        say("“核对提示”说明引文为何未能完全支持该表述；删除线表示与原文不符。"),
        say("“分享”复制只读链接；文件此后有变动的，链接页会注明。"),
    )


def _labels() -> str:
    rows = (
        (badge(Status.IN_FORCE), say("文件正在施行，或规划期未满。")),
        (badge(Status.DRAFT), say("尚未正式发布，内容可能改变，不宜作为依据。")),
        (badge(Status.EXPIRED), say("规划期或有效期已过，仅供查考。")),
        (badge(Status.SUPERSEDED), say("已由其他文件废止或替代。")),
        (badge(Status.UNKNOWN), say("文件没有写明有效期，请核实是否仍在施行。")),
        (f"<strong>{html_text(say('可能相关'))}</strong>", say("不能确定是否答中所问，请核对原文后再用。")),
    )
    return f"<dl>{''.join(f'<dt>{name}</dt><dd>{html_text(told)}</dd>' for name, told in rows)}</dl>"


def _keys() -> str:
    rows = (
        ("Enter", say("发送问题")),
        ("Shift + Enter", say("换行")),
        ("/", say("回到输入框")),
        ("Tab", say("移到下一处依据或按钮，按 Enter 打开")),
        ("Esc", say("关闭当前原文")),
    )
    return f"<dl>{''.join(f'<dt><kbd>{key}</kbd></dt><dd>{html_text(told)}</dd>' for key, told in rows)}</dl>"


def _list(*lines: str) -> str:
    return f"<ul>{''.join(f'<li>{html_text(line)}</li>' for line in lines)}</ul>"
