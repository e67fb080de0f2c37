"""What a loader hands over: the pieces of a document in reading order, whatever file they came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows.

    Attributes:
        text: the heading as it reads.
        level: depth that the file itself gives (1 is the outermost), 0 where it gives none.
    """

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text or one item of a list.

    Attributes:
        text: the paragraph on one line.
        lead: its opening words where the file sets them in bold, without the closing mark.
        item: whether the file marks it as an item of a list.
        joints: places where the file breaks the line for no reason of the text, in characters.
    """

    text: str
    lead: str = ""
    item: bool = False
    joints: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table, every row with the same number of cells.

    Attributes:
        rows: cells from the first row to the last; a merged cell stands where it starts and is "" elsewhere.
        header_rows: how many of the first rows name the columns.
        inline: whether the cells stand in the source with nothing but white space between them.
        filled: the same rows with every merged cell repeated, where the file says which are merged.
    """

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1
    inline: bool = True
    filled: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote.

    Attributes:
        text: the note without its mark.
        mark: the mark it carries, such as ① or 1; "" where it was lost.
        anchor: the text in front of the place the note belongs to, where the file says which.
        at_end: whether it is an endnote.
    """

    text: str
    mark: str = ""
    anchor: str = ""
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next piece stands on the next page."""


@dataclass(frozen=True, slots=True)
class Seam:
    """Something that is not text of the document stood here in the source and was taken out."""


@dataclass(frozen=True, slots=True)
class FrameEnd:
    """The frame that the file draws round the pieces above ends here."""


Block = Heading | Paragraph | Table | Note | PageBreak | Seam | FrameEnd
