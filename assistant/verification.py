"""What people wrote, held against the library sentence by sentence, or against a text that comes with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.checked_sentence import CheckedSentence, Finding
from assistant.citations import Quote, cite, quote_behind
from assistant.grounding import Grounding, ground
from assistant.ledger.claims import claim_of
from assistant.proof.checkable import is_checkable
from assistant.proof.cited_documents import Misnamed, misnamed
from assistant.proof.proposing import proposed
from assistant.proof.proving import nearness
from assistant.proof.statements import statements
from assistant.types import Hit, Scope, Verdict
from vectorstore.languages.language import own_words
from vectorstore.library import PolicyLibrary
from vectorstore.quantities import quantities
from vectorstore.types import Passage, PassageKind, PolicyDocument, Status
from vectorstore.units import YEAR

_HITS = 8
_JOINED = 3
# A passage that has so many of a sentence's words speaks of the same thing.
_SAME = 0.5
_RIVAL = 0.7
_LEAD = 0.15
_LAPSED = (Status.DRAFT, Status.EXPIRED, Status.SUPERSEDED)
# A draft cites nothing.
_LACKS = re.compile("引用的资料中没有(“[^”]*”|《[^》]*》)(?:这一范围)?")
_SAYS_STANDING = re.compile("征求意见|草案|拟|原|已废止|曾|“?十[一二三四五]五”?(?:时期|期间|末)")


def ground_in_text(statement: str, text: str, title: str = "") -> Grounding:
    """Hold a sentence against a text that is not of the library.

    Args:
        statement: one sentence without marks.
        text: what it is held against.
        title: the title of the document that the text is from, or "".
    """
    return ground(statement, [hit_of(text, title)])


def hit_of(text: str, title: str = "") -> Hit:
    """Return a text that is not of the library as a passage found."""
    document = PolicyDocument(id="given", source="", content_hash="", title=title)
    kind = PassageKind.TEXT
    passage = Passage("given:00000", document.id, 0, (), kind, text, None, 0, len(text))
    return Hit(passage, document, 0.0)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A passage with what it says of a sentence, and the share of the sentence's words that it has."""

    hit: Hit
    found: Grounding
    nearness: float


_Found = tuple[Finding, str, tuple[Hit | Quote, ...]]


Search = Callable[[str, int, Scope], Sequence[Hit]]


class Verification:
    """Holds sentences against a library.

    Args:
        library: what they are held against.
        search: finds passages for a sentence, at most so many, within a scope: `Assistant.search`.
        today: the day on which documents are in force or not.
        scope: what the search is limited to.
    """

    def __init__(self, library: PolicyLibrary, search: Search, today: date, scope: Scope = Scope()) -> None:
        self._library = library
        self._search = search
        self._today = today
        self._scope = scope

    def draft(self, text: str) -> Iterator[CheckedSentence]:
        """Check a draft.

        Args:
            text: the whole of it.

        Yields:
            Its sentences in order, each as soon as it is checked; headings are left out.
        """
        for statement in statements(text):
            if statement.heading:
                continue
            start, end = statement.start, statement.end
            checkable = statement.states_a_fact and is_checkable(statement.text)
            if checkable and not _is_title(text, start, end):
                yield self.sentence(statement.text, start, end)
            else:
                yield CheckedSentence(start, end, statement.text, Finding.UNCHECKED)

    def sentence(self, text: str, start: int = 0, end: int = 0) -> CheckedSentence:
        """Check one sentence.

        Args:
            text: the sentence.
            start: where it begins in the draft, in characters.
            end: where it ends there.
        """
        hits = self._search(text, _HITS, self._scope)
        judged = sorted(
            (_Judged(hit, ground(text, [hit]), nearness(text, hit)) for hit in hits),
            key=lambda one: -one.nearness,
        )
        found = self._found(text, judged) or self._joined(text, hits) or self._unfound(judged)
        if found[0] in (Finding.DIFFERS, Finding.UNFOUND):
            found = self._in_ledger(text, hits, found)
        finding, reason, proofs = found
        quotes = [
            proof if isinstance(proof, Quote) else quote_behind(self._library, f"{text}[1]", 1, proof)
            for proof in proofs
        ]
        suggestion = proposed(text, reason, quotes) if finding is Finding.DIFFERS else ""
        # What a source supports names documents as that source does.
        wrong = misnamed(text, self._library.documents()) if finding is Finding.UNFOUND else []
        if wrong:
            finding, reason, suggestion = _renamed(text, wrong, finding, reason)
        citations = cite(quotes, self._today)
        return CheckedSentence(start, end, text, finding, reason, suggestion, citations)

    def _found(self, text: str, judged: Sequence[_Judged]) -> _Found | None:
        """Return what single passages say, the nearest first; None where none speaks of the sentence."""
        # A passage that has much fewer of the words than the nearest speaks of something else.
        least = max(_SAME, judged[0].nearness - _LEAD) if judged else _SAME
        close = [one for one in judged if one.nearness >= least]
        proofs = [one for one in close if one.found.verdict is Verdict.SUPPORTED]
        against = [one for one in close if one.found.verdict is Verdict.CONTRADICTED]
        live = [one for one in proofs if not self._is_lapsed(one.hit)]
        best = next(iter(live or proofs), None)
        if against and (best is None or self._outdoes(against[0], best)):
            return Finding.DIFFERS, against[0].found.reason, (against[0].hit,)
        if best is None:
            return None
        if not live:
            return self._lapsed(text, best.hit)
        for rival in against:
            if rival.nearness >= _RIVAL and self._differs(rival.hit, best.hit):
                return Finding.DISPUTED, own_words(f"另有来源：{rival.found.reason}"), (best.hit, rival.hit)
        return Finding.AGREES, "", (best.hit,)

    def _outdoes(self, against: _Judged, best: _Judged) -> bool:
        """Return whether what denies a sentence speaks of it, and what supports it of something else."""
        same = against.hit.document.id == best.hit.document.id
        return against.nearness > best.nearness + (0 if same else _LEAD)

    def _in_ledger(self, text: str, hits: Sequence[Hit], found: _Found) -> _Found:
        """Return what the ledger says of a sentence that no passage supports, else what was found."""
        claim = claim_of(self._library, text, hits)
        if claim is None:
            return found
        quote = claim.level.quote(self._library)
        if claim.agrees:
            return Finding.UNFOUND, ground(text, [claim.hit]).reason or found[1], (quote,)
        reason = own_words(f"资料中为“{claim.level.bounded}”，不是“{claim.claimed.text}”")
        return Finding.DIFFERS, reason, (quote,)

    def _unfound(self, judged: Sequence[_Judged]) -> _Found:
        if judged and judged[0].nearness >= _SAME:
            reason = judged[0].found.reason
            if lacks := _LACKS.fullmatch(reason):
                words = lacks[1]
                reason = own_words(f"最接近的内容中没有{words}")
            return Finding.UNFOUND, reason, (judged[0].hit,)
        return Finding.UNFOUND, own_words("资料库中未找到依据"), ()

    def _is_lapsed(self, hit: Hit) -> bool:
        return hit.document.standing(self._today) in _LAPSED

    def _differs(self, hit: Hit, proof: Hit) -> bool:
        """Return whether a passage is of another document that is as good, and of the same place."""
        one, other = hit.document, proof.document
        return not self._is_lapsed(hit) and one.id != other.id and one.region == other.region

    def _lapsed(self, text: str, hit: Hit) -> _Found:
        if _SAYS_STANDING.search(text):
            return Finding.AGREES, "", (hit,)
        standing = hit.document.standing(self._today).label
        title = hit.document.title
        return Finding.LAPSED, own_words(f"仅见于《{title}》（{standing}）"), (hit,)

    def _joined(self, text: str, hits: Sequence[Hit]) -> _Found | None:
        """Return what passages say together, for a sentence that puts several facts into one."""
        for first in hits[:_JOINED]:
            same = [hit for hit in hits if hit.document.id == first.document.id][:_JOINED]
            if len(same) > 1 and ground(text, same).verdict is Verdict.SUPPORTED:
                told = self._lapsed(text, first) if self._is_lapsed(first) else (Finding.AGREES, "", ())
                return told[0], told[1], tuple(same)
        return None


def _is_title(text: str, start: int, end: int) -> bool:
    """Return whether what stands at a place of a draft is a line of its own without stop and figures."""
    line = text[start:end].strip()
    alone = text[:start].rstrip(" \t\u3000")[-1:] in ("", "\n") and text[end : end + 1] in ("", "\n", "\r")
    return alone and line[-1:].isalnum() and all(one.kind == YEAR for one in quantities(line))


def _renamed(text: str, wrong: Sequence[Misnamed], finding: Finding, reason: str) -> tuple[Finding, str, str]:
    """Return what becomes of a finding where documents are named otherwise than in the library."""
    mended = text
    for one in wrong:
        mended = mended.replace(one.written, one.right) if one.written else mended
    told = "；".join(one.reason for one in wrong)
    if mended != text:
        return Finding.DIFFERS, told, mended
    kept = finding if finding.needs_care else Finding.UNFOUND
    return kept, told if finding is Finding.UNFOUND or not reason else f"{reason}；{told}", ""
