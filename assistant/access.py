"""Who may do what: three roles, each of which may do what the one before it may."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """What a person may do with the assistant."""

    READER = 1
    STAFF = 2
    ADMINISTRATOR = 3

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return {Role.READER: "读者", Role.STAFF: "工作人员", Role.ADMINISTRATOR: "管理员"}[self]


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


# Without sign-in the page is served to this machine alone, whose user owns the library.
NOBODY = Person("", "", Role.ADMINISTRATOR)
