"""The words that Streamlit has in English only, in the language of the page; wording.js puts them there."""

from __future__ import annotations

import json
from html import escape

from assistant.ui.language import tell
from vectorstore.languages.language import own_words

# A star stands for what differs, such as a file's name.
_WORDS = own_words(
    {
        "Skip to main content": "跳到正文",
        "Sidebar": "旁栏",
        "Collapse sidebar": "收起侧栏",
        "Expand sidebar": "菜单",
        "App pages": "页面",
        "* more": "其余 * 页",
        "Choose an option": "请选择",
        "Open": "打开选项",
        "Choose date": "选择日期",
        "Increment": "加一",
        "Decrement": "减一",
        "Chat message from user": "用户的提问",
        "Chat message from assistant": "系统的回答",
        "Send message": "发送消息",
        "file upload": "上传文件",
        "Upload a file": "添加附件",
        "Upload": "选择或拖入文件",
        "Add files": "继续添加文件",
        "Drag and drop a file here": "将文件拖放到此处",
        "Remove *": "移除 *",
        "Cancel upload of *": "取消上传 *",
        "Upload failed": "上传失败",
        "Click to retry upload": "点击重新上传",
        "File must be * or smaller.": "单个文件不能超过 *",
        "* files are not allowed.": "不支持 * 格式的文件",
        "File is too large. Maximum size is * bytes.": "文件过大，不能超过 * 字节",
        "Copy to clipboard": "复制到剪贴板",
        "Show data": "查看数据",
        "Show chart": "查看图表",
        "Download as PNG": "下载为图片",
        "Copy Vega-Lite spec": "复制图表定义",
        "Download as CSV": "下载为 CSV",
        "Download as SVG": "下载为 SVG",
        "Clear all": "全部清除",
        "Clear selection": "清除选择",
        "Clear value": "清除",
        "Choose options": "请选择",
        "Choose date range": "选择起止日期",
        "No results": "没有结果",
        "Close": "关闭",
        "Main menu": "主菜单",
        "Toggle fullscreen": "全屏",
        "Fullscreen": "全屏",
        "Close fullscreen": "退出全屏",
    }
)


def words_html() -> str:
    """Return the element that tells wording.js what each of Streamlit's words is called here."""
    told = {english: tell(words) for english, words in _WORDS.items()}
    return f'<div id="pa-words" hidden data-words="{escape(json.dumps(told, ensure_ascii=False))}"></div>'
