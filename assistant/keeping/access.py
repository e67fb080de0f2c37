"""Who may do what: three roles, each of which may do what the one before it may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from assistant.settings import AccessSettings
from vectorstore.errors import PolicyError


class AccessError(PolicyError):
    """Somebody wants what the role does not allow."""


class Role(IntEnum):
    """What a person may do with the assistant."""

    READER = 1
    STAFF = 2
    ADMINISTRATOR = 3

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return {Role.READER: "读者", Role.STAFF: "工作人员", Role.ADMINISTRATOR: "管理员"}[self]


# What a provider may call the roles in its claim.
_CLAIMED = {
    "reader": Role.READER,
    "staff": Role.STAFF,
    "administrator": Role.ADMINISTRATOR,
    "admin": Role.ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who sits before the page.

    Attributes:
        owner: whose conversations these are; "" where nobody signs in.
        name: what the page calls the person, or "".
        role: what the person may do.
    """

    owner: str
    name: str
    role: Role

    def check(self, needed: Role) -> None:
        """Refuse what the role does not allow.

        Args:
            needed: the least role that may do it.

        Raises:
            AccessError: this one may not.
        """
        if self.role < needed:
            raise AccessError(f"此操作需要“{needed.label}”权限，请联系管理员")


# Without sign-in the page is served to this machine alone, whose user owns the library.
NOBODY = Person("", "", Role.ADMINISTRATOR)


def person_of(claims: Mapping[str, object], settings: AccessSettings) -> Person:
    """Return who the claims of an identity token speak of (OpenID Connect Core 1.0, section 5.1).

    An address that the provider says is not verified tells nothing: anybody could have entered it.

    Args:
        claims: of a token that has been checked.
        settings: who has which role.

    Raises:
        AccessError: the claims do not say who it is.
    """
    address = str(claims.get("email") or "").strip().lower()
    verified = claims.get("email_verified", True) not in (False, "false", "False")
    subject = str(claims.get("sub") or "").strip()
    owner = address if address and verified else subject
    if not owner:
        raise AccessError("登录服务没有说明您的身份，请联系管理员")
    role = max([Role.READER, *_listed(address if verified else "", settings), *_claimed(claims, settings)])
    return Person(owner, str(claims.get("name") or address or subject), role)


def _listed(address: str, settings: AccessSettings) -> Iterator[Role]:
    lists = {Role.STAFF: settings.policy_staff, Role.ADMINISTRATOR: settings.policy_administrators}
    for role, addresses in lists.items():
        known = {one.strip().lower() for one in addresses.replace("，", ",").split(",")}
        if address and address in known:
            yield role


def _claimed(claims: Mapping[str, object], settings: AccessSettings) -> Iterator[Role]:
    told = claims.get(settings.policy_role_claim) if settings.policy_role_claim else None
    for one in told if isinstance(told, list | tuple) else [told]:
        role = _CLAIMED.get(str(one).strip().lower())
        if role is not None:
            yield role
