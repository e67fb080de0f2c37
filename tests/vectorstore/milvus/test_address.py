"""Addresses of Milvus: what they mean, and that nothing secret of them is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from vectorstore.engines import engine_of
from vectorstore.errors import SettingsError
from vectorstore.milvus.address import address_of
from vectorstore.settings import LibrarySettings


def test_a_server_with_a_name_a_password_and_a_database() -> None:
    address = address_of("milvus://clerk:p%40ss@milvus.example:19531/policies")
    assert (address.database, address.token) == ("policies", "clerk:p@ss")
    assert address.uri == "http://milvus.example:19531"
    assert "p@ss" not in repr(address)


def test_an_encrypted_server_with_a_token_alone() -> None:
    address = address_of("milvus+https://abc123@milvus.example")
    assert (address.uri, address.token) == ("https://milvus.example:443", "abc123")


def test_the_usual_port_is_taken_where_none_is_named() -> None:
    assert address_of("milvus://[::1]").uri == "http://[::1]:19530"


def test_a_folder_of_milvus_lite() -> None:
    address = address_of("milvus:///srv/policy%20files/milvus.db")
    assert (address.folder, address.uri) == (
        Path("/srv/policy files/milvus.db"),
        "/srv/policy files/milvus.db",
    )


@pytest.mark.parametrize(
    "url",
    [
        "milvus:///srv/policy",
        "milvus://",
        "milvus://host:seven",
        "milvus://user:hunter2@host:99999999/x",
        "milvus://host/one/two",
        "milvus+https:///srv/milvus.db",
        "nonsense",
        "http://127.0.0.1:19530",
        "qdrant://hunter2@host",
    ],
)
def test_what_is_no_address_is_refused_in_one_line_without_its_secrets(tmp_path: Path, url: str) -> None:
    settings = LibrarySettings.in_folder(tmp_path).model_copy(update={"policy_search_url": SecretStr(url)})
    with pytest.raises(SettingsError, match="POLICY_SEARCH_URL") as error:
        engine_of(settings)
    assert "\n" not in str(error.value)
    assert "hunter2" not in str(error.value)
    assert "hunter2" not in repr(settings)
