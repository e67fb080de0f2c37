from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from vectorstore.originals import Originals

TEXT = "青屿市绿色港口发展办法".encode()
HASH = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "办法 🚢.txt"
    file.write_bytes(TEXT)
    return file


def test_a_kept_file_outlives_the_one_it_was_copied_from(tmp_path: Path, file: Path) -> None:
    originals = Originals(tmp_path / "originals")
    assert originals.find(HASH) is None
    assert originals.keep(HASH, file)
    assert originals.keep(HASH, file)
    file.unlink()
    kept = originals.find(HASH)
    assert kept is not None
    assert kept.read_bytes() == TEXT


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    with pytest.raises(OSError, match="missing"):
        originals.keep(HASH, tmp_path / "missing")
    assert originals.find(HASH) is None
    assert not [path for path in (tmp_path / "originals").rglob("*") if path.is_file()]


def test_a_file_that_has_changed_since_it_was_read_is_not_kept(tmp_path: Path, file: Path) -> None:
    file.write_bytes(TEXT + b"!")
    originals = Originals(tmp_path / "originals")
    assert not originals.keep(HASH, file)
    assert originals.find(HASH) is None


def test_what_no_document_needs_is_deleted(tmp_path: Path, file: Path) -> None:
    originals = Originals(tmp_path / "originals")
    originals.keep(HASH, file)
    originals.drop_all_but({HASH})
    assert originals.find(HASH) is not None
    originals.drop_all_but(set())
    assert originals.find(HASH) is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "g" * 64, HASH.upper()])
def test_only_a_hash_becomes_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Originals(tmp_path).find(name)
