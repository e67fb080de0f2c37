"""Values to draw, and a reader of what was drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

from assistant.types import Answer, Certainty, Citation
from vectorstore.types import Passage, PassageKind, PolicyDocument, Status

HOSTILE = (
    "<script>document.title='坏'</script><img src=x onerror=alert(1)> ![图](https://example.org/x.png) "
    '[链接](javascript:alert(1)) $E=mc^2$ **粗** :red[红] :smile: &lt; "引" </mark></article> ' + "长" * 500
)


@dataclass
class Seen(HTMLParser):
    """What a browser would make of a piece of HTML: its text, what is marked, and its elements."""

    text: str = ""
    marked: str = ""
    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    _open_marks: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self._open_marks += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._open_marks -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open_marks:
            self.marked += data


def seen(html: str) -> Seen:
    """Return what a reader of the HTML sees."""
    reader = Seen()
    reader.feed(html)
    reader.close()
    return reader


def document(**fields: object) -> PolicyDocument:
    """Return a document of a made-up region."""
    values: dict[str, object] = {
        "id": "d1",
        "source": "青屿市绿色港口发展办法.txt",
        "content_hash": "0" * 64,
        "title": "青屿市绿色港口发展办法",
        "region": "青屿市",
        "issuer": "青屿市人民政府",
        "document_number": "青政发〔2026〕3号",
        "issued_on": date(2026, 3, 9),
        "status": Status.IN_FORCE,
    }
    return PolicyDocument(**{**values, **fields})  # type: ignore[arg-type]


def passage(text: str, **fields: object) -> Passage:
    """Return a passage that starts at character 1,000 of its document."""
    values: dict[str, object] = {
        "id": "d1:00000",
        "document_id": "d1",
        "ordinal": 0,
        "section": ("第一章 总则", "第二节 发展目标"),
        "kind": PassageKind.TEXT,
        "text": text,
        "page": None,
        "start": 1000,
        "end": 1000 + len(text),
    }
    return Passage(**{**values, **fields})  # type: ignore[arg-type]


def citation(text: str, quote: str, number: int = 1, **fields: object) -> Citation:
    """Return a citation of a quote in a passage."""
    place = text.index(quote) + 1000
    values: dict[str, object] = {
        "number": number,
        "passage": passage(text),
        "document": document(),
        "quote": quote,
        "start": place,
        "end": place + len(quote),
        "standing": Status.IN_FORCE,
        "label": "《青屿市绿色港口发展办法》第一章第二节",
    }
    return Citation(**{**values, **fields})  # type: ignore[arg-type]


def answer(text: str, *citations: Citation, refused: bool = False, notices: tuple[str, ...] = ()) -> Answer:
    """Return an answer to some question."""
    return Answer(
        "问",
        "问",
        text,
        citations,
        Certainty.NONE if refused else Certainty.SURE,
        "extractive",
        notices,
        0.01,
    )
