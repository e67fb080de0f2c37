"""The assistant as tools for other models: a server of the Model Context Protocol (extra `mcp`)."""
