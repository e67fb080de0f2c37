"""What is asked of each side of a comparison by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.question import AnswerKind, Question, kind_of, unasked, years_of
from assistant.understanding.names import Mention
from assistant.understanding.wording import official_wording
from vectorstore.segmentation import fold

_HOW_MUCH = "是多少"
# Words that hold the sides against each other; of a single one they ask nothing.
_COMPARING = re.compile(
    r"(?:比较|对比|对照)(?:一下)?|相比(?:之下|较)?|[两二三四几][地者家](?!(?:以|左))|之间|各自|分别|各(?=[是有为自怎如达多])|"
    r"(?:哪|谁)(?:一?[边个家方地处])?的?|更|(?:存在|有)?(?:什么|何|哪些|多大)?的?(?:不同|区别|差异|差别|差距|变化|异同)|"
    r"(?:要?怎么|如何)变|能(?:直接)?比|一致|矛盾|(?:情况)?(?:如何|怎么?样)(?=[?]|$)|(?<!多)[高多大快低少小强](?=[?吗呢]|$)"
)
_MEASURED = re.compile(
    r"规模|[产总]值|数量|总[数量额]|增速|增长率|比[例重]|占比|金额|面积|投资|收入|税收|营收|利润|[家户人业届次件项台套张处座]数(?![字据智])|"
    r"寿命|率(?!先|领)|多少|更[高多大快低少]|(?:哪[边个家]|谁).{0,12}[高多大快低少]"
)
_MONEY = re.compile(r"产业.{0,4}规模|规模目标|[产总]值|营收|收入|税收|利润|投资|金额")
_SHARE = re.compile(r"增[速长幅]|占比|比[例重]|率")
_UNIT = re.compile(r"([届次件项台套张处座])数(?:量)?$")
# The unit of a count is no word to search for.
_UNIT_ASKED = re.compile(r"多少[家个名项条种届所座位]")
_HOUSES = frozenset({"企业", "公司", "机构", "医院", "单位", "园区"})
_COUNTED = re.compile(
    rf"({'|'.join(sorted(_HOUSES))}|项目|平台|基地|中心|标准)(?:的)?(?:总?数量?|数目|总数)(?![字据智])"
)
_GROWTH = re.compile(r"(?:年均|平均)?(?:增速|增长率|增幅|增长)")


def asked_alone(question: Question, text: str, mentions: Sequence[Mention] = ()) -> Question:
    """Return what is asked where the words that compare are left out of a folded text."""
    measured = _MEASURED.search(fold(question.query)) is not None
    bare = _COMPARING.sub("", text).strip(" ,，。?!;")
    kind = kind_of(text)
    if measured and kind in (AnswerKind.COMPARISON, AnswerKind.FACT, AnswerKind.LIST):
        bare, kind = _how_many(bare), AnswerKind.NUMBER
    elif kind is AnswerKind.NUMBER and bare.endswith(_HOW_MUCH):
        bare = _how_many(bare.removesuffix(_HOW_MUCH))
    elif kind is AnswerKind.COMPARISON:
        kind = AnswerKind.FACT
    years = years_of(bare)
    # Whose documents are searched tells the place already.
    search = unasked(_UNIT_ASKED.sub("多少", _without_names(bare, mentions)))
    return replace(
        question,
        query=bare,
        search=search or bare,
        wording=official_wording(bare),
        kind=kind,
        years=years,
        firm_years=tuple(year for year in years if year in question.firm_years),
        mentions=tuple(
            replace(mention, start=bare.find(mention.text), end=bare.find(mention.text) + len(mention.text))
            for mention in mentions
            if mention.text in bare
        ),
        parts=(bare,),
    )


def _without_names(text: str, mentions: Sequence[Mention]) -> str:
    for mention in mentions:
        text = text.replace(mention.text, "", 1)
    return text


def _how_many(bare: str) -> str:
    """Return the question for a measure: how many where things are counted, else how much."""
    unit = _UNIT.search(bare)
    if unit:
        return f"{bare[: unit.start()]}有多少{unit[1]}"
    counted = _COUNTED.search(bare)
    if counted is None:
        money = _MONEY.search(bare) and not _SHARE.search(bare)
        return f"{bare}{_HOW_MUCH}{'元' if money else ''}"
    return f"{bare[: counted.end(1)]}{bare[counted.end() :]}有多少{'家' if counted[1] in _HOUSES else '个'}"


def without_growth(question: Question) -> Question | None:
    """Return the question for the figures that growth is computed from, or None where none is asked."""
    text = _GROWTH.sub("", question.query)
    return None if text == question.query else asked_alone(question, text, question.mentions)
