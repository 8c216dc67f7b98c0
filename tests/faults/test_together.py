"""Threads, tasks and event loops on one client; cancellation."""

from __future__ import annotations

import asyncio
import gc
import random
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import aclosing

import anyio
import httpx
import pytest

from tests.faults.faults import LOST_AFTER, accepting, after, lost, refused, says, stall, status
from tests.faults.matrix import SECRET
from tests.faults.server import Server, http
from tests.faults.service import MEMBER
from tests.together import aeventually, atogether, eventually, together
from vinr import APIConnectionError, AsyncVinr, RetryEvent, Vinr
from vinr._config import EngineName


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


def test_sixty_four_threads(server: Server, engine: EngineName) -> None:
    def work() -> None:
        for _ in range(10):
            assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER
            client.loyalty.transactions.create(account=MEMBER, amount=1)

    # one call may be the one that meets several of them
    with Vinr(secret_key=SECRET, base_url=server.url, max_retries=20, engine=engine) as client:
        server.plan(*[LOST_AFTER[0], status(500), refused(429, "rate_limited")] * 10)
        together(64, work)

    assert len(server.service.effects) == 640
    assert set(server.service.effects.values()) == {1}


def test_one_client_in_several_event_loops(server: Server, engine: EngineName) -> None:
    client = AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine)

    async def work() -> None:
        for _ in range(3):
            assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER

    for _ in range(3):
        asyncio.run(work())
        gc.collect()  # a connection that was left open would warn here

    assert (len(server.requests), server.connections) == (9, 3)


def test_an_http_client_in_several_event_loops(server: Server) -> None:
    limits = httpx.Limits(max_connections=2, max_keepalive_connections=0)
    client = AsyncVinr(
        secret_key=SECRET, base_url=server.url, http_client=httpx.AsyncClient(limits=limits)
    )

    async def work() -> None:
        await atogether(8, lambda: client.loyalty.accounts.retrieve(MEMBER))

    for _ in range(3):
        asyncio.run(work())

    assert len(server.requests) == 24


def test_one_client_in_event_loops_of_several_threads(server: Server, engine: EngineName) -> None:
    client = AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine)

    async def work() -> None:
        for _ in range(20):
            assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER

    together(8, lambda: asyncio.run(work()))

    assert len(server.requests) == 160


def test_a_client_that_is_closed_between_two_attempts(server: Server, engine: EngineName) -> None:
    def close(_event: RetryEvent) -> None:
        client.close()

    client = Vinr(secret_key=SECRET, base_url=server.url, on_retry=close, engine=engine)
    server.plan(LOST_AFTER[0])

    with pytest.raises(APIConnectionError, match="closed") as caught:
        client.loyalty.transactions.create(account=MEMBER, amount=1)

    assert (caught.value.attempts, caught.value.outcome_unknown) == (2, True)
    assert caught.value.idempotency_key == server.requests[0].key


def test_a_client_that_is_closed_while_calls_are_under_way(
    server: Server, engine: EngineName
) -> None:
    server.misbehave(lost("silence", stall))
    client = Vinr(secret_key=SECRET, base_url=server.url, timeout=5, engine=engine)
    errors: list[Exception] = []

    def work() -> None:
        try:
            client.loyalty.transactions.create(account=MEMBER, amount=1)
        except Exception as error:  # noqa: BLE001 - whatever it is, is looked at below
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    eventually(lambda: len(server.requests) == 4)
    client.close()
    server.drop_connections()
    for thread in threads:
        thread.join()

    assert {type(error) for error in errors} == {APIConnectionError}
    assert all(getattr(error, "outcome_unknown", False) for error in errors)


async def test_an_async_client_that_is_closed_while_a_call_is_under_way(
    server: Server, engine: EngineName
) -> None:
    server.plan(
        after("slow but fine", lambda wire, answer: wire.dribble(http(200, answer.body), 0.001))
    )
    client = AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_post, client)
        await aeventually(lambda: bool(server.requests))
        await client.close()

    assert set(server.service.effects.values()) == {1}


def test_event_loops_that_ended_are_forgotten(server: Server, engine: EngineName) -> None:
    client = AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine)
    loops: list[weakref.ref[asyncio.AbstractEventLoop]] = []

    async def work() -> None:
        loops.append(weakref.ref(asyncio.get_running_loop()))
        await client.loyalty.accounts.retrieve(MEMBER)

    for _ in range(4):
        asyncio.run(work())
    gc.collect()

    assert [loop() for loop in loops[:-1]] == [None, None, None]


class TestCancellingTasks:
    """Out at once, nothing swallowed, nothing retried, and the pool as good as before."""

    @pytest.fixture(params=["asyncio"])
    def anyio_backend(self, request: pytest.FixtureRequest) -> object:
        """Cancelling a task, as nothing but asyncio does."""
        return request.param

    async def cancelled(self, client: AsyncVinr, server: Server, requests: int) -> None:
        task = asyncio.ensure_future(_post(client))
        async with asyncio.timeout(5):
            while len(server.requests) < requests:  # noqa: ASYNC110 - the server has no event
                await asyncio.sleep(0.001)
        await asyncio.sleep(0.02)
        started = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - started < 4
        assert task.cancelled()

    async def test_while_waiting_for_the_answer(self, server: Server, engine: EngineName) -> None:
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            await client.loyalty.accounts.retrieve(MEMBER)
            server.plan(lost("silence", stall))
            await self.cancelled(client, server, 2)

            assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER
        assert len(server.requests) == 3

    async def test_in_the_middle_of_the_answer(self, server: Server, engine: EngineName) -> None:
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            server.plan(says("half", lambda body: http(200, body)[:-9], stall))
            await self.cancelled(client, server, 1)

            assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER
        assert server.connections == 2

    async def test_during_the_wait_between_two_attempts(
        self, server: Server, engine: EngineName
    ) -> None:
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            server.plan(refused(429, "rate_limited", Retry_After="30"))
            await self.cancelled(client, server, 1)
            assert len(server.requests) == 1

    async def test_during_the_wait_for_the_rate_limit(
        self, server: Server, engine: EngineName
    ) -> None:
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            server.plan(refused(429, "rate_limited", Retry_After="30"))
            first = asyncio.ensure_future(_post(client))
            await asyncio.sleep(0.1)
            await self.cancelled(client, server, 1)
            first.cancel()
            await asyncio.wait({first})
            assert len(server.requests) == 1

    async def test_during_connect(self, server: Server, engine: EngineName) -> None:
        server.plan(accepting("silence", stall))
        url = server.url.replace("http:", "https:")  # the handshake never ends
        async with AsyncVinr(secret_key=SECRET, base_url=url, engine=engine) as client:
            await self.cancelled(client, server, 0)
        gc.collect()  # a connection that was left open would warn here

    async def test_many_times(self, server: Server, engine: EngineName) -> None:
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            await self.cancelled_many_times(client, server, connections=100)
        gc.collect()  # a connection that was left open would warn here

    async def test_many_times_over_a_client_of_the_callers(self, server: Server) -> None:
        async with (
            httpx.AsyncClient(limits=httpx.Limits(max_connections=10)) as http_client,
            AsyncVinr(secret_key=SECRET, base_url=server.url, http_client=http_client) as client,
        ):
            await self.cancelled_many_times(client, server, connections=10)

    async def test_while_waiting_for_a_connection_of_the_callers(self, server: Server) -> None:
        server.misbehave(lost("silence", stall))
        async with (
            httpx.AsyncClient(limits=httpx.Limits(max_connections=2)) as http_client,
            AsyncVinr(secret_key=SECRET, base_url=server.url, http_client=http_client) as client,
        ):
            for _ in range(5):
                tasks = [asyncio.ensure_future(_post(client)) for _ in range(6)]
                await asyncio.sleep(0.02)
                for task in reversed(tasks):
                    task.cancel()
                await asyncio.wait(tasks)

            server.behave()
            await atogether(4, lambda: client.loyalty.accounts.retrieve(MEMBER))

    async def cancelled_many_times(
        self, client: AsyncVinr, server: Server, connections: int
    ) -> None:
        """At any moment of a call; afterwards every connection of the pool can be had."""
        chance = random.Random(4)  # noqa: S311 - nothing secret
        for _ in range(15):
            tasks = [asyncio.ensure_future(_post(client)) for _ in range(20)]
            for task in tasks:
                await asyncio.sleep(chance.random() * 0.003)
                task.cancel()
            await asyncio.wait(tasks)
            assert all(task.cancelled() or task.exception() is None for task in tasks)

        patience = client.with_options(timeout=5, max_retries=0)
        server.misbehave(lost("silence", stall))
        held = [asyncio.ensure_future(_post(patience)) for _ in range(connections)]
        before = len(server.requests)
        async with asyncio.timeout(4):
            while len(server.requests) < before + connections:  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.001)
        for task in held:
            task.cancel()
        await asyncio.wait(held)

        assert set(server.service.effects.values()) <= {1}

    async def test_by_a_time_out_of_the_callers(self, server: Server, engine: EngineName) -> None:
        server.misbehave(lost("silence", stall))
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await _post(client)
        assert len(server.requests) == 1


class TestCancelScopes:
    """The same by cancel scopes, on asyncio and on trio."""

    async def cancelled(self, client: AsyncVinr, server: Server, requests: int) -> None:
        started = 0.0
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_post, client)
            await aeventually(lambda: len(server.requests) == requests)
            await anyio.sleep(0.02)
            started = time.monotonic()
            tasks.cancel_scope.cancel()
        assert time.monotonic() - started < 4

    async def test_while_waiting_for_the_answer(self, server: Server, engine: EngineName) -> None:
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            await client.loyalty.accounts.retrieve(MEMBER)
            server.plan(lost("silence", stall))
            await self.cancelled(client, server, 2)

            assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER
        assert len(server.requests) == 3

    async def test_in_the_middle_of_the_answer(self, server: Server, engine: EngineName) -> None:
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            server.plan(says("half", lambda body: http(200, body)[:-9], stall))
            await self.cancelled(client, server, 1)

            assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER
        assert server.connections == 2

    async def test_during_a_wait(self, server: Server, engine: EngineName) -> None:
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            server.plan(refused(429, "rate_limited", Retry_After="30"))
            await self.cancelled(client, server, 1)
            await self.cancelled(client, server, 1)
        assert len(server.requests) == 1

    async def test_during_connect(self, server: Server, engine: EngineName) -> None:
        server.plan(accepting("silence", stall))
        url = server.url.replace("http:", "https:")  # the handshake never ends
        async with AsyncVinr(secret_key=SECRET, base_url=url, engine=engine) as client:
            await self.cancelled(client, server, 0)
        gc.collect()  # a connection that was left open would warn here

    async def test_many_times(self, server: Server, engine: EngineName) -> None:
        chance = random.Random(4)  # noqa: S311 - nothing secret
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            for _ in range(15):
                async with anyio.create_task_group() as tasks:
                    for _ in range(20):
                        tasks.start_soon(_cancelled_after, chance.random() * 0.01, client)

            # every connection of the pool can be had
            server.misbehave(lost("silence", stall))
            before = len(server.requests)
            async with anyio.create_task_group() as tasks:
                for _ in range(100):
                    tasks.start_soon(_post, client)
                await aeventually(lambda: len(server.requests) >= before + 100)
                tasks.cancel_scope.cancel()
        assert set(server.service.effects.values()) <= {1}
        gc.collect()

    async def test_by_a_time_out_of_the_callers(self, server: Server, engine: EngineName) -> None:
        server.misbehave(lost("silence", stall))
        async with AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            with pytest.raises(TimeoutError), anyio.fail_after(0.1):
                await _post(client)
        assert len(server.requests) == 1

    async def test_a_list_that_is_fetched_ahead(self, server: Server, engine: EngineName) -> None:
        more = says("more", lambda body: http(200, body.replace(LAST_PAGE, MORE_PAGES)))
        server.plan(more, *[lost("silence", stall)] * 9)
        async with (
            AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine) as client,
            aclosing(client.loyalty.accounts.list(customer="cust_1", prefetch=1).pages()) as pages,
        ):
            assert (await anext(pages)).data[0].id == MEMBER
            await aeventually(lambda: len(server.requests) == 2)
        gc.collect()  # a task that was left behind would warn here


LAST_PAGE = b'"has_more": false, "next_cursor": null'
MORE_PAGES = b'"has_more": true, "next_cursor": "a"'


async def _cancelled_after(seconds: float, client: AsyncVinr) -> None:
    with anyio.move_on_after(seconds):
        await _post(client)


async def _post(client: AsyncVinr) -> None:
    await client.loyalty.transactions.create(account=MEMBER, amount=1)
