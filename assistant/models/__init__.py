"""The chat model and the reranker behind their endpoints: opened, timed, read, tried."""
