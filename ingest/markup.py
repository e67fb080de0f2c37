"""Markup inside lines of text: HTML tags, and what Markdown writes round words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from ingest.marks import SEAM

_STRUCK = re.compile(r"(?<!~)~~(?=[^\s~])([^~\n]{1,500})(?<=\S)~~(?!~)")
_DELETED = re.compile(r"<(?:del|s|strike)\b[^<>]{0,200}>([^<>]{0,2000})</(?:del|s|strike)>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.{0,5000}?)-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6});")
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|s|sup|sub|font|span|a|small|big|img)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|center|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th|figure|figcaption|section)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BOLD_TAG = re.compile(r"</?(?:b|strong)\s*>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FORMULA = re.compile(r"\$((?=[^$\n]*[\\^_]|[\s\d.,%+~×/-]+\$)[^$\n㐀-鿿]{1,80})\$")
_SIGNS = {
    "sim": "~", "times": "×", "geq?": "≥", "leq?": "≤", "pm": "±", "cdot": "·", "circ": "°", "to": "→",
    "(?:mathrm|text|mathbf|rm|mathsf)": "", "[,;!]": "",
}  # fmt: skip
_SUBSCRIPT = re.compile(r"_\{?([\w.]{1,8})\}?")
_GROUP = re.compile(r"\{\s*([^{}\\]{0,20}?)\s*\}")
_ADDRESS = r"\([^()\s]{0,500}(?:\s+\"[^\"\n]{0,100}\")?\)"
_PICTURE = re.compile(rf"!\[[^\[\]\n]{{0,200}}\]{_ADDRESS}")
_LINK = re.compile(
    rf"\[([^\[\]\n]{{1,200}})\](?=\((?:#|https?:|mailto:|\.{{0,2}}/|[^()\s]{{1,200}}\.\w{{2,5}}\))){_ADDRESS}"
)
_QUOTED = re.compile(r"^ {0,3}>(?: ?>){0,5} ?(?=\S)", re.MULTILINE)
_FENCE = re.compile(r"^\s{0,3}(?:`{3,}|~{3,})\w{0,20}\s*$", re.MULTILINE)
_CODE = re.compile(r"(`{1,2})([^`\n]{1,500})\1")
_TICK_BOX = re.compile(r"^(\s{0,12}[-*+] {1,4})\[[ xX]\] {1,4}", re.MULTILINE)
_BOLD_ITALIC = re.compile(r"(?<!\*)\*{3}(?=[^\s*])|(?<=[^\s*])\*{3}(?!\*)")
_UNDERLINED = re.compile(r"(?<!_)__(?=[^\s_])([^_\n]{1,200})(?<=\S)__(?!_)")
_ITALIC = re.compile(r"(?<![*\d])\*(?=[^\s*])([^*\n]{1,80})(?<=[^\s*])\*(?![*\d])")
_ESCAPED = re.compile(r"\\([*_#.()\[\]!>`+-])")


def drop_struck(text: str) -> tuple[str, list[str]]:
    """Take out what a text strikes through, which counts no more, and its comments.

    Returns:
        The text without it, and what was taken out with the reason.
    """
    taken: list[str] = []

    def take(reason: str) -> Callable[[re.Match[str]], str]:
        def without(found: re.Match[str]) -> str:
            words = " ".join(found[1].split())
            taken.append(f"{reason}：{words}") if words else None
            return ""

        return without

    if "~~" in text or "</" in text:
        text = _STRUCK.sub(take("划去的文字"), _DELETED.sub(take("划去的文字"), text))
    if "<!--" in text:
        text = _COMMENT.sub(take("注释"), text)
    return text, taken


def unescape(text: str) -> str:
    """Read HTML's names of characters, such as &nbsp;, where a text carries them."""
    return html.unescape(text) if _ENTITY.search(text) else text


def strip_tags(text: str) -> str:
    """Take out inline HTML; bold becomes the Markdown mark, which later tells a paragraph's lead."""
    text = _BLOCK_TAG.sub("\n", _BREAK_TAG.sub("\n", text))
    return _TAG.sub("", _BOLD_TAG.sub("**", text))


def strip_formulas(text: str) -> str:
    """Take out the marks of formulas round figures and units, such as $15\\%$; real formulas stay."""
    return _FORMULA.sub(_plain_formula, text) if "$" in text else text


def _plain_formula(found: re.Match[str]) -> str:
    words = found[1]
    for command, sign in _SIGNS.items():
        words = re.sub(rf"\\{command}(?![a-zA-Z])\s?", sign, words)
    words = _GROUP.sub(r"\1", _SUBSCRIPT.sub(r"\1", words.replace("\\%", "%")))
    return found[0] if re.search(r"[\\{}]", words) else words.strip()


def strip_markdown(text: str) -> str:
    """Take out pictures, addresses of links, quotation bars, code marks and emphasis; bold stays `**`."""
    text = "\n".join(_without_pictures(line) for line in text.split("\n")) if "![" in text else text
    text = _LINK.sub(lambda found: f"[{found[1]}]" if found[1].isdigit() else found[1], text)
    text = _FENCE.sub(SEAM, text)
    text = _QUOTED.sub(f"{SEAM}\n", text)
    text = _CODE.sub(r"\2", text)
    text = _TICK_BOX.sub(r"\1", text)
    text = _UNDERLINED.sub(r"**\1**", text) if "__" in text else text
    text = _ITALIC.sub(r"\1", _BOLD_ITALIC.sub("**", text)) if "*" in text else text
    return _ESCAPED.sub(r"\1", text)


def _without_pictures(line: str) -> str:
    left = _PICTURE.sub("", line)
    return SEAM if left != line and not left.strip() else left
