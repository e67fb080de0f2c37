"""All that a document states, read from its passages and tables."""

from __future__ import annotations

from ingest.facts.indicator_tables import indicators_in_tables
from ingest.facts.sentences import indicators_in_sentences
from vectorstore.facts import FactReading
from vectorstore.types import ParsedDocument

_READERS = (indicators_in_tables, indicators_in_sentences)


def read_facts(parsed: ParsedDocument) -> FactReading:
    """Read what a document states; where that fails, the document is worth having without it.

    Args:
        parsed: the document with its passages and tables.

    Returns:
        The facts in the order of the text, or the reason there are none.
    """
    try:
        found = [fact for reader in _READERS for fact in reader(parsed)]
    except Exception as error:
        return FactReading(problem=f"提取事实时出错（{type(error).__name__}），其余内容不受影响")
    return FactReading(tuple(sorted(found, key=lambda fact: (fact.end, fact.start))))
