"""`policy-assistant serve --api` as an administrator starts and stops it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.assistant.api.serving import PATIENCE
from tests.assistant.asking import Run
from vectorstore.settings import LibrarySettings

ROOT = Path(__file__).parents[2]


@contextmanager
def served(
    settings: LibrarySettings, *words: str, **environment: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start the command on a free port and give its address as it printed it."""
    variables = {**os.environ, "POLICY_DATA_DIR": str(settings.policy_data_dir), **environment}
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--api", "--port", "0", *words]
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().partition("：")[2].strip(), process
        finally:
            process.kill()


def test_it_prints_its_address_asks_for_the_key_and_ends_cleanly(example_settings: LibrarySettings) -> None:
    with served(example_settings, POLICY_API_KEY="right-key") as (url, process):
        assert url.startswith("http://127.0.0.1:")
        assert httpx2.get(f"{url}/models", trust_env=False, timeout=PATIENCE).status_code == 401
        right = {"Authorization": "Bearer right-key"}
        models = httpx2.get(f"{url}/models", headers=right, trust_env=False, timeout=PATIENCE).json()["data"]
        assert models[0]["id"] == "policy-assistant"
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def test_without_a_key_no_other_machine_is_served(run: Run) -> None:
    code, out, err = run("serve", "--api", "--host", "0.0.0.0")  # noqa: S104 - refused
    assert (code, out) == (2, "")
    assert "POLICY_API_KEY" in err


@pytest.mark.parametrize("port", ["-1", "70000"])
def test_a_port_that_cannot_be_is_told(run: Run, port: str) -> None:
    assert "--port" in run("serve", "--api", "--port", port)[2]


def test_a_port_in_use_is_told(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, _, err = run("serve", "--api", "--port", str(taken.getsockname()[1]))
    assert code == 2
    assert "--port" in err
