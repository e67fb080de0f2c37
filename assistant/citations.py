"""From verbatim spans to numbered citations, each with its place and its official label."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.selecting.sentences import Sentence, split_sentences
from assistant.types import Citation, Hit
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import tokens
from vectorstore.types import Passage, PassageKind, PolicyDocument, Status
from vectorstore.validity import Validity, day_in_words

_NUMBERED_HEADING = re.compile(r"^(第[〇零一二三四五六七八九十百\d]+[编章节条]|专栏\s*\d+)")
_HEADING_CHARS = 24
_FIGURE_WEIGHT = 4
_YEARS_OF_TITLE = re.compile(r"[（(](?:19|20)\d{2}年?[—\-–~至]+(?:19|20)\d{2}年?[）)]$")
_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
_MARK = re.compile(r"\[\d+\]")
# A mark may stand before or after the full stop of its statement.
_STATEMENT = re.compile(r"[^。！？；\n]+[。！？；]?(?:\[\d+\])*")


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim span that an answer shows.

    Attributes:
        passage: the passage it stands in.
        document: the passage's document.
        text: the span as the answer shows it (a table row as its sentence).
        verbatim: the span as it stands in the document's clean text.
        start, end: its place in the document's clean text, in characters.
    """

    passage: Passage
    document: PolicyDocument
    text: str
    verbatim: str
    start: int
    end: int


def cite(quotes: Sequence[Quote], today: date) -> tuple[Citation, ...]:
    """Number the quotes of an answer from 1, in the order given."""
    return tuple(
        Citation(
            number=number,
            passage=quote.passage,
            document=quote.document,
            quote=quote.verbatim,
            start=quote.start,
            end=quote.end,
            standing=quote.document.standing(today),
            label=label(quote.document, quote.passage),
            standing_label=quote.document.standing_label(today),
        )
        for number, quote in enumerate(quotes, 1)
    )


def quote_of(library: PolicyLibrary, sentence: Sentence, document: PolicyDocument) -> Quote:
    """Return a sentence as a quote; a table row reads as a sentence, its cells stand in the document."""
    verbatim = sentence.text
    if sentence.passage.kind is PassageKind.TABLE_ROW:
        verbatim = library.text(document.id)[sentence.start : sentence.end]
    return Quote(sentence.passage, document, sentence.text, verbatim, sentence.start, sentence.end)


def quote_behind(library: PolicyLibrary, text: str, number: int, hit: Hit) -> Quote:
    """Find the sentence of a passage that stands behind the statements citing it.

    Args:
        library: the library the passage comes from.
        text: an answer with [n] marks.
        number: the n that means the passage.
        hit: the passage.

    Returns:
        The passage's sentence that shares most figures and words with the statements marked [number].
    """
    stated: set[str] = set()
    for statement in _STATEMENT.findall(text):
        if f"[{number}]" in statement:
            stated.update(tokens(_MARK.sub("", statement)))
    sentences = split_sentences(hit.passage)

    def shared(sentence: Sentence) -> int:
        # A figure tells more of what is proved than the words that the sentences of a passage share.
        both = stated.intersection(tokens(sentence.text))
        return sum(_FIGURE_WEIGHT if any(map(str.isdigit, token)) else 1 for token in both)

    best = max(sentences, key=shared)
    return quote_of(library, best, hit.document)


def label(document: PolicyDocument, passage: Passage) -> str:
    """Return how a passage is cited officially: 《title》, document number, chapter and section."""
    number = f"（{document.document_number}）" if document.document_number else ""
    parts = []
    for heading in passage.section:
        numbered = _NUMBERED_HEADING.match(heading)
        parts.append(numbered.group().replace(" ", "") if numbered else f"“{_shortened(heading)}”")
    # Titles within a title take single marks (GB/T 15834).
    title = document.title.replace("《", "〈").replace("》", "〉")
    return f"《{title}》{number}{''.join(parts)}"


def title_without_years(document: PolicyDocument) -> str:
    """Return a title without the period in brackets at its end: figures in an answer are quoted ones only."""
    return _YEARS_OF_TITLE.sub("", document.title)


def dated_title(document: PolicyDocument, today: date) -> str:
    """Return a title with the year and standing that its words are of.

    Years are written out: digits in an answer are quoted ones only.
    """
    year = f"{document.issued_on.year}年".translate(_NUMERALS) if document.issued_on else ""
    standing = document.standing(today)
    told = "，".join(filter(None, (year, "" if standing is Status.UNKNOWN else standing.label)))
    return f"《{title_without_years(document)}》" + (f"（{told}）" if told else "")


def standing_notices(
    citations: Sequence[Citation], documents: Mapping[str, PolicyDocument]
) -> tuple[str, ...]:
    """Return one line for each cited document that is not plainly in force.

    Args:
        citations: the answer's citations.
        documents: the library's documents by id, to name what replaced one.

    Returns:
        Chinese lines in the order in which the documents are cited first.
    """
    notices: dict[str, str] = {}
    for citation in citations:
        document = citation.document
        if document.id in notices:
            continue
        line = _standing_line(document, citation, documents)
        if line:
            notices[document.id] = line
    return tuple(notices.values())


@own_words
def _standing_line(
    document: PolicyDocument, citation: Citation, documents: Mapping[str, PolicyDocument]
) -> str:
    name, standing, validity = f"《{document.title}》", citation.standing, document.validity
    if standing is Status.DRAFT:
        return f"{name}为征求意见稿，尚未正式印发，内容可能调整。"
    if validity and (line := _validity_line(name, citation, validity)):
        return line
    if standing is Status.EXPIRED and document.period.end:
        return f"{name}规划期已于{document.period.end}年届满，仅供参考。"
    if standing is Status.EXPIRED:
        return f"{name}已经到期，仅供参考。"
    if standing is Status.SUPERSEDED:
        successor = documents.get(document.superseded_by)
        if successor is None:
            return f"{name}已废止，请以现行文件为准。"
        # Two versions of one title are told apart by number or year.
        alike = successor.title == document.title
        old, new = (_version(one) if alike else "" for one in (document, successor))
        return f"{name}{old}已废止，由《{successor.title}》{new}替代，请以现行文件为准。"
    if standing is Status.NOT_POLICY:
        return f"{name}为新闻或文章，不是政策文件。"
    return ""


@own_words
def _validity_line(name: str, citation: Citation, validity: Validity) -> str:
    standing = citation.standing
    if standing is Status.EXPIRED and validity.last_day:
        day = day_in_words(validity.last_day)
        if validity.latest:
            return f"{name}有效期最迟已于{day}届满，仅供参考。"
        return f"{name}有效期已于{day}届满，仅供参考。"
    if standing is Status.UNKNOWN and validity.is_open:
        return f"{name}载明了有效期，但截止日无法推算，请核实是否仍然有效。"
    if standing is Status.UNKNOWN and validity.first_day and citation.standing_label == "尚未施行":
        day = day_in_words(validity.first_day)
        return f"{name}自{day}起施行，目前尚未施行。"
    return ""


def _version(document: PolicyDocument) -> str:
    """Return in brackets what tells a version from others of its title: its number, else its year."""
    year = f"{document.issued_on.year}年" if document.issued_on else ""
    told = document.document_number or year
    return f"（{told}）" if told else ""


def _shortened(heading: str) -> str:
    return heading if len(heading) <= _HEADING_CHARS else heading[: _HEADING_CHARS - 1] + "…"
