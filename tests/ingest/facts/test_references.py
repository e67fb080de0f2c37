"""What a document has to do with those that it names, told by lists and by words behind a title."""

import pytest

from ingest.parsing import parse
from vectorstore.facts import Reference

HEAD = "青岚市数据管理办法\n\n青岚市人民政府\n2026年3月1日\n\n"


def references_in(words: str) -> list[Reference]:
    parsed = parse(f"{HEAD}{words}".encode(), "办法.txt")
    assert parsed.facts is not None
    assert all(parsed.text[fact.start : fact.end] == fact.quote for fact in parsed.facts.facts)
    return [fact.statement for fact in parsed.facts.facts if isinstance(fact.statement, Reference)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "决定废止下列文件：\n1.《青岚市数据交易规则》（青政发〔2019〕3号）\n2.《青岚市数据目录》，适用期已过；\n"
            "其余文件继续有效。\n3.《青岚市机房办法》另行规定。",
            ["repeals 青岚市数据交易规则 青政发〔2019〕3号", "repeals 青岚市数据目录 "],
        ),
        ("下列文件继续有效，不予废止：\n1.《青岚市数据目录》\n2.《青岚市机房办法》", []),
        ("附件\n废止文件目录\n1.《青岚市数据目录》", ["repeals 青岚市数据目录 "]),
        (
            "拟对以下文件进行修改：\n（一）《青岚市数据目录》\n（二）《青岚市机房办法》",
            ["revises 青岚市数据目录 ", "revises 青岚市机房办法 "],
        ),
        (
            "一、制定依据\n1.《云澜省数据条例》；\n2.《青岚市机房办法》第三条对机房作出规定。",
            ["basis 云澜省数据条例 "],
        ),
    ],
)
def test_a_list_says_what_holds_for_the_documents_in_it(words: str, wanted: list[str]) -> None:
    assert [f"{one.relation} {one.title} {one.document_number}" for one in references_in(words)] == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("将《青岚市机房办法》第十条中的“区水务局”修改为“区水利局”。", ["revises 青岚市机房办法"]),
        ("违反《青岚市机房办法》第十条规定修改图纸的，责令改正。", []),
        ("《青岚市机房意见》已经市政府同意，现转发给你们。", ["forwards 青岚市机房意见"]),
        ("市水利局修订《青岚市机房办法》，征求意见截止5月1日。", []),
        ("市水利局修订了《青岚市机房办法》。", ["revises 青岚市机房办法"]),
        ("《青岚市机房意见》由各单位自行学习，不再转发。", []),
        ("《青岚市数据目录》已被《青岚市机房办法》替代，不再执行。", ["repeals 青岚市数据目录"]),
        (
            "根据《云澜省数据条例》第三条和《云澜省清理规定》要求，对照《云澜省标准》，我市清理了文件。",
            ["basis 云澜省数据条例", "basis 云澜省清理规定"],
        ),
        ("一、总则\n依据《云澜省数据条例》第三十七条予以处罚。", []),
    ],
)
def test_what_is_said_behind_a_title_tells_its_relation(words: str, wanted: list[str]) -> None:
    assert [f"{one.relation} {one.title}" for one in references_in(words)] == wanted
