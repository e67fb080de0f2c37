"""The budget holds whichever way tokens are counted, and nothing is ever fetched to count them."""

import base64
import hashlib
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.pipeline import parse
from ingest.settings import IngestSettings
from ingest.tokens import CL100K, Encoding, Ranks, TokenBudget, cached_ranks, estimated_tokens
from vectorstore.errors import SettingsError

SENTENCE = "全市围绕海洋经济高质量发展，着力构建现代海洋产业体系，取得明显成效。"
WORDS = ("海洋", "经济", "发展", "产业", "全市", "，", "。", "2030")


def made_up_ranks() -> bytes:
    """Ranks in tiktoken's format: every byte, and the pairs that lead to a few characters and words."""
    tokens = [bytes([byte]) for byte in range(256)]
    for character in dict.fromkeys("".join(WORDS)):
        data = character.encode()
        tokens += [data[:2], data]
    tokens += [word.encode() for word in WORDS]
    known = dict.fromkeys(tokens)
    return b"".join(base64.b64encode(token) + b" %d\n" % rank for rank, token in enumerate(known))


MADE_UP = Encoding(
    "https://unreachable.invalid/made-up.tiktoken",
    hashlib.sha256(made_up_ranks()).hexdigest(),
    CL100K.pattern,
)


@pytest.fixture(scope="module")
def ranks(tmp_path_factory: pytest.TempPathFactory) -> Ranks:
    folder = tmp_path_factory.mktemp("cache")
    name = hashlib.sha1(MADE_UP.url.encode(), usedforsecurity=False).hexdigest()
    (folder / name).write_bytes(made_up_ranks())
    found = cached_ranks(folder, MADE_UP)
    assert found
    return found


def test_the_estimate_is_the_measured_one() -> None:
    assert estimated_tokens("海洋经济") == 7
    assert estimated_tokens("2030年，") == int(1.5 + 5 * 0.6) + 1


def test_with_ranks_tokens_are_counted(ranks: Ranks) -> None:
    text = "海洋经济" * 10
    assert TokenBudget(800, ranks).count(text) == 20
    assert TokenBudget(800, ranks).count("龘") == 3
    assert TokenBudget(30, ranks).holds(text, 0, len(text))
    assert not TokenBudget(30).holds(text, 0, len(text))
    assert not TokenBudget(19, ranks).holds(text, 0, len(text))


@pytest.mark.parametrize("content", [None, b"", made_up_ranks()[:-9], b"x" * 5000])
def test_ranks_that_are_not_whole_are_not_used_and_not_fetched(
    tmp_path: Path, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*arguments: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    name = hashlib.sha1(MADE_UP.url.encode(), usedforsecurity=False).hexdigest()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert cached_ranks(tmp_path, MADE_UP) is None
    assert (tmp_path / name).exists() == (content is not None)


def test_the_settings_name_budget_and_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_PASSAGE_TOKENS", "500")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert IngestSettings().budget() == TokenBudget(500)


def test_ranks_that_go_on_the_way_end_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="TIKTOKEN_CACHE_DIR"):
        TokenBudget(800, Ranks(tmp_path / "gone", MADE_UP)).count("海洋")


PIECES = st.sampled_from(
    [
        SENTENCE * 20,
        "没有标点的长句" * 200,
        "𠮷龘" * 700,
        "x" * 3000,
        "（一）目标",
        "1.规模扩大。",
        "第三条 内容如下：",
        f"表1 任务\n| 任务 | 目标 |\n|---|---|\n| 建港 | {'海洋𠮷' * 600} |\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=6), st.sampled_from([300, 500, 800]), st.booleans())
def test_no_passage_exceeds_the_budget(ranks: Ranks, pieces: list[str], tokens: int, counted: bool) -> None:
    budget = TokenBudget(tokens, ranks if counted else None)
    for passage in parse("\n".join(["规划", *pieces]).encode(), "规划.txt", budget).passages:
        assert budget.count(passage.text) <= tokens
