"""A question or a conversation as a briefing: what it holds, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.drafting.answer_blocks import Paragraph, blocks
from assistant.exporting.file_names import file_name
from assistant.exporting.number_ranges import in_ranges
from assistant.exporting.translating import in_language
from assistant.proof.flagging import stretches
from assistant.records.history import Exchange, title_of_question
from assistant.types import Answer, Citation
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words

HEADING = own_words("政策问答简报")
SOURCES = own_words("资料来源")
SOURCE_COLUMNS = own_words(("文件", "发文机关", "成文日期", "检索时状态", "注释"))
CLOSING = own_words("本简报依据资料库所收文件整理，引用前请核对原文。")
REMARKED = own_words("提示：{remark}")

_MARK = re.compile(r"\[(\d{1,3})\]")
# Besides control characters: surrogates and others that XML forbids, and the marks that turn the writing
# direction round.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the text that a note belongs to.

    Attributes:
        number: the note's, from 1 throughout the briefing.
        first: whether it is the note's first place; footnotes stand there.
    """

    number: int
    first: bool


Piece = str | Reference
Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a briefing."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A question with what was found.

    Attributes:
        question: as it was asked.
        body: paragraphs and tables of the answer.
        remarks: what a reader should know of the sources.
    """

    question: str
    body: tuple[Line | Sheet, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is exported, every text of it printable and on one line.

    Attributes:
        title: the conversation's, or the question.
        retrieved: first and last day of the answers.
        findings: in the order of the questions.
        notes: text of each note, in the order of their numbers.
        sources: of each document its title, issuer, date, standing when it was found, and its notes.
        language: the reader's, of all but what documents say.
    """

    title: str
    retrieved: tuple[date, date]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]
    language: Language = Language.SIMPLIFIED

    def say(self, text: str) -> str:
        """Return one of the assistant's own texts in the reader's language.

        Args:
            text: the Simplified Chinese.
        """
        return translated(text, self.language)

    @property
    def when(self) -> str:
        """The day or days on which the library was asked."""
        first, last = self.retrieved
        first_day, last_day = _day(first), _day(last)
        return self.say(
            own_words(f"检索日期：{first_day}")
            if first == last
            else own_words(f"检索日期：{first_day}至{last_day}")
        )

    @property
    def subtitle(self) -> str:
        """The title where it says more than the only question does, else ""."""
        only = self.findings[0].question if len(self.findings) == 1 else ""
        return "" if self.title in (only, title_of_question(only)) else self.title

    @property
    def file_name(self) -> str:
        """Name of its file without the ending, fit for every system."""
        return file_name(self.title, self.say(HEADING))


def briefing(
    title: str, exchanges: Sequence[Exchange], wanted: Language = Language.SIMPLIFIED
) -> Briefing | None:
    """Return answered questions as a briefing, or None where none is answered.

    Args:
        title: the conversation's title, or the question.
        exchanges: oldest first; those without an answer are left out.
        wanted: the reader's language.
    """
    numbering = _Numbering(wanted)
    answered = [
        (
            in_language(exchange.answer, wanted),
            (exchange.finished_at or exchange.asked_at).astimezone().date(),
        )
        for exchange in exchanges
        if exchange.answer is not None
    ]
    if not answered:
        return None
    findings = tuple(_finding(answer, numbering) for answer, _ in answered)
    days = [day for _, day in answered]
    sources = _sources([answer for answer, _ in answered], numbering)
    return Briefing(
        _printable(title), (min(days), max(days)), findings, tuple(numbering.notes), sources, wanted
    )


class _Numbering:
    """Numbers the quotes of a briefing in the order in which its text comes to them."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.notes: list[str] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def refer(self, citation: Citation) -> Reference:
        key = _key(citation)
        first = key not in self._numbers
        if first:
            self.notes.append(_note(citation, self.language))
            self._numbers[key] = len(self.notes)
        return Reference(self._numbers[key], first)

    def of_document(self, document_id: str) -> str:
        return in_ranges([number for (owner, *_), number in self._numbers.items() if owner == document_id])


def _finding(answer: Answer, numbering: _Numbering) -> Finding:
    citations = {citation.number: citation for citation in answer.citations}
    text, struck = _holding(answer, numbering.language)

    def line(text: str) -> Line:
        return tuple(_pieces(text, citations, numbering))

    body = tuple(
        line(block.text)
        if isinstance(block, Paragraph)
        else Sheet(tuple(map(line, block.head)), tuple(tuple(map(line, row)) for row in block.rows))
        for block in blocks(text)
    )
    left_out = (
        [translated(own_words(f"模型所写的{struck}处表述与资料不符，已略去。"), numbering.language)]
        if struck
        else []
    )
    remarks = tuple(_printable(notice) for notice in (*answer.notices, *left_out))
    return Finding(
        _printable(answer.question) or translated(own_words("（空白问题）"), numbering.language),
        body,
        remarks,
    )


def _holding(answer: Answer, wanted: Language) -> tuple[str, int]:
    """Return an answer's text without the sentences that its sources contradict, and their number.

    What could not be checked stays, with the reason, as does every row of a table.
    """
    kept: list[str] = []
    struck = 0
    for stretch in stretches(answer.text, answer.statements):
        text, warning = stretch.text.rstrip(), translated(stretch.warning, wanted)
        if stretch.doubt is None:
            kept.append(stretch.text)
        elif text.endswith("|"):
            kept.append(f"{text[:-1]}（{warning}）|")
        elif stretch.struck:
            struck += 1
        else:
            kept.append(f"{stretch.text}（{warning}）")
    return "".join(kept), struck


def _pieces(text: str, citations: Mapping[int, Citation], numbering: _Numbering) -> Iterator[Piece]:
    for position, part in enumerate(_MARK.split(text)):
        if position % 2 == 0:
            if part:
                yield _UNSEEN.sub(" ", part)
        elif int(part) in citations:
            yield numbering.refer(citations[int(part)])


def _note(citation: Citation, wanted: Language) -> str:
    number, reason = citation.passage.page, citation.why_not or own_words("所引原文未能完全支持该表述")
    page = translated(own_words(f"第{number}页，"), wanted) if number is not None else ""
    doubt = "" if citation.supported else translated(own_words(f"核对提示：{reason}。"), wanted)
    label = citation.label or f"《{citation.document.title}》"
    # The blank keeps readers of Markdown that know no footnotes from taking a note for a link's address.
    return _printable(f"{label} “{citation.quote}”（{page}{citation.standing_words}）。{doubt}")


def _sources(answers: Iterable[Answer], numbering: _Numbering) -> tuple[tuple[str, ...], ...]:
    cited = {citation.document.id: citation for answer in answers for citation in answer.citations}
    return tuple(_source(citation, numbering) for citation in cited.values())


def _source(citation: Citation, numbering: _Numbering) -> tuple[str, ...]:
    document = citation.document
    number = f"（{document.document_number}）" if document.document_number else ""
    # Titles within a title take single marks (GB/T 15834).
    title = document.title.replace("《", "〈").replace("》", "〉")
    cells = (
        f"《{title}》{number}",
        document.issuer,
        _day(document.issued_on) if document.issued_on else "",
        citation.standing_words,
        numbering.of_document(document.id),
    )
    return tuple(_printable(cell) or "—" for cell in cells)


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.document.id, citation.start, citation.end


def _printable(text: str) -> str:
    return " ".join(_UNSEEN.sub("", " ".join(text.split())).split())


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
