"""Which data folder a library's indexes are in, where they are in one and the catalogue is on a server."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Mapping
from contextlib import suppress

from vectorstore.engines import engine_of
from vectorstore.errors import LibraryError
from vectorstore.failures import unwritable
from vectorstore.settings import LibrarySettings

HOME = "home"
"""The fact that names the folder: an id that a file in it holds as well, its machine and its path."""
_FILE = "home.id"


def home_of(settings: LibrarySettings) -> str:
    """Return what the catalogue is to say of the folder that its indexes are in; "" where it need not.

    Raises:
        LibraryError: the folder cannot be written.
    """
    if not _matters(settings):
        return ""
    key = _key(settings)
    if not key:
        key = secrets.token_hex(8)
        try:
            settings.policy_data_dir.mkdir(parents=True, exist_ok=True)
            (settings.policy_data_dir / _FILE).write_text(key)
        except OSError as error:
            raise unwritable(settings.policy_data_dir, error) from error
    return json.dumps([key, *_place(settings)])


def refuse_other_home(facts: Mapping[str, str], settings: LibrarySettings) -> None:
    """Refuse to look for indexes in this folder where they are in that of another machine.

    One that was emptied is filled again as long as its machine and its path are the same.

    Args:
        facts: what the catalogue says of the library.
        settings: where it is looked for.

    Raises:
        LibraryError: with the ways out.
    """
    if not facts.get(HOME) or not _matters(settings):
        return
    key, *place = json.loads(facts[HOME])
    own = _key(settings)
    if own != key and (own or place != _place(settings)):
        machine, path = place
        raise LibraryError(
            f"政策库的索引在 {machine} 的数据目录 {path} 中，其他机器无法使用；"
            "多台机器共用请都设置 POLICY_SEARCH_URL，改由本机单独使用请运行 policy-assistant rebuild"
        )


def _matters(settings: LibrarySettings) -> bool:
    return bool(settings.policy_database_url) and engine_of(settings).local


def _key(settings: LibrarySettings) -> str:
    with suppress(OSError):
        return (settings.policy_data_dir / _FILE).read_text()
    return ""


def _place(settings: LibrarySettings) -> list[str]:
    return [socket.gethostname(), str(settings.policy_data_dir.resolve())]
