"""Keys that open the documents of some groups."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from assistant.api.keys import keys_of
from assistant.settings import AssistantSettings
from vectorstore.errors import SettingsError
from vectorstore.viewers import UNLIMITED, Viewer


def settings(whole: str = "", limited: str = "") -> AssistantSettings:
    return AssistantSettings(policy_api_key=SecretStr(whole), policy_api_keys=SecretStr(limited))


def test_a_key_opens_what_its_groups_may_see() -> None:
    keys = keys_of(settings("whole-key", "first-key==财政局|教育局； second-key="))
    assert keys.viewer("whole-key") == UNLIMITED
    assert keys.viewer("first-key=") == Viewer(frozenset({"财政局", "教育局"}))
    assert keys.viewer("second-key") == Viewer()
    assert keys.viewer("") is keys.viewer("另一个") is None
    assert "key" not in repr(keys)


@pytest.mark.parametrize(
    "limited",
    ["no-groups-at-all", "short=甲", "key-key-key=甲;key-key-key=乙", "whole-key=甲", "钥匙钥匙钥匙钥匙=甲"],
)
def test_a_list_of_keys_that_is_none_is_refused(limited: str) -> None:
    with pytest.raises(SettingsError, match="POLICY_API_KEYS"):
        keys_of(settings("whole-key", limited))
