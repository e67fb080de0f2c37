"""Brings the pages beside `docs/` into the site: there, as on GitHub, links between them lead somewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

_ROOT = Path(__file__).parents[1]
_PAGES = ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
# What is no page stands in the site under a name that a browser shows as text.
_TEXTS = {".env.example": "env.example.txt", "LICENSE": "LICENSE.txt"}
_ICON = "assistant/ui/icon.svg"


def on_files(files: Files, config: Any) -> Files:
    """Add the project's pages, licence, settings and icon to those of `docs/`."""
    brought = {page: page for page in _PAGES} | _TEXTS | {_ICON: "icon.svg"}
    for source, name in brought.items():
        files.append(File.generated(config, name, abs_src_path=str(_ROOT / source)))
    return files


def on_page_markdown(markdown: str, **_told: Any) -> str:
    """Return a page with its links as they are in the site, where all stands in one folder."""
    for prefix in ("../", "docs/"):
        markdown = markdown.replace(f"]({prefix}", "](")
    for source, name in _TEXTS.items():
        markdown = markdown.replace(f"]({source})", f"]({name})")
    return markdown
