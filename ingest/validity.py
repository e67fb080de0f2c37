"""From which day to which a document applies, worked out of what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from ingest.dates import date_in, first_day_of, last_day_of, later
from ingest.script import simplified
from ingest.subjects import Owner
from ingest.terms import Statement, counted_in, sentence_end, sentence_start, statements_in
from vectorstore.languages.language import own_words
from vectorstore.validity import Validity, day_in_words

# How far the sentence of the first day may stand from that of the last to be shown with it, in characters.
_NEAR = 120
_YEAR = re.compile(r"[〔\[（(]?((?:19|20)\d{2})[〕\]）)年]")
_WIDE = re.compile("[０-９]")
_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def validity_of(
    text: str,
    title: str,
    issued_on: date | None,
    fields: Mapping[str, str] | None = None,
    number: str = "",
) -> Validity | None:
    """Tell from which day to which a document applies.

    Only what it says of itself counts: the validity of a licence or of another paper is passed over. A stated
    last day goes before a time to be counted, and what a publisher states beside the text before the text.

    Args:
        text: its clean text, in Simplified characters.
        title: its title.
        issued_on: the day it was issued, from which 自印发之日起 counts.
        fields: what a page's information box or a record states: effective_on, expires_on, valid_for.
        number: its document number, whose year bounds the day of issue where that is not known.

    Returns:
        The days with the words that say so; None where nothing is said of them.
    """
    plain = text.translate(_WIDTH) if _WIDE.search(text) else text
    said = statements_in(plain, Owner(simplified(title)))
    year = _YEAR.search(number)
    return _Weighing(plain, said, issued_on, fields or {}, int(year.group(1)) if year else 0).validity()


class _Weighing:
    """Weighs what was said of one document."""

    def __init__(
        self,
        text: str,
        said: tuple[Statement, ...],
        issued_on: date | None,
        fields: Mapping[str, str],
        year: int,
    ) -> None:
        self.text = text
        self.issued_on = issued_on
        self.year = year
        self.effective_on = first_day_of(fields.get("effective_on", ""))
        self.expires_on = last_day_of(fields.get("expires_on", "")) or date_in(fields.get("expires_on", ""))
        self.dated = max((one for one in said if one.last), key=_place, default=None)
        self.counted = max((one for one in said if one.is_counted), key=_place, default=None)
        self.begins = [one for one in said if one.is_beginning]
        self.valid_for = simplified(fields.get("valid_for", ""))

    def validity(self) -> Validity | None:
        """The days, by the strongest of what was said."""
        if self.expires_on:
            return self._until_field(self.expires_on)
        if self.dated and self.dated.last:
            return self._until_day(self.dated, self.dated.last)
        if self.counted:
            return self._counted(self.counted, self._span(self.counted))
        if self.valid_for and (last := last_day_of(self.valid_for.split("至")[-1])):
            return self._until_field(last)
        if self.valid_for and (counted := counted_in(self.valid_for)):
            return self._counted(counted, (0, 0))
        return self._without_end()

    def _until_field(self, last: date) -> Validity:
        first, _, begin = self._beginning(None)
        if first and first > last:
            first = None
        span = self._place_of(last) or (self._span(begin) if begin else (0, 0))
        basis = own_words(f"随文信息载明失效日期{day_in_words(last)}")
        return Validity(first, last, True, _subject(begin), basis, *span)

    def _until_day(self, said: Statement, last: date) -> Validity:
        first, basis, begin = self._beginning(said)
        span = self._joint(said, begin)
        subject = said.subject or _subject(begin)
        told = own_words(f"文中载明至{day_in_words(last)}")
        basis = own_words(f"{basis}；{told}") if basis else told
        return Validity(first if first and first <= last else None, last, True, subject, basis, *span)

    def _counted(self, said: Statement, span: tuple[int, int]) -> Validity:
        first, basis, begin = self._beginning(said)
        subject = said.subject or _subject(begin)
        if span != (0, 0):
            span = self._joint(said, begin)
        if first is None and begin is None and self.issued_on:
            first = self.issued_on
            basis = own_words(f"以成文日期{day_in_words(first)}为起算日")
        if first is None:
            return self._bounded(said, basis, subject, span)
        last = _after(first, said)
        if basis:
            basis = own_words(f"{basis}，起算{_length(said)}")
        else:
            basis = own_words(f"自{day_in_words(first)}起算{_length(said)}")
        return Validity(first, last, True, subject, basis, *span)

    def _bounded(self, said: Statement, basis: str, subject: str, span: tuple[int, int]) -> Validity:
        """What a time to be counted says without a day to count from: at most the latest that it can end."""
        reason = basis or own_words("没有起算日期")
        basis = own_words(f"有效期{_length(said)}，但{reason}")
        if not self.year:
            return Validity(None, None, True, subject, basis, *span)
        last = _after(date(self.year, 12, 31), said)
        basis = own_words(f"{basis}；文号为{self.year}年")
        return Validity(None, last, True, subject, basis, *span, latest=True)

    def _without_end(self) -> Validity | None:
        first, basis, begin = self._beginning(None)
        if begin is None and first is None:
            return None
        span = self._span(begin) if begin else (self._place_of(first) or (0, 0)) if first else (0, 0)
        return Validity(first, None, False, _subject(begin), basis, *span)

    def _beginning(self, term: Statement | None) -> tuple[date | None, str, Statement | None]:
        """The first day, how it follows, and the statement it is taken from.

        Args:
            term: the statement of the end, whose own first day or that of its sentence goes first.
        """
        own = [term] if term and term.is_beginning else []
        beside = [one for one in self.begins if term and self._is_beside(one, term)]
        chosen = next((some[-1] for some in (own, beside, self.begins) if some), None)
        if chosen is None:
            stated = self.effective_on
            told = own_words(f"随文信息载明{day_in_words(stated)}起施行") if stated else ""
            return stated, told, None
        if chosen.first:
            return (*self._delayed(chosen, chosen.first, ""), chosen)
        day = self.issued_on or self.effective_on
        if day is None:
            return None, own_words(f"文中没有日期，无法确定{chosen.issue}"), chosen
        if self.issued_on:
            told = own_words(f"以成文日期{day_in_words(day)}为{chosen.issue}")
        else:
            told = own_words(f"以随文信息载明的施行日期{day_in_words(day)}为{chosen.issue}")
        return (*self._delayed(chosen, day, told), chosen)

    def _delayed(self, said: Statement, day: date, basis: str) -> tuple[date, str]:
        if not (said.after_months or said.after_days):
            return day, basis
        length = f"{said.after_months}个月" if said.after_months else f"{said.after_days}日"
        if basis:
            basis = own_words(f"{basis}，满{length}后施行")
        else:
            basis = own_words(f"自{day_in_words(day)}，满{length}后施行")
        return later(day, months=said.after_months) + timedelta(days=said.after_days), basis

    def _is_beside(self, one: Statement, other: Statement) -> bool:
        return sentence_start(self.text, one.start) == sentence_start(self.text, other.start)

    def _joint(self, said: Statement, begin: Statement | None) -> tuple[int, int]:
        """The words that prove both days, where they stand near each other; else those of the last."""
        start, end = self._span(said)
        if begin and start - _NEAR < begin.start < start:
            start = self._span(begin)[0]
        return start, end

    def _span(self, said: Statement) -> tuple[int, int]:
        """The sentences of a statement, white space at their ends left out."""
        start = sentence_start(self.text, said.start)
        end = sentence_end(self.text, start)
        end += self.text[end : end + 1] == "。"
        words = self.text[start:end]
        return start + len(words) - len(words.lstrip()), start + len(words.rstrip())

    def _place_of(self, day: date) -> tuple[int, int] | None:
        """The line of the information box that states a day."""
        at = 0
        for line in self.text.split("\n"):
            if ("效" in line or "实施" in line or "施行" in line or "废止" in line) and date_in(line) == day:
                return at, at + len(line)
            at += len(line) + 1
        return None


def _after(first: date, said: Statement) -> date:
    """The last day of a time that begins with a day."""
    return later(first, years=said.years, months=said.months) + timedelta(days=said.days - 1)


def _place(said: Statement) -> int:
    return said.start


def _subject(said: Statement | None) -> str:
    return said.subject if said else ""


def _length(said: Statement) -> str:
    parts = ((said.years, "年"), (said.months, "个月"), (said.days, "日"))
    return "".join(f"{count}{unit}" for count, unit in parts if count)
