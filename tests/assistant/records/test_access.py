from __future__ import annotations

from contextlib import nullcontext

import pytest

from assistant.records.access import NOBODY, AccessError, Role, person_of
from assistant.settings import AccessSettings, access_settings
from vectorstore.errors import SettingsError
from vectorstore.viewers import UNLIMITED, Viewer

SETTINGS = AccessSettings(
    policy_sign_in=True,
    policy_administrators="Boss@example.org",
    policy_staff="a@example.org，b@example.org",
    policy_role_claim="roles",
)


def claims(**more: object) -> dict[str, object]:
    return {"iss": "https://login.example", "sub": "1", **more}


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ({"email": "boss@EXAMPLE.org", "email_verified": True}, Role.ADMINISTRATOR),
        ({"email": "b@example.org", "email_verified": "true"}, Role.STAFF),
        ({"email": "c@example.org", "email_verified": True}, Role.READER),
        ({"email": "c@example.org", "roles": "staff"}, Role.STAFF),
        ({"roles": ["reader", "Admin"]}, Role.ADMINISTRATOR),
        ({"roles": ["owner", None, 7]}, Role.READER),
    ],
)
def test_the_role_comes_from_a_verified_address_or_the_claim(told: dict[str, object], role: Role) -> None:
    assert person_of(claims(**told), SETTINGS).role == role


@pytest.mark.parametrize("doubt", [False, "false", None, "no", "FALSE", "0", 0, "", "True ", [], 1.5, "yes"])
def test_an_address_that_is_not_verified_gives_nothing(doubt: object) -> None:
    known = person_of(claims(email="boss@example.org", email_verified=doubt), SETTINGS)
    assert (known.role, known.address, known.before) == (Role.READER, "", ("1",))


def test_an_address_without_a_word_of_its_verification_counts_only_where_the_settings_say_so() -> None:
    told = claims(email="boss@example.org")
    assert person_of(told, SETTINGS).role is Role.READER
    trusting = SETTINGS.model_copy(update={"policy_email_verified": True})
    assert person_of(told, trusting).role is Role.ADMINISTRATOR


def test_a_subject_that_looks_like_an_address_opens_nothing_of_that_address() -> None:
    victim = person_of(claims(email="c@example.org", email_verified=True), SETTINGS)
    other = person_of(claims(sub="c@example.org"), SETTINGS)
    assert victim.owner != other.owner
    assert "c@example.org" not in other.before
    assert person_of(claims(iss="https://other.example"), SETTINGS).owner != victim.owner


def test_claims_that_name_nobody_let_nobody_in() -> None:
    with pytest.raises(AccessError, match="身份"):
        person_of({"name": "somebody", "sub": "1"}, SETTINGS)


def test_no_claim_gives_a_role_unless_the_settings_name_it() -> None:
    silent = AccessSettings(policy_sign_in=True)
    assert person_of(claims(roles="administrator", **{"": "administrator"}), silent).role is Role.READER


def test_a_role_may_do_what_those_before_it_may() -> None:
    NOBODY.check(Role.ADMINISTRATOR)
    with pytest.raises(AccessError, match="管理员"):
        person_of(claims(), SETTINGS).check(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("told", "groups"),
    [
        (["财政局", " 教育局 ", "财政局"], {"财政局", "教育局"}),
        ("财政局", {"财政局"}),
        (["财政局", "", "甲|乙", None, 7, ["水务局"]], {"财政局"}),
        (None, set()),
    ],
)
def test_groups_come_from_the_claim_alone(told: object, groups: set[str]) -> None:
    settings = SETTINGS.model_copy(update={"policy_group_claim": "groups"})
    known = person_of(claims(groups=told), settings)
    assert known.groups == groups
    assert known.viewer == Viewer(frozenset(groups))
    assert person_of(claims(groups=told), SETTINGS).groups == set()


def test_administrators_and_who_owns_the_machine_see_all() -> None:
    assert NOBODY.viewer == person_of(claims(roles="admin"), SETTINGS).viewer == UNLIMITED


OF_GROUPS = SETTINGS.model_copy(
    update={
        "policy_group_claim": "groups",
        "policy_group_administrators": "Wang@example.org=财政局|教育局；b@example.org = 水务局;"
        "boss@example.org=水务局",
    }
)


@pytest.mark.parametrize(
    ("told", "role", "administers", "sees"),
    [
        ({"email": "wang@EXAMPLE.org"}, Role.GROUP_ADMINISTRATOR, {"财政局", "教育局"}, {"财政局", "教育局"}),
        # Whoever is staff as well changes no more than an administrator of groups may.
        (
            {"email": "b@example.org", "groups": "档案局"},
            Role.GROUP_ADMINISTRATOR,
            {"水务局"},
            {"水务局", "档案局"},
        ),
        (
            {"roles": "Group-Administrator", "groups": ["财政局"]},
            Role.GROUP_ADMINISTRATOR,
            {"财政局"},
            {"财政局"},
        ),
        ({"roles": ["group-administrator", "staff"]}, Role.STAFF, set(), set()),
        ({"roles": "group-administrator"}, Role.READER, set(), set()),
        ({"email": "c@example.org", "groups": ["财政局"]}, Role.READER, set(), {"财政局"}),
    ],
)
def test_administrators_of_groups_are_listed_or_claimed(
    told: dict[str, object], role: Role, administers: set[str], sees: set[str]
) -> None:
    known = person_of(claims(email_verified=True, **told), OF_GROUPS)
    assert (known.role, known.viewer) == (role, Viewer(frozenset(sees)))
    assert known.administers == administers
    assert known.limit == (administers or None)


def test_an_administrator_of_all_is_limited_by_no_list_of_groups() -> None:
    boss = person_of(claims(email="boss@example.org", email_verified=True), OF_GROUPS)
    assert (boss.role, boss.limit, boss.viewer) == (Role.ADMINISTRATOR, None, UNLIMITED)
    unverified = person_of(claims(email="wang@example.org"), OF_GROUPS)
    assert (unverified.role, unverified.groups) == (Role.READER, frozenset())


@pytest.mark.parametrize(
    "value",
    [
        "wang@example.org",
        "wang@example.org=",
        "财政局=wang",
        "=财政局",
        "a@b=甲;A@b=乙",
        "a@b,c@d=甲",
        "a@b=甲||乙",
    ],
)
def test_a_mistake_in_the_list_of_groups_is_one_line_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("POLICY_GROUP_ADMINISTRATORS", value)
    with pytest.raises(SettingsError, match=r"\A设置 POLICY_GROUP_ADMINISTRATORS 的值无效[^\n]+\Z"):
        access_settings()


@pytest.mark.parametrize(
    ("told", "own", "others"),
    [
        (
            {"email": "wang@example.org"},
            ({"财政局"}, {"财政局", "教育局"}),
            (set(), {"水务局"}, {"财政局", "水务局"}),
        ),
        ({"email": "boss@example.org"}, (set(), {"财政局"}, {"水务局", "档案局"}), ()),
        ({"email": "a@example.org", "groups": "财政局"}, (), (set(), {"财政局"})),
    ],
)
def test_documents_are_given_to_groups_by_who_administers_all_of_them(
    told: dict[str, object], own: tuple[set[str], ...], others: tuple[set[str], ...]
) -> None:
    known = person_of(claims(email_verified=True, **told), OF_GROUPS)
    for groups in own:
        known.check_giving(groups)
    for groups in others:
        with pytest.raises(AccessError):
            known.check_giving(groups)


def test_what_a_member_of_groups_hands_in_is_decided_by_who_administers_one_of_them() -> None:
    for email, decided in (
        ("wang@example.org", [False, True, True, False]),
        ("boss@example.org", [True] * 4),
        ("a@example.org", [False] * 4),
    ):
        known = person_of(claims(email=email, email_verified=True, groups=["财政局"]), OF_GROUPS)
        handed_in: list[set[str]] = [set(), {"财政局"}, {"教育局", "水务局"}, {"水务局"}]
        assert [known.may_decide(groups) for groups in handed_in] == decided
        for groups, allowed in zip(handed_in, decided, strict=True):
            with nullcontext() if allowed else pytest.raises(AccessError, match="管理员"):
                known.check_decision(groups)
