"""How many tokens a text is: counted with tiktoken where its ranks lie on this machine, else estimated."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tiktoken

from vectorstore.errors import SettingsError

_HAN = re.compile("[\u3400-\u9fff]+")
_HAN_TOKENS = 1.5
_OTHER_TOKENS = 0.6


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding that tiktoken knows.

    Attributes:
        url: where tiktoken fetches its ranks, and what it names the file in its cache after.
        sha256: of the ranks, hexadecimal.
        pattern: how a text is parted before it is encoded.
    """

    url: str
    sha256: str
    pattern: str


# From tiktoken_ext.openai_public. The embedding models of OpenAI count by it; newer encodings and those of
# models trained on Chinese make fewer tokens of a Chinese text, so that a budget kept by it is kept by them.
CL100K = Encoding(
    "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken",
    "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
    r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
)


@dataclass(frozen=True, slots=True)
class Ranks:
    """A file of ranks that was found whole."""

    path: Path
    encoding: Encoding


@dataclass(frozen=True, slots=True)
class TokenBudget:
    """What no passage exceeds.

    Attributes:
        tokens: most tokens of a passage.
        ranks: what they are counted with; None for the estimate.
    """

    tokens: int = 800
    ranks: Ranks | None = None

    def count(self, text: str) -> int:
        """Count the tokens of a text.

        Raises:
            SettingsError: the ranks have gone or changed since they were found.
        """
        if self.ranks is None:
            return estimated_tokens(text)
        return len(_encoder(self.ranks).encode_ordinary(text))

    def holds(self, text: str, start: int, end: int) -> bool:
        """Return whether a part of a text is within the budget; one that is much too long is not counted."""
        return (end - start) * _OTHER_TOKENS <= self.tokens and self.count(text[start:end]) <= self.tokens


def estimated_tokens(text: str) -> int:
    """Estimate the tokens of a text: 1.5 for a Han character, 0.6 for another."""
    han = sum(map(len, _HAN.findall(text)))
    return int(han * _HAN_TOKENS + (len(text) - han) * _OTHER_TOKENS) + 1


def cached_ranks(folder: Path | None, encoding: Encoding = CL100K) -> Ranks | None:
    """Find the ranks that tiktoken has kept; nothing is ever fetched.

    Args:
        folder: tiktoken's cache (TIKTOKEN_CACHE_DIR); None for the one it uses by itself.
        encoding: whose ranks.

    Returns:
        The file, or None where it is not there or not whole.
    """
    folder = folder or Path(tempfile.gettempdir()) / "data-gym-cache"
    name = hashlib.sha1(encoding.url.encode(), usedforsecurity=False).hexdigest()
    ranks = Ranks(folder / name, encoding)
    return ranks if _whole(ranks) else None


def _whole(ranks: Ranks) -> bytes:
    """The ranks, or nothing where they are not what they ought to be: anybody may write to that folder."""
    try:
        data = ranks.path.read_bytes()
    except OSError:
        return b""
    return data if hashlib.sha256(data).hexdigest() == ranks.encoding.sha256 else b""


@lru_cache(maxsize=1)
def _encoder(ranks: Ranks) -> tiktoken.Encoding:
    # Not by tiktoken.get_encoding, which would fetch what it does not find.
    data = _whole(ranks)
    if not data:
        raise SettingsError(
            f"计数所用的 tiktoken 词表 {ranks.path} 在收录途中被移走或改动，请检查 TIKTOKEN_CACHE_DIR 后重试"
        )
    merged = dict(line.split() for line in data.splitlines() if line)
    return tiktoken.Encoding(
        "ranks",
        pat_str=ranks.encoding.pattern,
        mergeable_ranks={base64.b64decode(token): int(rank) for token, rank in merged.items()},
        special_tokens={},
    )
