"""Members and ledgers to JSON lines, CSV or Parquet, and to frames of pandas or polars.

from vinr import Vinr, export

export.export_members(Vinr(), "members.csv", program="prog_default")
"""

from __future__ import annotations

from ._async.exporting import async_export_ledger, async_export_members
from ._sync.exporting import export_ledger, export_members
from .errors import ExportError
from .frames import to_pandas, to_polars
from .job import ExportResult

__all__ = [
    "ExportError",
    "ExportResult",
    "async_export_ledger",
    "async_export_members",
    "export_ledger",
    "export_members",
    "to_pandas",
    "to_polars",
]
