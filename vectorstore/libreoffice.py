"""LibreOffice, where it is installed: turns a file into another format, with neither macros nor network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from vectorstore.errors import UnreadableFileError

_SECONDS = 180
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
# Macros never run, and what a file only refers to, such as a picture on a server, is not fetched.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""  # noqa: E501 the form that LibreOffice reads


def program() -> str:
    """Return where LibreOffice is, or ""."""
    return shutil.which("soffice") or shutil.which("libreoffice") or (_MAC if Path(_MAC).is_file() else "")


def convert(command: str, data: bytes, kind: str, target: str) -> bytes:
    """Turn a file into another format.

    Args:
        command: where LibreOffice is.
        data: the file.
        kind: its ending.
        target: the ending of the format wanted.

    Raises:
        UnreadableFileError: it cannot be opened, or takes too long.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document.{kind}"
        source.write_bytes(data)
        # A profile of its own: two conversions with the same one wait for each other.
        settings = Path(folder) / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        to = ["--convert-to", target, "--outdir", f"{folder}/out"]
        _run([command, profile, "--headless", "--norestore", *to, str(source)])
        result = Path(folder) / "out" / f"document.{target}"
        if not result.is_file():
            raise UnreadableFileError("LibreOffice 无法打开这个文件，可能已损坏或有密码保护")
        return result.read_bytes()


def _run(arguments: list[str]) -> None:
    """Run the conversion; whatever it started ends with it."""
    with subprocess.Popen(  # noqa: S603 the program that is installed, the file under a name of ours
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise UnreadableFileError(f"LibreOffice 转换超过 {_SECONDS} 秒，已放弃这个文件") from error
