"""What is read of a page whose fonts are broken."""

from __future__ import annotations

import pytest

from ingest.loaders import load, ocr
from ingest.loaders.legibility import is_legible
from tests.ingest.faults import fault
from vectorstore.errors import UnreadableFileError

_WORDS = "云栖市农贸市场管理办法规定经营者应当明码标价不得短斤缺两违者由市场监督管理部门责令改正并处罚款" * 3


@pytest.mark.parametrize(
    "text",
    [
        "犛犗犐犓犋犙犃犖犇犔犒犔犋犅犇" * 3,
        "#$%&'()*+ ,-./ 5678:;<=> ?@ABCD EF*GH+ IJKL ; =" * 3,
        "".join(chr(ord(sign) + 7) for sign in _WORDS),
        "\ue001\ue002\ue003\ue004 2026 \ue005" * 5,
        "ÔÆÆÜÊÐÅ©Ã³ÊÐ³¡¹ÜÀí°ì·¨" * 4,
    ],
)
def test_what_a_broken_font_leaves_is_told_from_words(text: str) -> None:
    assert not is_legible(text)


@pytest.mark.parametrize(
    "text",
    [
        _WORDS,
        "雲棲市農貿市場管理辦法規定經營者應當明碼標價違者由主管機關處以罰鍰並限期改善" * 2,
        "王伟 李芳 张娜 刘敏 陈静 杨丽 赵强 黄磊 周军 吴洋 徐勇 孙艳 胡杰 朱娟 高涛 林明 何超 郭秀 马霞" * 4,
        "Regulations on Markets of Yunqi City, issued 2026-03-01 (No. 12). See https://yq.example/a?b=1&c=2",
        "1,234.50 12.5% 3,400 -5.2 100 (0.3) 2025 2026",
        "邰矗、逄犇、亓喆、仝晶等同志任市烟花爆竹办公室成员",
        "A₁=B×C²+Σx，单位：m³/h，温度25℃，±0.5",
    ],
)
def test_words_names_and_figures_are_legible(text: str) -> None:
    assert is_legible(text)


def test_a_layer_of_gibberish_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(UnreadableFileError, match=r"乱码.*ocr"):
        load(fault("15_gibberish_layer.pdf"), "a.pdf")


def test_a_page_of_gibberish_is_read_by_its_picture_where_that_is_possible(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "read_image", lambda image: "云栖市收费公告")
    assert load(fault("15_gibberish_layer.pdf"), "a.pdf").text == "云栖市收费公告"
