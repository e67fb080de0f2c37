"""What an administrator of groups may not do is refused where it is done, whatever the page had drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st

from assistant.records.access import NOBODY, AccessError, Person, Role
from assistant.records.submissions import Submission
from assistant.ui import bulk, document, revising_facts, sharing, submitting, upload
from assistant.ui.bulk import Changes
from assistant.ui.sharing import Resources
from tests.vectorstore.samples import parsed
from vectorstore.types import PolicyDocument

HEAD = Person(
    "1",
    "处长",
    Role.GROUP_ADMINISTRATOR,
    "head@example.org",
    groups=frozenset("甲"),
    administers=frozenset("甲"),
)
PAGES = (bulk, document, revising_facts, submitting, upload)
REGION = {"region": "云溪区"}


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Resources]:
    """What all sessions share, as the administrator of a group sees it."""
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path))
    sharing.resources.clear()
    st.session_state.clear()
    opened = sharing.resources()
    with opened.library.write() as writer:
        for name, groups in (("甲.txt", "甲"), ("甲乙.txt", "甲乙"), ("乙.txt", "乙"), ("公开.txt", "")):
            writer.assign_groups([f"上传/{name}"], groups)
            writer.put(parsed(f"上传/{name}", title=name))
    become(monkeypatch, HEAD)
    yield opened.seen_by(HEAD.viewer)
    opened.library.close()
    sharing.resources.clear()


def become(monkeypatch: pytest.MonkeyPatch, known: Person) -> None:
    for page in PAGES:
        if hasattr(page, "person"):
            monkeypatch.setattr(page, "person", lambda: known)
    monkeypatch.setattr("assistant.ui.signing_in.person", lambda: known)


def documents() -> dict[str, PolicyDocument]:
    """Every document by its title, whoever may see it."""
    return {one.title: one for one in sharing.resources().library.documents()}


def waiting(shared: Resources, groups: str) -> Submission:
    shared.submissions.submit("staff@example.org", "新.txt", b"text", frozenset(groups))
    return shared.submissions.waiting()[0]


DOINGS: dict[str, Callable[[Resources, PolicyDocument], None]] = {
    "remove": document._remove,
    "correct": lambda shared, one: document._correct(shared, one, REGION),
    "withdraw": lambda shared, one: revising_facts.withdraw(shared, "x", one.source, ""),
}


@pytest.mark.parametrize("doing", DOINGS)
@pytest.mark.parametrize("title", ["甲乙.txt", "乙.txt", "公开.txt"])
def test_others_documents_stay_as_they_are(shared: Resources, doing: str, title: str) -> None:
    before = documents()
    with pytest.raises(AccessError, match="不只属于您管理的部门"):
        DOINGS[doing](shared, before[title])
    assert documents() == before


@pytest.mark.parametrize(
    "changes", [Changes(), Changes(REGION), Changes({}, frozenset("甲")), Changes(REGION, frozenset("甲"))]
)
def test_of_several_documents_one_s_own_alone_are_changed(shared: Resources, changes: Changes) -> None:
    before = documents()
    bulk._done(shared, tuple(before.values()), changes)
    outcomes = st.session_state["bulk-report"]
    assert {one.line.partition("：")[0] for one in outcomes if one.well} == {"甲.txt"}
    after = documents()
    assert {name: after.get(name) for name in before if name != "甲.txt"} == {
        name: one for name, one in before.items() if name != "甲.txt"
    }
    assert (after.get("甲.txt") == before["甲.txt"]) == (changes == Changes({}, frozenset("甲")))


@pytest.mark.parametrize("groups", ["", "乙", "甲乙"])
def test_nothing_is_given_to_others_or_taken_in_for_them(shared: Resources, groups: str) -> None:
    before = sharing.resources().library.file_groups()
    with pytest.raises(AccessError, match="请选择您管理的部门"):
        bulk._done(shared, (documents()["甲.txt"],), Changes({}, frozenset(groups)))
    st.session_state["upload-groups"] = list(groups)
    with pytest.raises(AccessError, match="请选择您管理的部门"):
        upload._take(shared, [("新.txt", b"text")])
    assert sharing.resources().library.file_groups() == before
    assert shared.uploads.progress() is None
    assert not any(file.is_file() for file in Path(shared.uploads._folder).rglob("*"))


@pytest.mark.parametrize("groups", ["", "乙"])
def test_what_others_handed_in_is_not_one_s_own_to_decide(shared: Resources, groups: str) -> None:
    one = waiting(shared, groups)
    with pytest.raises(AccessError):
        submitting._approve(shared, one)
    with pytest.raises(AccessError):
        submitting._give_back(shared, one, "不予收录")
    assert shared.submissions.waiting() == (one,)
    assert shared.submissions.returned("staff@example.org") == ()
    assert shared.uploads.progress() is None


def test_who_is_no_administrator_any_more_decides_nothing(
    shared: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, own = waiting(shared, "甲"), documents()["甲.txt"]
    become(monkeypatch, Person("1", "处长", Role.STAFF, groups=frozenset("甲")))
    st.session_state["upload-groups"] = ["甲"]
    doings: tuple[Callable[[], None], ...] = (
        lambda: submitting._approve(shared, one),
        lambda: submitting._give_back(shared, one, "不予收录"),
        lambda: upload._take(shared, [("新.txt", b"text")]),
        lambda: document._remove(shared, own),
        lambda: bulk._done(shared, (own,), Changes({}, frozenset("甲"))),
    )
    for doing in doings:
        with pytest.raises(AccessError, match="需要“管理员”权限"):
            doing()
    become(monkeypatch, NOBODY)
    document._remove(sharing.resources(), own)
    assert "甲.txt" not in documents()
