"""A fork: the child never reads the parent's answers, and is never locked out."""

from __future__ import annotations

import asyncio
import os
import pickle
import ssl
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import trustme

from tests.faults._async.test_paging import FIRST, LAST
from tests.faults.faults import lost, says, stall
from tests.faults.matrix import SECRET
from tests.faults.server import Server, http
from tests.faults.service import MEMBER, account
from tests.together import eventually
from vinr import APIConnectionError, AsyncVinr, Vinr
from vinr._config import EngineName
from vinr.sandbox import Sandbox

CHILDREN = 4
CALLS = 100

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")


@pytest.fixture
def server() -> Server:
    server = Server()
    for number in range(CHILDREN + 1):
        server.service.accounts[f"loy_p{number}"] = account(f"loy_p{number}", f"cust_{number}")
    return server


def in_child(work: Callable[[], None]) -> int:
    """Runs it in a fork of this process; the child's process id."""
    process = os.fork()
    if process:
        return process
    try:
        work()
    except BaseException:  # noqa: BLE001 - the child ends here, whatever happened
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def assert_fine(process: int) -> None:
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def reads(client: Vinr, id: str, calls: int = CALLS) -> None:
    for _ in range(calls):
        assert client.loyalty.accounts.retrieve(id).id == id


def test_children_of_a_warm_client(server: Server, engine: EngineName) -> None:
    with server, Vinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
        reads(client, "loy_p4", 3)

        children = [
            in_child(lambda number=number: reads(client, f"loy_p{number}"))  # type: ignore[misc]
            for number in range(CHILDREN)
        ]
        reads(client, "loy_p4")
        for child in children:
            assert_fine(child)

        assert len(server.requests) == 3 + CALLS * (CHILDREN + 1)
        # nobody used a connection of anybody else's
        assert server.connections == 1 + CHILDREN


def test_a_child_goes_on_with_a_list_that_is_fetched_ahead(
    server: Server, engine: EngineName
) -> None:
    def rest() -> None:
        assert [entry.id for entry in entries] == ["ptx_2", "ptx_3", "ptx_4"]

    with server, Vinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
        server.plan(FIRST, LAST, LAST)
        entries = iter(client.loyalty.transactions.list(account=MEMBER, prefetch=1))
        assert next(entries).id == "ptx_1"
        eventually(lambda: len(server.requests) == 2)

        assert_fine(in_child(rest))
        rest()

        assert len(server.requests) == 3


def test_writes_of_children_have_keys_of_their_own(server: Server) -> None:
    def posts() -> None:
        for _ in range(20):
            client.loyalty.transactions.create(account=MEMBER, amount=5)

    with server, Vinr(secret_key=SECRET, base_url=server.url) as client:
        posts()
        for child in [in_child(posts) for _ in range(CHILDREN)]:
            assert_fine(child)

        assert len(server.service.effects) == 20 * (CHILDREN + 1)
        assert set(server.service.effects.values()) == {1}


def test_a_fork_while_other_threads_are_busy(server: Server, engine: EngineName) -> None:
    """They may hold any of the client's locks at that moment."""
    busy = threading.Event()

    def keep_busy() -> None:
        while not busy.is_set():
            client.loyalty.accounts.retrieve(MEMBER)

    with server, Vinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
        reads(client, MEMBER, 1)  # a fork in the middle of an import hangs by CPython's own lock
        threads = [threading.Thread(target=keep_busy) for _ in range(8)]
        for thread in threads:
            thread.start()
        try:
            for number in range(10):
                assert_fine(in_child(lambda: reads(client, f"loy_p{number % 4}", 3)))  # noqa: B023
        finally:
            busy.set()
            for thread in threads:
                thread.join()


def test_an_http_client_of_the_callers_own_is_the_parents(server: Server) -> None:
    def refused() -> None:
        with pytest.raises(APIConnectionError, match="forked"):
            client.loyalty.accounts.retrieve(MEMBER)

    with server, httpx.Client() as own:
        client = Vinr(secret_key=SECRET, base_url=server.url, http_client=own)
        reads(client, MEMBER, 1)
        assert_fine(in_child(refused))
        reads(client, MEMBER, 1)

        assert len(server.requests) == 2


def test_an_async_http_client_of_the_callers_own_is_the_parents() -> None:
    asked: list[httpx.Request] = []
    member = account(MEMBER, "cust_1")

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=member)

    async def retrieved() -> str:
        return (await client.loyalty.accounts.retrieve(MEMBER)).id

    def refused() -> None:
        with pytest.raises(APIConnectionError, match="forked"):
            asyncio.run(retrieved())
        assert asked == []

    own = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    client = AsyncVinr(secret_key=SECRET, http_client=own)
    assert_fine(in_child(refused))
    assert asyncio.run(retrieved()) == MEMBER


def test_a_child_of_a_process_with_an_event_loop(server: Server, engine: EngineName) -> None:
    async def retrieved(client: AsyncVinr, id: str) -> str:
        return (await client.loyalty.accounts.retrieve(id)).id

    with server:
        client = AsyncVinr(secret_key=SECRET, base_url=server.url, engine=engine)
        assert asyncio.run(retrieved(client, "loy_p4")) == "loy_p4"

        def read() -> None:
            assert asyncio.run(retrieved(client, "loy_p1")) == "loy_p1"

        assert_fine(in_child(read))
        assert asyncio.run(retrieved(client, "loy_p4")) == "loy_p4"


def test_a_repeat_in_a_new_process_is_the_replay(server: Server, engine: EngineName) -> None:
    """The first process dies after it has sent its write; the next one has stored the key."""

    def post_and_die() -> None:
        Vinr(secret_key=SECRET, base_url=server.url, engine=engine).loyalty.transactions.create(
            account=MEMBER, amount=5, idempotency_key="invoice-1"
        )
        os._exit(0)

    with server, Vinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
        assert_fine(in_child(post_and_die))

        entry = client.loyalty.transactions.create(
            account=MEMBER, amount=5, idempotency_key="invoice-1"
        )

        assert entry.last_response.replayed
        assert server.service.effects == {"invoice-1": 1}


FORKING = """
import os, sys
from vinr import Vinr

client = Vinr(base_url=sys.argv[1], engine=sys.argv[2], max_retries=0)
client.loyalty.accounts.retrieve("loy_1")
for _ in range(3):
    child = os.fork()
    if not child:
        sys.exit()
    os.waitpid(child, 0)
    client.loyalty.accounts.retrieve("loy_1")
"""


def test_a_child_that_ends_leaves_the_parents_connection_over_tls_alone(
    engine: EngineName, tmp_path: Path
) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        str(tmp_path / "server.pem")
    )
    context.load_cert_chain(tmp_path / "server.pem")
    with Server(tls=context) as server:
        environment = {"SSL_CERT_FILE": str(tmp_path / "ca.pem")}
        with program(FORKING, server.url, engine, **environment) as running:
            running.communicate(timeout=20)

        assert running.returncode == 0
        assert (len(server.requests), server.connections) == (4, 1)


ABANDONING = """
import sys
from vinr import Vinr

client = Vinr(base_url=sys.argv[1], engine=sys.argv[2], timeout=60)
for account in client.loyalty.accounts.list(customer="cust_1", prefetch=1):
    sys.stdin.readline()  # until the next page has been asked for
    break
"""


def test_a_program_ends_while_a_page_is_read_ahead(server: Server, engine: EngineName) -> None:
    last, more = b'"has_more": false, "next_cursor": null', b'"has_more": true, "next_cursor": "a"'
    page = says("more", lambda body: http(200, body.replace(last, more)))
    with server, program(ABANDONING, server.url, engine) as running:
        server.plan(page, *[lost("silence", stall)] * 9)
        eventually(lambda: len(server.requests) == 2)
        running.communicate(b"go on\n", timeout=20)

        assert running.returncode == 0


def test_pages_come_without_a_thread_that_reads_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that ends, or has too many, can start none."""

    def starts_none(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with Sandbox() as sandbox, sandbox.client() as client:
        made = [client.loyalty.accounts.create(program="prog_default").id for _ in range(3)]
        monkeypatch.setattr(threading.Thread, "start", starts_none)
        read = client.loyalty.accounts.list(limit=1, prefetch=1)
        assert [member.id for member in read] == made[::-1]


def program(text: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """A process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", text, *arguments],
        env={**os.environ, "VINR_SECRET_KEY": SECRET, **environment},
        stdin=subprocess.PIPE,
    )


class TestPickle:
    """A client travels to workers without its key, which the environment has there too."""

    @pytest.fixture(autouse=True)
    def environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VINR_SECRET_KEY", SECRET)

    @pytest.mark.parametrize("kind", [Vinr, AsyncVinr])
    def test_options_travel(self, kind: type[Vinr | AsyncVinr]) -> None:
        client = kind(base_url="http://127.0.0.1:1/v1", timeout=3, deadline=9, max_retries=1)
        view = client.with_options(api_version="2026-01-01", on_retry=print)

        sent = pickle.dumps(view)
        revived: object = pickle.loads(sent)  # noqa: S301 - our own

        assert SECRET.encode() not in sent
        assert isinstance(revived, kind)
        assert pickle.dumps(revived) == sent
        assert repr(revived) == repr(client)

    def test_it_works_there(self, server: Server) -> None:
        with server, Vinr(base_url=server.url) as client:
            reads(client, MEMBER, 1)
            with pickle.loads(pickle.dumps(client)) as revived:  # noqa: S301 - our own
                reads(revived, MEMBER, 1)

        assert [request.headers["x-api-key"] for request in server.requests] == [SECRET] * 2

    def test_the_other_process_needs_a_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        sent = pickle.dumps(Vinr())
        monkeypatch.delenv("VINR_SECRET_KEY")

        with pytest.raises(ValueError, match="VINR_SECRET_KEY"):
            pickle.loads(sent)  # noqa: S301 - our own

    def test_a_key_that_was_passed_does_not_travel(self) -> None:
        with pytest.raises(TypeError, match="VINR_SECRET_KEY"):
            pickle.dumps(Vinr(secret_key=SECRET))

    def test_an_http_client_does_not_travel(self) -> None:
        for client in (
            Vinr(http_client=httpx.Client()),
            AsyncVinr(http_client=httpx.AsyncClient()),
        ):
            with pytest.raises(TypeError, match="http_client"):
                pickle.dumps(client)
