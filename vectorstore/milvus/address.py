"""Where Milvus is, as POLICY_SEARCH_URL says."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from vectorstore.errors import SettingsError

_PORT, _SECURE_PORT = 19530, 443


@dataclass(frozen=True, slots=True)
class Address:
    """A Milvus server, or a folder of Milvus Lite.

    Attributes:
        shown: what messages call it; it holds nothing secret.
        host, port: of the server; "" for a folder.
        secure: whether the connection is encrypted.
        database: which of the server's databases; "" for its default one.
        token: what the server lets one in with.
        folder: of Milvus Lite; None for a server.
    """

    shown: str
    host: str = ""
    port: int = 0
    secure: bool = False
    database: str = ""
    token: str = field(default="", repr=False)
    folder: Path | None = None

    @property
    def uri(self) -> str:
        """What pymilvus takes, without token and database."""
        if self.folder:
            return str(self.folder)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"


def address_of(url: str) -> Address:
    """Read an address.

    Args:
        url: `milvus://[user:password@]host[:port][/database]`, `milvus+https://…` for an encrypted
            connection, or `milvus:///folder/name.db` for Milvus Lite; a token alone stands as the user.

    Returns:
        Its parts.

    Raises:
        SettingsError: it is no such address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # The error's own text would show what may be a password.
        raise _unfit() from None
    path = unquote(parts.path)
    if not parts.hostname:
        if parts.scheme != "milvus" or parts.netloc or not path.endswith(".db"):
            raise _unfit()
        return Address(path, folder=Path(path))
    database = path.strip("/")
    if "/" in database:
        raise _unfit()
    secure = parts.scheme != "milvus"
    port = port or (_SECURE_PORT if secure else _PORT)
    return Address(
        f"{parts.hostname}:{port}", parts.hostname, port, secure, database=database, token=_token(parts)
    )


def _token(parts: SplitResult) -> str:
    given = (parts.username, parts.password)
    return ":".join(unquote(one) for one in given if one)


def _unfit() -> SettingsError:
    return SettingsError(
        "设置 POLICY_SEARCH_URL 的值无效，应形如 milvus://127.0.0.1:19530 或 milvus:///srv/policy/milvus.db"
    )
