"""The figures of one sentence: of what and of when each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.facts.counted import counted, parted
from ingest.facts.figures import Figure, figures_in, joined
from ingest.facts.growth import falls, growth_in, is_cut, rises, span_of
from ingest.facts.lines import Sentence
from ingest.facts.names import Name, name_in
from ingest.facts.periods import Time, times_in, without_times
from ingest.facts.row_names import names_in_row
from ingest.facts.telling import is_passing, telling
from ingest.facts.value_kinds import value_kind
from ingest.facts.whole_country import is_of_country, without_attribution
from vectorstore.facts import Fact, Indicator
from vectorstore.named_regions import region_meant
from vectorstore.types import PolicyDocument
from vectorstore.units import COUNT, SHARE

_BREAK = re.compile(r"[，,；;：:。！？]")
_TAIL = re.compile(
    r"\s*(?:$|[，,；;。、：:（()）！？!?”\"]|大关|关口|(?:和|与|及|以及|并|且)|的?(?:目标|水平|规模)?\s*$|"
    r"(?:提高|提升|增长|增加|上升|下降|降低|减少|扩大|压缩|缩短|发展|增|升|降)\S{0,2}?[到至])"
)
_SHARE = re.compile(r"占(?!地)|比重|占比|份额")
_RANK = re.compile(r"(?:第|前|列)\s*$")
_NO_MEASURE = frozenset("强级届期大步环核带轴片点星字轮块面组类层")
# 到2030年，…. What follows in its paragraph is of that year too.
_OPENS = re.compile(
    r"\W*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．])?(?:力争|预计|争取)?(?:到|至|截至)?"
)
_TRADE = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(?P<words>[㐀-鿿]{2,12}产业)(?=重点|依托|以|围绕|聚焦|坚持|[，,])"
)
# 班额不超过45人: a rule, and no figure of the year that the sentence before names.
_NORM = re.compile(r"(?:不得?超过|不得)\s*$")
# 占全市的比重: of what, the clause before says; so it does of a bare sum.
_PART = re.compile("占(?!地)")
_SUMS = frozenset(("总量", "总额", "总规模", "规模", "总数"))


@dataclass(frozen=True, slots=True)
class _Said:
    """What was read last in a sentence: a name and where it stands."""

    name: Name
    start: int
    end: int = 0


class SentenceReader:
    """Reads one sentence.

    Args:
        sentence: the sentence.
        document: it is of.
        lead: the time that the line above gives to the list that it opens.
        topic: what its paragraph is about, where that opens with a title.
    """

    def __init__(self, sentence: Sentence, document: PolicyDocument, lead: Time | None, topic: str) -> None:
        self.sentence = sentence
        self.text = sentence.text
        self.document = document
        self.lead = lead
        self.topic = topic
        self.times = times_in(self.text, document, sentence.passage.section)
        self.untimed = ""
        self.row: list[Name] = []
        self.levels: list[Name] = []

    @property
    def opening(self) -> Time | None:
        """The time that the sentence opens with: those behind it in its paragraph are of it too."""
        first = self.times[0] if self.times else None
        opens = first and not first.own and first.until is None and _OPENS.fullmatch(self.text[: first.start])
        return replace(first, start=0, end=0) if first and opens and len(self.times) == 1 else None

    def facts(self) -> Iterator[Fact]:
        """Yield the facts of the sentence."""
        if not (self.times or self.lead):
            return
        self.untimed = without_times(self.text)
        subject: _Said | None = None
        before = 0
        for series in joined(figures_in(self.text), self.text):
            for figure, said, growth in self._named(series, subject, before):
                if said and is_passing(said.name.written):
                    continue
                subject = said
                if said is None:
                    continue
                fact = self._fact(figure, said, growth)
                if fact:
                    yield fact
                before = figure.end

    def _named(
        self, series: list[Figure], subject: _Said | None, before: int
    ) -> Iterator[tuple[Figure, _Said | None, bool]]:
        """Yield the figures of a series with what each is of, and whether it tells growth.

        What a figure is of may be unread; then what follows is not of the one before it.
        """
        start, words = self._clause(series[0], before)
        if len(series) > 1 and "分别" in words:
            yield from self._in_row(series, start, words)
            return
        if len(series) > 1 and len(series) == len(self.row) and rises(words):
            # 分别由A、B上升到C、D.
            yield from ((one, _Said(name, start), False) for one, name in zip(series, self.row, strict=True))
            return
        for place, figure in enumerate(series):
            if place:
                start, words = self._clause(figure, series[place - 1].end)
            if (
                (figure.unit[-1:] in _NO_MEASURE and figure.kind == COUNT)
                or _RANK.search(self.text[: figure.start])
                or not figure.unit
            ):
                continue
            subject, growth = self._subject(figure, start, words, subject)
            if subject and not growth:
                self.levels.append(subject.name)
            yield figure, subject, growth

    def _in_row(
        self, series: list[Figure], start: int, words: str
    ) -> Iterator[tuple[Figure, _Said | None, bool]]:
        """Yield the figures behind 分别 with the names in front of it, or those of the figures before."""
        grown = growth_in(words, series[0])
        if grown and name_in(words[: grown.start()]) is None:
            names = self.row if len(self.row) == len(series) else self.levels[-len(series) :]
        else:
            names = self.row = names_in_row(words, len(series))
        if len(names) == len(series):
            for figure, name in zip(series, names, strict=True):
                yield figure, _Said(name, start), bool(grown)

    def _subject(
        self, figure: Figure, start: int, words: str, subject: _Said | None
    ) -> tuple[_Said | None, bool]:
        tail = self.text[figure.end :]
        in_digits = self.text[figure.start].isdigit()
        if not _TAIL.match(tail) and not (in_digits and parted(figure, words, tail)):
            found = counted(figure, words, tail, follows=bool(self.times or self.levels))
            return (_Said(found.name, start, figure.end + found.end), False) if found else (None, False)
        growth = growth_in(words, figure)
        name = name_in(words[: growth.start()] if growth else words)
        if not words.strip() and start and self.text[start - 1] in ":：":
            # 定价成本分别为：2020年2.03元.
            name = name_in(self._clause_before(start))
            return (_Said(name, start), False) if name and name.written else (subject, False)
        if name and _PART.match(name.written) and subject:
            return _Said(
                replace(subject.name, written=subject.name.written + name.written), subject.start
            ), False
        if name and (not name.written or name.written in _SUMS) and subject:
            # 望汀区力争达到300亿元: of what, the clause before says.
            written = subject.name.written.removeprefix("新增") if name.written else subject.name.written
            return _Said(Name(written, name.region), start), bool(growth)
        if name and figure.kind == SHARE and is_cut(name.written):
            return None, False
        if name and name.written:
            return _Said(self._added(name, start, subject), start), bool(growth)
        return subject, bool(growth)

    def _added(self, name: Name, start: int, before: _Said | None) -> Name:
        """A name in a row whose first says 新增 for all: 新增规上企业80家、上市企业6家."""
        listed = start > 0 and self.text[start - 1] in "、和与及" and before is not None
        if listed and before and before.name.region and not name.region:
            # 溪北区治理9条、长度64公里.
            name = replace(name, region=before.name.region)
        if not (listed and before and before.name.written.startswith("新增")):
            return name
        return name if name.written.startswith("新增") else replace(name, written=f"新增{name.written}")

    def _clause(self, figure: Figure, before: int) -> tuple[int, str]:
        """Where the clause of a figure begins, and its words up to the figure without years."""
        start = before
        for found in _BREAK.finditer(self.text, before, figure.start):
            if not _inside_brackets(self.text[before : found.start()]):
                start = found.end()
        opened = self.text.rfind("（", start, figure.start)
        if opened >= 0 and "）" not in self.text[opened : figure.start]:
            start = opened + 1
        if before and self.text[before : before + 1] in "、和与及" and start == before:
            start = before + 1
        return start, without_attribution(self.untimed[start : figure.start])

    def _clause_before(self, start: int) -> str:
        begin = max((found.end() for found in _BREAK.finditer(self.text, 0, start - 1)), default=0)
        return self.untimed[begin : start - 1]

    def _topic(self, figure: Figure) -> str:
        """What a figure without a name of its own is about: the trade that opens its part of the sentence."""
        begin = self.text.rfind("；", 0, figure.start) + 1
        opened = _TRADE.match(self.text, begin)
        return opened["words"] if opened else self.topic

    def _time(self, figure: Figure) -> Time | None:
        past = [time for time in self.times if time.end <= figure.start]
        if (
            past
            and past[-1].own
            and not re.search(r"[，,；;]|[到至]", self.text[past[-1].end : figure.start])
        ):
            return past[-1]
        plain = [time for time in past if not time.own and self._reaches(time, figure)]
        return plain[-1] if plain else self.lead

    def _reaches(self, time: Time, figure: Figure) -> bool:
        """Whether a time counts for a figure: a period behind a year, for its own clause alone."""
        first = self.times[0]
        if time is first or time.until is None or first.until is not None or first.own:
            return True
        return not _BREAK.search(self.text, time.end, figure.start)

    def _fact(self, figure: Figure, said: _Said, growth: bool) -> Fact | None:
        time = self._time(figure)
        if time and not self.times and _NORM.search(self.text[: figure.start]):
            return None
        written = telling(said.name.written, self.text) if time else ""
        if time is None or not written:
            return None
        name = said.name if written == said.name.written else replace(said.name, written=written)
        if not name.region and is_of_country(self.text, figure.start, self.document.region):
            name = replace(name, region="全国")
        clause_start, words = self._clause(figure, 0)
        begin = min(said.start, clause_start)
        inside = time in self.times
        if inside:
            begin = min(begin, time.start)
        clauses = self.text[max(self.text.rfind("；", 0, figure.start), 0) : figure.start]
        share = bool(_SHARE.search(name.written)) and figure.kind == SHARE and not growth
        indicator = Indicator(
            region_meant(name.region, self.document.region),
            name.written,
            name.normal(self.sentence.passage.section, self._topic(figure)),
            time.year,
            time.until,
            value_kind(time, self.document, clauses, words, self.sentence.passage.section),
            figure.comparator,
            figure.value,
            figure.unit,
            f"-{figure.normal_value}" if growth and falls(words, figure) else figure.normal_value,
            figure.normal_unit,
            span=span_of(figure, time, name.written + words, growth=growth),
            measure="growth" if growth else "share" if share else "",
            named=name.region,
        )
        return self.sentence.fact(indicator, begin, max(figure.end, said.end))


def _inside_brackets(words: str) -> bool:
    return words.count("（") > words.count("）")
