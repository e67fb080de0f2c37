"""What a text becomes before it is searched; the same for index and query.

`fold` takes away differences that mean nothing (width, case, script, stray blanks), `words` cuts
Chinese words, `tokens` adds character bigrams: together they find more than either alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from operator import add
from sys import intern
from typing import Any

import opencc
import rjieba

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_RUN = re.compile(rf"[{_HAN}]+|\d+(?:\.\d+)+|[^\W_{_HAN}]+")
_BLANKS = re.compile(r"\s+")
_BLANK_AT_HAN = re.compile(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d,])")
_A_PLACE = "ns"
# A noun or a short form.
_NOUNS = ("n", "j")
_PROPER = ("ns", "nr")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")

# Terms of policy documents that a general dictionary cuts in two or does not know.
_POLICY_WORDS = """
    专精特新 小巨人 加计扣除 揭榜挂帅 放管服 一网通办 一网统管 一件事 免申即享 即申即享 首台套
    首版次 首批次 双碳 碳达峰 碳中和 双随机 负面清单 正面清单 营商环境 高质量发展 新质生产力
    未来产业 新兴产业 支柱产业 主导产业 规上工业 规上企业 规模以上 规模以下 瞪羚企业 独角兽企业 单项冠军
    链主企业 链长制 隐形冠军 高新技术企业 科技型中小企业 高新区 经开区 开发区 综保区 自贸区 示范区
    先行区 产业园 孵化器 加速器 众创空间 大健康产业 生物医药 医疗器械 专项资金 引导基金 以奖代补
    先征后返 财政贴息 增值税 所得税 研发费用 固定资产投资 地区生产总值 一般公共预算收入 公租房
    保租房 保障性住房 人才公寓 城中村 海绵城市 智慧城市 乡村振兴 城乡融合 河长制 林长制 耕地红线
    生态红线 三区三线 国土空间 约束性指标 预期性指标 十三五 十四五 十五五 征求意见稿 实施细则
    暂行办法 管理办法 指导意见
"""


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _cutter() -> Any:
    # Its module has made one already, and a second one takes a tenth of a second.
    for word in _POLICY_WORDS.split():
        rjieba.add_word(word, None, "n")
    return rjieba


def add_words(entries: Iterable[tuple[str, int | None, str]]) -> None:
    """Teach the dictionary words, for as long as the process lives.

    Args:
        entries: word, how often it is used (None lets it win against its parts), and its part of speech.
    """
    for word, uses, kind in entries:
        _cutter().add_word(fold(word), uses, kind)
    _cut.cache_clear()


def fold(text: str) -> str:
    """Take away the differences of writing that mean nothing.

    Width and compatibility forms (NFKC), case, Traditional script (OpenCC t2s), control characters and
    blanks: next to a Han character they disappear (2030 年 is 2030年), elsewhere they are one space.

    Args:
        text: any text.

    Returns:
        The folded text; folding twice changes nothing more.
    """
    plain = _CONTROL.sub("", unicodedata.normalize("NFKC", text)).lower()
    simplified = str(_simplifier().convert(plain))
    if simplified != plain:
        simplified = unicodedata.normalize("NFKC", simplified)
    if not _BLANKS.search(simplified):
        return simplified
    return _BLANKS.sub(" ", _BLANK_AT_HAN.sub("", simplified)).strip()


def simplified(text: str) -> str:
    """Return a text in Simplified characters, otherwise as it is."""
    return str(_simplifier().convert(text))


def words(text: str) -> list[str]:
    """Cut a text into words.

    Han runs are cut by jieba's algorithm and dictionary (https://github.com/messense/jieba-rs) with
    terms of policy added; numbers and Latin words stay whole; punctuation is dropped.

    Args:
        text: any text; it is folded first.

    Returns:
        Folded words in the order of the text.
    """
    return list(_cut(text)[0])


def tokens(text: str) -> list[str]:
    """List what a text is found by: its words, and the character bigrams of its Han runs.

    Args:
        text: any text; it is folded first.

    Returns:
        Words, then bigrams; a word of two characters is there twice, which weighs it up.
    """
    return [*_cut(text)[0], *_bigrams(text)]


def word_breaks(folded: str) -> frozenset[int]:
    """Return where in a folded text words begin or end; one that the dictionary lacks is cut apart."""
    return frozenset(accumulate(map(len, _cutter().cut(folded, hmm=False)), initial=0))


def tagged(folded: str) -> list[tuple[str, str]]:
    """Cut a folded text into words, each with its part of speech as jieba names it; none is left out."""
    return list(_cutter().tag(folded))


def nouns(text: str) -> list[str]:
    """Return the words of a text that are nouns to the dictionary, those of one character left out."""
    return [word for word, kind in tagged(fold(text)) if len(word) > 1 and kind[:1] in _NOUNS]


def everyday_words(text: str) -> list[str]:
    """Return the words of a text that the dictionary knows, names of places and people left out."""
    return [word for word, kind in tagged(fold(text)) if len(word) > 1 and kind and kind[:2] not in _PROPER]


def place_names(folded: str) -> list[tuple[int, str]]:
    """Return the cities and provinces that a folded text names without saying 市 or 省, each with its place.

    The full name must be a place to the dictionary as well: it takes 海洋 for one, but not 海洋市.
    """
    found: list[tuple[int, str]] = []
    at = 0
    for word, kind in tagged(folded):
        if kind == _A_PLACE and len(word) > 1 and any(_is_place(word + suffix) for suffix in "市省"):
            found.append((at, word))
        at += len(word)
    return found


def _is_place(name: str) -> bool:
    return tagged(name) == [(name, _A_PLACE)]


# A passage is cut for vectors and then for keywords, a question for every way of searching: cut once. The
# texts and headings of a whole batch must fit, or each is forgotten just before it is needed again.
@lru_cache(maxsize=10_000)
def _cut(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a text, and its runs of one script."""
    whole = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), fold(text))
    runs = tuple(_RUN.findall(whole))
    cutter = _cutter()
    cut = (word for run in runs for word in (cutter.cut(run) if _HAN_RUN.match(run) else (run,)))
    return tuple(map(intern, cut)), runs


@lru_cache(maxsize=10_000)
def _bigrams(text: str) -> tuple[str, ...]:
    """Return the bigrams of a text's Han runs."""
    runs = filter(_HAN_RUN.match, _cut(text)[1])
    return tuple(intern(pair) for run in runs for pair in map(add, run, run[1:]))
