"""Lists what the project depends on and under which licence: `.venv/bin/python scripts/licences.py`.

Ends with 1 where a licence is unknown, or asks more of its users than notices outside the extra `postgresql`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

_PROJECT = "policy-assistant"
_EXTRAS = ("", "api", "local", "milvus", "ocr", "postgresql", "s3", "semantic", "sign-in", "traces")
_COPYLEFT = re.compile(r"\b[AL]?GPL|GNU (?:Affero|Lesser|General)|Mozilla|MPL", re.IGNORECASE)
# Reaches changes to its own files alone; the certificates and utilities under it are used as they are.
_FILE_BY_FILE = re.compile(r"Mozilla|MPL", re.IGNORECASE)


def licences() -> dict[str, tuple[str, str]]:
    """Return package → (licence, extra that brings it, "" for none) of everything that is installed."""
    found: dict[str, tuple[str, str]] = {}
    for extra in _EXTRAS:
        for name, licence in _reached(_PROJECT, extra, set()):
            found.setdefault(name, (licence, extra))
    return found


def objections(known: dict[str, tuple[str, str]]) -> list[str]:
    """Return one line for each licence that a user of the project should not meet unawares."""
    lines = []
    for name, (licence, extra) in known.items():
        strict = _COPYLEFT.search(licence) and not _FILE_BY_FILE.search(licence)
        if not licence or (strict and extra != "postgresql"):
            lines.append(f"{name}: {licence or 'unknown'}")
    return lines


def _reached(name: str, extra: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return
    for line in package.requires or ():
        wanted = Requirement(line)
        key = re.sub(r"[-_.]+", "-", wanted.name).lower()
        asked = not wanted.marker or wanted.marker.evaluate({"extra": extra})
        if not asked or key in seen:
            continue
        seen.add(key)
        try:
            yield key, _licence(distribution(key))
        except PackageNotFoundError:
            continue
        for inner in ("", *wanted.extras):
            yield from _reached(key, inner, seen)


def _licence(package: Distribution) -> str:
    told = package.metadata
    classified = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License")
    ]
    stated = (told.get("License-Expression") or told.get("License") or "").strip().partition("\n")[0]
    # Some state the whole text, which begins with whose it is.
    named = stated if len(stated) < 60 and not stated.startswith("Copyright") else ""
    return named or "; ".join(classified) or stated[:60]


def main() -> int:
    """Print the list; 1 where there is an objection."""
    known = licences()
    for name, (licence, extra) in sorted(known.items()):
        print(f"{name:32} {licence:45} {extra}")
    for line in objections(known):
        print(f"! {line}", file=sys.stderr)
    return 1 if objections(known) else 0


if __name__ == "__main__":
    sys.exit(main())
