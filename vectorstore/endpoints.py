"""What went wrong at a model endpoint, in words for its user."""

from __future__ import annotations

import openai


def reason(error: Exception) -> str:
    """Say in one Chinese phrase why an endpoint failed, told by the openai package's own classes.

    Args:
        error: what the call raised; its text is never shown, as it may hold a key or an address.

    Returns:
        The reason with the setting to look at.
    """
    if isinstance(error, openai.AuthenticationError):
        return "密钥无效，请检查 OPENAI_API_KEY"
    if isinstance(error, openai.PermissionDeniedError):
        return "密钥无权使用该模型，请检查 OPENAI_API_KEY 和模型名称"
    if isinstance(error, openai.NotFoundError):
        return "模型或地址不存在，请检查模型名称和 OPENAI_BASE_URL"
    if isinstance(error, openai.RateLimitError):
        return "请求过于频繁或额度已用完，请稍后再试"
    if isinstance(error, openai.APITimeoutError):
        return "等待超时，请稍后再试"
    if isinstance(error, openai.APIConnectionError):
        return "无法连接，请检查网络和 OPENAI_BASE_URL"
    if isinstance(error, openai.InternalServerError):
        return f"服务器出错（{error.status_code}），请稍后再试"
    if isinstance(error, openai.APIStatusError):
        return f"请求被拒绝（{error.status_code}），请检查模型名称"
    return f"调用失败（{type(error).__name__}）"
