"""Which documents speak of something, each with the words that show it."""

from __future__ import annotations

import re
from collections import defaultdict

from assistant.citations import quote_of, title_without_years
from assistant.drafting.draft import Draft
from assistant.drafting.finding import Finding, listed
from assistant.drafting.inquiry import Inquiry
from assistant.question import AnswerKind, Question, unasked
from assistant.selecting.sentences import Sentence, clip, split_sentences
from assistant.understanding.names import plan_name
from vectorstore.segmentation import fold, tokens
from vectorstore.types import PolicyDocument

_MOST_DOCUMENTS, _PASSAGES_A_DOCUMENT = 24, 4
_CHARS, _FEWEST_CHARS, _MOST_CHARS = 560, 40, 100
_FEWEST_OF_A_NAME = 2
_SAYS = r"(?:提到|提及|谈到|谈及|讲到|讲了|说到|说了|写到|写了|写明|涉及|论及|载明|规定|出现|包含|有关|关于)"
_MENTIONED = re.compile(
    rf"{_SAYS}过?了?(?P<after>[^,，。?？]*)|(?P<before>[^,，。?？]*?)(?:在|被|于).{{0,6}}哪"
)
# What stands before and after a thing's name without being part of it.
_AROUND = re.compile(r"^(?:请问|关于|到|过|了|的)+|(?:的?(?:内容|表述|说法|情况|方面)|过|了|吗|呢)+$")


def mentions(inquiry: Inquiry) -> Draft | None:
    """Return which documents say the name of a thing, or all of its words; a refusal where none does."""
    if inquiry.question.kind is not AnswerKind.DOCUMENTS:
        return None
    thing = _thing(inquiry.question)
    found = _speaking(inquiry, thing) if len(thing) >= _FEWEST_OF_A_NAME else []
    room = max(_FEWEST_CHARS, min(_MOST_CHARS, _CHARS // max(1, len(found)) - _FEWEST_CHARS))

    def features(clause: str) -> frozenset[str]:
        return frozenset([thing] if thing in fold(clause) else [])

    findings = []
    for sentence in found:
        document = inquiry.library.document(sentence.passage.document_id)
        told = clip(sentence, features, {thing: 1.0}, room, fullest=True)
        quote = quote_of(inquiry.library, told, document)
        findings.append(Finding(f"{_name(document)}：{quote.text}", quote))
    findings.sort(key=lambda one: one.quote.document.source)
    return listed(findings) if findings or re.search(_SAYS, inquiry.folded) else None


def _speaking(inquiry: Inquiry, thing: str) -> list[Sentence]:
    """Return of each document the sentence that speaks of a thing; a whole one before a heading."""
    library, wanted = inquiry.library, frozenset(tokens(thing))
    documents = [one for one in library.score_documents(thing, _MOST_DOCUMENTS) if inquiry.allows(one)]
    hits = library.search_keywords(thing, _MOST_DOCUMENTS * _PASSAGES_A_DOCUMENT, documents)
    by_document: dict[str, list[Sentence]] = defaultdict(list)
    for passage in library.load([hit.passage_id for hit in hits]):
        by_document[passage.document_id] += split_sentences(passage)

    def worth(sentence: Sentence) -> tuple[bool, int, bool]:
        said = thing in fold(sentence.text)
        return said, len(wanted & set(tokens(sentence.text))), sentence.text[-1:] in "。；！"

    best = (max(sentences, key=worth) for sentences in by_document.values() if sentences)
    return [one for one in best if thing in fold(one.text) or wanted <= set(tokens(one.text))]


def _name(document: PolicyDocument) -> str:
    """Return a document's title, with what a five-year plan is called for short."""
    short = plan_name(document.title)
    return f"《{title_without_years(document)}》" + (f"（{short}）" if short else "")


def _thing(question: Question) -> str:
    """Return what the documents are asked about: what is quoted, else what stands beside the verb."""
    if question.quoted:
        return fold(question.quoted[0])
    match = _MENTIONED.search(fold(question.query))
    named = (match["after"] or match["before"] or "") if match else ""
    return _AROUND.sub("", unasked(named)).strip(" ,，")
