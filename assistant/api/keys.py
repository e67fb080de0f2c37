"""The keys that callers of the service show, and which documents each of them opens."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from assistant.settings import AssistantSettings
from vectorstore.errors import LibraryError, SettingsError
from vectorstore.viewers import UNLIMITED, Viewer, grouped

_LEAST_CHARS = 8


@dataclass(frozen=True, slots=True)
class Keys:
    """Who may call.

    Attributes:
        viewers: key → who shows it; none: only this machine is let in, and sees all.
    """

    viewers: dict[str, Viewer] = field(default_factory=dict, repr=False)

    def viewer(self, shown: str) -> Viewer | None:
        """Return who shows a key, or None where it is nobody's; how long it takes tells nothing.

        Args:
            shown: as the caller sent it.
        """
        found = None
        for key, viewer in self.viewers.items():
            if hmac.compare_digest(shown.encode(), key.encode()):
                found = viewer
        return found


def keys_of(settings: AssistantSettings) -> Keys:
    """Return the keys that the settings name.

    POLICY_API_KEY opens all documents. POLICY_API_KEYS holds others, `KEY=group|group`, parted by semicolons;
    one without groups opens what is for everybody.

    Raises:
        SettingsError: an entry is no key with its groups, or a key stands there twice.
    """
    whole = settings.policy_api_key.get_secret_value()
    viewers = {whole: UNLIMITED} if whole else {}
    try:
        for key, groups in grouped(settings.policy_api_keys.get_secret_value()):
            if len(key) < _LEAST_CHARS or not (key.isascii() and key.isprintable()) or key in viewers:
                raise SettingsError(
                    "设置 POLICY_API_KEYS 的值无效，应形如 密钥=部门|部门；另一密钥=部门"
                    f"（密钥至少 {_LEAST_CHARS} 位，不能重复）"
                )
            viewers[key] = Viewer(groups)
    except LibraryError as error:
        raise SettingsError(f"设置 POLICY_API_KEYS 的值无效：{error}") from None
    return Keys(viewers)
