"""The benchmark of ingestion measures what it says."""

import pytest

from benchmarks import ingestion


def test_its_tables_tell_every_stage_and_every_number_of_workers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["ingestion", "--megabytes", "0.01", "--workers", "2", "--rounds", "1"])
    assert ingestion.main() == 0
    told = capsys.readouterr().out
    for words in ("| segmentation", "| built-in embedding", "| 2 workers |", "| PDF |", "| Word"):
        assert words in told
