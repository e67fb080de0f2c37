from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.records.uploads import FOLDER, Progress, Uploads
from tests.s3_server import BUCKET, S3Server
from tests.vectorstore.samples import parsed
from vectorstore.bucket_address import BucketAddress
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings

TEXT = "青屿市绿色港口办法\n\n到2030年，港口岸电使用率达到95%。".encode()


@pytest.fixture
def settings(tmp_path: Path) -> LibrarySettings:
    return LibrarySettings(policy_data_dir=tmp_path / "data")


def ended(uploads: Uploads) -> Progress:
    """Wait until an ingestion is over; pytest's own time limit ends a wait in vain."""
    while not ((progress := uploads.progress()) and progress.ended):
        time.sleep(0.05)
    return progress


def test_uploaded_files_are_ingested_and_what_failed_is_named(settings: LibrarySettings) -> None:
    uploads = Uploads(settings)
    uploads.take("办法 🚢.txt", TEXT)
    uploads.take("坏.docx", b"PK\x03\x04 not really")
    uploads.ingest()
    progress = ended(uploads)
    assert {file.source: file.outcome for file in progress.files} == {
        f"{FOLDER}/办法 🚢.txt": "added",
        f"{FOLDER}/坏.docx": "failed",
    }
    assert all(file.reason for file in progress.files if file.outcome == "failed")
    assert progress.problem == ""
    with PolicyLibrary.open(settings) as library:
        assert [document.title for document in library.documents()] == ["青屿市绿色港口办法"]


def test_with_originals_in_a_bucket_a_machine_brings_nothing_back_that_another_took_out(
    tmp_path: Path, s3: S3Server
) -> None:
    settings = LibrarySettings(policy_data_dir=tmp_path / "data", policy_files_dir=BucketAddress(BUCKET))
    uploads = Uploads(settings)
    uploads.take("办法.txt", TEXT)
    uploads.take("坏.docx", b"PK\x03\x04 not really")
    uploads.ingest()
    assert [file.outcome for file in ended(uploads).files] == ["added", "failed"]
    assert [file.name for file in (settings.uploads / FOLDER).glob("*")] == ["坏.docx"]
    assert list(s3.objects.values()) == [TEXT]
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.forget(f"{FOLDER}/办法.txt")
    uploads.take("另一份.txt", TEXT + "远期另定。".encode())
    uploads.ingest()
    ended(uploads)
    with PolicyLibrary.open(settings) as library:
        assert [document.source for document in library.documents()] == [f"{FOLDER}/另一份.txt"]


def test_what_lies_in_the_folder_one_is_in_takes_no_module_s_place(
    settings: LibrarySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ingest.py").write_text("raise SystemExit('not ours')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    uploads = Uploads(settings)
    uploads.take("办法.txt", TEXT)
    uploads.ingest()
    assert [file.outcome for file in ended(uploads).files] == ["added"]


def test_a_new_version_under_the_same_name_replaces_the_old_one(settings: LibrarySettings) -> None:
    uploads = Uploads(settings)
    for text in (TEXT, TEXT + "远期另定。".encode()):
        uploads.take("办法.txt", text)
        uploads.ingest()
        ended(uploads)
    with PolicyLibrary.open(settings) as library:
        (document,) = library.documents()
        assert "远期另定" in library.text(document.id)


@pytest.mark.parametrize("name", ["../../办法.txt", "C:\\政策\\办法.txt", "/etc/办法.txt"])
def test_folders_in_a_name_lead_nowhere(settings: LibrarySettings, name: str) -> None:
    Uploads(settings).take(name, TEXT)
    (kept,) = (file for file in settings.policy_data_dir.rglob("*") if file.is_file())
    assert kept == settings.policy_data_dir / "uploads" / FOLDER / "办法.txt"


@pytest.mark.parametrize("name", ["", " ", "..", ".hidden", "/", "办\x00法.txt", "办\n法.txt"])
def test_a_name_that_names_no_file_is_refused(settings: LibrarySettings, name: str) -> None:
    with pytest.raises(LibraryError, match="改名"):
        Uploads(settings).take(name, TEXT)


def test_a_name_longer_than_a_file_s_may_be_is_refused(settings: LibrarySettings) -> None:
    with pytest.raises(LibraryError, match="过长"):
        Uploads(settings).take("办法" * 50 + ".txt", TEXT)


def test_a_file_that_cannot_be_kept_leaves_nothing_behind(settings: LibrarySettings) -> None:
    taken = settings.policy_data_dir / "uploads" / FOLDER / "办法.txt"
    taken.mkdir(parents=True)
    with pytest.raises(LibraryError, match="未能保存"):
        Uploads(settings).take("办法.txt", TEXT)
    assert list(taken.parent.iterdir()) == [taken]


def test_only_an_uploaded_file_goes_with_its_document(settings: LibrarySettings, tmp_path: Path) -> None:
    uploads = Uploads(settings)
    uploads.take("办法.txt", TEXT)
    elsewhere = tmp_path / "办法.txt"
    elsewhere.write_bytes(TEXT)
    for source in (f"{FOLDER}/../../../办法.txt", "办法.txt", f"{FOLDER}/没有.txt", FOLDER):
        uploads.drop(source)
    kept = settings.policy_data_dir / "uploads" / FOLDER / "办法.txt"
    assert elsewhere.exists()
    assert kept.exists()
    uploads.drop(f"{FOLDER}/办法.txt")
    assert not kept.exists()


def test_a_library_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    settings = LibrarySettings(policy_data_dir=tmp_path / "data")
    uploads = Uploads(settings)
    uploads.take("办法.txt", TEXT)
    (settings.policy_data_dir / "catalogue.sqlite").write_bytes(b"not a database " * 1000)
    uploads.ingest()
    problem = ended(uploads).problem
    assert "catalogue.sqlite" in problem
    assert "Traceback" not in problem
    uploads.dismiss()
    assert uploads.progress() is None


def test_a_name_that_is_another_s_is_refused_in_one_line_that_says_nothing_of_it(
    settings: LibrarySettings,
) -> None:
    uploads = Uploads(settings)
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed(f"{FOLDER}/公开.txt", title="公开"))
        for name in ("教育.txt", "共用.txt", "甲.zip#教育.txt"):
            writer.assign_groups(
                [f"{FOLDER}/{name}"], ["教育局", "财政局"] if name == "共用.txt" else ["教育局"]
            )
            writer.put(parsed(f"{FOLDER}/{name}", title=name))
    # One that has gone, one that waits for its ingestion, one that nobody claimed.
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.forget(f"{FOLDER}/教育.txt")
    uploads.take("等待.txt", TEXT, {"教育局"})
    uploads.take("未收录.txt", TEXT)
    kept = {file: file.read_bytes() for file in settings.uploads.rglob("*") if file.is_file()}
    refused = set()
    for name in ("公开.txt", "教育.txt", "共用.txt", "甲.zip", "等待.txt", "未收录.txt", "乙.zip#内.txt"):
        with pytest.raises(LibraryError) as raised:
            uploads.take(name, b"other", {"财政局"}, {"财政局"})
        refused.add(str(raised.value).replace(name, "…"))
    with pytest.raises(LibraryError) as raised:
        uploads.take("没有部门.txt", b"other", (), {"财政局"})
    assert (
        refused == {str(raised.value).replace("没有部门.txt", "…")} == {"文件名 '…' 无法使用，请改名后再上传"}
    )
    assert {file: file.read_bytes() for file in settings.uploads.rglob("*") if file.is_file()} == kept
    with PolicyLibrary.open(settings) as library:
        assert {source for source, groups in library.file_groups().items() if "财政局" in groups} == {
            f"{FOLDER}/共用.txt"
        }


def test_a_name_is_one_s_own_again_and_what_lies_in_an_archive_with_it(settings: LibrarySettings) -> None:
    uploads = Uploads(settings)
    for groups in ({"财政局"}, {"水务局"}, {"财政局", "水务局"}):
        uploads.take("甲.zip", TEXT, groups, {"财政局", "水务局"})
        with PolicyLibrary.open(settings) as library:
            with library.write() as writer:
                writer.put(parsed(f"{FOLDER}/甲.zip#内.txt", title="内"))
            assert library.file_groups()[f"{FOLDER}/甲.zip#内.txt"] == groups


def test_what_is_told_of_an_ingestion_to_a_group_names_its_files_alone(settings: LibrarySettings) -> None:
    uploads = Uploads(settings)
    assert uploads.progress_within({"财政局"}) is None
    uploads.take("教育.txt", TEXT, {"教育局"})
    uploads.take("共用.txt", TEXT + b"1", {"教育局", "财政局"})
    uploads.take("公开.docx", b"PK\x03\x04 not really")
    uploads.take("财政.txt", TEXT + b"2", {"财政局"}, {"财政局"})
    uploads.ingest()
    # One that comes while another ingestion goes on is not forgotten.
    uploads.take("坏.docx", b"PK\x03\x04 not really", {"财政局"}, {"财政局"})
    uploads.ingest()
    assert len(ended(uploads).files) == 5
    told = uploads.progress_within({"财政局", "水务局"})
    assert told is not None
    assert {file.source: file.outcome for file in told.files} == {
        f"{FOLDER}/财政.txt": "added",
        f"{FOLDER}/坏.docx": "failed",
    }
    assert (told.ended, told.done, told.total, told.problem) == (True, 0, 0, "")
