import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from pydantic import SecretStr

from ingest.pipeline import ingest, parse, preview
from ingest.progress import Step
from ingest.report import IngestReport
from ingest.tokens import TokenBudget
from ingest.uploaded import uploaded
from tests.openai_server import OpenAIServer
from vectorstore.bucket_address import BucketAddress
from vectorstore.errors import UnreadableFileError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.types import Status

PLAN = "云泽市海洋经济发展“十五五”规划\n一、目标\n到2030年，海洋生产总值突破1200亿元。\n"
DRAFT = "云泽市管理办法\n（征求意见稿）\n第一条 为规范管理，制定本办法。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "政策"
    (folder / "子").mkdir(parents=True)
    (folder / "规划.txt").write_text(PLAN, encoding="utf-8")
    (folder / "子" / "办法 草案😀.md").write_text(DRAFT, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[PolicyLibrary]:
    with PolicyLibrary.open(LibrarySettings(policy_data_dir=tmp_path / "data")) as library:
        yield library


def outcomes(report: IngestReport) -> dict[str, str]:
    return {result.source: result.outcome for result in report.files}


def test_parsing_is_pure() -> None:
    assert parse(PLAN.encode(), "规划.txt") == parse(PLAN.encode(), "规划.txt")


def test_a_table_is_kept_whole_and_its_rows_lie_in_it() -> None:
    source = """云泽市海洋经济规划
一、目标
主要指标
| 类别 | 指标 | 2025年 | 2030年 |
|---|---|---|---|
| 规模 | 总产值（亿元） | 400 | 650 |
|  | 出口额（亿元） | 30 | 50 |
| 一、服务 |  |  |  |
| 民生 | 学位（个） | 900 | 1200 |

二、保障
加强组织领导。
"""
    told = parse(source.encode(), "规划.md")
    (table,) = told.tables
    assert (table.caption, table.section) == ("主要指标", ("一、目标", "主要指标"))
    assert table.header == (("类别", "指标", "2025年", "2030年"),)
    assert [row.cells for row in table.rows] == [
        ("规模", "总产值（亿元）", "400", "650"),
        ("规模", "出口额（亿元）", "30", "50"),
        ("一、服务", "", "", ""),
        ("民生", "学位（个）", "900", "1200"),
    ]
    assert [row.is_group for row in table.rows] == [False, False, True, False]
    assert [told.text[row.start : row.end] for row in table.rows][2] == "一、服务"
    held = [passage for passage in told.passages if table.holds(passage)]
    assert [passage.start for passage in held] == [row.start for row in table.rows if not row.is_group]
    assert [passage.text.split("：")[0] for passage in held][2] == "一、服务｜民生｜学位（个）"


def test_a_table_that_a_page_break_cuts_in_two_is_one() -> None:
    head = "| 指标 | 2025年 | 2030年 |\n|---|---|---|\n"
    source = (
        f"云泽市海洋经济规划\n一、目标\n主要指标\n单位：亿元\n{head}| 总产值 | 400 | 650 |\n"
        f"\f{head}| 出口额 | 30 | 50 |\n\n二、保障\n加强组织领导。\n"
    )
    told = parse(source.encode(), "规划.md")
    (table,) = told.tables
    assert (table.caption, table.page) == ("主要指标", 1)
    assert [row.cells[0] for row in table.rows] == ["总产值", "出口额"]
    rows = [passage for passage in told.passages if table.holds(passage)]
    assert [passage.page for passage in rows] == [1, 2]
    assert {(passage.table, passage.section) for passage in rows} == {("主要指标", ("一、目标", "主要指标"))}
    assert rows[1].text == "出口额：2025年30亿元；2030年50亿元"


def test_a_table_is_one_where_the_notes_of_a_page_stand_between_its_halves() -> None:
    head = "| 指标 | 2025年 | 2030年 |\n|---|---|---|\n"
    source = (
        f"云泽市海洋经济规划\n一、目标\n建设“两带”[1]。\n主要指标\n{head}| 总产值 | 400 | 650 |\n"
        f"\n[1]两带指海岸带和海岛带。\n\f{head}| 出口额 | 30 | 50 |\n\n二、保障\n加强组织领导。\n"
    )
    (table,) = parse(source.encode(), "规划.md").tables
    assert [row.cells[0] for row in table.rows] == ["总产值", "出口额"]


def test_an_id_is_made_of_the_content() -> None:
    one, other = parse(PLAN.encode(), "甲.txt").document, parse(PLAN.encode(), "乙.txt").document
    assert one.id == other.id == one.content_hash[:16]


def test_a_file_of_nothing_but_debris_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="没有可收录的文字"):
        parse("目录\n一、总则……1\n---\n".encode(), "空.txt")


def test_files_go_in_and_a_second_time_nothing_changes(folder: Path, library: PolicyLibrary) -> None:
    assert outcomes(ingest([folder], library)) == {"规划.txt": "added", "子/办法 草案😀.md": "added"}
    generation = library.generation
    assert outcomes(ingest([folder], library)) == {"规划.txt": "unchanged", "子/办法 草案😀.md": "unchanged"}
    assert library.generation == generation
    statuses = {document.source: document.status for document in library.documents()}
    assert statuses == {"规划.txt": Status.IN_FORCE, "子/办法 草案😀.md": Status.DRAFT}
    assert all(document.ingested_at for document in library.documents())


def test_a_changed_file_replaces_its_document(folder: Path, library: PolicyLibrary) -> None:
    ingest([folder], library)
    (folder / "规划.txt").write_text(PLAN.replace("1200", "1500"), encoding="utf-8")
    assert outcomes(ingest([folder], library))["规划.txt"] == "updated"
    assert len(library.documents()) == 2
    assert "1500" in "".join(passage.text for passage in library.passages())


def test_the_same_content_under_another_name_is_kept_once(folder: Path, library: PolicyLibrary) -> None:
    (folder / "规划副本.txt").write_text(PLAN, encoding="utf-8")
    assert ingest([folder], library).count("duplicate") == 1
    assert len(library.documents()) == 2


def test_pruning_forgets_files_that_are_gone_and_only_those(folder: Path, library: PolicyLibrary) -> None:
    ingest([folder], library)
    (folder / "规划.txt").unlink()
    (folder / "子" / "办法 草案😀.md").write_bytes(b"")
    report = ingest([folder], library, prune=True)
    assert outcomes(report) == {"子/办法 草案😀.md": "failed", "规划.txt": "removed"}
    assert [document.source for document in library.documents()] == ["子/办法 草案😀.md"]


def test_pruning_leaves_what_has_its_file_elsewhere_and_its_members(
    folder: Path, tmp_path: Path, library: PolicyLibrary
) -> None:
    settings = LibrarySettings.in_folder(tmp_path)
    uploads = settings.uploads
    (uploads / "上传").mkdir(parents=True)
    (uploads / "上传" / "渔港条例.txt").write_text("青屿市渔港条例\n\n渔港数量达到12个。", encoding="utf-8")
    with ZipFile(uploads / "上传" / "汇编.zip", "w") as archive:
        archive.writestr("岸电办法.txt", "青屿市岸电办法\n\n岸电使用率达到95%。")
    ingest([uploads], library)
    assert ingest([folder], library, prune=True, elsewhere=uploaded(settings)).count("removed") == 0
    (uploads / "上传" / "渔港条例.txt").unlink()
    report = ingest([folder], library, prune=True, elsewhere=uploaded(settings))
    assert outcomes(report)["上传/渔港条例.txt"] == "removed"
    assert "上传/汇编.zip#岸电办法.txt" in {document.source for document in library.documents()}
    in_a_bucket = settings.model_copy(update={"policy_files_dir": BucketAddress("policies")})
    shutil.rmtree(uploads)
    report = ingest([folder], library, prune=True, elsewhere=uploaded(in_a_bucket))
    assert report.count("removed") == 0, "an upload of another machine's page is no file that is gone"


def test_bad_files_cost_themselves_alone(folder: Path, library: PolicyLibrary) -> None:
    (folder / "空.txt").write_bytes(b"")
    (folder / "程序.txt").write_bytes(b"\x7fELF\x00\x01" * 500)
    (folder / "链接.txt").symlink_to(folder / "规划.txt")
    report = ingest([folder, folder.parent / "没有"], library)
    assert {result.source for result in report.failed} == {"空.txt", "程序.txt", "链接.txt", "没有"}
    assert all(result.reason for result in report.failed)
    assert report.count("added") == 2


def test_vectors_of_an_endpoint_are_asked_for_where_files_are_stored(
    folder: Path, tmp_path: Path, openai_server: OpenAIServer
) -> None:
    settings = LibrarySettings.in_folder(tmp_path / "endpoint").model_copy(
        update={
            "policy_embedding_model": "test-embedding",
            "openai_base_url": openai_server.url,
            "openai_api_key": SecretStr(openai_server.key),
        }
    )
    with PolicyLibrary.open(settings) as asking:
        assert ingest([folder], asking).count("added") == 2
        passages = [passage.id for passage in asking.passages()]
        assert {hit.passage_id for hit in asking.search_vectors("海洋", 99)} == set(passages)


def test_the_budget_is_kept_by_whoever_reads(folder: Path, library: PolicyLibrary) -> None:
    budget = TokenBudget(300)
    (folder / "规划.txt").write_text(PLAN + "加快海洋装备发展，推进港口建设。" * 60, encoding="utf-8")
    ingest([folder], library, budget=budget)
    assert 200 < max(budget.count(passage.text) for passage in library.passages()) <= 300


def test_progress_tells_each_file_as_it_is_done(folder: Path, library: PolicyLibrary) -> None:
    told: list[tuple[str, int, int]] = []

    def progress(step: Step) -> None:
        assert step.result
        told.append((step.result.source, step.files_done, step.files))

    ingest([folder], library, progress=progress)
    assert told == [("规划.txt", 1, 2), ("子/办法 草案😀.md", 2, 2)]


def test_a_preview_tells_and_writes_nothing(folder: Path, library: PolicyLibrary) -> None:
    report = preview([folder], library)
    plan = report.files[0]
    assert (plan.outcome, plan.title, plan.status) == (
        "added",
        "云泽市海洋经济发展“十五五”规划",
        Status.IN_FORCE,
    )
    assert library.generation == 0


def test_the_review_tells_what_was_understood(folder: Path, library: PolicyLibrary) -> None:
    (folder / "规划.txt").write_text(
        f"{PLAN}表1 指标\n| 指标 | 2030年 |\n|---|---|\n| 产值 | 650 |\n\n版权所有 云泽市", encoding="utf-8"
    )
    reviews: list[str] = []
    preview([folder / "规划.txt"], library, review=reviews.append)
    for words in ("云泽市海洋经济发展“十五五”规划", "2026—2030", "- 一、目标", "产值：2030年650", "版权所有"):
        assert words in reviews[0]


def test_the_review_shows_a_table_that_names_no_columns(folder: Path, library: PolicyLibrary) -> None:
    (folder / "表.csv").write_text("地区,12\n甲,34.5\n", encoding="utf-8")
    reviews: list[str] = []
    report = preview([folder / "表.csv"], library, review=reviews.append)
    assert [result.outcome for result in report.files] == ["added"]
    assert "| --- |" in reviews[0]


def test_a_table_of_fifty_thousand_rows_is_read() -> None:
    rows = "".join(f"| 项目{number} | {number} |\n" for number in range(50_000))
    parsed = parse(f"云泽市项目表\n表1 项目\n| 项目 | 2030年 |\n|---|---|\n{rows}".encode(), "表.md")
    assert parsed.passages[-1].text == "项目49999：2030年49999"


def test_unchanged_files_are_read_again_only_on_request(folder: Path, library: PolicyLibrary) -> None:
    long = PLAN + "".join(f"第{number}个港区到2030年吞吐量达到{number + 100}万吨。" for number in range(99))
    (folder / "规划.txt").write_text(long, encoding="utf-8")
    ingest([folder], library)
    whole = [passage.text for passage in library.passages()]
    narrow = TokenBudget(300)
    assert set(outcomes(ingest([folder], library, budget=narrow)).values()) == {"unchanged"}
    again = outcomes(ingest([folder], library, budget=narrow, again=True))
    assert again == {"规划.txt": "updated", "子/办法 草案😀.md": "unchanged"}
    assert len(list(library.passages())) > len(whole)
    assert set(outcomes(ingest([folder], library, budget=narrow, again=True)).values()) == {"unchanged"}
    ingest([folder], library, again=True)
    assert [passage.text for passage in library.passages()] == whole
