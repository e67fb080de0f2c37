"""Who is signed in: kept by the server, so that a sign-in can be ended whoever holds a copy of its cookie."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Lock

import httpx2

from assistant.records.access import AccessError, Person, person_of
from assistant.settings import AccessSettings
from vectorstore.endpoints import http_client

_PATIENCE_SECONDS = 5.0
_AGAIN_SECONDS = 30.0
_REFUSED = (401, 403)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in of somebody in one browser.

    Attributes:
        begun, ends: seconds since the epoch.
        claims: what the provider said last of the person; empty until the page was first drawn.
        token: the access token with which the provider can be asked again, or "".
        metadata_url: where the provider describes itself.
        told: when it said so, in seconds since the epoch.
        asked: when it was last asked.
    """

    begun: float
    ends: float
    claims: Mapping[str, object]
    token: str = ""
    metadata_url: str = ""
    told: float = 0.0
    asked: float = 0.0


class SignIns:
    """All sign-ins of this process; safe to share between threads. A restart ends them all.

    Args:
        clock: seconds since the epoch.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, SignIn] = {}
        self.guarded = False
        """Whether every request passes by whoever begins and ends sign-ins."""

    def begin(self, key: str, hours: float) -> None:
        """Let a cookie count from now on.

        Args:
            key: what stands for the cookie.
            hours: how long it counts.
        """
        now = self._clock()
        with self._lock:
            self._known = {other: one for other, one in self._known.items() if one.ends > now}
            self._known[key] = SignIn(now, now + hours * 3600, {})

    def find(self, key: str) -> SignIn | None:
        """Return the sign-in of a cookie, or None where it has ended or there never was one."""
        with self._lock:
            known = self._known.get(key)
        return known if known is not None and known.ends > self._clock() else None

    def tell(self, key: str, claims: Mapping[str, object], token: str, metadata_url: str) -> None:
        """Note what a fresh sign-in says of the person; what is known already stays."""
        with self._lock:
            known = self._known.get(key)
            if known is not None and not known.claims:
                self._known[key] = replace(
                    known, claims=dict(claims), token=token, metadata_url=metadata_url, told=known.begun
                )

    def end(self, key: str) -> None:
        """End a sign-in."""
        with self._lock:
            self._known.pop(key, None)

    def end_all(self, owner: str, settings: AccessSettings) -> None:
        """End all sign-ins of a person."""
        for key, known in self._counting():
            if person_of(known.claims, settings).owner == owner:
                self.end(key)

    def listed(self, settings: AccessSettings) -> tuple[tuple[float, Person], ...]:
        """Return the sign-ins that count: when each began, in seconds since the epoch, and whose it is."""
        return tuple((known.begun, person_of(known.claims, settings)) for _, known in self._counting())

    def _counting(self) -> list[tuple[str, SignIn]]:
        now = self._clock()
        with self._lock:
            return [(key, one) for key, one in self._known.items() if one.claims and one.ends > now]

    def person(self, key: str, settings: AccessSettings) -> Person:
        """Return whose sign-in it is, with the role and the groups of this moment.

        The lists of the settings count as they are now. What the provider claimed counts for a short while
        after it said so; then it is asked again, and where it cannot be, claimed role and groups are gone.

        Args:
            key: what stands for the cookie.
            settings: who has which role.

        Raises:
            AccessError: the sign-in has ended, or the provider says so.
        """
        known = self.find(key)
        if known is None or not known.claims:
            raise AccessError("登录已结束，请重新登录")
        claims = dict(known.claims)
        claimed = dict.fromkeys(filter(None, (settings.policy_role_claim, settings.policy_group_claim)))
        if claimed and self._clock() - known.told >= settings.policy_role_seconds:
            said = self._asked_again(key, known)
            claims = claims | claimed if said is None else said
        return person_of(claims, settings)

    def _asked_again(self, key: str, known: SignIn) -> dict[str, object] | None:
        """Return all claims as the provider says them now, or None where it does not."""
        now = self._clock()
        if not known.token or now - known.asked < _AGAIN_SECONDS:
            return None
        try:
            said = _user_info(known)
        except AccessError:
            self.end(key)
            raise
        claims = None if said is None else {**known.claims, **said}
        renewed = replace(known, asked=now) if claims is None else replace(known, claims=claims, told=now)
        with self._lock:
            if key in self._known:
                self._known[key] = renewed
        return claims


def _user_info(known: SignIn) -> dict[str, object] | None:
    """Ask the provider (OpenID Connect Core 1.0, section 5.3); None where it gives no answer that counts.

    Raises:
        AccessError: it says that the sign-in is over.
    """
    try:
        with http_client(known.metadata_url, _PATIENCE_SECONDS) as client:
            address = client.get(known.metadata_url).raise_for_status().json()["userinfo_endpoint"]
        with http_client(address, _PATIENCE_SECONDS) as client:
            answer = client.get(address, headers={"Authorization": f"Bearer {known.token}"})
        if answer.status_code in _REFUSED:
            raise AccessError("登录服务已结束这次登录，请重新登录")
        claims = answer.raise_for_status().json()
        # Section 5.3.2: an answer about somebody else is none.
        return dict(claims) if claims["sub"] == known.claims.get("sub") else None
    except (httpx2.HTTPError, ValueError, KeyError, TypeError):
        return None
