"""Outline to passages: pieces of one section that end at sentences and stay within a token budget."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.numbering import Rank, number_of
from ingest.outline import Outline, Unit
from ingest.tokens import TokenBudget, estimated_tokens
from vectorstore.types import Passage, PassageKind, passage_id

_TARGET = 450
_TARGET_SHARE = 9 / 16
_SMALL = 140
_MERGED_MAX = 510
_HEAD_MAX = 60
# Where two parts of a row meet, its words may be told in a few tokens more than each part by itself.
_JOINT = 8
_SENTENCE_END = re.compile(r"[。！？!?](?:[”’」』）)】]*)(?:[①-⑳]|\[\d{1,3}\])?|[；;]\s*|\n")
_CLAUSE_END = re.compile(r"[，,、：:]\s*")
_SINGLES = (PassageKind.TABLE_ROW, PassageKind.FOOTNOTE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the clean text that becomes one passage, alone or with its neighbours."""

    start: int
    end: int
    units: tuple[Unit, ...]

    @property
    def size(self) -> int:
        return self.end - self.start


def chunk(outline: Outline, document_id: str, budget: TokenBudget) -> tuple[Passage, ...]:
    """Cut a document into passages.

    Args:
        outline: clean text and units.
        document_id: id that the passages carry.
        budget: what no passage exceeds.

    Returns:
        Passages in document order, linked to their neighbours. Except for table rows, `text` is the clean
        text from `start` to `end`.
    """
    merged = _merge_small(outline.text, _pieces(outline, budget), budget)
    pieces = [part for piece in merged for part in _row_parts(piece, budget)]
    passages = [_passage(outline, document_id, ordinal, piece) for ordinal, piece in enumerate(pieces)]
    ids = ["", *(passage.id for passage in passages), ""]
    return tuple(
        replace(passage, previous=ids[order], next=ids[order + 2]) for order, passage in enumerate(passages)
    )


def _pieces(outline: Outline, budget: TokenBudget) -> Iterator[_Piece]:
    """Cut every section by itself; headings without a text of their own wait for the next section's."""
    waiting: list[Unit] = []
    for _, group in groupby(outline.units, key=lambda unit: unit.section):
        units = [*waiting, *group]
        waiting = []
        if all(unit.heading for unit in units):
            waiting = units
            continue
        yield from _section_pieces(outline.text, units, budget)
    while waiting:
        # Headings at the very end have nothing to wait for.
        count = next((place for place, unit in enumerate(waiting) if place and unit.parted), len(waiting))
        yield _Piece(waiting[0].start, waiting[count - 1].end, tuple(waiting[:count]))
        waiting = waiting[count:]


def _section_pieces(text: str, units: list[Unit], budget: TokenBudget) -> Iterator[_Piece]:
    target = min(_TARGET, budget.tokens * _TARGET_SHARE)
    current: list[Unit] = []
    for unit in units:
        whole = unit.end - unit.start
        if unit.kind in _SINGLES:
            yield from _close(current)
            current = []
            yield _Piece(unit.start, unit.end, (unit,))
            continue
        crowded = (
            current and unit.end - current[0].start > target and not all(other.heading for other in current)
        )
        if current and (unit.parted or crowded):
            if not all(other.heading for other in current) or not unit.parted:
                yield from _close(current)
            current = []
        start = current[0].start if current else unit.start
        if not budget.holds(text, start, unit.end):
            cuts = list(_split(text, start, unit.end, budget))
            for begin, end in cuts[:-1]:
                yield _Piece(begin, end, (unit,))
            last = cuts[-1]
            current = [replace(unit, start=last[0], end=last[1])]
            if whole:
                continue
        else:
            current.append(unit)
    yield from _close(current)


def _close(units: list[Unit]) -> Iterator[_Piece]:
    if units:
        yield _Piece(units[0].start, units[-1].end, tuple(units))


def _split(text: str, start: int, end: int, budget: TokenBudget) -> Iterator[tuple[int, int]]:
    """Cut a stretch into parts of about equal length that end at sentences and fit the budget."""
    parts = max(2, -(-estimated_tokens(text[start:end]) // (budget.tokens * 9 // 10)))
    goal = (end - start) / parts
    begin, stop = start, start
    for sentence_end in _ends(text, start, end, budget):
        if stop > begin and (not budget.holds(text, begin, sentence_end) or stop - begin >= goal * 0.95):
            yield begin, stop
            begin = stop
        stop = sentence_end
    yield begin, end


def _ends(text: str, start: int, end: int, budget: TokenBudget) -> Iterator[int]:
    """Places to cut: ends of sentences; of clauses in an endless sentence; at worst anywhere."""
    last = start
    for stop in _stops(_SENTENCE_END, text, start, end):
        if budget.holds(text, last, stop):
            yield stop
        else:
            clause = last
            for inner in _stops(_CLAUSE_END, text, last, stop):
                while not budget.holds(text, clause, inner):
                    clause += _most(text, clause, inner, budget)
                    yield clause
                clause = inner
                yield inner
        last = stop


def _most(text: str, start: int, end: int, budget: TokenBudget) -> int:
    """How many characters to take where nothing tells where to cut; rare ones are several tokens each."""
    size = min(budget.tokens // 2, end - start - 1)
    while not budget.holds(text, start, start + size):
        size //= 2
    return size


def _stops(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterable[int]:
    for found in pattern.finditer(text, start, end):
        if found.end() < end:
            yield found.end()
    yield end


def _row_parts(piece: _Piece, budget: TokenBudget) -> Iterator[_Piece]:
    """Tell a row that is beyond the budget in several parts, each led by what the row is about."""
    row = piece.units[0]
    if not row.sentence or budget.holds(row.sentence, 0, len(row.sentence)):
        yield piece
        return
    head, _, rest = row.sentence.partition("：")
    head = head[:_HEAD_MAX]
    left = replace(budget, tokens=budget.tokens - budget.count(f"{head}：") - _JOINT)
    for begin, end in _split(rest, 0, len(rest), left):
        sentence = f"{head}：{rest[begin:end].strip()}"
        yield _Piece(piece.start, piece.end, (replace(row, sentence=sentence),))


def _merge_small(text: str, pieces: Iterable[_Piece], budget: TokenBudget) -> Iterator[_Piece]:
    """Join short neighbours that stand side by side under one heading, so that no passage is a mere line."""
    held: _Piece | None = None
    for piece in pieces:
        if held and _belong_together(held, piece) and budget.holds(text, held.start, piece.end):
            held = _Piece(held.start, piece.end, held.units + piece.units)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _belong_together(first: _Piece, second: _Piece) -> bool:
    one, other = first.units[-1], second.units[0]
    if other.parted or one.kind != other.kind or one.kind in _SINGLES:
        return False
    if min(first.size, second.size) > _SMALL or second.end - first.start > _MERGED_MAX:
        return False
    if _is_article(one) or _is_article(other):
        return False
    shared = len(_shared_path(first.units + second.units))
    siblings = shared >= 1 and shared >= max(len(one.path), len(other.path)) - 1
    return siblings and not any(unit.heading for unit in second.units)


def _is_article(unit: Unit) -> bool:
    number = number_of(unit.path[-1]) if unit.path else None
    return number is not None and number.rank == Rank.ARTICLE


def _shared_path(units: tuple[Unit, ...]) -> tuple[str, ...]:
    bodies = [unit for unit in units if not unit.heading] or list(units)
    path = bodies[0].path
    for unit in bodies[1:]:
        path = tuple(one for one, other in zip(path, unit.path, strict=False) if one == other)
    return path


def _passage(outline: Outline, document_id: str, ordinal: int, piece: _Piece) -> Passage:
    first = piece.units[0]
    start, end = piece.start, piece.end
    text = first.sentence or outline.text[start:end]
    if not first.sentence:
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        text = outline.text[start:end]
    kind = first.kind
    items = [unit for unit in piece.units if not unit.heading]
    if kind == PassageKind.TEXT and items and all(unit.item for unit in items) and len(items) > 1:
        kind = PassageKind.LIST
    return Passage(
        id=passage_id(document_id, ordinal),
        document_id=document_id,
        ordinal=ordinal,
        section=_shared_path(piece.units),
        kind=kind,
        text=text,
        page=first.page,
        start=start,
        end=end,
        table=first.table,
    )
