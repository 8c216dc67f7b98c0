"""The ledger: members, their points and what moved them, in SQLite. Knows nothing of HTTP."""
