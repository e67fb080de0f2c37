from __future__ import annotations

import pytest

from assistant.keeping.access import NOBODY, AccessError, Role, person_of
from assistant.settings import AccessSettings

SETTINGS = AccessSettings(
    policy_sign_in=True,
    policy_administrators="Boss@example.org",
    policy_staff="a@example.org，b@example.org",
    policy_role_claim="roles",
)


@pytest.mark.parametrize(
    ("claims", "owner", "role"),
    [
        ({"email": "boss@EXAMPLE.org", "sub": "1"}, "boss@example.org", Role.ADMINISTRATOR),
        ({"email": "b@example.org", "sub": "2"}, "b@example.org", Role.STAFF),
        ({"email": "c@example.org", "sub": "3"}, "c@example.org", Role.READER),
        ({"email": "c@example.org", "sub": "3", "roles": "staff"}, "c@example.org", Role.STAFF),
        ({"sub": "4", "roles": ["reader", "Admin"]}, "4", Role.ADMINISTRATOR),
        ({"sub": "5", "roles": ["owner", None, 7]}, "5", Role.READER),
    ],
)
def test_role_and_owner_come_from_address_or_claim(claims: dict[str, object], owner: str, role: Role) -> None:
    known = person_of(claims, SETTINGS)
    assert (known.owner, known.role) == (owner, role)


@pytest.mark.parametrize("doubt", [False, "false"])
def test_an_address_that_is_not_verified_gives_neither_role_nor_conversations(doubt: object) -> None:
    known = person_of({"email": "boss@example.org", "email_verified": doubt, "sub": "9"}, SETTINGS)
    assert (known.owner, known.role) == ("9", Role.READER)


def test_claims_that_name_nobody_let_nobody_in() -> None:
    with pytest.raises(AccessError, match="身份"):
        person_of({"name": "somebody"}, SETTINGS)


def test_no_claim_gives_a_role_unless_the_settings_name_it() -> None:
    silent = AccessSettings(policy_sign_in=True)
    assert person_of({"sub": "1", "roles": "administrator", "": "administrator"}, silent).role is Role.READER


def test_a_role_may_do_what_those_before_it_may() -> None:
    NOBODY.check(Role.ADMINISTRATOR)
    with pytest.raises(AccessError, match="管理员"):
        person_of({"sub": "1"}, SETTINGS).check(Role.ADMINISTRATOR)
