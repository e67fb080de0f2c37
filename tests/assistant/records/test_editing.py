"""What a person changes in the library, each change checked by whose the document is when it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.records.access import NOBODY, AccessError, Person, Role
from assistant.records.editing import Editor, editing
from tests.vectorstore.samples import parsed
from vectorstore.fact_revisions import FactRevision
from vectorstore.facts import FactKind, Reference
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import PolicyDocument
from vectorstore.viewers import Viewer

HEAD = Person("1", "处长", Role.GROUP_ADMINISTRATOR, groups=frozenset("甲乙"), administers=frozenset("甲乙"))
STAFF = Person("2", "科员", Role.STAFF, groups=frozenset("甲"))
READER = Person("3", "读者", Role.READER, groups=frozenset("甲"))
WHOSE = {"甲.txt": "甲", "甲乙.txt": "甲乙", "甲丙.txt": "甲丙", "丙.txt": "丙", "公开.txt": ""}
OWN = {"甲.txt", "甲乙.txt"}

Change = Callable[[Editor, PolicyDocument], object]


def misread(source: str) -> FactRevision:
    return FactRevision(source, FactKind.REFERENCE, "依据", Reference("basis", "青岚市规划"), (), True, "")


CHANGES: dict[str, Change] = {
    "correct": lambda editor, document: editor.correct(document, {"region": "云溪区"}),
    "assign": lambda editor, document: editor.assign(document, {"乙"}),
    "remove": lambda editor, document: editor.remove(document),
    "revise": lambda editor, document: editor.revise(misread(document.source), ""),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[PolicyLibrary]:
    """A library with documents of one group, of two, and of everybody."""
    with PolicyLibrary.open(LibrarySettings.in_folder(tmp_path)) as opened:
        with opened.write() as writer:
            for name, groups in WHOSE.items():
                writer.assign_groups([name], groups)
                writer.put(parsed(name, title=name))
        yield opened


def changed(library: PolicyLibrary, person: Person, change: Change) -> set[str]:
    """Return the files whose documents a person may change so."""
    done = set()
    for document in library.documents():
        with suppress(AccessError), editing(library, person) as editor:
            change(editor, document)
            done.add(document.source)
    return done


@pytest.mark.parametrize("change", CHANGES)
def test_an_administrator_of_groups_changes_what_is_theirs_alone(library: PolicyLibrary, change: str) -> None:
    before = {document.source: document for document in library.documents()}
    groups = library.file_groups()
    assert changed(library, HEAD, CHANGES[change]) == OWN
    others = WHOSE.keys() - OWN
    after = {document.source: document for document in library.documents()}
    assert {name: after[name] for name in others} == {name: before[name] for name in others}
    assert all(library.file_groups().get(name) == groups.get(name) for name in others)


@pytest.mark.parametrize("change", CHANGES)
def test_staff_correct_what_they_see_and_readers_nothing(library: PolicyLibrary, change: str) -> None:
    assert changed(library, READER, CHANGES[change]) == set()
    staffs = WHOSE.keys() if change in ("correct", "revise") else set()
    assert changed(library, STAFF, CHANGES[change]) == staffs
    assert changed(library, NOBODY, CHANGES[change]) == WHOSE.keys()


@pytest.mark.parametrize("groups", [set(), {"丙"}, {"甲", "丙"}])
def test_no_document_is_given_to_others_or_to_everybody(library: PolicyLibrary, groups: set[str]) -> None:
    before = library.file_groups()
    for document in library.documents():
        with pytest.raises(AccessError), editing(library, HEAD) as editor:
            editor.assign(document, groups)
    assert library.file_groups() == before


def test_whose_a_document_is_counts_at_the_change_and_not_as_it_was_shown(library: PolicyLibrary) -> None:
    shown = library.seen_by(HEAD.viewer)
    (document,) = (one for one in shown.documents() if one.source == "甲.txt")
    # A view shows of the groups of a document those of its viewer alone.
    assert shown.file_groups()["甲丙.txt"] == {"甲"}
    assert not HEAD.may_change("甲丙.txt", shown, Role.STAFF)
    assert HEAD.may_change("甲.txt", shown, Role.STAFF)
    with library.write() as writer:
        writer.assign_groups(["甲.txt"], ["甲", "丙"])
    with pytest.raises(AccessError), editing(shown, HEAD) as editor:
        editor.remove(document)
    assert "甲.txt" in {one.source for one in library.documents()}


def test_a_document_that_another_file_holds_too_stays_with_whose_that_file_is(library: PolicyLibrary) -> None:
    with library.write() as writer:
        writer.assign_groups(["丙的.txt"], ["丙"])
        assert writer.put(parsed("丙的.txt", title="甲.txt")) == "duplicate"
    (document,) = (one for one in library.documents() if one.source == "甲.txt")
    with editing(library, HEAD) as editor:
        assert editor.remove(document) == ("甲.txt",)
    assert "丙的.txt" in {one.source for one in library.seen_by(Viewer(frozenset("丙"))).documents()}
    assert document.id not in {one.id for one in library.seen_by(HEAD.viewer).documents()}
