"""Which document replaces which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from vectorstore.segmentation import fold
from vectorstore.types import DocumentKind, PolicyDocument, Status
from vectorstore.validity import EARLIER

# What a title says of its form and its aim, and not of its subject.
_FORM = re.compile(
    r"关于|加快|支持|促进|推进|推动|进一步|加强|鼓励|扶持|大力|全面|做好|高质量|发展|若干|实施|工作|意见|办法|措施|政策|暂行|试行|修订|"
    r"管理|规定|细则|方案|通知|印发|发布|相关|有关|配套|奖励|补贴|文件|[的和与及等]|[（(〔].{0,20}?[）)〕]|[\d\W]+"
)
_SUBJECT_MIN = 3
_ISSUES = re.compile(r"关于(?:印发|发布|公布|颁布)(.+)的(?:通知|公告|决定)$")


def resolve(documents: Iterable[PolicyDocument]) -> list[PolicyDocument]:
    """Mark the documents that others of the library repeal.

    Args:
        documents: each with the titles or document numbers that it repeals.

    Returns:
        The same documents in the same order; a repealed one is superseded by the first of those that name it.
    """
    known = list(documents)
    repealing: dict[str, list[PolicyDocument]] = {}
    sweeping = [document for document in known if any(name.startswith(EARLIER) for name in document.repeals)]
    for document in known:
        for key in filter(None, map(_key, document.repeals)):
            repealing.setdefault(key, []).append(document)
    return [_marked(document, repealing, sweeping) for document in known]


class Names:
    """Tells which document a title or a document number means.

    Args:
        documents: those of the library.
    """

    def __init__(self, documents: Iterable[PolicyDocument]) -> None:
        self._by_number: dict[str, list[PolicyDocument]] = {}
        self._by_title: dict[str, list[PolicyDocument]] = {}
        for document in documents:
            self._by_number.setdefault(_key(document.document_number), []).append(document)
            for title in {_key(document.title), _key(_issued_title(document))}:
                self._by_title.setdefault(title, []).append(document)

    def named(self, title: str, number: str = "", by: PolicyDocument | None = None) -> PolicyDocument | None:
        """Return the document that is meant, or None where none is it.

        Args:
            title: as another document writes it, or "".
            number: the number beside it, or ""; it tells more than the title.
            by: who writes it: of versions with one title, the latest that it can know of is meant.
        """
        number_key, title_key = _key(number), _key(title)
        meant = self._by_number.get(number_key, []) if number_key else []
        if not meant and title_key:
            meant = self._by_title.get(title_key, [])
        others = [one for one in meant if by is None or one.id != by.id]
        return (
            max(others, key=lambda one: _known_by(one, by), default=None) if by else next(iter(others), None)
        )


def _known_by(document: PolicyDocument, by: PolicyDocument | None) -> tuple[bool, date]:
    """Rank what a document may mean: what was issued before it, the latest of these."""
    day, until = document.issued_on or date.min, (by and by.issued_on) or date.max
    return (True, day) if day <= until else (False, date.min)


def _issued_title(document: PolicyDocument) -> str:
    """The title of what a notice issues, or ""."""
    issued = _ISSUES.search(fold(document.title))
    return issued.group(1) if issued else ""


def _marked(
    document: PolicyDocument,
    repealing: Mapping[str, list[PolicyDocument]],
    sweeping: Iterable[PolicyDocument],
) -> PolicyDocument:
    names = (document.document_number, document.title, _issued_title(document))
    later = [
        other for name in names for other in repealing.get(_key(name), ()) if _may_replace(other, document)
    ]
    later += [other for other in sweeping if _may_replace(other, document) and _sweeps(other, document)]
    if not later:
        return document
    successor = min(later, key=lambda other: other.issued_on or date.max)
    return replace(document, status=Status.SUPERSEDED, superseded_by=successor.id)


def _may_replace(other: PolicyDocument, document: PolicyDocument) -> bool:
    """Whether a document that names another, perhaps by the title they share, can mean it: no later one."""
    if other.id == document.id:
        return False
    return not (other.issued_on and document.issued_on and other.issued_on < document.issued_on)


def _sweeps(other: PolicyDocument, document: PolicyDocument) -> bool:
    """Whether a document that repeals what was issued before on a subject means another one.

    Both are measures of one place; the older one is on the subject that the words name, or, where they name
    none, on that of the newer one's own title.
    """
    measures = document.kind is other.kind is DocumentKind.MEASURE
    if not measures or not document.region or document.region != other.region or not other.issued_on:
        return False
    if document.issued_on == other.issued_on:
        return False
    subject = _subject(document)
    named = [fold(name.removeprefix(EARLIER)) for name in other.repeals if name.startswith(EARLIER)]
    return bool(subject) and any(
        all(word in words for word in subject) if _words(words) else subject == _subject(other)
        for words in named
    )


def _subject(document: PolicyDocument) -> frozenset[str]:
    """The words of a title that say what it is about, without place, issuer and form."""
    title = fold(document.title)
    for ahead in (
        *document.issuers,
        document.region,
        *re.split(r"(?<=[省市州县区旗])", document.region),
    ):
        title = title.replace(fold(ahead), " ") if ahead else title
    return _words(title)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _FORM.sub(" ", text).split() if len(word) >= _SUBJECT_MIN)


def _key(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())
