"""Drafts that people bring to be checked: plain text, Markdown or Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.exporting.word_comments import Remark, WordDraft
from assistant.verification import CheckedSentence, Finding
from vectorstore.errors import UnreadableFileError
from vectorstore.languages.language import own_words
from vectorstore.system_errors import refusal
from vectorstore.types import Status

_TEXTS = (".txt", ".md")
_WORD = ".docx"
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to be checked.

    Attributes:
        text: what is checked.
        word: the Word file it came from, if it did.
    """

    text: str
    word: WordDraft | None = None

    def remarked(self, checked: Sequence[CheckedSentence], *, with_sources: bool = False) -> bytes:
        """Return the Word file, or one made of the text, with a comment on each sentence that needs care.

        Args:
            checked: the sentences of the text.
            with_sources: end the file with a table of all that was cited.
        """
        word = self.word or WordDraft.of_text(self.text)
        remarks = [Remark(one.start, one.end, remark_on(one)) for one in checked if one.finding.needs_care]
        labels = [f"{item.label}（{item.standing.label}）" for one in checked for item in one.citations]
        return word.remarked(remarks, tuple(dict.fromkeys(labels)) if with_sources else ())


def read_draft(file: Path) -> Draft:
    """Read a draft.

    Args:
        file: a .txt, .md or .docx file.

    Raises:
        UnreadableFileError: it cannot be read, or is of another kind.
    """
    try:
        return draft_of(file.name, file.read_bytes())
    except OSError as error:
        raise UnreadableFileError(f"无法读取文稿 {file}：{refusal(error)}") from None


def draft_of(name: str, data: bytes) -> Draft:
    """Return what a file holds as a draft.

    Args:
        name: the file's name; its end tells the kind.
        data: the file.

    Raises:
        UnreadableFileError: it cannot be read, or is of another kind.
    """
    kind = Path(name).suffix.lower()
    if len(data) > _LARGEST:
        raise UnreadableFileError(f"文稿 {name} 过大，请拆分后重试")
    if kind == _WORD:
        word = WordDraft(data)
        return Draft(word.text, word)
    if kind not in _TEXTS:
        raise UnreadableFileError(f"文稿 {name} 的格式不支持，请使用 .txt、.md 或 .docx")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return Draft(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(f"文稿 {name} 的编码无法识别，请另存为 UTF-8 后重试")


@own_words
def finding_label(sentence: CheckedSentence) -> str:
    """Return the words for what was found of a sentence; a draft has not lapsed, it is none yet."""
    standings = {item.standing for item in sentence.citations}
    if sentence.finding is Finding.LAPSED and standings == {Status.DRAFT}:
        return "来源为征求意见稿"
    return sentence.finding.label


def remark_on(sentence: CheckedSentence) -> str:
    """Return what a comment says of a sentence: the finding, why, what to write instead, and the sources."""
    lines = [f"{finding_label(sentence)}：{sentence.reason}"]
    if sentence.suggestion:
        lines.append(f"建议：{sentence.suggestion}")
    lines += [f"来源：{item.label}（{item.standing.label}）：{item.quote}" for item in sentence.citations]
    return "\n".join(lines)
