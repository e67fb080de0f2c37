"""Indicators in running text: 2020年…达到404.79亿元，年均增长9.6%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.facts.figures import Figure, figures_in, joined
from ingest.facts.lines import Sentence
from ingest.facts.names import Name, name_in, region_meant
from ingest.facts.periods import Time, time_of_heading, times_in, without_times
from ingest.facts.row_names import names_in_row
from ingest.facts.value_kinds import value_kind
from vectorstore.facts import Fact, Indicator
from vectorstore.types import ParsedDocument, PolicyDocument
from vectorstore.units import COUNT, MONEY, MULTIPLE, PEOPLE, SHARE

_BREAK = re.compile(r"[，,；;：:。！？]")
_TAIL = re.compile(
    r"\s*(?:$|[，,；;。、：:（()）！？!?”\"]|大关|关口|(?:和|与|及|以及|并|且)|的?(?:目标|水平|规模)?\s*$|"
    r"(?:提高|提升|增长|增加|上升|下降|降低|减少|扩大|压缩|缩短|发展|增|升|降)\S{0,2}?[到至])"
)
_GROWTH = re.compile(
    r"(?:(?:比|较|同比|环比)[^，,；;]*?)?(?:年(?=增)|年均|年平均|每年|同比|累计|实际|名义)*"
    r"(?:复合)?(?:增长|增加|提高|(?<!改造)提升|上升|上涨|增产|下降|降低|减少|减产|回落|压减|缩小|下滑|净增|增幅|增速|降幅|涨幅|翻)(?:率|幅|速度?)?"
    r"(?:分别|达到|达|为|约|近|超过|超|突破|不低于|不少于|不超过|控制在|保持在|稳定在|在|了|\s)*$"
)
# 分别下降17.6%和10.0%: what is said of the first holds for all.
_IN_ROW = re.compile(r"(?:[\d.,]+\s*(?:%|‰|个百分点)?\s*[、和及与]\s*)+$")
_FALL = re.compile("下降|降低|减少|降幅|减产|回落|压减|缩小|下滑")
_TIMES_OF = re.compile(r"(?:是|为|相当于)[^，,；;]{0,12}的\s*(?:约|近)?\s*$")
_SHARE = re.compile(r"占(?!地)|比重|占比|份额")
_ANNUAL = re.compile("年均|每年|同比|逐年|年平均")
_CUMULATIVE = re.compile("累计|期间|五年")
_VERB = re.compile(
    r"(?:新增|新建|建成|建设|培育|引进|集聚|形成|拥有|打造|创建|新?获批|开通|布局|建立|推动|引育|设立|改造|完成|实施|开展|举办|整治|治理|组织|创建)$"
)
# 实现60亿元销售收入.
_EARNS = re.compile(r"(?:实现|完成|创造|达成)\s*$")
_EARNED = re.compile(
    r"\s*(?:的)?([㐀-鿿]{0,10}(?:收入|产值|投资|利润|税收|增加值|销售额|总额))(?=[，,；;。、）)]|$)"
)
# 在两谷各建设1个: not how many there are.
_EACH = re.compile(r"(?:各|每[㐀-鿿]{0,4}?)(?:至少)?(?:新?建[设成]?|设立|布局|培育|打造|形成)\s*$")
_KEPT_VERB = re.compile("新增|新建|新获批|累计")
# 压减申请材料46%: less by so much.
_CUT = re.compile("压减|削减|缩减|压缩|减少|降低")
_RISES = re.compile("(?:提高|提升|上升|增加|增长|下降|降低|减少|升|降|增)[到至]")
_RANK = re.compile(r"(?:第|前|列)\s*$")
_NO_MEASURE = frozenset("强级届期大步环核带轴片点星字轮块面组类层")
# 到2030年，…. What follows in its paragraph is of that year too.
_OPENS = re.compile(r"\W*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．])?(?:力争|预计|争取)?(?:到|至|截至)?")
# 其中，续建项目15个: of the time of the sentence before.
_GOES_ON = re.compile(r"\s*其中")
# 1. 轴承及精密传动。…: what the paragraph is about.
_TITLE = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)(?P<words>[㐀-鿿]{2,14})"
)
_TRADE = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(?P<words>[㐀-鿿]{2,12}产业)(?=重点|依托|以|围绕|聚焦|坚持|[，,])")
# 为年初预算的63.6%: how much of something, and nothing of itself.
_PASSING = re.compile("为|相当于|完成年?度?(?:目标|计划|任务|预算)|年初|与")
_ANEW = re.compile("预计|有望|力争|下一步|今后|未来|规划期")
# 高新技术企业15家 研发机构20家: a blank parts them.
_PARTED = re.compile(r"\s+(?=[㐀-鿿])")
_HOLDS_FIGURE = re.compile(r"(?<![前超过达满])\d[\d,.]*\s*万?[家个项户座处条人](?!及?以[上下]|级|性|体|类)")
# 3个国考断面水质达标率100%.
_COUNTED_FIRST = re.compile(r"^\d{1,4}[个家条座处](?=[㐀-鿿]{2,}率$)")
# 班额不超过45人: a rule, and no figure of the year that the sentence before names.
_NORM = re.compile(r"(?:不得?超过|不得)\s*$")
_FOR_EACH = re.compile("每[张户人亩辆个间套][㐀-鿿]")
_LONGEST = 40
_DIGIT = re.compile(r"\d")
# 占全市的比重: of what, the clause before says; so it does of a bare sum.
_PART = re.compile("占(?!地)")
_SUMS = frozenset(("总量", "总额", "总规模", "规模", "总数"))
# 该基金: what it is, only the sentence tells; 200亿级: so many of what, too.
_UNTOLD = re.compile(r"该|其(?!他)|此|首期|年?初?目标|(?:比|较)?[^，]{0,8}[高低快慢多少]于|比[^，]{1,10}[高低快慢多少]$|剩余|其余|调整$|[一二三四五两几]年平|[\d.,]+[万亿]?(?:元|%)(?!及?以[上下])|.*未|[\d.]+[万亿]*级?$|[^一-鿿A-Za-z]*$")
# What somebody is granted is no figure of a year, where the sentence does not say so.
_GRANTS = re.compile(r"给予|予以|奖励|资助|罚款|(?:补助|补贴(?!性))(?=\s*(?:\d|标准|[，,。；;]|$))")


@dataclass(frozen=True, slots=True)
class _Said:
    """What was read last in a sentence: a name and where it stands."""

    name: Name
    start: int
    end: int = 0


def indicators_in_sentences(parsed: ParsedDocument, sentences: Sequence[Sentence]) -> Iterator[Fact]:
    """Yield the figures that sentences state for a year or a period."""
    document = parsed.document
    lead: Time | None = None
    section: tuple[str, ...] = ()
    of_headings: dict[tuple[str, ...], Time | None] = {}
    before = last = None
    topic, opens = "", True
    for sentence in sentences:
        path = sentence.passage.section
        if path[: len(section)] != section:
            lead = None
        if opens and (titled := _TITLE.fullmatch(sentence.text)):
            topic = titled["words"]
        elif _DIGIT.search(sentence.text):
            around = lead if before is None or _ANEW.search(sentence.text) else before
            if last and _GOES_ON.match(sentence.text):
                around = last
            if around is None and not _GRANTS.search(sentence.text):
                if path not in of_headings:
                    of_headings[path] = time_of_heading(path, document)
                around = of_headings[path]
            reader = _Reader(sentence, document, around, topic)
            yield from reader.facts()
            before = reader.opening if reader.times else before
            last = reader.times[-1] if reader.times else last
        opens = sentence.closes
        if sentence.closes:
            before, last, topic = None, None, ""
        if sentence.closes and sentence.text.rstrip().endswith(("：", ":")):
            times = times_in(sentence.text, document, path)
            lead, section = (times[-1] if times else None), path


class _Reader:
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
        self.untimed = without_times(self.text)
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
        subject: _Said | None = None
        before = 0
        for series in joined(figures_in(self.text), self.text):
            for figure, said, growth in self._named(series, subject, before):
                if said and _PASSING.match(said.name.written):
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
            grown = _GROWTH.search(words)
            if grown and name_in(words[: grown.start()]) is None:
                names = self.row if len(self.row) == len(series) else self.levels[-len(series) :]
            else:
                names = self.row = names_in_row(words, len(series))
            if len(names) == len(series):
                for figure, name in zip(series, names, strict=True):
                    yield figure, _Said(name, start), bool(grown)
            return
        if len(series) > 1 and len(series) == len(self.row) and _RISES.fullmatch(words.strip()):
            # 分别由A、B上升到C、D.
            for figure, name in zip(series, self.row, strict=True):
                yield figure, _Said(name, start), False
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

    def _subject(
        self, figure: Figure, start: int, words: str, subject: _Said | None
    ) -> tuple[_Said | None, bool]:
        tail = self.text[figure.end :]
        parted = _PARTED.match(tail) and words.strip() and not _VERB.search(words.rstrip())
        if not parted and not _TAIL.match(tail):
            return self._counted(figure, start, words, tail, follows=bool(self.levels)), False
        growth = _GROWTH.search(words) or (_TIMES_OF.search(words) if figure.kind == MULTIPLE else None)
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
        if name and figure.kind == SHARE and _CUT.match(name.written):
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

    def _counted(
        self, figure: Figure, start: int, words: str, tail: str, *, follows: bool
    ) -> _Said | None:
        """What is counted, where its name stands behind the figure: 形成1家产值超50亿元的企业."""
        verb = _VERB.search(re.sub(r"(?:约|近|超过|不少于|至少|力争|累计|\s)+$", "", words))
        if figure.kind == MONEY and (earned := _EARNED.match(tail)) and _EARNS.search(words):
            return _Said(Name(earned.group(1)), start, figure.end + earned.end())
        if figure.kind not in (COUNT, PEOPLE) or figure.unit == "次" or not (verb or ((self.times or follows) and not words.strip())):
            return None
        if _EACH.search(words):
            return None
        noun = re.match(r"\s*(?:的)?(?![省市县区镇乡村](?!级))([^，,；;。、：:（）()！？]{2,30})", tail)
        if not noun:
            return None
        kept = _KEPT_VERB.search(verb.group(0)) if verb else None
        name = name_in(f"{kept.group(0) if kept else ''}{noun.group(1)}")
        return _Said(name, start, figure.end + noun.end()) if name and name.written else None

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
        words = self.untimed[start : figure.start]
        return start, words

    def _clause_before(self, start: int) -> str:
        begin = max((found.end() for found in _BREAK.finditer(self.text, 0, start - 1)), default=0)
        return self.untimed[begin : start - 1]

    def _topic(self, figure: Figure) -> str:
        """What a figure without a name of its own is about: the trade that its part of the sentence opens with."""
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
        name = said.name
        if time is None or not 2 <= len(name.written) <= _LONGEST or _UNTOLD.match(name.written):
            return None
        name = replace(name, written=_COUNTED_FIRST.sub("", name.written))
        if _HOLDS_FIGURE.search(name.written) or (_GRANTS.search(self.text) and _FOR_EACH.search(name.written)):
            return None
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
            f"-{figure.normal_value}" if growth and _falls(words, figure) else figure.normal_value,
            figure.normal_unit,
            span=_span(figure, time, name.written + words, growth=growth),
            measure="growth" if growth else "share" if share else "",
        )
        return self.sentence.fact(indicator, begin, max(figure.end, said.end))


def _falls(words: str, figure: Figure) -> bool:
    """Whether the words in front of a figure of growth say that it is one of decline."""
    told = _GROWTH.search(_IN_ROW.sub("", words))
    return bool(told and _FALL.search(told.group(0))) and figure.comparator != "range"


def _span(figure: Figure, time: Time, words: str, *, growth: bool) -> str:
    """Whether a figure is of a year or adds up over a period; a rate at its end does neither."""
    if _ANNUAL.search(words):
        return "annual"
    sums = growth or (figure.kind != SHARE and "/" not in figure.unit)
    return "cumulative" if (time.until and sums) or _CUMULATIVE.search(words) else ""


def _inside_brackets(words: str) -> bool:
    return words.count("（") > words.count("）")
