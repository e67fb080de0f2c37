"""Questions about a document itself: is it in force, what period, who issued it, when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.citations import quote_of, title_without_years
from assistant.drafting.draft import Draft
from assistant.drafting.ending import endings
from assistant.drafting.finding import Finding, listed, opening, proof, validity_quote
from assistant.drafting.inquiry import Inquiry
from assistant.drafting.particulars import particulars
from assistant.question import AnswerKind, years_of
from assistant.selecting.sentences import split_sentences
from assistant.understanding.document_questions import (
    DATE,
    EFFECTIVE,
    ISSUER,
    NUMBER,
    PERIOD,
    STANDING,
    UNTIL,
    WHICH,
    asks_origin,
)
from assistant.understanding.endings import span_asked
from assistant.understanding.names import distinct_places
from assistant.understanding.versions import versions_left_out
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens
from vectorstore.types import PolicyDocument, Status
from vectorstore.validity import day_in_words

# 自本办法施行之日起停止执行 tells when another one ends.
_APPLIES = (
    re.compile(r"自.{0,24}[起日](?:正式|开始)?(?:施行|实施|生效|执行|试行)"),
    re.compile(r"有效期限?(?:[至为到自]|\d)"),
)
# What these say weighs more than any stated validity.
_OTHERWISE = (Status.DRAFT, Status.SUPERSEDED, Status.NOT_POLICY)
_MOST = 12
_PLANNED = "规划期"
_STANDINGS = {
    "over": (Status.EXPIRED, Status.SUPERSEDED),
    "repealed": (Status.SUPERSEDED,),
    "draft": (Status.DRAFT,),
    "valid": (Status.IN_FORCE,),
    "news": (Status.NOT_POLICY,),
}
_PROOFS = {
    Status.DRAFT: "征求意见|草案|意见稿",
    Status.NOT_POLICY: r"^文[/／]|作者|记者|来源|來源|发布时间|發布時間|撰文|通讯员",
}


def standing(inquiry: Inquiry) -> Draft | None:
    """Return what documents say of themselves: in force, period, issuer, date."""
    if inquiry.question.kind is not AnswerKind.STATUS:
        return None
    found = findings(inquiry)
    return listed(found) if found or asks_origin(inquiry.question.untitled) else None


def findings(inquiry: Inquiry) -> list[Finding]:
    """Return a finding for each thing asked of documents that they say; none where they do not say it."""
    question, library, folded = inquiry.question, inquiry.library, inquiry.question.untitled
    span = span_asked(folded, inquiry.today)
    if span is not None:
        return endings(inquiry, span)[:_MOST]
    asked = [_STANDINGS[match.lastgroup or ""] for match in WHICH.finditer(folded)]
    documents = [document for document in library.documents() if inquiry.allows(document.id)]
    if asked:
        wanted = {standing for standings in asked for standing in standings}
        of_them = (document for document in documents if document.standing(inquiry.today) in wanted)
        return [_listed(library, document, inquiry.today) for document in of_them][:_MOST]
    titled = [match.start() for match in re.finditer("《(?=[^》]*》)", inquiry.folded)]
    if any(not any(name.start <= at < name.end for name in question.mentions) for at in titled):
        return []
    near = {hit.document.id for hit in inquiry.hits} | library.score_documents(question.search).keys()
    near |= {identity for mention in question.mentions for identity in mention.documents}
    near -= versions_left_out(library, question)
    candidates = [document for document in documents if document.id in near]
    places = distinct_places(question.mentions)
    # Asked of several, each is told of.
    scopes = [place.documents for place in places] if len(places) > 1 else [frozenset(near)]
    found: list[Finding] = []
    for scope in scopes:
        own = [document for document in candidates if document.id in scope]
        if own:
            found += _told_of(library, _meant(own, inquiry), folded, inquiry.today)
    return found


def _told_of(library: PolicyLibrary, document: PolicyDocument, folded: str, today: date) -> list[Finding]:
    """Return what a document says of itself to a folded question, all that is asked of it."""
    others = (PERIOD, ISSUER, DATE, NUMBER, EFFECTIVE, UNTIL)
    of_period = bool(PERIOD.search(folded) or UNTIL.search(folded))
    of_standing = bool(STANDING.search(folded)) or not any(pattern.search(folded) for pattern in others)
    # A plan's own period says more than the day from which it applies.
    validity, planned = document.validity, document.period.end is not None
    stated = validity is not None and (not planned or (validity.limited and _PLANNED not in folded))
    applies = stated and document.standing(today) not in _OTHERWISE
    found: list[Finding] = []
    if applies and (of_standing or of_period):
        label = document.standing_label(today)
        reason = answer_line(f"{label}。") + document.standing_reason(today)
        found.append(Finding(reason, validity_quote(library, document)))
    elif of_standing or (of_period and document.standing(today) in _OTHERWISE):
        found.append(_standing(library, document, today))
    if not applies and (of_standing or of_period):
        found += _period(library, document)
    found += particulars(library, document, folded)
    if EFFECTIVE.search(folded):
        found += _taking_effect(library, document, "" if found else "：")
    if not found:
        return []
    title = title_without_years(document)
    found[0] = replace(found[0], statement=answer_line(f"《{title}》{found[0].statement}"))
    return [*found, *_successor(library, document)]


def _taking_effect(library: PolicyLibrary, document: PolicyDocument, lead: str) -> list[Finding]:
    """Return the sentence from which day and until when a document applies; the last one that says so."""
    sentences = [one for passage in library.passages(document.id) for one in split_sentences(passage)]
    for pattern in _APPLIES:
        applying = [sentence for sentence in sentences if pattern.search(fold(sentence.text))]
        if applying:
            told = f"{lead}{applying[-1].text}{_reckoned(document, applying[-1].text)}"
            return [Finding(told, quote_of(library, applying[-1], document))]
    if document.validity and document.validity.first_day:
        told = answer_line(f"自{day_in_words(document.validity.first_day)}起施行。")
        return [Finding(f"{lead}{told}", validity_quote(library, document))]
    return []


def _reckoned(document: PolicyDocument, sentence: str) -> str:
    """Return from which day a document applies, where a sentence only says from its issue."""
    first = document.validity.first_day if document.validity else None
    day = day_in_words(first) if first else ""
    return "" if day in re.sub(r"\s", "", sentence) else answer_line(f"（即自{day}起）")


def _successor(library: PolicyLibrary, document: PolicyDocument) -> Iterator[Finding]:
    """Yield which document has taken a replaced one's place, with its number."""
    for successor in library.documents():
        if successor.id == document.superseded_by:
            title, number = title_without_years(successor), successor.document_number
            told = (
                answer_line(f"现行文件为《{title}》（{number}）。")
                if number
                else answer_line(f"现行文件为《{title}》。")
            )
            named = re.escape(number or successor.title[:4])
            yield Finding(told, proof(library, successor, named) or opening(library, successor))


def _listed(library: PolicyLibrary, document: PolicyDocument, today: date) -> Finding:
    """Return the standing of one of several documents, with its title."""
    title, label = title_without_years(document), document.standing(today).label
    found = _standing(library, document, today)
    return replace(found, statement=answer_line(f"《{title}》：{label}。"))


def _standing(library: PolicyLibrary, document: PolicyDocument, today: date) -> Finding:
    status = document.standing(today)
    pattern = _PROOFS.get(status) or re.escape(document.title[:4]) or "."
    quote = proof(library, document, pattern) or opening(library, document)
    return Finding(_worth(status), quote)


@answer_line
def _worth(status: Status) -> str:
    """Return what a standing means to who would quote a document."""
    if status is Status.DRAFT:
        return "是征求意见稿，尚未正式印发，不宜作为现行政策引用。"
    if status is Status.EXPIRED:
        return "的规划期已届满，不宜再作为现行政策引用，仅供参考。"
    if status is Status.NOT_POLICY:
        return "是新闻报道或署名文章，不是政策文件，不宜作为政策依据引用。"
    if status is Status.SUPERSEDED:
        return "已被新的文件废止或替代，不应再引用。"
    return "现行有效。" if status is Status.IN_FORCE else "未载明有效期。"


def _period(library: PolicyLibrary, document: PolicyDocument) -> list[Finding]:
    """Return the period of a plan where it can be proven, its end alone where no more can."""
    start, end = document.period.start, document.period.end
    if start and end:
        # The sentence that lays the period down proves it better than years in a title.
        both = rf"(?=.*{start})(?=.*{end})"
        quote = proof(library, document, rf"(?=.*(?:规划|实施|行动|计划)期){both}", both)
        if quote:
            return [Finding(answer_line(f"规划期为{start}年至{end}年。"), quote)]
    quote = proof(library, document, rf"{end}\s*年") if end else None
    return [Finding(answer_line(f"规划期至{end}年。"), quote)] if quote else []


def _meant(documents: list[PolicyDocument], inquiry: Inquiry) -> PolicyDocument:
    """Return the document that a question means: the one it names, or whose title its words fit best."""
    question = inquiry.question
    named = [mention.documents for mention in question.mentions]
    wanted = frozenset(tokens(question.search))
    rank = {hit.document.id: -at for at, hit in reversed(list(enumerate(inquiry.hits)))}

    def fit(document: PolicyDocument) -> tuple[int, int, bool, bool, int]:
        naming = sum(document.id in ids for ids in named)
        shared = len(wanted & frozenset(tokens(document.title)))
        days = years_of(f"{document.document_number} {document.source} {document.issued_on}")
        dated = not set(days).isdisjoint(question.years)
        lasting = document.standing(inquiry.today) is not Status.SUPERSEDED
        return naming, shared, dated, lasting, rank.get(document.id, -len(inquiry.hits))

    return max(documents, key=fit)
