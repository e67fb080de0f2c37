"""The container files, as far as they can be held to without an engine that runs them."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

import cli
from assistant.settings import AccessSettings, AssistantSettings
from vectorstore.milvus.address import address_of
from vectorstore.settings import LibrarySettings

ROOT = Path(__file__).parents[1]
COMPOSED = ("compose.yaml", "compose.cluster.yaml")
# Of PostgreSQL's and of what the addresses of database and engine are put together of.
_OTHERS = {
    "POSTGRES_USER",
    "POSTGRES_DB",
    "POSTGRES_PASSWORD",
    "POLICY_DATABASE_PASSWORD",
    "POLICY_SEARCH_PASSWORD",
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each in one line."""
    lines = re.sub(r"^\s*#.*\n", "", read("Dockerfile"), flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines) if name.isupper()]


def copied() -> list[str]:
    """What is copied from the checkout, in both stages."""
    words = [shlex.split(rest) for name, rest in instructions() if name == "COPY"]
    return [source for line in words if not line[0].startswith("--from") for source in line[:-1]]


def services(composed: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(read(composed))["services"]
    return found


def ours(composed: str) -> dict[str, dict[str, Any]]:
    return {name: one for name, one in services(composed).items() if one["image"] == "policy-assistant"}


def test_all_that_is_copied_is_there_and_let_into_the_build() -> None:
    let_in = {line.removeprefix("!") for line in read(".dockerignore").splitlines() if line.startswith("!")}
    for source in copied():
        if source != "wheels*":
            assert (ROOT / source).exists(), source
            assert source in let_in
    assert {"wheels"} == {name for name in let_in if not (ROOT / name).exists()}


def test_all_that_the_wheel_is_made_of_is_copied() -> None:
    wheel = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel["only-include"]) <= set(copied())


def test_the_extras_that_are_installed_exist() -> None:
    extras = re.search(r"\.\[([\w,-]+)\]", read("Dockerfile"))
    assert extras
    known = tomllib.loads(read("pyproject.toml"))["project"]["optional-dependencies"]
    assert set(extras[1].split(",")) <= set(known)


def test_nobody_in_the_container_is_root_and_its_health_is_looked_after() -> None:
    names = [name for name, _ in instructions()]
    assert dict(instructions())["USER"] == "policy"
    assert names.index("USER") < names.index("CMD")
    assert "/_stcore/health" in dict(instructions())["HEALTHCHECK"]


@pytest.mark.parametrize("name", ["Dockerfile", *COMPOSED])
def test_no_secret_is_written_down(name: str) -> None:
    for line in read(name).splitlines():
        if re.search(r"^\s*\w*(PASSWORD|KEY|SECRET)\w*[:=]", line):
            assert ":?}" in line, line


def test_only_settings_that_exist_are_set() -> None:
    known = {
        name.upper()
        for kind in (LibrarySettings, AssistantSettings, AccessSettings)
        for name in kind.model_fields
    }
    text = "".join(map(read, ("Dockerfile", *COMPOSED)))
    assert set(re.findall(r"\b(?:POLICY|POSTGRES)_[A-Z_]+", text)) <= known | _OTHERS


@pytest.mark.parametrize("composed", COMPOSED)
def test_only_this_machine_reaches_the_ports_and_servers_may_do_little(composed: str) -> None:
    published = [port for one in services(composed).values() for port in one.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert len({port.split(":")[1] for port in published}) == len(published)
    for one in ours(composed).values():
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in one["security_opt"]
        assert one["depends_on"]["database"]["condition"] == "service_healthy"


def test_servers_of_one_machine_share_its_folder() -> None:
    for one in ours("compose.yaml").values():
        assert "library:/data" in one["volumes"]


def test_servers_of_several_machines_share_database_engine_and_files_alone() -> None:
    found = ours("compose.cluster.yaml")
    assert {"page", "page-two", "api", "worker"} <= set(found)
    for one in found.values():
        mounted = [volume.split(":")[1] for volume in one["volumes"]]
        assert one["environment"]["POLICY_FILES_DIR"] in mounted
        assert one["environment"]["POLICY_DATA_DIR"] not in mounted
        address = address_of(
            one["environment"]["POLICY_SEARCH_URL"].replace("${POLICY_SEARCH_PASSWORD:?}", "1")
        )
        assert address.host in services("compose.cluster.yaml")
        assert address.token.split(":") == ["root", "1"]
        assert one["depends_on"][address.host]["condition"] == "service_healthy"
    made = re.search(r"mkdir (.+?) && chown policy (.+)", read("Dockerfile"))
    assert made
    assert made[1] == made[2] == "/data /files"


@pytest.mark.parametrize("composed", COMPOSED)
def test_the_commands_that_are_started_exist(composed: str) -> None:
    commands = [one["command"] for one in ours(composed).values() if "command" in one]
    assert commands
    for program, command, *_ in commands:
        assert program == "policy-assistant"
        assert command in cli.COMMANDS
    started = dict(instructions())["CMD"]
    assert "/opt/policy/server.py" in started
    assert (ROOT / "server.py").exists()


@pytest.mark.parametrize("composed", COMPOSED)
def test_what_is_mounted_and_needed_is_declared(composed: str) -> None:
    compose = yaml.safe_load(read(composed))
    for one in compose["services"].values():
        named = [mount.partition(":")[0] for mount in one["volumes"] if not mount.startswith(".")]
        assert set(named) <= set(compose["volumes"])
        needed = one.get("depends_on", {})
        assert set(needed) <= set(compose["services"])
        # Whose health is waited for has one that is looked after.
        assert all("healthcheck" in compose["services"][other] for other in needed)
