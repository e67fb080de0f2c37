"""Whether a sentence stands in the passages it cites: figures to the letter, words by judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.proof.alignment import Alignment, align, evidence_of
from assistant.proof.bindings import CONTRADICTIONS, binding_features
from assistant.proof.displaced import displaced_faults
from assistant.proof.entailment import configured
from assistant.proof.explanation import explanation_of
from assistant.proof.faults import Fault
from assistant.proof.features import features
from assistant.proof.figures import figure_faults
from assistant.proof.hedges import without_hedges
from assistant.proof.judgement import fitted
from assistant.proof.lexicon import CUES, DONE, HAPPENED, OPPOSITES
from assistant.proof.measures import measure_faults
from assistant.proof.numbering import is_numbered, numbering_faults
from assistant.proof.pairings import pairing_faults
from assistant.proof.particulars import missing_particulars
from assistant.proof.places import place_faults
from assistant.proof.proper_names import proper_names
from assistant.proof.ranges import range_faults
from assistant.proof.short_names import is_known_body
from assistant.proof.sources import Source, source_of
from assistant.proof.substitutions import substitutions
from assistant.types import Hit, Verdict
from vectorstore.quantities import quantities, without_quantities
from vectorstore.segmentation import fold
from vectorstore.units import COUNT, DAY, YEAR

_BLANK = re.compile(r"\s")
_SIGN = re.compile(r"[^\w%]")
_WORD = re.compile(r"\w")
_HAN = re.compile("[一-鿿]")
_OVERSTEPPING = ("only", "needless")
_LETTERS = re.compile(r"[^\W\d_一-鿿]+")


@dataclass(frozen=True, slots=True)
class Grounding:
    """The verdict on a sentence.

    Attributes:
        verdict: what the cited passages say.
        reason: one Chinese line where they do not support it, else "".
    """

    verdict: Verdict
    reason: str = ""


def ground(statement: str, hits: Sequence[Hit]) -> Grounding:
    """Hold a sentence against the passages it cites.

    Args:
        statement: one sentence without its marks; what it says of the passages themselves is left aside.
        hits: the cited passages with their documents.

    Returns:
        Supported where every figure, number and title stands in a cited passage or its surroundings and the
        words say what it says; contradicted where a passage says otherwise; else unsupported.
    """
    if not hits:
        return Grounding(Verdict.UNSUPPORTED, "这句话没有注明出处")
    told, sources = without_hedges(statement), [source_of(hit) for hit in hits]
    faults = list(literal_faults(told, sources))
    if not faults:
        faults = [
            explanation_of(part.found)
            for part in parts_of(told, sources)
            if fitted().doubt(part.features) >= fitted().point
        ]
    return _judged(faults)


def ground_lead_in(statement: str, hits: Sequence[Hit]) -> Grounding:
    """Hold the words that lead in a list against passages: their figures, but for how many things follow."""
    plain = statement
    for quantity in quantities(statement):
        if quantity.kind == COUNT:
            blank = " " * len(quantity.text)
            plain = plain[: quantity.start] + blank + plain[quantity.end :]
    return _judged(list(figure_faults(plain, [source_of(hit) for hit in hits])))


def literal_faults(statement: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Yield what speaks against a sentence to the letter: figures, numbers, titles, quotations.

    Args:
        statement: one sentence without marks and remarks.
        sources: what it cites.
    """
    if not _WORD.search(statement):
        yield Fault("这句话没有可以核对的内容")
        return
    said = _BLANK.sub("", fold("".join(source.text + source.context for source in sources)))
    plain = fold(statement)
    foreign = [letters for letters in _LETTERS.findall(plain) if letters not in said]
    if sum(map(len, foreign)) > len(_HAN.findall(plain)):
        yield Fault("这句话不是中文，无法核对")
        return
    yield from figure_faults(statement, sources)
    yield from displaced_faults(plain, [fold(source.text) for source in sources])
    yield from measure_faults(statement, sources)
    yield from range_faults(statement, sources)
    yield from pairing_faults(statement, sources)
    yield from numbering_faults(plain, said)
    for missing in missing_particulars(plain, said):
        yield Fault(f"引用的资料中没有{missing if missing.startswith('《') else f'“{missing}”'}")
    yield from place_faults(plain, said)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence beside its sources.

    Attributes:
        text: the folded part.
        found: the part and its evidence, both without figures: those are proven by now.
        evidence: the sentences of its sources that say most of it.
        grounds: what it binds together and its sources do not, as assistant.proof.bindings names it.
    """

    text: str
    evidence: str
    found: Alignment
    grounds: Mapping[str, float]

    @property
    def turned_round(self) -> dict[str, float]:
        """By what it plainly says something else: another name, an opposite, done for aimed at."""
        said, told = self.found.plain, self.found.evidence
        changed = substitutions(said, told)
        signs = {
            "contradicts": not CONTRADICTIONS.isdisjoint(self.grounds),
            "done": DONE.search(said) is not None and not HAPPENED.search(told),
            "opposite": any(one.told_text in OPPOSITES.get(one.said_text, ()) for one in changed),
            "renames": any(one.is_swap and one.renames for one in changed),
            "oversteps": any(
                CUES[name].search(said) and not CUES[name].search(told) for name in _OVERSTEPPING
            ),
        }
        return {f"turned {name}": 1.0 for name, there in signs.items() if there}

    @property
    def features(self) -> dict[str, float]:
        """What its words are judged by."""
        proven = {"figures": bool(quantities(self.text)), "numbers": is_numbered(self.text)}
        told = {name: 1.0 for name, there in proven.items() if there}
        witness = configured()
        heard = witness.judged(self.evidence, self.text) if witness else {}
        turned = self.turned_round
        some = {"turned": 1.0} if turned else {}
        return features(self.found) | told | dict(self.grounds) | turned | some | dict(heard)


def parts_of(statement: str, sources: Sequence[Source]) -> list[Part]:
    """Lay the parts of a sentence beside its sources, but for those that a source has as they stand.

    Args:
        statement: one sentence without marks and remarks; semicolons part it.
        sources: what it cites.
    """
    texts = [fold(source.text) for source in sources]
    around = fold("".join(source.context for source in sources))
    said = "".join(texts) + around
    bare = [_SIGN.sub("", text) for text in texts]
    told = [without_quantities(text) for text in texts]
    return [
        Part(
            part,
            evidence := evidence_of(part, texts),
            align(_without_proven(part, said), told, around),
            binding_features(part, evidence, "".join(texts), around),
        )
        for part in fold(statement).split(";")
        if (words := _SIGN.sub("", part)) and not any(words in text for text in bare)
    ]


def _without_proven(part: str, said: str) -> str:
    """Return a part of a sentence without its figures and without bodies that it calls by a short name.

    What stands before a figure that the sentence works out goes with it: 年均增长约10.1%.
    """
    for name in proper_names(part):
        if name not in said and is_known_body(name, part, said):
            part = part.replace(name, "")
    for quantity in reversed(quantities(part)):
        if quantity.text not in said and quantity.kind not in (YEAR, DAY):
            begin = max(part.rfind(sign, 0, quantity.start) for sign in ",、:(") + 1
            part = part[:begin] + part[quantity.end :]
    return without_quantities(part)


def _judged(faults: Sequence[Fault]) -> Grounding:
    worst = next((fault for fault in faults if fault.contradicted), faults[0] if faults else None)
    if worst is None:
        return Grounding(Verdict.SUPPORTED)
    verdict = Verdict.CONTRADICTED if worst.contradicted else Verdict.UNSUPPORTED
    return Grounding(verdict, worst.reason)
