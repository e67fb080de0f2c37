"""Which documents speak of something, each with the words that show it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from assistant.citations import quote_of, title_without_years
from assistant.drafting.sides import Side
from assistant.question import AnswerKind, Question, unasked
from assistant.retriever import term_weights
from assistant.selecting.sentences import Sentence, clip, split_sentences
from assistant.understanding.names import plan_name
from vectorstore.library import PolicyLibrary
from vectorstore.segmentation import fold, tokens
from vectorstore.types import Passage, PolicyDocument

_MOST_DOCUMENTS, _PASSAGES_A_DOCUMENT = 24, 4
_CHARS, _FEWEST_CHARS, _MOST_CHARS = 560, 40, 100
_SPEAKS_OF_IT, _FEWEST_OF_A_NAME = 0.8, 2
_SAYS = r"(?:提到|提及|谈到|谈及|讲到|讲了|说到|说了|写到|写了|写明|涉及|论及|载明|规定|出现|包含|有关|关于)"
_MENTIONED = re.compile(
    rf"{_SAYS}过?了?(?P<after>[^,，。?？]*)|(?P<before>[^,，。?？]*?)(?:在|被|于).{{0,6}}哪"
)
# What stands before and after a thing's name without being part of it.
_AROUND = re.compile(r"^(?:请问|关于|到|过|了|的)+|(?:的?(?:内容|表述|说法|情况|方面)|过|了|吗|呢)+$")
_ABOUT_DOCUMENTS = re.compile(
    rf"现有|这|几[份个篇]|哪[些几]?[份个篇部]?|资料|文件|文档|规划|政策|有|里面?|中|都|也|{_SAYS}|过|了|"
    r"的?(?:内容|表述|说法)"
)


def asks_which_mention(question: Question) -> bool:
    """Return whether a question asks which documents speak of something."""
    return re.search(_SAYS, fold(question.query)) is not None


def mentioning(library: PolicyLibrary, question: Question) -> tuple[Side, ...]:
    """Answer which documents speak of something.

    Args:
        library: the policy library.
        question: what is asked.

    Returns:
        A side for each document that says the thing's name, or else nearly all of its words.
    """
    thing = _thing(question)
    if len(thing) < _FEWEST_OF_A_NAME:
        return ()
    subject = replace(question, search=thing, wording="", kind=AnswerKind.FACT, mentions=())
    weights = term_weights(library, subject)
    total = sum(weights.values()) or 1.0

    def worth(text: str) -> tuple[bool, float, bool]:
        share = sum(weights[token] for token in weights.keys() & set(tokens(text))) / total
        return thing in fold(text), share, text[-1:] in "。；！"

    found: list[Sentence] = []
    for passages in _by_document(library, thing).values():
        sentences = [sentence for passage in passages for sentence in split_sentences(passage)]
        best = max(sentences, key=lambda sentence: worth(sentence.text), default=None)
        if best is not None and (worth(best.text)[0] or worth(best.text)[1] >= _SPEAKS_OF_IT):
            found.append(best)
    room = max(_FEWEST_CHARS, min(_MOST_CHARS, _CHARS // max(1, len(found)) - _FEWEST_CHARS))
    values = {**weights, thing: total}

    def features(clause: str) -> frozenset[str]:
        return frozenset([*tokens(clause), *([thing] if thing in fold(clause) else [])])

    sides = []
    for sentence in found:
        document = library.document(sentence.passage.document_id)
        quote = quote_of(library, clip(sentence, features, values, room, fullest=True), document)
        sides.append(Side(_name(document), frozenset({document.id}), subject, (quote,)))
    return tuple(sorted(sides, key=lambda side: side.quotes[0].document.source))


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
    thing = _AROUND.sub("", unasked(named)).strip(" ,，")
    return thing or _ABOUT_DOCUMENTS.sub(" ", question.search).strip()


def _by_document(library: PolicyLibrary, thing: str) -> dict[str, list[Passage]]:
    documents = library.score_documents(thing, _MOST_DOCUMENTS)
    hits = library.search_keywords(thing, _MOST_DOCUMENTS * _PASSAGES_A_DOCUMENT, documents.keys())
    grouped: dict[str, list[Passage]] = defaultdict(list)
    for passage in library.load([hit.passage_id for hit in hits]):
        if len(grouped[passage.document_id]) < _PASSAGES_A_DOCUMENT:
            grouped[passage.document_id].append(passage)
    return grouped
