"""The assistant as an HTTP service that speaks OpenAI's protocol (extra `api`)."""
