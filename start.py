"""The command `chat`: ingests what changed and serves the chat page until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from vectorstore.errors import SettingsError, UnreadableFileError
from vectorstore.languages.catalogue import say
from vectorstore.languages.language import own_words

HOST = "127.0.0.1"
HOME = Path(__file__).resolve().parent
SOME_FILES_FAILED = 1
INTERRUPTED = 130
_EXAMPLES = own_words("""示例：
  policy-assistant chat                          启动页面；资料库为空时导入示例文件
  policy-assistant chat --docs 政策文件/         先导入该文件夹中有变化的文件
在源代码文件夹中可用 make chat，另加 DOCS=文件夹、PORT=端口""")


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `chat` to the console script."""
    parser = subparsers.add_parser(
        "chat",
        description="导入文件并启动问答页面，只供本机使用。",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--docs", default="", metavar="DIR", help="要导入的文件夹；留空时，首次启动导入示例文件"
    )
    parser.add_argument("--port", default="8501", metavar="N", help="端口（默认8501）")
    parser.set_defaults(run=run_chat)


def run_chat(options: argparse.Namespace) -> int:
    """Serve the chat page; 0 after Ctrl-C, else the code of the ingestion that stopped the start."""
    # A shell starts its background jobs with SIGINT ignored; the page must stop there as well.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        port = free_port(options.port)
        folder = folder_to_ingest(options.docs)
        code = ingest(folder) if folder else 0
        if code == INTERRUPTED:
            return 0
        return serve(port) if code <= SOME_FILES_FAILED else code
    except KeyboardInterrupt:
        return 0


def free_port(text: str) -> int:
    """Return the port a text names, after making sure that nothing listens there.

    Raises:
        SettingsError: it names no port, or the port cannot be had.
    """
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"{text} 不是有效的端口号，请用 1 至 65535 之间的数 (not a port number)")
    port = int(text)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            # Binding alone is no proof: macOS lets one program listen here and another at every address.
            taken = is_listening(port)
        except OSError:
            taken = True
    if taken:
        other = port + 1 if port < 65535 else 8501
        raise SettingsError(
            f"端口 {port} 不可用，请换一个：--port {other}（make chat PORT={other}）(port not available)"
        )
    return port


def is_listening(port: int) -> bool:
    """Whether a program accepts connections at a port of this machine."""
    with socket.socket() as caller:
        return caller.connect_ex((HOST, port)) == 0


def folder_to_ingest(docs: str) -> Path | None:
    """Return the folder the user named, the examples where the library is still empty, or nothing.

    Raises:
        UnreadableFileError: the folder does not exist.
    """
    if docs:
        # No shell expands the tilde of `make chat DOCS=~/folder`.
        folder = Path(docs).expanduser()
        if not folder.exists():
            raise UnreadableFileError(f"找不到文件夹：{docs} (no such folder)")
        return folder
    # Loading these takes seconds: a wrong port is told before, and Ctrl-C meanwhile ends the start cleanly.
    from vectorstore.library import PolicyLibrary
    from vectorstore.settings import library_settings

    with PolicyLibrary.open(library_settings()) as library:
        return None if library.documents() else HOME / "examples"


def ingest(folder: Path) -> int:
    """Ingest a folder as its command does, and return its exit code."""
    from cli import main as policy_assistant

    return policy_assistant(["ingest", str(folder)])


def serve(port: int) -> int:
    """Serve the page until Ctrl-C, and say where it is once it answers."""
    # -P: what lies in the folder that it was started in takes no module's place.
    command = [
        sys.executable,
        "-P",
        "-m",
        "streamlit",
        "run",
        str(HOME / "server.py"),
        "--server.port",
        str(port),
    ]
    command += ["--logger.level", "warning", "--logger.hideWelcomeMessage", "true"]
    # In a process group of its own it does not hear Ctrl-C, for its answer while starting is a traceback.
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, process_group=0)
    stop = server.kill
    try:
        while server.poll() is None and not is_healthy(port):
            time.sleep(0.1)
        stop = server.terminate
        if server.poll() is None:
            address = f"http://{HOST}:{port}"
            print(
                say("问答页面已启动：{address} （按 Ctrl-C 停止，Ctrl-C stops）", address=address), flush=True
            )
        return server.wait()
    except KeyboardInterrupt:
        stop()
        server.wait()
        return 0


def is_healthy(port: int) -> bool:
    """Whether the page is ready for its first visitor."""
    connection = HTTPConnection(HOST, port, timeout=1)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
