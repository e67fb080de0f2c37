"""Web archives."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from ingest.loaders import load
from tests.ingest.loaders.made_up import assert_whole
from tests.ingest.loaders.test_html import page
from vectorstore.errors import UnreadableFileError


def _archive(markup: str, charset: str = "utf-8") -> bytes:
    whole = MIMEMultipart("related")
    whole["From"] = "<Saved by a browser>"
    whole["Subject"] = "规划"
    whole.attach(MIMEText(markup, "html", charset))
    whole.attach(MIMEImage(b"\x89PNG\r\n\x1a\n", "png"))
    return whole.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_document_is_whole(charset: str) -> None:
    assert assert_whole(_archive(page(), charset), "规划.mht").document.format == "mht"


def test_an_archive_without_a_page_is_told() -> None:
    with pytest.raises(UnreadableFileError, match="没有网页"):
        load(_archive(""), "a.mht")
