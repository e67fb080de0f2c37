"""What Streamlit says in English only, in the words of the page."""

from __future__ import annotations

import json

from assistant.ui.language import say
from vectorstore.languages.language import own_words

# A name that ends in a blank stands for all that begin with it.
_WORDS = own_words(
    {
        "App pages": "页面",
        "Chat message from assistant": "回答",
        "Chat message from user": "提问",
        "Choose an option": "请选择",
        "Choose date": "选择日期",
        "Choose date range": "选择起止日期",
        "Choose options": "请选择",
        "Clear all": "全部清除",
        "Clear selection": "清除选择",
        "Clear value": "清除",
        "Close": "关闭",
        "Close fullscreen": "退出全屏",
        "Collapse sidebar": "收起侧栏",
        "Copy Vega-Lite spec": "复制图表定义",
        "Copy to clipboard": "复制",
        "Decrement": "减少",
        "Download as CSV": "下载为 CSV",
        "Download as PNG": "下载为图片",
        "Download as SVG": "下载为 SVG",
        "Expand sidebar": "菜单",
        "Fullscreen": "全屏",
        "Increment": "增加",
        "Loading...": "正在加载",
        "Main menu": "主菜单",
        "No results": "没有结果",
        "Open": "展开",
        "Quick select a date range": "快速选择起止日期",
        "Remove ": "移除",
        "Search": "查找",
        "Select all": "全选",
        "Select...": "请选择",
        "Send message": "发送",
        "Show chart": "显示图表",
        "Show data": "显示数据",
        "Sidebar": "侧栏",
        "Skip to main content": "跳到正文",
        "Toggle fullscreen": "全屏",
        "Upload": "上传",
        "Upload a file": "添加附件",
        "file upload": "上传文件",
    }
)


def words_script() -> str:
    """Return the script that tells words.js what stands for each English text in the reader's language."""
    said = {english: say(chinese) + " " * english.endswith(" ") for english, chinese in _WORDS.items()}
    return f"window.policyWords = {json.dumps(said)};"
