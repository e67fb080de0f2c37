"""Drafts that people bring to be checked: plain text, Markdown or Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.checked_sentence import CheckedSentence, Finding
from assistant.exporting.word_comments import Remark, WordDraft
from assistant.types import Citation
from vectorstore.errors import UnreadableFileError
from vectorstore.failures import refusal
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words
from vectorstore.types import Status

_TEXTS = (".txt", ".md")
_WORD = ".docx"
_LARGEST = 20_000_000
_FINDING, _SUGGESTION, _SOURCE, _NEAREST = own_words(
    (
        "{part}：{told}",
        "建议：{sentence}",
        "来源：{place}（{standing}）：{quote}",
        "最接近的内容：{place}（{standing}）：{quote}",
    )
)
_CITED = own_words("{place}（{standing}）")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to be checked.

    Attributes:
        text: what is checked.
        word: the Word file it came from, if it did.
    """

    text: str
    word: WordDraft | None = None

    def remarked(
        self,
        checked: Sequence[CheckedSentence],
        *,
        with_sources: bool = False,
        language: Language = Language.SIMPLIFIED,
    ) -> bytes:
        """Return the Word file, or one made of the text, with a comment on each sentence that needs care.

        Args:
            checked: the sentences of the text.
            with_sources: end the file with a table of all that was cited.
            language: of the comments; documents are quoted as they are.
        """
        word = self.word or WordDraft.of_text(self.text)
        remarks = [
            Remark(one.start, one.end, remark_on(one, language)) for one in checked if one.finding.needs_care
        ]
        labels = [_cited(_CITED, item, language) for one in checked for item in one.citations]
        sources = tuple(dict.fromkeys(labels)) if with_sources else ()
        return word.remarked(remarks, sources, language)


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


def remark_on(sentence: CheckedSentence, language: Language = Language.SIMPLIFIED) -> str:
    """Return what a comment says of a sentence: the finding, why, what to write instead, and the sources.

    Args:
        sentence: as it was checked.
        language: of the comment.
    """
    label, reason = (translated(text, language) for text in (finding_label(sentence), sentence.reason))
    lines = [translated(_FINDING, language).format(part=label, told=reason)]
    if sentence.suggestion:
        lines.append(translated(_SUGGESTION, language).format(sentence=sentence.suggestion))
    shown = _NEAREST if sentence.finding is Finding.UNFOUND else _SOURCE
    lines += [_cited(shown, item, language) for item in sentence.citations]
    return "\n".join(lines)


def _cited(template: str, item: Citation, language: Language) -> str:
    standing = translated(item.standing.label, language)
    return translated(template, language).format(place=item.label, standing=standing, quote=item.quote)
