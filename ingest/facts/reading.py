"""All that a document states, read from its passages and tables."""

from __future__ import annotations

from collections import defaultdict

from ingest.facts.deadlines import deadlines
from ingest.facts.indicator_tables import indicators_in_tables
from ingest.facts.lines import sentences_of
from ingest.facts.measures import measures
from ingest.facts.references import references
from ingest.facts.sentences import indicators_in_sentences
from ingest.facts.tasks import tasks
from vectorstore.facts import Fact, FactReading, Indicator
from vectorstore.languages.language import own_words
from vectorstore.types import ParsedDocument

_READERS = (indicators_in_tables, indicators_in_sentences, references, deadlines, tasks, measures)


def read_facts(parsed: ParsedDocument) -> FactReading:
    """Read what a document states; where that fails, the document is worth having without it.

    Args:
        parsed: the document with its passages and tables.

    Returns:
        The facts in the order of the text, or the reason there are none.
    """
    try:
        sentences = tuple(sentences_of(parsed))
        found = _telling([fact for reader in _READERS for fact in reader(parsed, sentences)], parsed)
    except Exception as error:
        kind = type(error).__name__
        return FactReading(problem=own_words(f"提取事实时出错（{kind}），其余内容不受影响"))
    return FactReading(tuple(sorted(dict.fromkeys(found), key=lambda fact: (fact.end, fact.start))))


def _telling(found: list[Fact], parsed: ParsedDocument) -> list[Fact]:
    """Leave out figures whose name tells too little: one section gives it other values for one time."""
    values: defaultdict[tuple[str, tuple[str, ...]], dict[Fact, str]] = defaultdict(dict)
    for fact in found:
        if isinstance(fact.statement, Indicator):
            section = parsed.passages[fact.passage].section
            values[fact.statement.claim, section][fact] = fact.statement.normal_value
    vague = {fact for those in values.values() if len({*those.values()}) > 1 for fact in those}
    return [fact for fact in found if fact not in vague]
