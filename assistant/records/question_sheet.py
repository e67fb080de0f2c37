"""A spreadsheet of questions, answered row by row in columns of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assistant.exporting.plain_cells import put_text
from assistant.exporting.translating import in_language
from assistant.types import Answer, Certainty
from vectorstore.errors import UnreadableFileError
from vectorstore.failures import refusal
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words

_QUESTION = own_words("问题")
_COLUMNS = own_words(("回答", "原文", "出处", "状态", "把握"))
_CERTAINTY = own_words(
    {Certainty.SURE: "有依据", Certainty.DOUBTFUL: "可能相关，请核对", Certainty.NONE: "未找到依据"}
)
_MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A question and the row of the sheet it stands in, from 1."""

    number: int
    question: str


class QuestionSheet:
    """The first sheet of a workbook: its questions, and the answers that are written beside them.

    The questions stand in the column headed 问题, in any language of the assistant, or else in the first one
    that holds text. What was answered before in the file that is written to is kept, so that one that was
    stopped goes on where it ended.

    Args:
        content: the workbook.
        name: what messages call it.
        answered: whether it was written by this class before, so that its answers count.
        language: in which the answers are told; documents are quoted as they are.

    Raises:
        UnreadableFileError: the workbook cannot be read, or holds no question.
    """

    def __init__(
        self, content: bytes, name: str, *, answered: bool = False, language: Language = Language.SIMPLIFIED
    ) -> None:
        self._answered = answered
        self._language = language
        self._book = _opened(content, name)
        self._sheet = self._book.worksheets[0]
        self._column, first = self._questions(name)
        self._rows = [
            Row(number, str(value).strip())
            for number in range(first, self._sheet.max_row + 1)
            if (value := self._sheet.cell(number, self._column).value) and str(value).strip()
        ]
        self._answers = self._answer_columns(first - 1)

    def __len__(self) -> int:
        return len(self._rows)

    def unanswered(self) -> Iterator[Row]:
        """Yield the questions that have no answer yet."""
        for row in self._rows:
            if not self._sheet.cell(row.number, self._answers).value:
                yield row

    def put(self, row: Row, answer: Answer) -> None:
        """Write an answer into its row."""
        certainty = translated(_CERTAINTY[answer.certainty], self._language)
        answer = in_language(answer, self._language)
        cited = answer.citations
        texts = (
            answer.text,
            "\n".join(f"[{item.number}] {item.quote}" for item in cited),
            "\n".join(f"[{item.number}] {item.label}" for item in cited),
            "\n".join(dict.fromkeys(translated(item.standing.label, self._language) for item in cited)),
            certainty,
        )
        for step, text in enumerate(texts):
            put_text(self._sheet.cell(row.number, self._answers + step), text)

    @classmethod
    def of_file(cls, file: Path, out: Path, language: Language = Language.SIMPLIFIED) -> QuestionSheet:
        """Open a workbook, or what was made of it before.

        Args:
            file: the workbook with the questions.
            out: where it is written to with the answers.
            language: in which the answers are told.

        Raises:
            UnreadableFileError: the workbook cannot be read, or holds no question.
        """
        answered = out.exists()
        source = out if answered else file
        try:
            return cls(source.read_bytes(), str(source), answered=answered, language=language)
        except OSError as error:
            raise UnreadableFileError(f"无法读取 {source}：{refusal(error)}") from None

    def content(self) -> bytes:
        """Return the workbook as it stands."""
        written = BytesIO()
        self._book.save(written)
        return written.getvalue()

    def _questions(self, name: str) -> tuple[int, int]:
        """Return the column of the questions and the row of the first."""
        questions = {name.lower() for name in _in_all(_QUESTION)}
        for row in self._sheet.iter_rows(max_row=5):
            for cell in row:
                if str(cell.value or "").strip().lower() in questions:
                    return cell.column, cell.row + 1
        for column in self._sheet.iter_cols():
            for cell in column:
                if isinstance(cell.value, str) and cell.value.strip():
                    return cell.column, cell.row
        raise UnreadableFileError(f"{name} 的第一张工作表中没有问题")

    def _answer_columns(self, heading: int) -> int:
        """Return the first column of the answers: where they stand already, or behind all others.

        Args:
            heading: the row that names the columns; 0 where none does.
        """
        if not heading:
            return self._column + 1 if self._answered else int(self._sheet.max_column) + 1
        for cell in self._sheet[heading]:
            if cell.value in _in_all(_COLUMNS[0]):
                return int(cell.column)
        first = int(self._sheet.max_column) + 1
        for step, name in enumerate(_COLUMNS):
            put_text(self._sheet.cell(heading, first + step), translated(name, self._language))
        return first


def _in_all(text: str) -> frozenset[str]:
    """Return a text as each language has it: a sheet may have been written in another."""
    return frozenset(translated(text, language) for language in Language)


def _opened(content: bytes, name: str) -> Workbook:
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(member.file_size for member in packed.infolist()) > _MOST_BYTES:
                raise UnreadableFileError(f"{name} 解压后过大，请删去与问题无关的内容后重试")
        return load_workbook(BytesIO(content))
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        raise UnreadableFileError(f"{name} 不是可读取的 Excel 文件，请另存为 .xlsx 后重试") from None
