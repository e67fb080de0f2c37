"""The cookies in which Streamlit keeps who has signed in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

# Streamlit signs who somebody is into this cookie, or into several of it where it is long.
_COOKIE = re.compile(r"_streamlit_user(_\d+)?")


def is_sign_in(name: str) -> bool:
    """Say whether a cookie of this name holds a sign-in, or a part of it."""
    return bool(_COOKIE.fullmatch(name))


def sign_in_key(cookies: Mapping[str, str]) -> str:
    """Return what stands for the sign-in of a request's cookies, "" where they hold none.

    Args:
        cookies: name → value.
    """
    parts = sorted((name, value) for name, value in cookies.items() if is_sign_in(name) and value)
    return hashlib.sha256(repr(parts).encode()).hexdigest() if parts else ""
