"""What people wrote, held against the library sentence by sentence, or against a text that comes with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.assistant import Assistant
from assistant.citations import cite, quote_behind
from assistant.grounding import Grounding, ground
from assistant.proof.checkable import is_checkable
from assistant.proof.cited_documents import Misnamed, misnamed
from assistant.proof.proving import nearness
from assistant.proof.statements import statements
from assistant.types import Citation, Hit, Scope, Verdict
from vectorstore.library import PolicyLibrary
from vectorstore.types import Passage, PassageKind, PolicyDocument, Status

_HITS = 8
_JOINED = 3
# A passage that has so many of a sentence's words speaks of the same thing.
_SAME = 0.5
_RIVAL = 0.7
_LAPSED = (Status.DRAFT, Status.EXPIRED, Status.SUPERSEDED)
_SAYS_STANDING = re.compile("征求意见|草案|拟|原|已废止|曾|“?十[一二三四五]五”?(?:时期|期间|末)")
_CORRECTED = re.compile("资料中为“([^”…]+)”，不是“([^”]+)”")


class Finding(StrEnum):
    """What the library says of a sentence."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNFOUND = "unfound"
    DISPUTED = "disputed"
    LAPSED = "lapsed"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return {
            Finding.AGREES: "相符",
            Finding.DIFFERS: "不符",
            Finding.UNFOUND: "未找到依据",
            Finding.DISPUTED: "有多种说法",
            Finding.LAPSED: "来源已失效",
            Finding.UNCHECKED: "无需核对",
        }[self]

    @property
    def needs_care(self) -> bool:
        """Whether somebody should look at the sentence before the text is signed."""
        return self not in (Finding.AGREES, Finding.UNCHECKED)

    @property
    def verdict(self) -> Verdict:
        """The same as the verdict on a sentence of an answer."""
        told = {Finding.AGREES: Verdict.SUPPORTED, Finding.DIFFERS: Verdict.CONTRADICTED}
        return told.get(self, Verdict.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft with what the library says of it.

    Attributes:
        start, end: its place in the draft, in characters.
        text: the sentence.
        finding: what was found.
        reason: one Chinese line where it needs care, else "".
        suggestion: the sentence as the source has it, or "".
        citations: what speaks for or against it, numbered from 1.
    """

    start: int
    end: int
    text: str
    finding: Finding
    reason: str = ""
    suggestion: str = ""
    citations: tuple[Citation, ...] = ()


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


class Verification:
    """Holds sentences against a library.

    Args:
        library: what they are held against.
        assistant: who searches it.
        today: the day on which documents are in force or not.
        scope: what the search is limited to.
    """

    def __init__(
        self, library: PolicyLibrary, assistant: Assistant, today: date, scope: Scope = Scope()
    ) -> None:
        self._library = library
        self._assistant = assistant
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
            if statement.states_a_fact and is_checkable(statement.text):
                yield self.sentence(statement.text, start, end)
            else:
                yield CheckedSentence(start, end, statement.text, Finding.UNCHECKED)

    def sentence(self, text: str, start: int = 0, end: int = 0) -> CheckedSentence:
        """Check one sentence.

        Args:
            text: the sentence.
            start, end: its place in the draft, in characters.
        """
        hits = self._assistant.search(text, _HITS, self._scope)
        judged = [(hit, ground(text, [hit])) for hit in hits]
        told = (
            self._found(text, judged)
            or self._joined(text, hits)
            or (Finding.UNFOUND, "资料库中未找到依据", ())
        )
        finding, reason, proofs = told
        suggestion = self._suggestion(text, reason) if finding is Finding.DIFFERS else ""
        wrong = misnamed(text, self._library.documents())
        if wrong and finding is not Finding.DIFFERS:
            finding, reason, suggestion = _renamed(text, wrong, finding, reason)
        citations = cite([quote_behind(self._library, f"{text}[1]", 1, hit) for hit in proofs], self._today)
        return CheckedSentence(start, end, text, finding, reason, suggestion, citations)

    def _found(
        self, text: str, judged: Sequence[tuple[Hit, Grounding]]
    ) -> tuple[Finding, str, tuple[Hit, ...]] | None:
        """Return what single passages say; None where none speaks of the sentence."""
        proofs = [hit for hit, found in judged if found.verdict is Verdict.SUPPORTED]
        against = [
            (nearness(text, hit), hit, found.reason)
            for hit, found in judged
            if found.verdict is Verdict.CONTRADICTED
        ]
        live = [hit for hit in proofs if hit.document.standing(self._today) not in _LAPSED]
        if live:
            rivals = [one for one in against if one[0] >= _RIVAL and self._differs(one[1], live[0])]
            if rivals:
                _, hit, reason = rivals[0]
                return Finding.DISPUTED, f"另有来源：{reason}", (live[0], hit)
            return Finding.AGREES, "", (live[0],)
        if proofs:
            return self._lapsed(text, proofs[0])
        closest = max(against, key=lambda one: one[0], default=None)
        if closest is None or closest[0] < _SAME:
            return None
        return Finding.DIFFERS, closest[2], (closest[1],)

    def _differs(self, hit: Hit, proof: Hit) -> bool:
        """Tell whether a passage is of another document that is as good, and of the same place."""
        one, other = hit.document, proof.document
        live = one.standing(self._today) not in _LAPSED
        return live and one.id != other.id and one.region == other.region

    def _lapsed(self, text: str, hit: Hit) -> tuple[Finding, str, tuple[Hit, ...]]:
        if _SAYS_STANDING.search(text):
            return Finding.AGREES, "", (hit,)
        standing = hit.document.standing(self._today)
        return Finding.LAPSED, f"仅见于《{hit.document.title}》（{standing.label}）", (hit,)

    def _joined(self, text: str, hits: Sequence[Hit]) -> tuple[Finding, str, tuple[Hit, ...]] | None:
        """Return what passages say together, for a sentence that puts several facts into one."""
        for first in hits[:_JOINED]:
            same = [hit for hit in hits if hit.document.id == first.document.id][:_JOINED]
            if len(same) > 1 and ground(text, same).verdict is Verdict.SUPPORTED:
                lapsed = first.document.standing(self._today) in _LAPSED
                told = self._lapsed(text, first) if lapsed else (Finding.AGREES, "", ())
                return told[0], told[1], tuple(same)
        return None

    @staticmethod
    def _suggestion(text: str, reason: str) -> str:
        match = _CORRECTED.search(reason)
        if match is None or match[2] not in text:
            return ""
        return text.replace(match[2], match[1], 1)


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
