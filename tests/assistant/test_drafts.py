"""Drafts as files: read whole, and given back with comments where they are Word files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from assistant.checked_sentence import CheckedSentence, Finding
from assistant.drafts import Draft, draft_of, finding_label, read_draft, remark_on
from tests.assistant.ui.samples import citation
from vectorstore.errors import UnreadableFileError
from vectorstore.types import Status


def word() -> bytes:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("每张床位补贴").bold = True
    paragraph.add_run("9000元。请于5月提出").italic = True
    paragraph.add_run("申请。")
    document.add_table(1, 1).cell(0, 0).text = "共有30家。"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def checked(text: str, sentence: str, finding: Finding = Finding.DIFFERS) -> CheckedSentence:
    start = text.index(sentence)
    return CheckedSentence(start, start + len(sentence), sentence, finding, "资料中为“8000元”", sentence)


def test_a_word_draft_gets_comments_and_keeps_its_looks() -> None:
    draft = draft_of("稿.docx", word())
    told = [
        checked(draft.text, "请于5月提出申请。", Finding.AGREES),
        checked(draft.text, "每张床位补贴9000元。"),
        checked(draft.text, "共有30家。", Finding.UNFOUND),
    ]
    made = Document(io.BytesIO(draft.remarked(told)))
    assert [comment.text.splitlines()[0] for comment in made.comments] == [
        "不符：资料中为“8000元”",
        "未找到依据：资料中为“8000元”",
    ]
    looks = [(run.text, run.bold, run.italic) for run in made.paragraphs[0].runs if run.text]
    assert looks == [
        ("每张床位补贴", True, None),
        ("9000元。", None, True),
        ("请于5月提出", None, True),
        ("申请。", None, None),
    ]


def test_a_comment_covers_its_sentence_alone() -> None:
    draft = draft_of("稿.docx", word())
    made = Document(io.BytesIO(draft.remarked([checked(draft.text, "每张床位补贴9000元。")])))
    inside, covered = False, ""
    for child in made.paragraphs[0]._p:
        name = child.tag.rpartition("}")[2]
        inside = name == "commentRangeStart" or (inside and name != "commentRangeEnd")
        covered += "".join(text.text or "" for text in child.iter(qn("w:t"))) if inside else ""
    assert covered == "每张床位补贴9000元。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text_is_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "稿.txt"
    file.write_text("每张床位补贴8000元。", encoding=encoding)
    assert read_draft(file).text == "每张床位补贴8000元。"


@pytest.mark.parametrize("name", ["稿.pdf", "稿.docx"])
def test_other_files_are_refused_in_one_line(name: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        draft_of(name, b"no such thing")
    assert "\n" not in str(caught.value)


def test_a_plain_draft_comes_back_as_a_word_file_with_comments_at_their_sentences() -> None:
    draft = Draft("一、总则\r\n每张床位补贴9000元。\x00\n共有30家。")
    told = [checked(draft.text, "每张床位补贴9000元。"), checked(draft.text, "共有30家。", Finding.AGREES)]
    made = Document(io.BytesIO(draft.remarked(told, with_sources=True)))
    (comment,) = made.comments
    assert comment.text.startswith("不符")
    start = made.paragraphs[1]._p.find(qn("w:commentRangeStart"))
    assert start is not None
    assert [one.text.strip() for one in made.paragraphs][:3] == [
        "一、总则",
        "每张床位补贴9000元。",
        "共有30家。",
    ]


@pytest.mark.parametrize(
    ("standing", "label"),
    [
        (Status.DRAFT, "来源为征求意见稿"),
        (Status.EXPIRED, "来源已失效"),
        (Status.SUPERSEDED, "来源已失效"),
    ],
)
def test_a_source_that_is_a_draft_has_not_lapsed(standing: Status, label: str) -> None:
    proof = citation("共有30家。", "共有30家。", standing=standing)
    told = CheckedSentence(0, 6, "共有30家。", Finding.LAPSED, "仅见于", "", (proof,))
    assert finding_label(told) == label
    assert remark_on(told).startswith(label)
