"""Where the library lives and what fills it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from vectorstore.bucket_address import BucketAddress
from vectorstore.errors import SettingsError

UPLOADED = "上传"
"""What the source names of uploaded files begin with, which tell where each document came from."""

_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*")
_Settings = TypeVar("_Settings", bound=BaseSettings)


class LibrarySettings(BaseSettings):
    """Settings of the policy library, from the environment or `.env` (see `.env.example`).

    Attributes:
        policy_data_dir: folder of the library.
        policy_files_dir: folder of the files as they came, or where a storage that speaks S3 keeps them
            (`s3://BUCKET/PREFIX`); None means the data folder. Machines that share a library share it.
        aws_endpoint_url, aws_region: that storage; empty means what the environment says, or Amazon's.
        aws_access_key_id, aws_secret_access_key: who asks there; empty means what the environment says.
        policy_search_url: the search engine that holds keywords and vectors, `milvus://HOST:PORT/DATABASE` or
            `milvus:///FOLDER/NAME.db`; empty means the data folder.
        policy_chroma_url: a Chroma server; empty means the embedded one.
        policy_database_url: SQLAlchemy address of the catalogue; empty means SQLite in the folder.
        policy_records_url: SQLAlchemy address of what people leave; empty means the catalogue's.
        policy_embedding_model: the embedding model; empty means the built-in one, `builtin:e5` that of the
            extra `semantic`, `local:FOLDER` one in ONNX form; else a model behind the endpoint.
        policy_embedding_query_prompt, policy_embedding_passage_prompt: what is written before questions and
            passages; empty means what the model is known for, `none` means nothing.
        policy_dictionary: a file of words in jieba's format that the segmentation is taught.
        policy_keep_originals: whether to keep a copy of each ingested file.
        openai_api_key, openai_base_url: the OpenAI-compatible endpoint.
        policy_embedding_batch: most texts in one request.
        policy_embedding_concurrency: most requests at once.
        policy_embedding_timeout: seconds that one request may take.
        policy_model_threads: processor cores that a model in the process may use; 0 means half of them.
    """

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    policy_data_dir: Path = Path("data")
    policy_files_dir: Annotated[Path | BucketAddress | None, NoDecode] = None
    aws_endpoint_url: str = ""
    aws_region: str = ""
    aws_access_key_id: SecretStr = SecretStr("")
    aws_secret_access_key: SecretStr = SecretStr("")
    policy_search_url: SecretStr = SecretStr("")
    policy_chroma_url: str = ""
    policy_database_url: str = ""
    policy_records_url: str = ""
    policy_embedding_model: str = ""
    policy_embedding_query_prompt: str = ""
    policy_embedding_passage_prompt: str = ""
    policy_dictionary: Path | None = None
    policy_keep_originals: bool = True
    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: str = ""
    policy_embedding_batch: int = Field(default=32, ge=1)
    policy_embedding_concurrency: int = Field(default=4, ge=1, le=32)
    policy_embedding_timeout: float = Field(default=120, gt=0)
    policy_model_threads: int = Field(default=0, ge=0, le=256)

    @field_validator("policy_files_dir", mode="before")
    @classmethod
    def _is_a_folder_or_a_bucket(cls, place: object) -> object:
        """Of an address another scheme would become a folder with a strange name."""
        if not isinstance(place, str) or "://" not in place:
            return place
        return BucketAddress.of(place)

    @property
    def bucket(self) -> BucketAddress | None:
        """Where a storage that speaks S3 keeps the files as they came; None: they are in a folder."""
        return self.policy_files_dir if isinstance(self.policy_files_dir, BucketAddress) else None

    @property
    def on_postgresql(self) -> bool:
        """Whether the catalogue is in a PostgreSQL, which several machines may share."""
        return self.policy_database_url.startswith("postgresql")

    @property
    def originals(self) -> Path:
        """The folder of the files that documents were read from."""
        return self._files / "originals"

    @property
    def uploads(self) -> Path:
        """The folder of the files that were uploaded on the page; their source names are relative to it."""
        return self._files / "uploads"

    @property
    def submitted(self) -> Path:
        """The folder of the files that wait until an administrator takes them in."""
        return self._files / "submitted"

    @property
    def queued(self) -> Path:
        """The folder of the files that wait to be ingested by whichever machine takes them."""
        return self._files / "queued"

    @property
    def _files(self) -> Path:
        # With a bucket what stands in folders is this machine's.
        return self.policy_files_dir if isinstance(self.policy_files_dir, Path) else self.policy_data_dir

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """Return the settings of a SQLite library with built-in engines, whatever the environment says."""
        return cls.model_construct(policy_data_dir=folder)


class LogSettings(BaseSettings):
    """Settings of what servers log, from the environment or `.env`.

    Attributes:
        policy_log: text, or a JSON object a line.
    """

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    policy_log: Literal["text", "json"] = "text"


def log_settings() -> LogSettings:
    """Read the settings of what servers log.

    Raises:
        SettingsError: a value does not fit; the message names the setting.
    """
    return read_settings(LogSettings)


class TraceSettings(BaseSettings):
    """Settings of who is told how long each step takes, from the environment or `.env`.

    Attributes:
        policy_traces_url: a collector of OpenTelemetry that takes OTLP over HTTP; empty means nobody.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, str_strip_whitespace=True
    )

    policy_traces_url: SecretStr = SecretStr("")

    @field_validator("policy_traces_url")
    @classmethod
    def _is_an_address(cls, url: SecretStr) -> SecretStr:
        """An address without a host, or with a port that is none, would fail at the first batch."""
        if url and not (
            _ADDRESS.fullmatch(url.get_secret_value()) and urlsplit(url.get_secret_value()).port != 0
        ):
            raise ValueError("no address")
        return url


def trace_settings() -> TraceSettings:
    """Read the settings of who is told how long each step takes.

    Raises:
        SettingsError: the address is none; the message names the setting.
    """
    return read_settings(TraceSettings)


def library_settings() -> LibrarySettings:
    """Read the library's settings.

    Returns:
        The settings as the environment and `.env` give them.

    Raises:
        SettingsError: a value does not fit; the message names the setting.
    """
    return read_settings(LibrarySettings)


def read_settings(kind: type[_Settings]) -> _Settings:
    """Read settings of any kind.

    Args:
        kind: which settings.

    Returns:
        The settings as the environment and `.env` give them.

    Raises:
        SettingsError: a value does not fit; the message names the setting.
    """
    try:
        return kind()
    except ValidationError as error:
        names = "、".join(str(item["loc"][0]).upper() for item in error.errors())
        raise SettingsError(f"设置 {names} 的值无效，请参照 .env.example 更正") from None
