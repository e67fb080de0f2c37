"""Documents are found by keywords at once and get their vectors afterwards, whatever comes between."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.onnx_models import embedding_folder
from tests.vectorstore.samples import SENTENCES, parsed, versioned
from vectorstore import filling
from vectorstore.background import begin, complete
from vectorstore.doctor import examine
from vectorstore.errors import EmbeddingError, LibraryError
from vectorstore.filling import expected_seconds, fill, unfilled
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild, reembed
from vectorstore.settings import LibrarySettings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def local(settings: LibrarySettings, model_folder: Path) -> LibrarySettings:
    """Settings of a library whose vectors a model in the process makes."""
    return with_model(settings, model_folder)


def with_model(settings: LibrarySettings, folder: Path) -> LibrarySettings:
    return settings.model_copy(update={"policy_embedding_model": f"local:{folder}"})


def put(settings: LibrarySettings, *sources: int, version: int = 1) -> None:
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        for source in sources:
            writer.put(versioned(source, version))


def found(library: PolicyLibrary) -> set[str]:
    """The sources of the documents that vectors find."""
    names = {document.id: document.source for document in library.documents()}
    return {names[hit.document_id] for hit in library.search_vectors("安排专项资金", 1_000)}


def test_keywords_find_a_document_before_it_has_vectors(
    any_engine: LibrarySettings, model_folder: Path
) -> None:
    settings = with_model(any_engine, model_folder)
    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            writer.put(parsed("规划.txt"))
        identity = library.documents()[0].id
        assert library.search_keywords("大健康产业", 3)
        assert library.search_vectors("大健康产业", 3) == []
        assert library.unembedded == {identity}
        health = examine(settings)
        assert (health.waiting, health.findings) == (len(SENTENCES), ())
        fill(settings)
        assert len(library.search_vectors("大健康产业", 3)) == 3
        assert library.unembedded == frozenset()
    health = examine(settings)
    assert (health.waiting, health.findings) == (0, ())


def test_a_library_half_of_which_has_vectors_is_searched_by_both(local: LibrarySettings) -> None:
    put(local, 0, 1)
    fill(local)
    put(local, 2)
    with PolicyLibrary.open(local) as library:
        assert found(library) == {"0.txt", "1.txt"}
        assert len(library.search_keywords("专项资金", 1_000)) == 60
        assert [library.document(key).source for key in library.unembedded] == ["2.txt"]
    assert (examine(local).waiting, examine(local).findings) == (20, ())


def test_many_documents_are_shown_in_steps(local: LibrarySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "_LEAST_SHOWN", 20)
    put(local, *range(4))
    steps: list[tuple[int, int]] = []
    seen: list[set[str]] = []
    with PolicyLibrary.open(local) as library:

        def told(done: int, total: int) -> None:
            steps.append((done, total))
            seen.append(found(library))

        fill(local, told)
        assert found(library) == {f"{source}.txt" for source in range(4)}
    assert steps == sorted(steps)
    assert steps[-1] == (80, 80)
    assert {0, 1, 2, 3} <= {len(sources) for sources in seen}, "each as soon as it is there"


def test_others_write_while_vectors_are_made(local: LibrarySettings) -> None:
    put(local, 0, 1)
    written: list[int] = []

    def told(done: int, total: int) -> None:
        if not written:
            written.append(done)
            with PolicyLibrary.open(local) as library, library.write(wait=0) as writer:
                writer.forget("0.txt")
                writer.put(versioned(1, 2))
                writer.put(versioned(5, 1))

    fill(local, told)
    with PolicyLibrary.open(local) as library:
        assert found(library) == {"1.txt", "5.txt"}
        assert library.unembedded == frozenset()
    assert (examine(local).waiting, examine(local).findings) == (0, ())


def test_a_document_removed_while_it_waits_leaves_nothing_to_do(local: LibrarySettings) -> None:
    put(local, 0)
    with PolicyLibrary.open(local) as library, library.write() as writer:
        writer.forget("0.txt")
    assert unfilled(local) == 0
    fill(local)
    assert examine(local).findings == ()


def test_a_model_that_fails_half_way_leaves_the_library_as_it_was(
    settings: LibrarySettings, tmp_path: Path
) -> None:
    folder = embedding_folder(tmp_path / "model")
    known = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    known["model"]["vocab"]["鲸"] = 9_000_000
    (folder / "tokenizer.json").write_text(json.dumps(known), encoding="utf-8")
    local = with_model(settings, folder)
    put(local, 0)
    fill(local)
    with PolicyLibrary.open(local) as library:
        with library.write() as writer:
            writer.put(versioned(1, 1))
            writer.put(parsed("鲸.txt", "保护鲸豚。", title="青岚市海洋保护办法"))
        before = library.generation
        with pytest.raises(EmbeddingError, match="不相配"):
            fill(local)
        assert library.generation == before
        assert found(library) == {"0.txt"}
        assert len(library.search_keywords("专项资金", 1_000)) == 40
        assert examine(local).findings == ()
        with library.write() as writer:
            writer.forget("鲸.txt")
        fill(local)
        assert found(library) == {"0.txt", "1.txt"}


def test_killed_it_goes_on_where_it_stopped(local: LibrarySettings) -> None:
    put(local, *range(3))
    words = [sys.executable, "-m", "tests.vectorstore.killed_filler"]
    words += [str(local.policy_data_dir), local.policy_embedding_model]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = [int(process.stdout.readline()) for _ in range(4)]
        process.kill()
    kept = said[-1]
    assert 0 < kept < 60
    assert examine(local).findings == ()
    with PolicyLibrary.open(local) as library:
        assert len(library.search_keywords("专项资金", 1_000)) == 60
        steps: list[int] = []
        fill(local, lambda done, total: steps.append(done))
        assert steps[0] >= kept, "what was made is not made again"
        assert found(library) == {"0.txt", "1.txt", "2.txt"}
    assert (examine(local).waiting, examine(local).findings) == (0, ())


def test_indexes_made_anew_keep_what_is_there_and_what_waits(local: LibrarySettings) -> None:
    put(local, 0)
    fill(local)
    put(local, 1)
    rebuild(local)
    with PolicyLibrary.open(local) as library:
        assert found(library) == {"0.txt"}
    assert (examine(local).waiting, examine(local).findings) == (20, ())


def test_reembedding_gives_all_their_vectors_and_tells_how_far_it_is(
    settings: LibrarySettings, local: LibrarySettings
) -> None:
    put(settings, 0, 1)
    steps: list[tuple[int, int]] = []
    reembed(local, progress=lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert len(steps) > 3, "while it goes on and not only at the end"
    assert steps[-1] == (40, 40)
    with PolicyLibrary.open(local) as library:
        assert found(library) == {"0.txt", "1.txt"}
    assert (examine(local).waiting, examine(local).findings) == (0, ())


def test_a_document_that_comes_back_has_its_vectors_at_once(local: LibrarySettings) -> None:
    put(local, 0)
    fill(local)
    with PolicyLibrary.open(local) as library:
        with library.write() as writer:
            writer.forget("0.txt")
        put(local, 0)
        assert found(library) == {"0.txt"}
        assert library.unembedded == frozenset()


def test_the_time_that_it_will_take_is_measured(local: LibrarySettings, settings: LibrarySettings) -> None:
    put(local, 0)
    assert 0 < expected_seconds(local) < 60
    fill(local)
    assert expected_seconds(local) == 0


def test_a_library_whose_vectors_are_built_in_has_nothing_to_fill(settings: LibrarySettings) -> None:
    assert unfilled(settings) == 0
    put(settings, 0)
    assert unfilled(settings) == 0
    assert not begin(settings)
    fill(settings)


def test_the_process_in_the_background_fills_the_library(
    local: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_EMBEDDING_MODEL", local.policy_embedding_model)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    put(local, 0, 1)
    assert begin(local)
    complete(local)
    with PolicyLibrary.open(local) as library:
        assert found(library) == {"0.txt", "1.txt"}
    assert (examine(local).waiting, examine(local).findings) == (0, ())


def test_another_model_s_library_is_refused(
    local: LibrarySettings, settings: LibrarySettings, tmp_path: Path
) -> None:
    put(local, 0)
    other = Path(shutil.copytree(local.policy_embedding_model.removeprefix("local:"), tmp_path / "other"))
    with pytest.raises(LibraryError, match="policy-assistant reembed"):
        fill(with_model(settings, other))
