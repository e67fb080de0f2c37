"""Questions about a document itself: is it in force, what period, who issued it, when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.citations import quote_of, title_without_years
from assistant.drafting.ending import endings
from assistant.drafting.finding import Finding as Finding
from assistant.drafting.finding import proof, validity_quote
from assistant.drafting.particulars import particulars
from assistant.question import Question, years_of
from assistant.selecting.sentences import split_sentences
from assistant.types import Hit
from assistant.understanding.document_questions import (
    DATE,
    EFFECTIVE,
    ISSUER,
    NUMBER,
    PERIOD,
    STANDING,
    WHICH,
)
from assistant.understanding.endings import span_asked
from assistant.understanding.names import distinct_places
from vectorstore.languages.language import answer_line
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens
from vectorstore.types import PolicyDocument, Status

# 自本办法施行之日起停止执行 tells when another one ends.
_APPLIES = (
    re.compile(r"自.{0,24}[起日](?:正式|开始)?(?:施行|实施|生效|执行|试行)"),
    re.compile(r"有效期限?(?:[至为到自]|\d)"),
)
_PERIOD = "规划期"
# What these say weighs more than any stated validity.
_OTHERWISE = (Status.DRAFT, Status.SUPERSEDED, Status.NOT_POLICY)
_MOST = 12
_STANDINGS = {
    "over": frozenset({Status.EXPIRED, Status.SUPERSEDED}),
    "repealed": frozenset({Status.SUPERSEDED}),
    "draft": frozenset({Status.DRAFT}),
    "valid": frozenset({Status.IN_FORCE}),
    "news": frozenset({Status.NOT_POLICY}),
}
_PROOFS: dict[Status, re.Pattern[str]] = {
    Status.DRAFT: re.compile(r"征求意见|草案|意见稿"),
    Status.NOT_POLICY: re.compile(r"^文[/／]|作者|记者|来源|來源|发布时间|發布時間|撰文|通讯员"),
}


def findings(
    library: PolicyLibrary,
    question: Question,
    hits: Sequence[Hit],
    today: date,
    allowed: frozenset[str] | None = None,
) -> tuple[Finding, ...]:
    """Answer a question about the standing, period, issuer or date of documents.

    Args:
        library: the policy library.
        question: what is asked.
        hits: passages found for it, best first; they tell which document is meant where it is not named.
        today: the day on which a period has ended or not.
        allowed: ids of the documents that may be told of; None is all.

    Returns:
        One finding for each thing that the meant document says; empty where it does not say it.
    """
    span = span_asked(fold(question.query), today)
    if span is not None:
        return endings(library, question, span, today, allowed)[:_MOST]
    asked = [_STANDINGS[match.lastgroup or ""] for match in WHICH.finditer(fold(question.query))]
    if asked:
        everything = _all_of(library, frozenset().union(*asked), today)
        return tuple(one for one in everything if allowed is None or one.quote.document.id in allowed)[:_MOST]
    folded = fold(question.query)
    titled = [match.start() for match in re.finditer("《", folded)]
    if any(not any(name.start <= at < name.end for name in question.mentions) for at in titled):
        return ()
    near = {hit.document.id for hit in hits} | library.score_documents(question.search).keys()
    near |= {identity for mention in question.mentions for identity in mention.documents}
    near = near if allowed is None else near & allowed
    candidates = [document for document in library.documents() if document.id in near]
    places = distinct_places(question.mentions)
    # Asked of several, each is told of.
    scopes = [place.documents for place in places] if len(places) > 1 else [frozenset(near)]
    found: list[Finding] = []
    for scope in scopes:
        own = [document for document in candidates if document.id in scope]
        document = _meant(own, question, hits, today)
        if document is not None:
            found.extend(_told_of(library, document, folded, today))
    return tuple(found)


def _told_of(
    library: PolicyLibrary, document: PolicyDocument, folded: str, today: date
) -> tuple[Finding, ...]:
    """Return what a document says of itself to a folded question, all that is asked of it."""
    others = (PERIOD, ISSUER, DATE, NUMBER, EFFECTIVE)
    only_standing = not any(pattern.search(folded) for pattern in others)
    statements: list[tuple[str, re.Pattern[str]]] = []
    # A plan's own period says more than the day from which it applies.
    stated = document.validity is not None and (document.validity.limited or document.period.end is None)
    applies = stated and document.standing(today) not in _OTHERWISE
    found: list[Finding] = []
    if applies and (only_standing or STANDING.search(folded) or PERIOD.search(folded)):
        standing = document.standing_label(today)
        reason = answer_line(f"{standing}。") + document.standing_reason(today)
        found.append(Finding(reason, validity_quote(library, document)))
    elif only_standing or STANDING.search(folded):
        statements.extend(_standing(document, today))
    if not applies and (only_standing or PERIOD.search(folded)):
        statements.extend(_period(document))
    statements.extend(particulars(library, document, folded))
    for statement, pattern in statements:
        quote = proof(library, document, pattern, statement)
        # The period's end is told only where both its ends cannot be proven.
        told = any(finding.statement.startswith(_PERIOD) for finding in found)
        if quote is not None and not (told and statement.startswith(_PERIOD)):
            found.append(Finding(statement, quote))
    if EFFECTIVE.search(folded):
        found.extend(_taking_effect(library, document, "" if found else "："))
    title = title_without_years(document)
    named = [
        replace(finding, statement=answer_line(f"《{title}》{finding.statement}")) if at == 0 else finding
        for at, finding in enumerate(found)
    ]
    return (*named, *(_successor(library, document) if found else ()))


def _taking_effect(library: PolicyLibrary, document: PolicyDocument, lead: str) -> Iterable[Finding]:
    """Return the sentence from which day and until when a document applies; the last one that says so."""
    passages = library.passages(document.id)
    sentences = [sentence for passage in passages for sentence in split_sentences(passage)]
    for pattern in _APPLIES:
        applying = [sentence for sentence in sentences if pattern.search(fold(sentence.text))]
        if applying:
            return [Finding(f"{lead}{applying[-1].text}", quote_of(library, applying[-1], document))]
    return []


def _successor(library: PolicyLibrary, document: PolicyDocument) -> Iterable[Finding]:
    """Return which document has taken a replaced one's place, with its number."""
    successor = next((one for one in library.documents() if one.id == document.superseded_by), None)
    if successor is not None:
        number = successor.document_number
        quote = proof(library, successor, re.compile(re.escape(number or successor.title[:4])), "")
        if quote is not None:
            title = title_without_years(successor)
            told = (
                answer_line(f"现行文件为《{title}》（{number}）。")
                if number
                else answer_line(f"现行文件为《{title}》。")
            )
            yield Finding(told, quote)


def _all_of(library: PolicyLibrary, wanted: frozenset[Status], today: date) -> tuple[Finding, ...]:
    """Return a finding for each document of the wanted standings."""
    found: list[Finding] = []
    for document in library.documents():
        if document.standing(today) in wanted:
            statement, pattern = next(iter(_standing(document, today)))
            quote = proof(library, document, pattern, statement)
            if quote is not None:
                title = title_without_years(document)
                standing = document.standing(today).label
                found.append(Finding(answer_line(f"《{title}》：{standing}。"), quote))
    return tuple(found)


@answer_line
def _standing(document: PolicyDocument, today: date) -> Iterable[tuple[str, re.Pattern[str]]]:
    standing = document.standing(today)
    anything = re.compile(re.escape(document.title[:4]) if document.title else ".")
    if standing is Status.DRAFT:
        yield "是征求意见稿，尚未正式印发，不宜作为现行政策引用。", _PROOFS[Status.DRAFT]
    elif standing is Status.EXPIRED:
        yield "的规划期已届满，不宜再作为现行政策引用，仅供参考。", anything
    elif standing is Status.NOT_POLICY:
        yield "是新闻报道或署名文章，不是政策文件，不宜作为政策依据引用。", _PROOFS[Status.NOT_POLICY]
    elif standing is Status.SUPERSEDED:
        yield "已被新的文件废止或替代，不应再引用。", anything
    elif standing is Status.IN_FORCE:
        yield "现行有效。", anything
    else:
        yield "未载明有效期。", anything


def _period(document: PolicyDocument) -> Iterable[tuple[str, re.Pattern[str]]]:
    start, end = document.period.start, document.period.end
    if start and end:
        told = answer_line(f"规划期为{start}年至{end}年。")
        # The sentence that lays the period down proves it better than years in a title.
        yield told, re.compile(rf"(?=.*(?:规划|实施|行动|计划)期)(?=.*{start})(?=.*{end})")
        yield told, re.compile(rf"(?=.*{start})(?=.*{end})")
    if end:
        yield answer_line(f"规划期至{end}年。"), re.compile(rf"{end}\s*年")


def _meant(
    documents: Sequence[PolicyDocument], question: Question, hits: Sequence[Hit], today: date
) -> PolicyDocument | None:
    """Return the document that a question means: the one it names, or whose title its words fit best."""
    named = [mention.documents for mention in question.mentions]
    wanted = frozenset(tokens(question.search))
    years = set(question.years)
    rank = {hit.document.id: -at for at, hit in reversed(list(enumerate(hits)))}

    def fit(document: PolicyDocument) -> tuple[int, int, bool, bool, int]:
        naming = sum(document.id in ids for ids in named)
        shared = len(wanted & frozenset(tokens(document.title)))
        dated = bool(
            years & set(years_of(f"{document.document_number} {document.source} {document.issued_on}"))
        )
        lasting = document.standing(today) is not Status.SUPERSEDED
        return naming, shared, dated, lasting, rank.get(document.id, -len(hits))

    return max(documents, key=fit, default=None)
