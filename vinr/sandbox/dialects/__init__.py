"""The two dialects of the one API: how each writes accounts, transactions and pages."""
