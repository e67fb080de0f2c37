"""Plain text and Markdown."""

from __future__ import annotations

import pytest

from tests.ingest.loaders.made_up import assert_whole, plain_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_document_is_whole_in_every_encoding(encoding: str) -> None:
    assert assert_whole(plain_text().encode(encoding), "规划.txt", mark="①").document.format == "txt"


def test_the_document_is_whole_in_markdown() -> None:
    marked = plain_text().replace("第一章", "# 第一章").replace("\n第一节", "\n## 第一节")
    assert assert_whole(marked.encode(), "规划.md", mark="①").document.format == "md"
