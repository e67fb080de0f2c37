"""Questions and filters of the ledger asked again when the library changes, and what changed told."""
