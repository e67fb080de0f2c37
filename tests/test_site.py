"""The documentation as a site: whole, and nothing in it comes from another host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for needed in ("mkdocs", "material", "mkdocstrings"):
        pytest.importorskip(needed, reason="needs the extra `docs`")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    command += ["--config-file", str(ROOT / "mkdocs.yml")]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return folder


def test_no_script_style_or_picture_comes_from_another_host(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert pages
    for page in pages:
        tree = html.fromstring(page.read_bytes())
        for address in tree.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src"):
            assert "//" not in address, f"{page.name}: {address}"


def test_both_guides_and_the_reference_are_in_the_navigation(site: Path) -> None:
    tree = html.fromstring((site / "index.html").read_bytes())
    shown = set(tree.xpath("//nav//a/@href"))
    assert {"guide.html", "guide.zh-CN.html", "reference.html"} <= shown


def test_the_reference_names_what_a_program_needs(site: Path) -> None:
    tree = html.fromstring((site / "reference.html").read_bytes())
    told = set(tree.xpath("//@id"))
    assert {
        "assistant.Assistant.ask",
        "assistant.Assistant.verify",
        "assistant.HybridRetriever",
        "assistant.types.Citation",
        "ingest.pipeline.ingest",
        "vectorstore.library.PolicyLibrary.as_vectorstore",
        "vectorstore.types.PolicyDocument",
    } <= told


def test_chinese_is_searched_by_words(site: Path) -> None:
    pages = json.loads((site / "search" / "search_index.json").read_bytes())["docs"]
    # Between words stands a space without width, where the search splits.
    assert any("工作人员\u200b" in page["text"] for page in pages)
