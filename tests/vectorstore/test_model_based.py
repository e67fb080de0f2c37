"""Whatever is done to a library, in whatever order, it holds what a plain dictionary holds.

LIBRARY_RUNS sets how many sequences are tried (200 for the long form).
"""

from __future__ import annotations

import os
import shutil
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.onnx_models import embedding_folder
from tests.vectorstore.samples import versioned
from vectorstore.backup import backup, restore
from vectorstore.doctor import examine
from vectorstore.filling import fill
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild
from vectorstore.settings import LibrarySettings

RUNS = int(os.environ.get("LIBRARY_RUNS", "2"))
SOURCES = st.integers(0, 5)
VERSIONS = st.integers(1, 9)
# Told from 1, with which Python ends where an exception was raised.
KILLED = 9


def die_while_writing(settings: LibrarySettings, source: int, version: int, flushed: bool) -> None:
    """Begin a change and end without leaving the block, as a killed process does."""
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(versioned(source, version))
        if flushed:
            writer.flush()
        os._exit(KILLED)


class LibraryMachine(RuleBasedStateMachine):
    """A library beside a dictionary of source → version."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.folder = Path(self.place.name)
        self.settings = self.made(LibrarySettings.in_folder(self.folder / "data"))
        self.library = PolicyLibrary.open(self.settings)
        self.held: dict[int, int] = {}

    def made(self, settings: LibrarySettings) -> LibrarySettings:
        """The settings of the library in their final form."""
        return settings

    @initialize(source=SOURCES, version=VERSIONS)
    def begin(self, source: int, version: int) -> None:
        self.put({source: version})

    @rule(changes=st.dictionaries(SOURCES, VERSIONS, min_size=1, max_size=3))
    def put(self, changes: dict[int, int]) -> None:
        with self.library.write() as writer:
            for source, version in changes.items():
                writer.put(versioned(source, version))
        self.held |= changes

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def forget(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(sorted(self.held)))
        with self.library.write() as writer:
            writer.forget(f"{source}.txt")
        del self.held[source]

    @rule()
    def rebuild(self) -> None:
        rebuild(self.settings)

    @rule()
    def open_again(self) -> None:
        self.library.close()

    @rule(source=SOURCES, version=VERSIONS, flushed=st.booleans())
    def kill(self, source: int, version: int, flushed: bool) -> None:
        process = get_context("spawn").Process(
            target=die_while_writing, args=(self.settings, source, version, flushed)
        )
        process.start()
        process.join()
        assert process.exitcode == KILLED, "the process failed before it could be killed: see its traceback"
        # What was stored is finished by whoever opens the library next; what was only put is not there.
        self.library.close()
        if flushed:
            self.held[source] = version

    @rule()
    def back_up_and_restore(self) -> None:
        file = self.folder / "backup.zip"
        backup(self.settings, file)
        self.library.close()
        shutil.rmtree(self.settings.policy_data_dir)
        restore(self.settings, file)
        file.unlink()

    @invariant()
    def holds_what_the_dictionary_holds(self) -> None:
        found = {document.source: document for document in self.library.documents()}
        assert set(found) == {f"{source}.txt" for source in self.held}
        for source, version in self.held.items():
            expected = versioned(source, version)
            document = found[f"{source}.txt"]
            assert self.library.text(document.id) == expected.text
            assert [one.text for one in self.library.passages(document.id)] == [
                one.text for one in expected.passages
            ]
        hits = {hit.passage_id for hit in self.library.search_keywords("专项资金", 1000)}
        assert len(hits) == 20 * len(self.held)

    @rule()
    def give_vectors(self) -> None:
        fill(self.settings)

    def teardown(self) -> None:
        if self.held:
            fill(self.settings)
            assert len(self.library.search_vectors("专项资金", 1000)) == 20 * len(self.held)
            assert examine(self.settings).findings == ()
        self.library.close()
        self.place.cleanup()


class WaitingMachine(LibraryMachine):
    """The same where vectors come in the background: what has none yet is found by keywords."""

    def made(self, settings: LibrarySettings) -> LibrarySettings:
        model = embedding_folder(self.folder / "tiny-zh")
        return settings.model_copy(update={"policy_embedding_model": f"local:{model}"})


TestLibrary = LibraryMachine.TestCase
TestWaitingLibrary = WaitingMachine.TestCase
TestLibrary.settings = TestWaitingLibrary.settings = settings(
    max_examples=RUNS,
    stateful_step_count=12,
    deadline=None,
    # Shrinking what failed, traced line by line, takes longer than any limit of time.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    derandomize=RUNS < 10,
    suppress_health_check=list(HealthCheck),
)
