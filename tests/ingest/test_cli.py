import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli import main

PLAN = "云泽市海洋经济发展“十三五”规划\n一、目标\n到2020年，海洋生产总值突破1200亿元。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "政策"
    folder.mkdir()
    (folder / "规划.txt").write_text(PLAN, encoding="utf-8")
    return folder


def test_ingesting_ends_with_a_table_and_code_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(folder)]) == 0
    told = capsys.readouterr()
    assert "新增" in told.out
    assert told.err == ""


def test_a_failed_file_is_one_line_and_code_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "空.txt").write_bytes(b"")
    assert main(["ingest", str(folder)]) == 1
    assert capsys.readouterr().err == "失败：空.txt：文件是空的，没有可收录的文字\n"


def test_nothing_done_is_code_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "规划.txt").write_bytes(b"")
    assert main(["ingest", str(folder)]) == 2
    (folder / "规划.txt").unlink()
    assert main(["ingest", str(folder)]) == 2
    assert "没有找到可收录的文件" in capsys.readouterr().err


def test_json_stands_alone_on_standard_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "空.txt").write_bytes(b"")
    main(["ingest", str(folder), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["unchanged"]) == (1, 0)
    assert told["failed"] == [{"document": "空.txt", "reason": "文件是空的，没有可收录的文字"}]


def test_a_dry_run_lists_the_files_and_writes_only_the_report(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "核对.md"
    assert main(["ingest", str(folder), "--dry-run", "--report", str(report), "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)["files"]
    assert listed["title"] == "云泽市海洋经济发展“十三五”规划"
    assert (listed["kind"], listed["status"]) == ("plan", "in_force")
    assert {"## 章节", "- 类型：规划"} <= set(report.read_text(encoding="utf-8").splitlines())
    main(["documents", "--json"])
    assert capsys.readouterr().out == ""


def test_a_title_is_read_in_one_line_on_a_common_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ingest", str(folder)])
    capsys.readouterr()
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["documents"]) == 0
    told = capsys.readouterr().out
    assert "云泽市海洋经济发展“十三五”规划" in told
    assert "规划.txt" in told


def test_a_report_that_cannot_be_written_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", str(folder), "--report", str(folder)]) == 2
    assert capsys.readouterr().err.startswith("无法写入 ")


def test_documents_tell_their_standing_today(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(folder), "--json"])
    capsys.readouterr()
    assert main(["documents", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["document"], told["status"], told["period"]) == ("规划.txt", "expired", [2016, 2020])
    assert (told["kind"], told["issued_on"]) == ("plan", None)


def test_passages_are_told_one_a_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(folder), "--json"])
    capsys.readouterr()
    main(["passages", "--json", "--document", "规划.txt"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [passage["section"] for passage in told] == [[], ["一、目标"]]
    assert set(told[0]) == {"document", "document_id", "section", "kind", "page", "text", "start", "end"}


def test_removing_goes_by_name_or_id(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(folder), "--json"])
    assert main(["remove", "规划.txt"]) == 0
    assert main(["remove", "规划.txt"]) == 2
    assert "没有文件 规划.txt" in capsys.readouterr().err


def test_a_field_corrected_by_hand_survives_the_next_ingest(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ingest", str(folder), "--json"])
    capsys.readouterr()
    assert main(["documents", "set", "规划.txt", "地区=广东省江门市", "period=2016-2035"]) == 0
    assert json.loads(capsys.readouterr().out)["region"] == "广东省江门市"
    (folder / "规划.txt").write_text(PLAN + "二、保障\n加强组织领导。", encoding="utf-8")
    main(["ingest", str(folder), "--json"])
    capsys.readouterr()
    main(["documents", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["region"], told["period"], told["status"]) == ("广东省江门市", [2016, 2035], "in_force")
    assert main(["documents", "unset", "规划.txt", "地区"]) == 0
    assert json.loads(capsys.readouterr().out)["region"] == "云泽市"


@pytest.mark.parametrize("change", ["地区", "编号=1", "status=有效", "日期=昨天"])
def test_a_correction_that_cannot_be_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    main(["ingest", str(folder), "--json"])
    capsys.readouterr()
    assert main(["documents", "set", "规划.txt", change]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_help_is_chinese_and_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    for words in ("用法", "选项", "示例", "ingest", "ask", "passages"):
        assert words in told
    assert "usage" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nix"], "命令 没有 nix 这一项，可选 chat、ingest、"),
        (["ingest"], "缺少 PATH；用法见 policy-assistant ingest --help"),
        (["documents", "--bogus"], "无法识别 --bogus；"),
        (["ingest", "x", "--workers", "0"], "--workers 必须是正整数；"),
        (["ingest", "x", "--workers"], "--workers 后面缺少值；"),
        (["ingest", "x", "--dry-run", "--again"], "不能与"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_chinese_line(
    capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert told in said
    assert said.count("\n") == 1


def test_the_module_runs_for_scheduled_jobs(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ingest", str(folder), "--json"], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["added"] == 1


def test_ingesting_does_not_wait_for_the_answering_side(folder: Path) -> None:
    program = "import sys, cli; cli.main(['documents']); print('assistant.assistant' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-1] == "False"
