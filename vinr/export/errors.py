"""What exports raise, beside the errors of single calls."""

from __future__ import annotations

from ..errors import VinrError


class ExportError(VinrError):
    """The part of an earlier export stands in the way, or another process is writing it now."""
