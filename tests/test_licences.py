"""What the project depends on asks nothing of its users but notices, outside the extra that says so."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

_SCRIPT = Path(__file__).parents[1] / "scripts" / "licences.py"


def script() -> ModuleType:
    found = importlib.util.spec_from_file_location("licences", _SCRIPT)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_a_licence_that_asks_for_more_comes_with_the_postgresql_extra_alone() -> None:
    known = script().licences()
    assert len(known) > 50
    assert script().objections(known) == []
    lesser = {name for name, (licence, _) in known.items() if "LGPL" in licence}
    assert lesser <= {"psycopg", "psycopg-binary"}


def test_one_that_is_unknown_or_asks_for_more_is_objected_to() -> None:
    known = {"a": ("AGPL-3.0", ""), "b": ("LGPL-3.0-only", "api"), "c": ("", ""), "d": ("MIT", "")}
    assert script().objections(known) == ["a: AGPL-3.0", "b: LGPL-3.0-only", "c: unknown"]
