from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.vectorstore.samples import parsed
from vectorstore.corrections import field_named, refused
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.maintenance import rebuild
from vectorstore.settings import LibrarySettings
from vectorstore.types import DocumentKind, Period, PolicyDocument, Status
from vectorstore.validity import Validity


@pytest.fixture
def settings(tmp_path: Path) -> LibrarySettings:
    settings = LibrarySettings(policy_data_dir=tmp_path)
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    return settings


def correct(settings: LibrarySettings, **changes: str | None) -> PolicyDocument:
    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            writer.correct("规划.txt", changes)
        (document,) = library.documents()
        return document


def test_a_correction_shows_at_once_and_in_a_new_process(settings: LibrarySettings) -> None:
    told = correct(
        settings, title="正确的标题", region="某市", issuer="某局", document_number="某〔2026〕1号"
    )
    assert (told.title, told.region, told.issuer) == ("正确的标题", "某市", "某局")
    told = correct(settings, issued_on="2026-01-31", period="2026-", status="征求意见稿")
    assert (told.issued_on, told.period) == (date(2026, 1, 31), Period(2026, None))
    assert (told.status, told.title) == (Status.DRAFT, "正确的标题")
    assert correct(settings, kind="法律法规").kind is DocumentKind.LAW
    assert correct(settings, kind="").kind is DocumentKind.UNKNOWN


LIMITED = Validity(date(2026, 1, 1), date(2026, 12, 31), True, "本办法", "文中载明至2026年12月31日", 3, 9)


def limited(settings: LibrarySettings, text: str = "旧的内容。") -> None:
    document = parsed("规划.txt", text)
    valid = replace(document.document, period=Period(), validity=LIMITED)
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(replace(document, document=valid))


def test_a_corrected_period_leaves_the_validity_and_its_proof(settings: LibrarySettings) -> None:
    limited(settings)
    told = correct(settings, period="2026-2030")
    assert (told.period, told.validity) == (Period(2026, 2030), LIMITED)
    assert told.standing(date(2027, 1, 1)) is Status.EXPIRED


@pytest.mark.parametrize("written", ["2027-06-30", "2027年6月30日", "至2027/6/30"])
def test_a_corrected_validity_ends_on_its_day_also_in_later_versions(
    settings: LibrarySettings, written: str
) -> None:
    limited(settings)
    correct(settings, validity=written)
    limited(settings, "新的内容。")
    told = correct(settings)
    assert told.validity is not None
    assert (told.validity.first_day, told.validity.last_day) == (date(2026, 1, 1), date(2027, 6, 30))
    # The document's own words prove another day.
    assert (told.validity.start, told.validity.end) == (0, 0)
    assert told.standing(date(2027, 1, 1)) is Status.IN_FORCE
    assert told.standing(date(2027, 7, 1)) is Status.EXPIRED
    assert "有效期至2027年6月30日" in told.standing_reason(date(2027, 1, 1))
    assert correct(settings, validity=None).validity == LIMITED


@pytest.mark.parametrize("written", ["无", ""])
def test_a_document_without_validity_does_not_end(settings: LibrarySettings, written: str) -> None:
    limited(settings)
    told = correct(settings, validity=written)
    assert told.standing(date(2040, 1, 1)) is Status.IN_FORCE
    assert "未载明有效期" in told.standing_reason(date(2040, 1, 1))


def test_each_field_that_cannot_have_its_value_is_named_with_why() -> None:
    lines = refused({"period": "十四五", "validity": "明年", "region": "某市"})
    assert set(lines) == {"period", "validity"}
    assert "2026-2030" in lines["period"]
    assert "2026-12-31" in lines["validity"]


def found(settings: LibrarySettings, query: str) -> bool:
    with PolicyLibrary.open(settings) as library:
        whole = library.score_documents(query)
        return bool(library.search_keywords(query, 5)) and bool(whole)


def test_search_finds_a_document_by_its_corrected_title_at_once(settings: LibrarySettings) -> None:
    assert not found(settings, "碧螺岛")
    correct(settings, title="碧螺岛渔业规划")
    assert found(settings, "碧螺岛")
    assert examine(settings).findings == ()
    correct(settings, title=None)
    assert not found(settings, "碧螺岛")


def test_a_corrected_title_is_found_in_later_versions_and_rebuilt_indexes(settings: LibrarySettings) -> None:
    correct(settings, title="碧螺岛渔业规划")
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("规划.txt", "新的内容。"))
    assert found(settings, "碧螺岛")
    rebuild(settings)
    assert found(settings, "碧螺岛")


def test_a_title_belongs_to_the_file_it_was_corrected_for(settings: LibrarySettings) -> None:
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.put(parsed("副本.txt"))
    correct(settings, title="碧螺岛渔业规划")
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        writer.forget("规划.txt")
    assert not found(settings, "碧螺岛")


def test_corrections_survive_a_new_version_of_the_file(settings: LibrarySettings) -> None:
    correct(settings, region="某市")
    with PolicyLibrary.open(settings) as library:
        with library.write() as writer:
            assert writer.put(parsed("规划.txt", "新的内容。")) == "updated"
        assert [document.region for document in library.documents()] == ["某市"]


def test_taking_a_correction_back_brings_the_document_s_own_word_back(settings: LibrarySettings) -> None:
    before = correct(settings)
    assert correct(settings, region="某市", period="") != before
    assert correct(settings, region=None, period=None) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "有效"),
        ("issued_on", "去年"),
        ("period", "十四五"),
        ("period", "2030-2026"),
        ("validity", "明年"),
        ("validity", "2026-02-30"),
        ("title", ""),
        ("kind", "红头"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_changes_nothing(
    settings: LibrarySettings, field: str, value: str
) -> None:
    before = correct(settings)
    with pytest.raises(LibraryError):
        correct(settings, **{field: value})
    assert correct(settings) == before


def test_an_unknown_file_is_refused(settings: LibrarySettings) -> None:
    with (
        PolicyLibrary.open(settings) as library,
        library.write() as writer,
        pytest.raises(LibraryError, match="没有来自"),
    ):
        writer.correct("别的.txt", {"region": "某市"})


def test_fields_go_by_english_and_chinese_names() -> None:
    assert field_named("发文机关") == field_named("issuer") == "issuer"
    with pytest.raises(LibraryError, match="可更正"):
        field_named("id")
