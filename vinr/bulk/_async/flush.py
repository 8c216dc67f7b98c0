"""Delivers what waits in an outbox."""

from __future__ import annotations

from ..._async.client import AsyncVinr
from ...errors import VinrError
from ..journal import Journal
from .engine import AsyncEngine
from .ledgers import AsyncRealLedgers


async def async_flush(
    client: AsyncVinr, journal: Journal, program: str | None, workers: int, patience: float
) -> VinrError | None:
    """The error that left entries waiting, if any."""
    ledgers = AsyncRealLedgers(client, program)
    engine = AsyncEngine(
        journal, ledgers, batch=None, is_outbox=True, workers=workers, patience=patience
    )
    await engine.run()
    return engine.stopped_by
