"""Builds wheel and sdist, and tries the wheel as a user has it: `.venv/bin/python scripts/release.py`.

The wheel is installed into a fresh environment and its commands run in an empty folder. What does
not work ends it with 1 and one line.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
_EXAMPLE = "临澜市支持生物医药产业创新发展若干措施.txt"
_QUESTION = "临澜市对首次取得三类医疗器械注册证的奖励多少？"
_PORT = 18501
_PATIENCE = 120


class ReleaseError(Exception):
    """What keeps the release from being one; its text is one line."""


def main() -> int:
    """Build, try, and say in one line whether it is a release."""
    try:
        version = _version()
        wheel = _built(version)
        with tempfile.TemporaryDirectory() as folder:
            _try(wheel, Path(folder))
    except ReleaseError as error:
        print(f"未能发布：{error} (no release)", file=sys.stderr)
        return 1
    print(f"可以发布：{version}，dist/ 中的 wheel 与 sdist 已在全新环境中试用 (ready to release)")
    return 0


def _version() -> str:
    """Return the version of `pyproject.toml`, which the changelog must tell of."""
    version: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    if not re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changes, flags=re.MULTILINE):
        raise ReleaseError(f"CHANGELOG.md 中没有 {version} 的标题和日期")
    return version


def _built(version: str) -> Path:
    shutil.rmtree(DIST, ignore_errors=True)
    _said([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(DIST), str(ROOT)], ROOT)
    for kind in (f"policy_assistant-{version}-py3-none-any.whl", f"policy_assistant-{version}.tar.gz"):
        if not (DIST / kind).exists():
            raise ReleaseError(f"没有生成 {kind}")
    return DIST / f"policy_assistant-{version}-py3-none-any.whl"


def _try(wheel: Path, folder: Path) -> None:
    """Install the wheel into an environment of its own and use it in an empty folder."""
    print("正在全新环境中安装并试用…… (installing and trying)", flush=True)
    environment, empty = folder / "environment", folder / "empty"
    venv.create(environment, with_pip=True)
    empty.mkdir()
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    _said([*pip, "--disable-pip-version-check", "-c", str(ROOT / "constraints.txt"), str(wheel)], empty)
    command = str(environment / "bin" / "policy-assistant")
    _expect("chat", _said([command, "--help"], empty))
    shutil.copy(ROOT / "examples" / _EXAMPLE, empty)
    _expect("新增", _said([command, "ingest", _EXAMPLE], empty))
    _expect("\n[1] 《", _said([command, "ask", _QUESTION], empty))
    _serve(command, empty)


def _serve(command: str, folder: Path) -> None:
    chat = subprocess.Popen([command, "chat", "--port", str(_PORT)], cwd=folder, stdout=subprocess.DEVNULL)
    try:
        latest = time.monotonic() + _PATIENCE
        while not _answers():
            if chat.poll() is not None or time.monotonic() > latest:
                raise ReleaseError("policy-assistant chat 没有响应")
            time.sleep(0.2)
    finally:
        chat.send_signal(signal.SIGINT)
        chat.wait()


def _answers() -> bool:
    connection = HTTPConnection("127.0.0.1", _PORT, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _said(command: Sequence[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().rpartition("\n")[2]
        raise ReleaseError(f"{' '.join(map(str, command[-3:]))}：{last}")
    return done.stdout


def _expect(text: str, said: str) -> None:
    if text not in said:
        raise ReleaseError(f"输出中没有“{text.strip()}”：{said.strip()[-200:]}")


if __name__ == "__main__":
    sys.exit(main())
