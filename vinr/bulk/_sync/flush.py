# Generated from vinr/bulk/_async/flush.py; do not edit.
"""Delivers what waits in an outbox."""

from __future__ import annotations

from ..._sync.client import Vinr
from ...errors import VinrError
from ..journal import Journal
from .engine import Engine
from .ledgers import RealLedgers


def flush(
    client: Vinr, journal: Journal, program: str | None, workers: int, patience: float
) -> VinrError | None:
    """The error that left entries waiting, if any."""
    ledgers = RealLedgers(client, program)
    engine = Engine(
        journal, ledgers, batch=None, is_outbox=True, workers=workers, patience=patience
    )
    engine.run()
    return engine.stopped_by
