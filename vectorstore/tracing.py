"""Which traces the settings want."""

from __future__ import annotations

from vectorstore.errors import SettingsError
from vectorstore.settings import trace_settings
from vectorstore.steps import UNTRACED, Step


def wanted_traces() -> Step:
    """Return what traces begin within: what sends them to a collector, where the settings name one.

    Raises:
        SettingsError: the address is none, or the extra is not installed.
    """
    url = trace_settings().policy_traces_url.get_secret_value()
    if not url:
        return UNTRACED
    try:
        from vectorstore.traces import Traces
    except ImportError:
        raise SettingsError('POLICY_TRACES_URL 需要先安装：pip install "policy-assistant[traces]"') from None
    return Traces(url)
