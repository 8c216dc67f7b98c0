"""The ledger: accounts, their points and their transactions, in SQLite. It knows no HTTP."""
