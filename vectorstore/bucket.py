"""Files in a storage that speaks S3: each appears whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from vectorstore.bucket_address import BucketAddress
from vectorstore.errors import LibraryError, SettingsError
from vectorstore.failures import is_engine_failure, refusal
from vectorstore.languages.language import own_words
from vectorstore.settings import LibrarySettings
from vectorstore.whole_file import write_whole

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Store

_NO_BUCKET = own_words("没有这个存储桶")
_NO_ACCESS = own_words("没有权限，请检查 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY")
_UNREACHABLE = own_words("无法连接，请检查 AWS_ENDPOINT_URL 和网络")
# Of a whole request; a storage that says nothing, what is sent to it included, is given up earlier.
_REQUEST = timedelta(minutes=10)
_SILENCE = timedelta(minutes=1)
_CONNECT = timedelta(seconds=3)
_RETRIES = 2
_RETRY = timedelta(seconds=10)
# Parts of a large file under way at once: over a slow line each must arrive before silence is over.
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is there.

    Attributes:
        name: its name below the folder.
        size: in bytes.
        at: when it was stored, by the storage's clock.
    """

    name: str
    size: int
    at: datetime


class Bucket:
    """The files below one folder of a bucket; safe to share between threads.

    Args:
        address: where the files are.
        settings: who asks.
        folder: what their names begin with.

    Raises:
        SettingsError: what reads a bucket is not installed.
    """

    def __init__(self, address: BucketAddress, settings: LibrarySettings, folder: str) -> None:
        try:
            import obstore
        except ModuleNotFoundError:
            raise SettingsError(
                "设置 POLICY_FILES_DIR 用到 S3，请先安装：pip install 'policy-assistant[s3]'"
            ) from None
        self._obstore = obstore
        self._address, self._settings, self._folder = address, settings, folder

    def __str__(self) -> str:
        return f"{self._address}/{self._folder}"

    def put(self, name: str, content: Path | bytes) -> None:
        """Store a file, in the place of one of its name.

        Raises:
            LibraryError: the storage is away or refuses.
        """
        with self._asking():
            self._obstore.put(self._store, name, content, max_concurrency=_PARTS)

    def fetch(self, name: str, place: Path, content_hash: str) -> bool:
        """Copy a file to this machine.

        Args:
            name: its name.
            place: where it is to be.
            content_hash: SHA-256 of its bytes, hexadecimal.

        Returns:
            Whether it is there now: one that is absent or holds other bytes is not.

        Raises:
            LibraryError: the storage is away or refuses, or the disk does.
        """
        try:
            with self._asking():
                found = self._obstore.get(self._store, name)
                return write_whole(place, map(bytes, found), content_hash, lasting=True)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise LibraryError(
                f"从 {self._address} 取来的文件未能保存：{refusal(error)}；请检查 {place.parent}"
            ) from None

    def stored(self) -> Iterator[Stored]:
        """Give all files, by name.

        Raises:
            LibraryError: the storage is away or refuses.
        """
        with self._asking():
            for page in self._obstore.list(self._store):
                for one in page:
                    yield Stored(one["path"], one["size"], one["last_modified"])

    def drop(self, name: str) -> None:
        """Delete a file; one that is absent is left so.

        Raises:
            LibraryError: the storage is away or refuses.
        """
        with self._asking():
            self._obstore.delete(self._store, name)

    @cached_property
    def _store(self) -> S3Store:
        from obstore.store import S3Store

        settings = self._settings
        told = {
            "endpoint": settings.aws_endpoint_url,
            "region": settings.aws_region,
            "access_key_id": settings.aws_access_key_id.get_secret_value(),
            "secret_access_key": settings.aws_secret_access_key.get_secret_value(),
        }
        return S3Store(
            self._address.bucket,
            prefix="/".join(filter(None, (self._address.prefix, self._folder))),
            config=cast("S3Config", {name: value for name, value in told.items() if value}),
            client_options={
                "allow_http": True,
                "connect_timeout": _CONNECT,
                "read_timeout": _SILENCE,
                "timeout": _REQUEST,
            },
            retry_config={"max_retries": _RETRIES, "retry_timeout": _RETRY},
            # Not every storage knows how to delete several at once.
            disable_bulk_delete=True,
        )

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Put in words what the storage refuses; its own text may name keys."""
        try:
            yield
        except BaseException as error:
            text = str(error)
            absent = isinstance(error, FileNotFoundError)
            if "NoSuchBucket" in text:
                reason = _NO_BUCKET
            elif absent or isinstance(error, OSError) or not is_engine_failure(error):
                raise
            elif "status code: 403" in text or "status code: 401" in text:
                reason = _NO_ACCESS
            else:
                reason = _UNREACHABLE
            raise LibraryError(f"设置 POLICY_FILES_DIR 的存储 {self._address} {reason}") from None
