"""What went wrong at a model endpoint, in words for its user.

The openai package takes long to load; who asks no model does not wait for it.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from vectorstore.languages.language import own_words

OPENAI_URL = "https://api.openai.com/v1"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# What servers call an account without money.
NO_CREDIT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "1113", "Arrearage"})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint as messages name it.

    Attributes:
        url: its address; messages show its host and port alone.
        model: name of its model, or "" where it needs none.
        url_setting, model_setting, key_setting: the settings that hold address, model and key.
        has_key: whether a key is set.
    """

    url: str
    model: str
    url_setting: str
    model_setting: str
    key_setting: str
    has_key: bool

    @property
    def host(self) -> str:
        """Host and port, without the credentials that an address may carry."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def openai_endpoint(base_url: str, key: str, model: str, model_setting: str) -> Endpoint:
    """Return the endpoint of OPENAI_BASE_URL, or OpenAI itself, as messages name it.

    Args:
        base_url: its address, "" for OpenAI itself.
        key: OPENAI_API_KEY, or "".
        model: the model's name.
        model_setting: the setting that holds it.
    """
    return Endpoint(
        base_url or OPENAI_URL, model, "OPENAI_BASE_URL", model_setting, "OPENAI_API_KEY", bool(key)
    )


def http_client(url: str, timeout: float | httpx2.Timeout) -> httpx2.Client:
    """Return a client for an endpoint: it follows no redirect, which would carry a question somewhere else.

    Args:
        url: the endpoint's address.
        timeout: in seconds.
    """
    import openai

    # A proxy from the environment cannot reach this machine's own loopback interface.
    local = urlsplit(url).hostname in LOOPBACK
    return openai.DefaultHttpxClient(timeout=timeout, trust_env=not local, follow_redirects=False)


def reason(error: BaseException, endpoint: Endpoint) -> str:
    """Say in one Chinese phrase why an endpoint failed, and which setting to look at.

    Args:
        error: what the openai package, httpx or another provider's client raised; its text is never shown, as
            it may hold a key.
        endpoint: names the settings.
    """
    import openai

    match error:
        case openai.APITimeoutError() | httpx2.TimeoutException():
            return own_words(f"{endpoint.host} 没有及时应答，请检查网络或稍后再试")
        case openai.APIConnectionError() | httpx2.TransportError():
            return _unreachable(error, endpoint)
        case openai.APIError(code=code) if code in NO_CREDIT:
            return own_words(f"额度已用完，请充值或更换 {endpoint.key_setting}")
        case openai.APIStatusError():
            named = bool(endpoint.model) and endpoint.model in error.message
            return _refused(error.status_code, endpoint, named=named or error.code == "model_not_found")
        case httpx2.HTTPStatusError():
            named = bool(endpoint.model) and endpoint.model in error.response.text
            return _refused(error.response.status_code, endpoint, named=named)
        case _:
            return own_words(f"返回了无法解读的内容（{type(error).__name__}），请检查 {endpoint.url_setting}")


def status_of(error: BaseException) -> int:
    """Return the HTTP status by which an endpoint refused, 0 where it was something else."""
    import openai

    if isinstance(error, openai.APIStatusError):
        return error.status_code
    return error.response.status_code if isinstance(error, httpx2.HTTPStatusError) else 0


def is_timeout(error: BaseException) -> bool:
    """Say whether an endpoint took too long to answer."""
    import openai

    return isinstance(error, openai.APITimeoutError | httpx2.TimeoutException | TimeoutError)


def _unreachable(error: BaseException, endpoint: Endpoint) -> str:
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return own_words(
            f"无法验证 {endpoint.host} 的TLS证书；内部签发的证书请用环境变量 SSL_CERT_FILE 指明根证书"
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return own_words(
            f"与 {endpoint.host} 的TLS握手失败，请检查 {endpoint.url_setting} 应为 http:// 还是 https://"
        )
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return own_words(f"找不到主机 {endpoint.host}，请检查网络和 {endpoint.url_setting}")
    return own_words(f"无法连接 {endpoint.host}，请检查网络和 {endpoint.url_setting}")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _refused(status: int, endpoint: Endpoint, *, named: bool) -> str:
    model = own_words(f"模型 {endpoint.model}" if endpoint.model else "该模型")
    match status:
        case 401 if not endpoint.has_key:
            return own_words(f"需要密钥，请设置 {endpoint.key_setting}")
        case 401:
            return own_words(f"不接受密钥，请检查 {endpoint.key_setting}")
        case 402:
            return own_words(f"额度已用完，请充值或更换 {endpoint.key_setting}")
        case 403:
            return own_words(
                f"密钥没有使用{model}的权限，请检查 {endpoint.key_setting} 和 {endpoint.model_setting}"
            )
        case 404 if named:
            return own_words(f"没有{model}，请检查 {endpoint.model_setting}")
        case 404 | 405:
            setting = own_words(f"{endpoint.url_setting}（通常以 /v1 结尾）")
            return own_words(f"没有这一地址或模型，请检查 {setting}和 {endpoint.model_setting}")
        case 429:
            return own_words("繁忙或请求过于频繁，请稍后再试")
        case _ if 300 <= status < 400:
            return own_words(
                f"要求转到另一地址，为免问题和资料外传没有跟随，请把 {endpoint.url_setting} 改为最终地址"
            )
        case _ if status >= 500:
            return own_words(f"出错（{status}），请稍后再试")
        case _:
            return own_words(f"不接受这次请求（{status}），请检查 {endpoint.model_setting}")
