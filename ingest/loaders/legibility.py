"""Whether a text layer holds words: broken fonts give signs that stand for the numbers of shapes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from vectorstore.segmentation import fold, word_breaks

_RARE_HAN_MIN = 8
_LOST_SHARE = 0.25
_RUN = re.compile(r"[\u4e00-\u9fff]{8,}")
_RUNS_MIN = 60
_RUNS_MAX = 30
_WORDS_SHARE = 0.1
# The first level of each national standard: characters in use, ordered by sound or by strokes.
_LEVELS = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6))
_ODD = frozenset("#$&'*+<=>?@\\^_`{|}~!\"")
_PLAIN = frozenset("·×÷±°§€£¥²³¹")


def is_legible(text: str) -> bool:
    """Tell a page's words from what a broken font leaves of them.

    Args:
        text: the words of a page.

    Returns:
        Whether most of its signs are in use in Chinese or English, and its longer runs of Chinese hold words
        of the dictionary.
    """
    signs: Counter[str] = Counter()
    for sign, count in Counter(text).items():
        if not sign.isspace():
            signs[_told(sign)] += count
    rare = signs["rare"] if signs["rare"] + signs["han"] >= _RARE_HAN_MIN else 0
    odd = signs["odd"] if signs["odd"] > signs["han"] else 0
    lost = signs["lost"] + rare + odd
    read = signs.total() - lost
    return read >= 2 and lost <= _LOST_SHARE * (read + lost) and not _is_wordless(text)


def share_in_use(text: str) -> float:
    """The share of a text's characters beyond ASCII that are Chinese ones in everyday use, or their marks.

    Args:
        text: any text; its beginning is looked at.
    """
    wide = [sign for sign in text[:20_000] if not sign.isascii()]
    return sum(_told(sign) in ("han", "read") for sign in wide) / len(wide) if wide else 0.0


def _told(sign: str) -> str:
    if "\u3400" <= sign <= "\u9fff":
        return "han" if _is_common(sign) else "rare"
    if sign in _ODD:
        return "odd"
    if sign.isascii() or sign in _PLAIN or "\u2010" <= sign <= "\u33ff" or "\uff00" <= sign <= "\uffef":
        return "read" if sign >= " " else "lost"
    name = unicodedata.name(sign, "")
    return "read" if name.startswith(("GREEK", "MATHEMATICAL", "CJK")) else "lost"


def _is_common(sign: str) -> bool:
    for encoding, first, last in _LEVELS:
        written = sign.encode(encoding, "ignore")
        if len(written) == 2 and first <= written[0] <= last:
            return True
    return False


def _is_wordless(text: str) -> bool:
    runs = _RUN.findall(text)
    if sum(map(len, runs)) < _RUNS_MIN:
        return False
    sample = runs[:_RUNS_MAX]
    lengths = [end - start for run in sample for start, end in pairwise(sorted(word_breaks(fold(run))))]
    return sum(length for length in lengths if length > 1) < _WORDS_SHARE * sum(lengths)
