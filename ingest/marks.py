"""The two marks that go through a document's text while it is cleaned."""

from __future__ import annotations

PAGE = "\f"
"""Where a page of the source begins."""

SEAM = "\x1e"
"""On a line of its own where lines were taken out: what stood before and behind are not neighbours."""
