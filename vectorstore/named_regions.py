"""Which region a name means in a document: 全市 in one of a district is its city."""

from __future__ import annotations

import re


def region_meant(named: str, own: str) -> str:
    """Return the region that a name means in a document of a region: 全市 in one of a district is its city.

    Args:
        named: as the name says it, "" where it says nothing.
        own: the document's.
    """
    plain = own.rstrip("）)")
    if not named or plain.endswith((named, named[1:])) or _is_short_for(named, plain):
        return own
    if not re.fullmatch("[全我本][国省市区县州镇]", named):
        return named
    if named[1] == "国":
        return "全国"
    # The longest part of the region that ends so: 全省 in 广东省中山市 is 广东省.
    around = re.match(f".*{named[1]}", own)
    if around:
        return around.group(0)
    return f"全{named[1]}" if own else ""


def _is_short_for(named: str, own: str) -> bool:
    """Whether a name is one's region in short: 火炬开发区 for 火炬高技术产业开发区."""
    rest = iter(own)
    return named[-1:] == own[-1:] and len(named) > 2 and all(sign in rest for sign in named)
