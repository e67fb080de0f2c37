"""Whether a sentence stands in the passages it cites: its figures, names, titles, negations and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.proof.clauses import clause_faults
from assistant.proof.faults import Fault
from assistant.proof.figures import figure_faults
from assistant.proof.opposites import opposite_faults
from assistant.proof.particulars import missing_particulars
from assistant.proof.quantities import quantities
from assistant.proof.ranges import range_faults
from assistant.proof.remarks import without_remarks
from assistant.proof.sources import Source, source_of
from assistant.proof.units import COUNT
from assistant.types import Hit, Verdict
from vectorstore.segmentation import fold, words

_BLANK = re.compile(r"\s")
_HAN_WORD = re.compile("[一-鿿]{2,}")
_HAN = re.compile("[一-鿿]")
_LETTERS = re.compile(r"[^\W\d_一-鿿]+")
_FOREIGN = 0.6
_FEW = 4


@dataclass(frozen=True, slots=True)
class Grounding:
    """The verdict on a sentence.

    Attributes:
        verdict: what the cited passages say.
        reason: one Chinese line where they do not bear it out, else "".
    """

    verdict: Verdict
    reason: str = ""


def ground(statement: str, hits: Sequence[Hit]) -> Grounding:
    """Hold a sentence against the passages it cites.

    Args:
        statement: one sentence without its marks; what it says of the passages themselves is left aside.
        hits: the cited passages with their documents.

    Returns:
        Supported where every figure, name and title stands in a cited passage or its surroundings and the
        words are its words; contradicted where a passage says otherwise; else unsupported.
    """
    if not hits:
        return Grounding(Verdict.UNSUPPORTED, "这句话没有注明出处")
    return _judged(list(_faults(without_remarks(statement), [source_of(hit) for hit in hits])))


def ground_lead_in(statement: str, hits: Sequence[Hit]) -> Grounding:
    """Hold the words that lead in a list against passages: their figures, but for how many things follow."""
    plain = statement
    for quantity in quantities(statement):
        if quantity.kind == COUNT:
            blank = " " * len(quantity.text)
            plain = plain[: quantity.start] + blank + plain[quantity.end :]
    return _judged(list(figure_faults(plain, [source_of(hit) for hit in hits])))


def _judged(faults: Sequence[Fault]) -> Grounding:
    worst = next((fault for fault in faults if fault.contradicted), faults[0] if faults else None)
    if worst is None:
        return Grounding(Verdict.SUPPORTED)
    verdict = Verdict.CONTRADICTED if worst.contradicted else Verdict.UNSUPPORTED
    return Grounding(verdict, worst.reason)


def _faults(statement: str, sources: Sequence[Source]) -> Iterator[Fault]:
    said = _BLANK.sub("", fold("".join(source.text + source.context for source in sources)))
    around = _BLANK.sub("", fold("".join(source.context for source in sources)))
    plain = fold(statement)
    foreign = [letters for letters in _LETTERS.findall(plain) if letters not in said]
    if sum(map(len, foreign)) > len(_HAN.findall(plain)):
        yield Fault("这句话不是中文，无法核对")
        return
    yield from figure_faults(statement, sources)
    yield from range_faults(statement, sources)
    for missing in missing_particulars(plain, said, around):
        yield Fault(f"引用的资料中没有{missing if missing.startswith('《') else f'“{missing}”'}")
    yield from opposite_faults(plain, said)
    yield from clause_faults(plain, sources)
    spoken = [word for word in words(plain) if _HAN_WORD.fullmatch(word)]
    unheard = [word for word in spoken if word not in said]
    if len(unheard) >= _FEW and len(unheard) > _FOREIGN * len(spoken):
        yield Fault("引用的资料说的不是这件事")
