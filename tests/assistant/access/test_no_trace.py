"""Members of groups and an administrator of one ask, and find no character of another group's documents."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.comparing.comparison import counterparts
from assistant.days import today
from assistant.ledger.cells import cells
from assistant.ledger.records import facts_record
from assistant.matching.matching import Applicant, match, offers
from assistant.relating.relations import relations, unsound
from assistant.settings import AssistantSettings
from assistant.suggesting.suggestions import comparison_questions, example_questions, showcase
from assistant.types import Scope
from tests.assistant.access.mixed_library import GROUPS, HEAD, STRANGER, Group, fill, forbidden
from tests.assistant.access.questions import questions, statements
from vectorstore.facts import FactKind
from vectorstore.ledger import FactFilter
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import Status
from vectorstore.viewers import UNLIMITED

# All 2,000 take minutes on a busy machine; ACCESS_QUESTIONS=2000 asks them.
NUMBER = int(os.environ.get("ACCESS_QUESTIONS", "240"))
_HEARD_OF = Scope(documents=("㐅㐌㐖规划.txt",))
READERS = (*GROUPS, STRANGER, HEAD)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyLibrary]:
    """The mixed library, whole."""
    folder = tmp_path_factory.mktemp("mixed")
    fill(folder)
    with PolicyLibrary.open(LibrarySettings.in_folder(folder)) as opened:
        yield opened


@pytest.fixture(scope="module")
def assistant(library: PolicyLibrary) -> Assistant:
    """Who answers from all of it."""
    return Assistant(library, AssistantSettings())


def asked(assistant: Assistant, question: str, *, further: bool) -> str:
    """Return all that a person gets to see of a question."""
    answer = assistant.ask(question).answer
    told = [answer, assistant.search(question, 20), assistant.search(question, 5, _HEARD_OF)]
    if further:
        told += [assistant.follow_ups(answer), assistant.decision(question)]
    return repr(told)


def test_no_question_brings_a_trace_of_another_group(assistant: Assistant) -> None:
    own = Counter[Group]()
    limited = {reader: assistant.seen_by(reader.viewer) for reader in READERS}
    for number, question in enumerate(questions(NUMBER)):
        reader = READERS[(number + number // 53) % len(READERS)]
        told = asked(limited[reader], question, further=number % 25 == 0)
        assert not forbidden(reader, question) & set(told), (reader.name, question)
        own[reader] += bool(reader.secret) and reader.secret in told
    # What nobody finds need not be hidden: each found much of what is its own.
    assert all(own[group] > NUMBER / 20 for group in (*GROUPS, HEAD)), own


def test_no_draft_that_is_checked_brings_one(assistant: Assistant) -> None:
    for reader in READERS:
        for draft in statements():
            told = repr(list(assistant.seen_by(reader.viewer).verify(draft)))
            assert not forbidden(reader, draft) & set(told), (reader.name, draft)
    own = statements_of(GROUPS[0])
    assert GROUPS[0].secret in repr(list(assistant.seen_by(GROUPS[0].viewer).verify(own)))


def statements_of(group: Group) -> str:
    """Return a draft that only a group's documents prove."""
    return next(draft for draft in statements() if group.place in draft)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_nothing_that_is_listed_holds_one(library: PolicyLibrary, reader: Group) -> None:
    told = "".join(listed(library.seen_by(reader.viewer)))
    assert not forbidden(reader) & set(told)
    assert not reader.secret or reader.secret in told


def test_whoever_sees_all_finds_all_of_them(library: PolicyLibrary) -> None:
    told = "".join(listed(library.seen_by(UNLIMITED)))
    assert forbidden(STRANGER) <= set(told)


def listed(library: PolicyLibrary) -> Iterator[str]:
    """Yield all that pages, tables and files list of a library."""
    documents = library.documents()
    yield repr(documents)
    yield repr([library.text(one.id) for one in documents])
    yield repr(list(library.passages()))
    yield repr([library.tables(one.id) for one in documents])
    yield repr(library.file_groups())
    ledger = library.ledger
    yield repr((ledger.bodies, ledger.idle, ledger.unread, ledger.failed))
    for kind in FactKind:
        found = list(ledger.every(FactFilter(kind)))
        assert len(found) == ledger.count(FactFilter(kind))
        yield repr(found) + repr(ledger.regions(kind)) + repr([cells(one, ledger, today()) for one in found])
        yield repr(facts_record(ledger, FactFilter(kind, rejected=True), 0, 500))
    offered = offers(library, "", today())
    yield repr(match(offered, Applicant()))
    found_relations = relations(ledger)
    yield repr((found_relations, unsound(found_relations, today())))
    yield repr([counterparts(one, documents) for one in documents])
    shown = showcase(documents, today())
    yield repr(list(example_questions(shown, library.passages)))
    yield repr(list(comparison_questions(shown, library.passages)))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_counts_are_of_what_is_seen(library: PolicyLibrary, reader: Group) -> None:
    seen = library.seen_by(reader.viewer)
    own = 3 if reader.secret else 0
    assert len(seen.documents()) == 2 + own
    ids = [one.id for one in library.documents()]
    assert set(seen.passage_counts(ids)) == {one.id for one in seen.documents()}
    assert sum(seen.passage_counts(ids).values()) == len(list(seen.passages()))
    # What repeals it is among the documents of each group.
    public = next(one for one in seen.documents() if one.source == "公开办法.txt")
    assert (public.status is Status.SUPERSEDED) == bool(own)
