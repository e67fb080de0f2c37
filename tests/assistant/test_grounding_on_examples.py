"""The example documents as their own proof: what they say holds, what is changed in it does not."""

from collections.abc import Iterator

from assistant.grounding import ground
from assistant.proof.statements import statements
from assistant.types import Hit, Verdict
from vectorstore.library import PolicyLibrary
from vectorstore.quantities import Quantity, quantities

UNITS = {"亿元": "万元", "%": "个百分点", "万亩": "亩", "家": "万家", "人": "万人", "公里": "米"}
ENOUGH = 0.95


def said(library: PolicyLibrary) -> Iterator[tuple[str, Hit]]:
    """Yield every sentence of every passage with its passage."""
    for passage in library.passages():
        hit = Hit(passage, library.document(passage.document_id), 1.0)
        for statement in statements(passage.text):
            yield statement.text, hit


def with_other_digit(sentence: str, quantity: Quantity) -> str:
    at = next((place for place in range(quantity.start, quantity.end) if sentence[place].isdigit()), None)
    if at is None:
        return sentence
    return sentence[:at] + str(int(sentence[at]) % 9 + 1) + sentence[at + 1 :]


def with_other_unit(sentence: str, quantity: Quantity) -> str:
    for unit, other in UNITS.items():
        if quantity.text.endswith(unit):
            return sentence[: quantity.end - len(unit)] + other + sentence[quantity.end :]
    return sentence


def test_every_verbatim_sentence_holds(example_library: PolicyLibrary) -> None:
    rejected = [sentence for sentence, hit in said(example_library) if ground(sentence, [hit]).reason]
    assert rejected == []


def test_changed_figures_years_and_units_are_found_out(example_library: PolicyLibrary) -> None:
    changed = found_out = 0
    for sentence, hit in said(example_library):
        for quantity in quantities(sentence):
            for other in (with_other_digit(sentence, quantity), with_other_unit(sentence, quantity)):
                if other not in hit.passage.text:
                    changed += 1
                    found_out += ground(other, [hit]).verdict is not Verdict.SUPPORTED
    assert changed > 300
    assert found_out >= ENOUGH * changed
