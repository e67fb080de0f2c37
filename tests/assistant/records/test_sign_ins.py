from __future__ import annotations

import pytest

from assistant.records.access import AccessError, Role
from assistant.records.sign_ins import SignIns
from assistant.settings import AccessSettings
from tests.oidc_provider import provider

SETTINGS = AccessSettings(policy_sign_in=True, policy_role_claim="roles", policy_role_seconds=300)
CLAIMS = {"iss": "https://login.example", "sub": "1", "roles": "administrator"}


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sign_ins(clock: Clock) -> SignIns:
    kept = SignIns(clock)
    kept.begin("key", hours=2)
    return kept


def test_a_sign_in_counts_until_its_hours_are_over(sign_ins: SignIns, clock: Clock) -> None:
    sign_ins.tell("key", CLAIMS, "", "")
    assert sign_ins.person("key", SETTINGS).role is Role.ADMINISTRATOR
    clock.now += 2 * 3600
    with pytest.raises(AccessError, match="重新登录"):
        sign_ins.person("key", SETTINGS)
    assert sign_ins.listed(SETTINGS) == ()


def test_a_cookie_that_no_sign_in_brought_is_nobody_s(sign_ins: SignIns) -> None:
    sign_ins.tell("forged", CLAIMS, "", "")
    with pytest.raises(AccessError):
        sign_ins.person("forged", SETTINGS)


def test_a_role_claimed_once_is_gone_where_the_provider_cannot_be_asked_again(
    sign_ins: SignIns, clock: Clock
) -> None:
    sign_ins.tell("key", CLAIMS, "token", "http://127.0.0.1:9/nothing")
    clock.now += 300
    assert sign_ins.person("key", SETTINGS).role is Role.READER


def test_a_role_is_read_anew_after_its_seconds(sign_ins: SignIns, clock: Clock) -> None:
    with provider() as identity:
        sign_ins.tell("key", CLAIMS, "token", f"{identity.address}/.well-known/openid-configuration")
        identity.claims = {"sub": "1", "roles": "staff"}
        clock.now += 299
        assert sign_ins.person("key", SETTINGS).role is Role.ADMINISTRATOR
        clock.now += 1
        assert sign_ins.person("key", SETTINGS).role is Role.STAFF
        # What it says of somebody else counts for nothing.
        identity.claims = {"sub": "2", "roles": "administrator"}
        clock.now += 300
        assert sign_ins.person("key", SETTINGS).role is Role.READER


@pytest.mark.parametrize("status", [401, 403])
def test_a_sign_in_ends_where_the_provider_says_that_it_has(
    sign_ins: SignIns, clock: Clock, status: int
) -> None:
    with provider() as identity:
        sign_ins.tell("key", CLAIMS, "token", f"{identity.address}/.well-known/openid-configuration")
        identity.ended, identity.refusal = True, status
        clock.now += 300
        with pytest.raises(AccessError):
            sign_ins.person("key", SETTINGS)
        assert sign_ins.find("key") is None


def test_an_administrator_ends_all_sign_ins_of_a_person(sign_ins: SignIns) -> None:
    sign_ins.begin("other browser", hours=2)
    sign_ins.begin("other person", hours=2)
    for key, subject in (("key", "1"), ("other browser", "1"), ("other person", "2")):
        sign_ins.tell(key, {**CLAIMS, "sub": subject}, "", "")
    owner = sign_ins.person("key", SETTINGS).owner
    sign_ins.end_all(owner, SETTINGS)
    assert [known.owner for _, known in sign_ins.listed(SETTINGS)] == ["https://login.example 2"]


def test_groups_are_read_anew_as_a_role_is_and_gone_where_they_cannot_be(
    sign_ins: SignIns, clock: Clock
) -> None:
    settings = AccessSettings(policy_sign_in=True, policy_group_claim="groups")
    with provider() as identity:
        told = {**CLAIMS, "groups": ["财政局"]}
        sign_ins.tell("key", told, "token", f"{identity.address}/.well-known/openid-configuration")
        identity.claims = {"sub": "1", "groups": ["教育局"]}
        assert sign_ins.person("key", settings).groups == {"财政局"}
        clock.now += 300
        assert sign_ins.person("key", settings).groups == {"教育局"}
    clock.now += 300
    assert sign_ins.person("key", settings).groups == set()
