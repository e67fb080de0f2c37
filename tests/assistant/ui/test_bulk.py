"""What is done to several documents at once, and who may do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records.access import NOBODY
from assistant.records.editing import editing
from assistant.ui.bulk import Changes, _each
from tests.vectorstore.samples import parsed
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (Changes(), "移出资料库"),
        (Changes({"region": "云溪区"}), "region=云溪区"),
        (Changes({}, frozenset()), "查阅范围=所有人"),
        (Changes({"region": "云溪区"}, frozenset({"财政局"})), "region=云溪区；查阅范围=财政局"),
    ],
)
def test_the_log_says_what_was_done(changes: Changes, told: str) -> None:
    assert changes.told == told
    assert changes.removes == (changes == Changes())


def test_documents_are_given_to_groups_and_back_to_everybody(tmp_path: Path) -> None:
    with PolicyLibrary.open(LibrarySettings.in_folder(tmp_path)) as library:
        with library.write() as writer:
            for name in ("甲.txt", "乙.txt"):
                writer.put(parsed(name, title=name))
        for groups in (frozenset({"财政局"}), frozenset[str]()):
            with editing(library, NOBODY) as editor:
                done = list(_each(editor, library.documents(), Changes({"region": "云溪区"}, groups)))
            assert all(one.well for one in done)
            assert library.file_groups() == ({"甲.txt": groups, "乙.txt": groups} if groups else {})
        assert {document.region for document in library.documents()} == {"云溪区"}
