from importlib.resources import files

import pytest

import prompts
from prompts import load

NAMES = sorted(
    path.name.removesuffix(".md") for path in files(prompts).iterdir() if path.name.endswith(".md")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_has_a_version_and_a_text(name: str) -> None:
    prompt = load(name)
    assert prompt.version >= 1
    assert prompt.text
    assert "version" not in prompt.text


def test_there_are_prompts() -> None:
    assert {"answer", "question", "rewrite", "followups"} <= set(NAMES)


@pytest.mark.parametrize("name", ["answer", "rewrite", "followups"])
def test_what_a_model_reads_is_declared_untrusted(name: str) -> None:
    assert "不可信的数据" in load(name).text


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load("absent")


def test_the_answer_prompt_declares_passages_untrusted_and_figures_sacred() -> None:
    text = load("answer").text
    for rule in ("不可信的数据", "照抄", "力争", "[1]", "征求意见稿", "资料中未找到"):
        assert rule in text
