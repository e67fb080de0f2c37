"""A subscription and what changed in it, in the words that page, feed and terminal share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.comparing.stated import figures
from assistant.ledger.cells import LABELS, RELATIONS, in_language
from assistant.subscribing.watched import Change, Fate, Proof, Watched, WatchedFacts, WatchedQuestion
from vectorstore.facts import FactKind
from vectorstore.languages.catalogue import translated
from vectorstore.languages.language import Language, own_words
from vectorstore.ledger import FactFilter

NOTHING = own_words("没有变化")
_COUNTED = own_words(
    {
        Fate.DIFFERS: "内容变化 {count} 处",
        Fate.NEW: "新增 {count} 处",
        Fate.GONE: "不再出现 {count} 处",
        Fate.STANDING: "文件状态变化 {count} 处",
    }
)


def say(text: str, wanted: Language, **values: object) -> str:
    """Return a text in a language.

    Args:
        text: the Simplified Chinese, with {names} for what changes.
        wanted: the language.
        values: what stands for each name; it is not translated.
    """
    return translated(text, wanted).format(**values)


def subject(watched: Watched, wanted: Language) -> str:
    """Return in one line what is asked: the question, or the ledger's kind and filters."""
    if isinstance(watched, WatchedQuestion):
        return " ".join(watched.question.split())
    kind = watched.wanted.kind
    told = [say("台账", wanted), say(LABELS[kind], wanted) if kind else "", *_filters(watched.wanted, wanted)]
    return " · ".join(filter(None, told))


def limits(watched: Watched, wanted: Language) -> str:
    """Return in one line what a question is limited to; "" for nothing."""
    if isinstance(watched, WatchedFacts):
        return ""
    choice, sources = watched.choice, watched.sources
    told = [*choice.regions, *(sources if len(sources) == 1 else ())]
    if len(sources) > 1:
        told.append(say("{count} 份文件", wanted, count=len(sources)))
    if choice.in_force_only:
        told.append(say("仅现行有效", wanted))
    if choice.years:
        told.append(f"{choice.years[0]}–{choice.years[1]}")
    return " · ".join(told)


def counts(changes: Sequence[Change], wanted: Language) -> str:
    """Return how much changed, by what became of it."""
    found = Counter(one.fate for one in changes)
    told = [say(text, wanted, count=found[fate]) for fate, text in _COUNTED.items() if found[fate]]
    return ("，" if wanted is not Language.ENGLISH else ", ").join(told)


def name_of(proof: Proof, wanted: Language) -> str:
    """Return what a fact is of; "" for a quotation."""
    return " · ".join(in_language(dict(proof.name), wanted).values())


def value_of(proof: Proof, wanted: Language) -> str:
    """Return what a fact says; "" for a quotation."""
    row = in_language(dict(proof.value), wanted)
    if "数值" in row:
        remark = f"（{row['属性']}）" if "属性" in row else ""
        return f"{row.get('比较', '')}{row['数值']}{row.get('单位', '')}{remark}"
    return "；".join(f"{say(name, wanted)} {text}" for name, text in row.items())


def turns(change: Change, wanted: Language) -> tuple[tuple[str, str], ...]:
    """Return what took whose place: a fact's value, the figures and days of a quotation, or a standing.

    Args:
        change: what changed.
        wanted: the language of the assistant's own words in it.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return ()
    if change.fate is Fate.STANDING:
        return ((say(before.standing_label, wanted), say(after.standing_label, wanted)),)
    if before.key:
        values = (value_of(before, wanted), value_of(after, wanted))
        return (values,) if values[0] != values[1] else ()
    told = dict.fromkeys((old, new) for _, old, new in figures(before.quote, after.quote))
    return tuple((old, new) for old, new in told if old and new)


def document_of(proof: Proof) -> str:
    """Return what a document is called, with the headings over the place."""
    title = f"《{proof.title}》" if proof.title else proof.source
    return " › ".join((title, *proof.section))


def _filters(wanted: FactFilter, language: Language) -> Iterator[str]:
    kind = wanted.kind or FactKind.INDICATOR
    relation = RELATIONS.get(kind, {}).get(wanted.relation, "")
    told = {
        "地区": wanted.region,
        "年份": str(wanted.year or ""),
        "指标名称": wanted.name,
        "值类型": say(wanted.value_kind.label, language) if wanted.value_kind else "",
        "事项" if kind is FactKind.DEADLINE else "关系": say(relation, language) if relation else "",
        "部门或单位": wanted.body,
        "职责": say(wanted.role.label, language) if wanted.role else "",
        "原文中的词": wanted.text,
    }
    yield from (f"{say(name, language)} {text}" for name, text in told.items() if text)
    if wanted.rejected:
        yield say("含误读", language)
