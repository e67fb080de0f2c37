"""Who may do what: three roles, each of which may do what the one before it may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum

from assistant.settings import AccessSettings
from vectorstore.errors import LibraryError, PolicyError
from vectorstore.languages.language import own_words
from vectorstore.viewers import UNLIMITED, Viewer, group_names


class AccessError(PolicyError):
    """Somebody wants what the role does not allow."""


class Role(IntEnum):
    """What a person may do with the assistant."""

    READER = 1
    STAFF = 2
    ADMINISTRATOR = 3

    @property
    @own_words
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
        owner: whose conversations these are, as provider and subject; "" where nobody signs in.
        name: what the page calls the person, or "".
        role: what the person may do.
        address: the verified e-mail address, or "".
        before: names under which earlier versions kept what is this person's.
        groups: whose documents the person sees beside those for everybody.
    """

    owner: str
    name: str
    role: Role
    address: str = ""
    before: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()

    @property
    def viewer(self) -> Viewer:
        """Which documents the person sees; an administrator sees all, whosesoever they are."""
        return UNLIMITED if self.role >= Role.ADMINISTRATOR else Viewer(self.groups)

    @property
    def called(self) -> str:
        """What others read of who it was: the address where there is one."""
        return self.address or self.owner

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

    Only issuer and subject together name a person for good (section 5.7). An address shows who it is and has
    roles, where the provider says that it is verified: anybody could have entered another.

    Args:
        claims: of a token that has been checked.
        settings: who has which role.

    Raises:
        AccessError: the claims do not say who it is.
    """
    issuer, subject = (str(claims.get(name) or "").strip() for name in ("iss", "sub"))
    if not issuer or not subject:
        raise AccessError("登录服务没有说明您的身份，请联系管理员")
    stated = str(claims.get("email") or "").strip().lower()
    verified = settings.policy_email_verified or claims.get("email_verified") in (True, "true")
    address = stated if verified else ""
    role = max([Role.READER, *_listed(address, settings), *_claimed(claims, settings)])
    # A subject that looks like an address could be another person's.
    before = (address, "" if "@" in subject else subject)
    name = str(claims.get("name") or stated or subject)
    groups = frozenset(_groups(claims, settings))
    return Person(f"{issuer} {subject}", name, role, address, tuple(filter(None, before)), groups)


def _listed(address: str, settings: AccessSettings) -> Iterator[Role]:
    lists = {Role.STAFF: settings.policy_staff, Role.ADMINISTRATOR: settings.policy_administrators}
    for role, addresses in lists.items():
        known = {one.strip().lower() for one in addresses.replace("，", ",").split(",")}
        if address and address in known:
            yield role


def _claimed(claims: Mapping[str, object], settings: AccessSettings) -> Iterator[Role]:
    for one in _told(claims, settings.policy_role_claim):
        role = _CLAIMED.get(one.strip().lower())
        if role is not None:
            yield role


def _groups(claims: Mapping[str, object], settings: AccessSettings) -> Iterator[str]:
    for one in _told(claims, settings.policy_group_claim):
        # What cannot be a document's group is nobody's sight of any.
        with suppress(LibraryError):
            yield from group_names([one])


def _told(claims: Mapping[str, object], name: str) -> Iterator[str]:
    """The texts of a claim, which may be one or a list."""
    told = claims.get(name) if name else None
    yield from (one for one in (told if isinstance(told, list | tuple) else [told]) if isinstance(one, str))
