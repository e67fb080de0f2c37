"""Which observer the settings want."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.settings import AssistantSettings
from vectorstore.errors import SettingsError
from vectorstore.library import PolicyLibrary

if TYPE_CHECKING:
    from assistant.observing.metrics import Metrics

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""The format in which Prometheus reads them."""


def wanted_metrics(settings: AssistantSettings, library: PolicyLibrary) -> Metrics | None:
    """Return what counts for Prometheus, where the settings want it.

    Args:
        settings: say whether.
        library: what is asked about.

    Raises:
        SettingsError: the extra is not installed.
    """
    if not settings.policy_metrics:
        return None
    try:
        from assistant.observing.metrics import Metrics
    except ImportError:
        raise SettingsError('POLICY_METRICS 需要先安装：pip install "policy-assistant[metrics]"') from None
    return Metrics(library)
