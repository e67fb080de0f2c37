import codecs

import pytest

from ingest.loaders import decoding, load
from vectorstore.errors import UnreadableFileError

SENTENCE = "云泽市人民政府关于推进海洋经济发展的实施意见。为了加快建设，现就有关工作提出以下要求。"
TRADITIONAL = "雲澤市人民政府關於推進海洋經濟發展的實施意見。為了加快建設，現就有關工作提出以下要求。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-32"])
def test_simplified_text_is_decoded_whatever_its_encoding(encoding: str) -> None:
    assert decoding.decode(SENTENCE.encode(encoding)) == SENTENCE


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs", "gb18030"])
def test_traditional_text_is_decoded_whatever_its_encoding(encoding: str) -> None:
    assert decoding.decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5">', "big5hkscs"),
        ('<?xml version="1.0" encoding="big5"?>', "big5hkscs"),
        # The server changed the bytes and left the declaration.
        ('<meta charset="gb2312">', "utf-8"),
        ("<meta charset='utf-8'>", "gb18030"),
    ],
)
def test_the_declared_charset_is_believed_when_it_decodes(declaration: str, encoding: str) -> None:
    page = f"{declaration}<p>關於廁補的通知，產業發展項目。</p>"
    assert decoding.decode(page.encode(encoding)) == page


def test_a_few_rare_characters_are_read_by_the_declared_charset() -> None:
    page = "<meta charset='gb2312'><td>镕</td>"
    assert decoding.decode(page.encode("gbk")) == page


def test_a_short_gb18030_text_is_not_taken_for_korean() -> None:
    assert decoding.decode("关于政策的通知".encode("gb18030")) == "关于政策的通知"


def test_line_ends_become_line_feeds() -> None:
    assert decoding.decode("一\r\n二\r三\n".encode()) == "一\n二\n三\n"


def test_utf8_cut_off_in_its_last_character_is_still_utf8() -> None:
    assert decoding.decode(SENTENCE.encode()[:-1]) == SENTENCE[:-1]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空"),
        (b" \n\t ", "空"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 8, "不是文本文件"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "编码"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        load(data, "文件.txt")


def test_a_text_beyond_the_limit_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decoding.MAX_BYTES >= 200_000_000
    monkeypatch.setattr(decoding, "MAX_BYTES", 2_000_000)
    assert len(load("好".encode() * 600_000, "大文件.txt").text) == 600_000
    with pytest.raises(UnreadableFileError, match="2 MB，请拆分"):
        load("好".encode() * 700_000, "大文件.txt")


def test_markdown_is_told_by_its_name() -> None:
    assert load("# 标题".encode(), "规划.md").format == "md"
    assert load("# 标题".encode(), "规划.txt").format == "txt"
