"""The policy library: what ingestion fills and answering reads."""
