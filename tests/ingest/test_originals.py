"""Files as they came, beside the documents that were read from them."""

from __future__ import annotations

from pathlib import Path

from ingest.pipeline import ingest
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings


def test_the_file_as_it_came_is_kept_with_its_document_and_goes_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    file = folder / "青屿市办法.txt"
    file.write_text("青屿市绿色港口办法\n\n到2030年，港口岸电使用率达到95%。", encoding="utf-8")
    original = file.read_bytes()
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path / "data")) as library:
        ingest([folder], library)
        (document,) = library.documents()
        kept = library.original(document)
        file.unlink()
        assert kept is not None
        assert kept.read_bytes() == original
        ingest([folder], library, prune=True)
        assert not kept.exists()


def test_a_file_whose_copy_is_missing_is_kept_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "青屿市办法.txt"
    file.write_text("青屿市绿色港口办法\n\n到2030年，港口岸电使用率达到95%。", encoding="utf-8")
    (tmp_path / "与前一份相同.txt").write_bytes(file.read_bytes())
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path / "data")) as library:
        ingest([file, tmp_path / "与前一份相同.txt"], library)
        (document,) = library.documents()
        kept = library.original(document)
        assert kept is not None
        kept.unlink()
        ingest([file], library)
        assert library.original(document) == kept
        with library.write() as writer:
            writer.forget(file.name)
        assert library.original(document) == kept


def test_a_library_that_wants_no_originals_keeps_none(tmp_path: Path) -> None:
    file = tmp_path / "青屿市办法.txt"
    file.write_text("青屿市绿色港口办法\n\n到2030年，港口岸电使用率达到95%。", encoding="utf-8")
    settings = LibrarySettings(policy_data_dir=tmp_path / "data", policy_keep_originals=False)
    with PolicyLibrary.open(settings) as library:
        ingest([file], library)
        assert library.original(library.documents()[0]) is None
