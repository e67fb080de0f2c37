"""Whatever is sent to the service, it answers in its protocol's shape and lives on.

API_FUZZ sets how many requests are sent, FUZZ_SEED is the number of the first; the long form is run by
`tests.assistant.api.fuzzing`.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from tests import fuzz_runs
from tests.assistant.api.broken_requests import PATHS, body, raw
from tests.assistant.api.fuzzing import EXPECTED

REQUESTS = int(os.environ.get("API_FUZZ", "500"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
ROOT = Path(__file__).parents[3]
# Over a socket a request takes many times as long.
_SENT = 200


@pytest.mark.timeout(300 + REQUESTS)
def test_every_request_is_answered_in_the_protocol_s_shape(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    command = [sys.executable, "-m", "tests.assistant.api.fuzzing", str(SEED), str(REQUESTS), str(log)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    done = fuzz_runs.pieces(log)
    assert sum(piece.inputs for piece in done) == REQUESTS
    assert [piece.findings for piece in done if piece.findings] == []


def test_what_is_hardly_http_ends_no_server(url: str) -> None:
    chance = random.Random(SEED)  # noqa: S311
    with httpx2.Client(base_url=url, trust_env=False, timeout=60) as client:
        for number in range(_SENT):
            if chance.random() < 0.5:
                assert b"Traceback" not in send_raw(url, raw(chance)), number
                continue
            answer = client.request(
                chance.choice(("POST", "GET", "PUT")), chance.choice(PATHS), content=body(chance)
            )
            assert answer.status_code in EXPECTED, (number, answer.text)
        assert client.get("/health").json()["status"] == "ok"


def send_raw(url: str, data: bytes) -> bytes:
    """Send bytes and whatever end there is; return what came back first."""
    address = urlsplit(url)
    with socket.create_connection((str(address.hostname), address.port or 0), timeout=60) as caller:
        with suppress(OSError):
            caller.sendall(data)
            caller.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            return caller.recv(4096)
    return b""
