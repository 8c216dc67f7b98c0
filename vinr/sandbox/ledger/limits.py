"""The ledger's limits."""

from typing import Final

MOST_POINTS: Final = 2**63 - 1
"""The largest number that a column of SQLite holds."""

MOST_METADATA_KEYS: Final = 50
"""Metadata keys of one object.

Source: VINR's guide.
"""
