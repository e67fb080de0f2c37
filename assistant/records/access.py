"""Who may do what: four roles, each of which may do what the one before it may.

But for administrators of groups: they change the library as administrators do, and only where it is their
groups' alone. Whatever changes it asks `Person.check_change`, `check_giving` or `check_decision` first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from assistant.settings import AccessSettings
from vectorstore.document_groups import is_within
from vectorstore.errors import LibraryError, PolicyError
from vectorstore.languages.language import own_words
from vectorstore.viewers import UNLIMITED, Viewer, group_names


class AccessError(PolicyError):
    """Somebody wants what the role does not allow."""


class Role(IntEnum):
    """What a person may do with the assistant."""

    READER = 1
    STAFF = 2
    GROUP_ADMINISTRATOR = 3
    ADMINISTRATOR = 4

    @property
    @own_words
    def label(self) -> str:
        """The word a reader sees."""
        return ("读者", "工作人员", "部门管理员", "管理员")[self - 1]


# What a provider may call the roles in its claim.
_CLAIMED = {
    "reader": Role.READER,
    "staff": Role.STAFF,
    "administrator": Role.ADMINISTRATOR,
    "admin": Role.ADMINISTRATOR,
}
# The same of whoever has the care of all groups that the other claim names.
_ADMINISTERS_ITS_GROUPS = "group-administrator"


class Owning(Protocol):
    """Whoever knows whose documents are: the library as it is seen, and its writer."""

    def is_of(self, source: str, groups: Collection[str]) -> bool:
        """Say whether a file's document belongs to some of these groups, and to nobody else."""
        ...


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
        administers: the groups that an administrator of groups has the care of.
    """

    owner: str
    name: str
    role: Role
    address: str = ""
    before: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()
    administers: frozenset[str] = frozenset()

    @property
    def limit(self) -> frozenset[str] | None:
        """The only groups whose documents the person may take in and change; None where all may be."""
        return self.administers if self.role is Role.GROUP_ADMINISTRATOR else None

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

    def may_change(self, source: str, owning: Owning, needed: Role) -> bool:
        """Say whether the person may change a document.

        Args:
            source: its file.
            owning: knows whose it is.
            needed: the least role that may change anybody's in this way.
        """
        return self.role >= needed if self.limit is None else owning.is_of(source, self.limit)

    def check_change(self, source: str, owning: Owning, needed: Role) -> None:
        """Refuse to change a document that is not the person's to change.

        Args:
            source, owning, needed: as for `may_change`.

        Raises:
            AccessError: this one may not.
        """
        if self.limit is None:
            self.check(needed)
        elif not self.may_change(source, owning, needed):
            raise AccessError("此文件不只属于您管理的部门，不能更改，请联系管理员")

    def check_giving(self, groups: Collection[str]) -> None:
        """Refuse to let documents belong to groups that are not the person's to give them to.

        Args:
            groups: those that they are to belong to; none is everybody.

        Raises:
            AccessError: this one may not.
        """
        if self.limit is None:
            self.check(Role.ADMINISTRATOR)
        elif not is_within(groups, self.limit):
            raise AccessError("请选择您管理的部门")

    def may_decide(self, groups: Collection[str]) -> bool:
        """Say whether the person decides on what a member of groups has handed in.

        Args:
            groups: those of who handed it in.
        """
        return self.role >= Role.ADMINISTRATOR if self.limit is None else not self.limit.isdisjoint(groups)

    def check_decision(self, groups: Collection[str]) -> None:
        """Refuse a decision on what a member of groups has handed in.

        Args:
            groups: those of who handed it in.

        Raises:
            AccessError: it is not this one's to take.
        """
        if not self.may_decide(groups):
            raise AccessError(f"此操作需要“{Role.ADMINISTRATOR.label}”权限，请联系管理员")


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
    groups = frozenset(_groups(claims, settings))
    administers = settings.group_administrators.get(address, frozenset())
    if _ADMINISTERS_ITS_GROUPS in _roles_told(claims, settings):
        administers |= groups
    of_groups = [Role.GROUP_ADMINISTRATOR] if administers else []
    role = max([Role.READER, *_listed(address, settings), *_claimed(claims, settings), *of_groups])
    # A subject that looks like an address could be another person's.
    before = (address, "" if "@" in subject else subject)
    name = str(claims.get("name") or stated or subject)
    return Person(
        owner=f"{issuer} {subject}",
        name=name,
        role=role,
        address=address,
        before=tuple(filter(None, before)),
        groups=groups | administers,
        administers=administers,
    )


def _listed(address: str, settings: AccessSettings) -> Iterator[Role]:
    lists = {Role.STAFF: settings.policy_staff, Role.ADMINISTRATOR: settings.policy_administrators}
    for role, addresses in lists.items():
        known = {one.strip().lower() for one in addresses.replace("，", ",").split(",")}
        if address and address in known:
            yield role


def _claimed(claims: Mapping[str, object], settings: AccessSettings) -> Iterator[Role]:
    return filter(None, map(_CLAIMED.get, _roles_told(claims, settings)))


def _roles_told(claims: Mapping[str, object], settings: AccessSettings) -> Iterator[str]:
    return (one.strip().lower() for one in _told(claims, settings.policy_role_claim))


def _groups(claims: Mapping[str, object], settings: AccessSettings) -> Iterator[str]:
    for one in _told(claims, settings.policy_group_claim):
        # What cannot be a document's group is nobody's sight of any.
        with suppress(LibraryError):
            yield from group_names([one])


def _told(claims: Mapping[str, object], name: str) -> Iterator[str]:
    """The texts of a claim, which may be one or a list."""
    told = claims.get(name) if name else None
    yield from (one for one in (told if isinstance(told, list | tuple) else [told]) if isinstance(one, str))
