"""The API: from HTTP requests through operations to the ledger, and back to HTTP responses."""
