"""Originals in a storage that speaks S3."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import sys
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from tests.s3_server import ACCESS_KEY, BUCKET, SECRET_KEY, S3Server
from vectorstore.bucket_originals import BucketOriginals
from vectorstore.errors import LibraryError, SettingsError
from vectorstore.file_storage import originals_of
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings, library_settings

PLACE = f"s3://{BUCKET}/library"
TEXT = "青屿市绿色港口办法\n\n到2030年，港口岸电使用率达到95%。".encode()
HASH = hashlib.sha256(TEXT).hexdigest()
KEY = f"library/originals/{HASH[:2]}/{HASH}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "青屿市办法.txt"
    file.write_bytes(TEXT)
    return file


def machine(folder: Path, place: str = PLACE) -> LibrarySettings:
    return LibrarySettings.model_validate({"policy_data_dir": folder, "policy_files_dir": place})


def originals(folder: Path) -> BucketOriginals:
    kept = originals_of(machine(folder))
    assert isinstance(kept, BucketOriginals)
    return kept


def original(library: PolicyLibrary) -> Path | None:
    (document,) = library.documents()
    return library.original(document)


def test_an_original_is_in_the_bucket_opens_on_every_machine_and_goes_with_its_document(
    s3: S3Server, tmp_path: Path, file: Path
) -> None:
    one, other = machine(tmp_path / "one"), machine(tmp_path / "other")
    with PolicyLibrary.open(one) as library:
        ingest([file], library)
    assert s3.objects == {KEY: TEXT}
    assert not list(one.originals.glob("*/*")), "who only ingests keeps no copies"
    shutil.copytree(one.policy_data_dir, other.policy_data_dir)
    file.unlink()
    with PolicyLibrary.open(other) as library:
        kept = original(library)
        assert kept is not None
        assert kept.is_relative_to(other.policy_data_dir)
        assert kept.read_bytes() == TEXT
        asked = len(s3.requests)
        assert original(library) == kept
        assert len(s3.requests) == asked, "a copy is not fetched twice"
        with library.write() as writer:
            writer.forget("青屿市办法.txt")
    assert s3.objects == {}
    assert not kept.exists()


def test_what_is_in_the_bucket_is_neither_sent_nor_asked_for_file_by_file(
    s3: S3Server, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"第{number}号办法\n\n补助{number + 1}万元。", encoding="utf-8")
    with PolicyLibrary.open(machine(tmp_path / "data")) as library:
        ingest([folder], library)
        assert len(s3.objects) == 5
        s3.requests.clear()
        ingest([folder], library)
        # The server gives three names at a time.
        assert s3.requests == [("GET", "?library/originals/")] * 2
        s3.requests.clear()
        with library.write() as writer:
            writer.assign_groups(["1.txt"], ["财政局"])
        assert s3.requests == []


def test_a_large_file_arrives_whole_in_parts_or_not_at_all(s3: S3Server, tmp_path: Path) -> None:
    large = tmp_path / "大.pdf"
    large.write_bytes(os.urandom(12_000_000))
    content_hash = hashlib.sha256(large.read_bytes()).hexdigest()
    s3.cuts_uploads = True
    with pytest.raises(LibraryError, match="POLICY_FILES_DIR"):
        originals(tmp_path / "one").keep(content_hash, large)
    assert s3.objects == {}
    assert originals(tmp_path / "one").find(content_hash) is None
    s3.cuts_uploads = False
    assert originals(tmp_path / "one").keep(content_hash, large)
    kept = originals(tmp_path / "other").find(content_hash)
    assert kept is not None
    assert kept.read_bytes() == large.read_bytes()


@pytest.mark.parametrize("stored", [TEXT[:20], b"", TEXT[::-1]])
def test_what_is_not_the_file_is_never_taken_for_it(s3: S3Server, tmp_path: Path, stored: bytes) -> None:
    s3.put(KEY, stored)
    assert originals(tmp_path).find(HASH) is None
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_half_an_object_is_replaced_when_the_file_comes_again(
    s3: S3Server, tmp_path: Path, file: Path
) -> None:
    s3.put(KEY, TEXT[:20])
    assert originals(tmp_path).keep(HASH, file)
    assert s3.objects == {KEY: TEXT}


def test_a_file_that_has_changed_since_it_was_read_is_not_kept(
    s3: S3Server, tmp_path: Path, file: Path
) -> None:
    file.write_bytes(TEXT + b"!")
    assert not originals(tmp_path).keep(HASH, file)
    assert s3.objects == {}


def test_without_the_storage_answers_and_ingestion_go_on_and_one_line_says_what_is_missing(
    s3: S3Server, tmp_path: Path, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    more = [tmp_path / f"{number}.txt" for number in range(3)]
    for number, path in enumerate(more):
        path.write_text(f"云岭市第{number}号办法\n\n补助{number + 1}万元。", encoding="utf-8")
    with PolicyLibrary.open(machine(tmp_path / "data")) as library:
        ingest([file], library)
        with s3.away(), caplog.at_level(logging.WARNING, "vectorstore"):
            with pytest.raises(LibraryError, match="POLICY_FILES_DIR") as told:
                original(library)
            assert "\n" not in str(told.value)
            assert "AWS_ENDPOINT_URL" in str(told.value)
            assert ingest([file, *more], library).count("added") == 3
            assert library.search_keywords("补助", 3)
        lines = [record.getMessage() for record in caplog.records]
        assert len([line for line in lines if "POLICY_FILES_DIR" in line]) == 1, lines
        ingest([file, *more], library)
        for document in library.documents():
            assert library.original(document) is not None
    assert len(s3.objects) == 4


@pytest.mark.parametrize("place", ["s3://another/library", "s3://another"])
def test_a_bucket_that_is_none_is_named(s3: S3Server, tmp_path: Path, file: Path, place: str) -> None:
    settings = machine(tmp_path / "data", place)
    with PolicyLibrary.open(settings) as library:
        ingest([file], library)
        with pytest.raises(LibraryError, match="没有这个存储桶") as told:
            original(library)
    assert place in str(told.value)
    assert s3.objects == {}


def test_a_key_that_is_refused_is_told_without_the_key(
    s3: S3Server,
    tmp_path: Path,
    file: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a-wrong-key")
    with PolicyLibrary.open(machine(tmp_path / "data")) as library, caplog.at_level(logging.DEBUG):
        ingest([file], library)
        with pytest.raises(LibraryError, match="AWS_ACCESS_KEY_ID") as told:
            original(library)
    for said in (str(told.value), repr(told.value.__cause__), caplog.text):
        assert "a-wrong-key" not in said
        assert SECRET_KEY not in said
    assert told.value.__suppress_context__


def test_keys_and_address_may_stand_among_the_settings(
    s3: S3Server, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in s3.environment():
        monkeypatch.delenv(name)
    settings = machine(tmp_path / "data").model_copy(
        update={name.lower(): value for name, value in s3.environment().items() if "KEY" not in name}
    )
    told = {"aws_access_key_id": ACCESS_KEY, "aws_secret_access_key": SECRET_KEY}
    settings = LibrarySettings.model_validate(settings.model_dump() | told)
    assert SECRET_KEY not in repr(settings)
    with PolicyLibrary.open(settings) as library:
        ingest([file], library)
    assert s3.objects == {KEY: TEXT}


def test_an_address_without_a_scheme_is_refused_in_one_line(s3: S3Server, tmp_path: Path, file: Path) -> None:
    settings = machine(tmp_path / "data").model_copy(update={"aws_endpoint_url": "storage.example"})
    with PolicyLibrary.open(settings) as library:
        ingest([file], library)
        with pytest.raises(LibraryError, match="AWS_ENDPOINT_URL"):
            original(library)


def test_without_the_extra_one_line_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(SettingsError, match=r"pip install 'policy-assistant\[s3\]'"):
        PolicyLibrary.open(machine(tmp_path))


@pytest.mark.parametrize(
    "place",
    [
        "s3://",
        "s3:///library",
        "s3://key:secret@bucket/library",
        "s3://bucket/../other",
        "gs://bucket",
        "s3://b?x=1",
    ],
)
def test_what_is_no_address_of_a_bucket_is_refused_without_repeating_it(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_FILES_DIR", place)
    with pytest.raises(SettingsError, match="POLICY_FILES_DIR") as told:
        library_settings()
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("place", ["s3://policies", "s3://policies/", "s3://policies/a/b/"])
def test_an_address_is_read_from_the_environment(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_FILES_DIR", place)
    assert str(library_settings().bucket) == place.rstrip("/")


def test_copies_that_nobody_opened_for_long_make_room(s3: S3Server, tmp_path: Path, file: Path) -> None:
    stale = originals(tmp_path)
    assert stale.keep(HASH, file)
    first = stale.find(HASH)
    assert first is not None
    os.utime(first, (0, 0))
    other = tmp_path / "另一份.txt"
    other.write_bytes(TEXT + b"!")
    other_hash = hashlib.sha256(other.read_bytes()).hexdigest()
    assert stale.keep(other_hash, other)
    assert stale.find(other_hash) is not None
    assert not first.exists()
    assert stale.find(HASH) == first
