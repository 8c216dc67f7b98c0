"""The way over a compiled engine, libcurl: ``engine="fast"``, with the extra ``fast``."""

from __future__ import annotations

from collections.abc import Mapping

import httpcore
import pycurl

from ..transport.faults import fault_of, is_foreign
from ..transport.handlers import raised_by_handler
from ..transport.stack import Stack
from ..transport.transfer import Transfer, standing
from ..transport.wire import CLOSED, Fault, Reply, Safety, WireRequest
from .connections import MOST
from .perform import AsyncPerformer
from .slots import AsyncSlots


class AsyncEngine:
    """Sends what is ready to be sent; there is no httpx on this way."""

    def __init__(self, base_url: str) -> None:
        self.is_closed = False
        self._standing = standing(base_url)
        self._idle: Stack[Transfer] = Stack()
        self._slots = AsyncSlots(MOST)
        self._performer = AsyncPerformer()
        self._doubted = False

    async def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """Sends once and reads the whole answer. Cancellation and Ctrl-C pass through."""
        try:
            await self._slots.take(limits["pool"])
        except httpcore.PoolTimeout as error:
            return fault_of(error)
        try:
            if self._doubted:
                await self._begin_anew()
            return CLOSED if self.is_closed else await self._sent(request, limits)
        finally:
            self._slots.give()

    async def _sent(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        transfer = self._idle.take() or Transfer(self._standing)
        try:
            transfer.ask(request, limits)
            try:
                await self._performer.perform(transfer.curl)
                end = transfer.reply()
            except pycurl.error as error:
                end = transfer.fault(int(error.args[0]))
            if transfer.left_doubt:
                await self._performer.distrust()
            elif isinstance(end, Reply):
                end.source = self
            return end
        # Whatever it may raise must become an error of ours.
        except Exception as error:
            if raised_by_handler(error) is not None or is_foreign(error):
                raise
            return Fault(Safety.AMBIGUOUS, f"the engine failed ({type(error).__name__})")
        finally:
            self._put_back(transfer)

    async def aclose(self) -> None:
        """Lets the connections go."""
        self.is_closed = True
        await self._performer.aclose()
        self._drop_idle()

    def doubt(self) -> None:
        """One of the connections brought no answer to what was asked; libcurl cannot drop one."""
        self._doubted = True

    async def _begin_anew(self) -> None:
        self._doubted = False
        self._drop_idle()
        await self._performer.distrust()

    def _drop_idle(self) -> None:
        while (transfer := self._idle.take()) is not None:
            transfer.curl.close()

    def _put_back(self, transfer: Transfer) -> None:
        """What is left of a call that failed or was cancelled is not used again."""
        unused = self._idle.put(transfer) if transfer.sound and not self.is_closed else transfer
        if unused is not None:
            unused.curl.close()
