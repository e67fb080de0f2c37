from __future__ import annotations

import io
import re
from pathlib import Path

import opencc
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import cli
from vectorstore.languages.catalogue import ANSWER, DOMAIN, LOCALE, tell, translated
from vectorstore.languages.extraction import texts
from vectorstore.languages.language import Language

ROOT = Path(__file__).parents[3]
PO = LOCALE / "en" / "LC_MESSAGES" / f"{DOMAIN}.po"
NAME = re.compile(r"\{[^}]*\}|\\\d")
TITLE = "《临澄市高新技术企业扶持办法》"

Key = tuple[str, str]


def english() -> dict[Key, str]:
    """Give the catalogue: context and Chinese → English."""
    with PO.open("rb") as file:
        return {(one.context or "", str(one.id)): str(one.string) for one in read_po(file) if one.id}


def in_code() -> set[Key]:
    """Give context and text of all that the code says."""
    modules = [ROOT / "cli.py", ROOT / "start.py"]
    for name in ("assistant", "ingest", "vectorstore"):
        modules += (ROOT / name).rglob("*.py")
    said = set()
    for path in modules:
        said |= {(context, text) for _, context, text in texts(path.read_text(encoding="utf-8"))}
    return said


def test_every_text_of_the_code_has_its_english() -> None:
    known = english()
    assert sorted(key for key in in_code() if not known.get(key)) == []


def test_the_catalogue_holds_nothing_that_the_code_does_not_say() -> None:
    assert sorted(set(english()) - in_code()) == []


def test_english_keeps_what_is_filled_in_and_holds_no_chinese() -> None:
    for (_, chinese), words in english().items():
        assert sorted(NAME.findall(chinese)) == sorted(NAME.findall(words)), chinese
        # Questions and documents of the examples are Chinese in every language.
        if "\n" not in words:
            assert not re.search(r"[一-鿿]", words), chinese


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    compiled = io.BytesIO()
    with PO.open("rb") as file:
        write_mo(compiled, read_po(file, locale="en"))
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_each_language_says_it_its_own_way() -> None:
    assert translated("资料库", Language.SIMPLIFIED) == "资料库"
    assert translated("资料库", Language.TRADITIONAL) == "資料庫"
    assert translated("资料库", Language.ENGLISH) == "Library"


def test_traditional_uses_the_common_form_of_a_character() -> None:
    assert translated("核对", Language.TRADITIONAL) == "核對"
    rare = set("覈纔爲衆羣牀喫裏牆竈絃臥")
    for _, chinese in in_code():
        assert not rare & set(translated(chinese, Language.TRADITIONAL)), chinese


def test_no_text_stays_simplified_in_traditional() -> None:
    convert = opencc.OpenCC("s2tw").convert
    for context, chinese in in_code():
        told = translated(chinese, Language.TRADITIONAL, context)
        assert [one for one in told if convert(one) != one] == [], chinese


def test_what_is_filled_in_stays_as_it_is() -> None:
    made = f"{TITLE}为征求意见稿，尚未正式印发，内容可能调整。"
    assert translated(made, Language.TRADITIONAL) == f"{TITLE}為徵求意見稿，尚未正式印發，內容可能調整。"
    assert translated(made, Language.ENGLISH).startswith(f"{TITLE} is a draft for comment")


def test_a_text_within_a_text_is_translated_as_well() -> None:
    made = "模型服务找不到主机 model.example，请检查网络和 OPENAI_BASE_URL。以下为资料原文摘录。"
    assert translated(made, Language.ENGLISH) == (
        "The model service: the host model.example was not found; check the network and OPENAI_BASE_URL. "
        "Below are excerpts from the documents."
    )


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (f"{TITLE}现行有效。", f"{TITLE}: In force."),
        (
            f"{TITLE}现行有效（未载明有效期）。自2026年2月1日起施行，未载明有效期。",
            f"{TITLE}: In force (no end stated). In effect from 2026-02-01, Validity not stated.",
        ),
        ("规划期为2026年至2030年。", "The plan covers 2026 to 2030."),
        ("主要指标共十二项：", "主要指标: 12 items:"),
    ],
)
def test_a_line_of_an_answer_is_put_together_of_what_is_known(made: str, told: str) -> None:
    assert translated(made, Language.ENGLISH, ANSWER) == told


@pytest.mark.parametrize("wanted", [Language.TRADITIONAL, Language.ENGLISH])
@pytest.mark.parametrize(
    "line",
    [f"{TITLE}现行有效，由市科技局解释。", "对申报企业给予补贴。", "规划", "失败，更新。", f"{TITLE}及解读"],
)
def test_a_line_of_a_document_stays_as_it_is(line: str, wanted: Language) -> None:
    assert translated(line, wanted, ANSWER) == line


def test_a_text_that_nobody_knows_stays_as_it_is() -> None:
    assert translated("临澄市", Language.ENGLISH) == "临澄市"


def test_a_terminal_reads_the_language_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_LANGUAGE", "en")
    assert tell("已中断") == "Interrupted"


def test_help_is_in_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_LANGUAGE", "en")
    with pytest.raises(SystemExit):
        cli.main(["ingest", "--help"])
    assert not re.search(r"[一-鿿]", capsys.readouterr().out)
    monkeypatch.setenv("POLICY_LANGUAGE", "zh-Hant")
    assert cli.main([]) == 2
    assert "收錄文件和文件夾" in capsys.readouterr().out


def test_a_wrong_command_line_is_told_in_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_LANGUAGE", "en")
    with pytest.raises(SystemExit):
        cli.main(["search", "岸电", "--limit", "0"])
    told = "--limit must be a whole number above 0; see policy-assistant search --help\n"
    assert capsys.readouterr().err == told
