"""A sentinel for a key, and a sentinel for a body: neither shows where it must not."""

from __future__ import annotations

import asyncio
import gc
import io
import itertools
import linecache
import logging
import os
import pickle
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING

import pytest

import vinr
from tests.faults.faults import LOST_AFTER, accepting, fin, refused, status
from tests.faults.server import Fault, Server
from tests.faults.service import MEMBER
from vinr import AsyncVinr, ConfigurationError, RetryEvent, Vinr, VinrError
from vinr._config import EngineName

KEY = "sk_test_SENTINEL0123456789"
if TYPE_CHECKING:
    from _typeshed import TraceFunction

OURS = os.path.dirname(vinr.__file__)  # noqa: PTH120 - a prefix
PRIVATE = "private-SENTINEL-of-a-member"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


def repr_of(thing: object) -> str:
    try:
        return repr(thing)
    except AttributeError:  # it is not made to its end yet
        return type(thing).__name__


def shown(error: BaseException) -> str:
    """Everything that a log, a report or a debugger prints of an exception."""
    ours = [
        repr_of(local)
        for frame, _ in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.startswith(OURS)
        for local in frame.f_locals.values()
    ]
    chained = [error.__cause__, error.__context__]
    return f"{error} {error!r} {error.args} {vars(error)} {ours} {chained}"


ECHOES = (
    refused(401, f"the_key_{KEY}_is_wrong"),
    status(
        403,
        b'{"error":{"type":"KEY","code":"KEY","message":"No: KEY","param":"KEY","doc_url":"KEY",'
        b'"request_id":"KEY","resource":"KEY"}}'.replace(b"KEY", KEY.encode()),
    ),
    status(404, f"<html>{KEY}</html>".encode()),
    status(409, f'{{"error":{{"code":"account_already_exists","message":"{KEY}"}}}}'.encode()),
    status(400, b"{}", X_Vinr_Request_Id=KEY),
    status(422, f'{{"error":{{"message":"\\u0073{KEY[1:]}"}}}}'.encode()),
    status(200, f'{{"id":"{KEY}"}}'.encode()),
    status(200, KEY.encode()),
    status(302, b"", Location=f"http://127.0.0.1:9/?key={KEY}"),
    LOST_AFTER[0],
    accepting("closed", fin),
)


@pytest.mark.parametrize("fault", ECHOES, ids=range(len(ECHOES)))
def test_errors(server: Server, fault: Fault) -> None:
    server.misbehave(fault)
    told: list[RetryEvent] = []
    client = Vinr(secret_key=KEY, base_url=server.url, on_retry=told.append, max_retries=1)

    with client, pytest.raises(VinrError) as caught:
        client.loyalty.transactions.create(account=MEMBER, amount=1)

    assert KEY not in shown(caught.value)
    assert KEY not in repr([(event, vars(event.error)) for event in told])
    assert KEY.encode() not in pickle.dumps(caught.value)


@pytest.mark.parametrize("fault", ECHOES, ids=range(len(ECHOES)))
def test_errors_of_async_calls(server: Server, fault: Fault) -> None:
    server.misbehave(fault)

    async def call() -> None:
        async with AsyncVinr(secret_key=KEY, base_url=server.url, max_retries=1) as client:
            await client.loyalty.transactions.create(account=MEMBER, amount=1)

    with pytest.raises(VinrError) as caught:
        asyncio.run(call())

    assert KEY not in shown(caught.value)


CUT = (
    *(status(400, b'{"error":{"message":"%s %s"}}' % (b"a" * n, KEY.encode())) for n in (480, 495)),
    *(
        status(
            200,
            b'{"id":"ptx_1","account":"loy_1","type":"adjust","amount":1,"%s%s":1e400}'
            % (b"a" * n, KEY.encode()),
        )
        for n in (70, 85, 90)
    ),
)


@pytest.mark.parametrize("fault", CUT, ids=range(len(CUT)))
def test_no_part_of_a_key_is_left_where_a_text_is_cut(server: Server, fault: Fault) -> None:
    server.misbehave(fault)

    with (
        Vinr(secret_key=KEY, base_url=server.url) as client,
        pytest.raises(VinrError) as caught,
    ):
        client.loyalty.transactions.create(account=MEMBER, amount=1)

    assert KEY[:10] not in shown(caught.value)


BAD_KEYS = (f"{KEY}\n", f" {KEY}", f"{KEY}\x00", f"{KEY}é", f"pk_{KEY}", f"other_{KEY}")


@pytest.mark.parametrize("kind", [Vinr, AsyncVinr])
@pytest.mark.parametrize("key", BAD_KEYS, ids=range(len(BAD_KEYS)))
@pytest.mark.parametrize("from_environment", [True, False])
def test_a_key_that_is_refused(
    kind: Callable[..., object], key: str, from_environment: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "\x00" not in key:
        monkeypatch.setenv("VINR_SECRET_KEY", key)

    with pytest.raises(ConfigurationError) as caught:
        kind(secret_key=None if from_environment and "\x00" not in key else key)

    assert KEY not in shown(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "http://vinr.example/v1"},
        {"max_retries": -1},
        {"timeout": float("nan")},
        {"http_client": object()},
        {"on_retry": 5},
    ],
    ids=range(5),
)
def test_other_options_that_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Vinr(**{"secret_key": KEY, **options})  # type: ignore[arg-type]  # bad on purpose

    assert KEY not in shown(caught.value)


@pytest.mark.parametrize("tail", ["@vinr.example/v1", "/x@vinr.example/v1"])
def test_a_password_in_a_url_is_not_repeated(tail: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Vinr(secret_key=KEY, base_url=f"https://user:{PRIVATE}{tail}")

    assert PRIVATE not in str(caught.value)
    assert caught.value.__context__ is None


def test_module_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vinr, "secret_key", f"{KEY}\n")

    with pytest.raises(ConfigurationError) as caught:
        vinr.LoyaltyAccount.retrieve("la_1")

    assert KEY not in shown(caught.value)


def parts_of(thing: object) -> Iterator[object]:
    """A client and all of this project that it is made of."""
    yield thing
    names = getattr(thing, "__slots__", ()) or getattr(thing, "__dict__", {})
    for part in [getattr(thing, name) for name in names]:
        if type(part).__module__.startswith("vinr.") and not isinstance(part, type):
            yield from parts_of(part)


def test_ctrl_c_while_the_request_is_sent(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_socket: socket.socket, data: bytes) -> int:
        raise KeyboardInterrupt(len(data))

    with Vinr(secret_key=KEY, base_url=server.url) as client:
        client.loyalty.accounts.retrieve(MEMBER)
        monkeypatch.setattr(socket.socket, "send", interrupted)
        with pytest.raises(KeyboardInterrupt) as caught:
            client.loyalty.transactions.create(account=MEMBER, amount=1)

    assert KEY not in shown(caught.value)


def test_ctrl_c_while_the_request_of_a_task_is_sent(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_socket: socket.socket, data: bytes) -> int:
        monkeypatch.undo()  # the event loop wakes itself up by a socket too
        raise KeyboardInterrupt(len(data))

    async def call() -> None:
        async with AsyncVinr(secret_key=KEY, base_url=server.url) as client:
            await client.loyalty.accounts.retrieve(MEMBER)
            monkeypatch.setattr(socket.socket, "send", interrupted)
            await client.loyalty.transactions.create(account=MEMBER, amount=1)

    with pytest.raises(KeyboardInterrupt) as caught:
        asyncio.run(call())

    assert KEY not in shown(caught.value)
    assert "<bytes of a request>" in shown(caught.value)


def interrupting(last: int) -> TraceFunction:
    """Ctrl-C at one line of ours out of all that a call runs through."""
    lines = itertools.count(1)

    def trace(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        name = frame.f_code.co_filename
        if not name.startswith(OURS):
            return None
        # Python lets no signal in where a lock is let go, and only at the start where the HTTP
        # library hands over the bytes to be written, which are hidden in the first line
        line = linecache.getline(name, frame.f_lineno).lstrip()
        spared = line.startswith(("with ", "hidden, buffer = "))
        if event == "line" and not spared and next(lines) == last:
            raise KeyboardInterrupt
        return trace

    return trace


# who is interrupted while a connection is made leaves it to the garbage collection
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("engine", ["httpx", "fast"])
def test_ctrl_c_at_every_line_of_a_call(server: Server, engine: EngineName) -> None:
    """No local of ours shows the key, wherever a debugger or a report stops to look."""

    def interrupted(line: int) -> str:
        with Vinr(secret_key=KEY, base_url=server.url, engine=engine) as client:
            before = sys.gettrace()  # that of a debugger, or of coverage
            try:
                sys.settrace(interrupting(line))
                client.loyalty.transactions.create(account=MEMBER, amount=1)
            except KeyboardInterrupt as interruption:
                sys.settrace(before)
                return shown(interruption)
            finally:
                sys.settrace(before)
        return ""

    reports = list(itertools.takewhile(bool, map(interrupted, itertools.count(1))))
    gc.collect()

    assert len(reports) > 100
    assert [report for report in reports if KEY in report] == []


def test_reprs_and_pickles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINR_SECRET_KEY", KEY)
    client = Vinr()
    parts = list(parts_of(client.loyalty_accounts))
    kinds = {type(part).__name__ for part in parts}

    assert {"CallContext", "Connections", "Driver", "Encoder", "Options", "Secret"} <= kinds
    assert KEY not in f"{client} {client!r} {parts} {[str(part) for part in parts]}"
    assert KEY.encode() not in pickle.dumps(client)
    for part in parts:
        if type(part).__name__ in ("Options", "Secret"):
            with pytest.raises(TypeError):
                pickle.dumps(part)


class Everything(logging.Handler):
    """Keeps every record there is, of every library."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def everything(monkeypatch: pytest.MonkeyPatch) -> Iterator[Everything]:
    handler = Everything()
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.NOTSET)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def test_log_records(server: Server, everything: Everything) -> None:
    server.plan(LOST_AFTER[0], *ECHOES[:9])
    with Vinr(secret_key=KEY, base_url=server.url) as client:
        for _ in range(9):
            try:
                client.loyalty.transactions.create(
                    account=MEMBER, amount=1, reason=PRIVATE, metadata={"note": PRIVATE}
                )
            except VinrError as error:
                logging.getLogger("a.caller").warning("%s", error)

    ours = [record for record in everything.records if record.name == "vinr"]
    assert len(ours) == len(server.requests)  # one line an attempt
    for record in [*ours, *(each for each in everything.records if each.name == "a.caller")]:
        text = f"{record.getMessage()} {record.args} {vars(record)}"
        assert KEY not in text
        assert PRIVATE not in text
    # httpx and httpcore say what was sent and where, but no key and no body
    sent = [f"{record.getMessage()} {record.args}" for record in everything.records]
    assert not [text for text in sent if PRIVATE in text]


def test_a_sound_call_leaves_the_key_nowhere(server: Server, everything: Everything) -> None:
    with Vinr(secret_key=KEY, base_url=server.url) as client:
        client.loyalty.transactions.create(account=MEMBER, amount=1, reason=PRIVATE)
        client.loyalty.accounts.retrieve(MEMBER)

    texts = [f"{record.getMessage()} {vars(record)}" for record in everything.records]
    assert not [text for text in texts if KEY in text or PRIVATE in text]
    assert all(KEY not in request.path for request in server.requests)


def test_the_log_is_turned_on_by_the_environment(server: Server) -> None:
    program = (
        "import vinr\n"
        "vinr.AsyncVinr()  # a second client does not write every line twice\n"
        f"with vinr.Vinr(base_url={server.url!r}) as client:\n"
        f"    client.loyalty.transactions.create(account='loy_1', amount=5, reason={PRIVATE!r})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "VINR_LOG": "debug", "VINR_SECRET_KEY": KEY},
        capture_output=True,
        check=True,
        text=True,
    )

    (line,) = done.stderr.splitlines()
    assert "transactions.create (POST) attempt 1: status 200, request req_1, key " in line
    assert KEY not in line
    assert PRIVATE not in line


def test_the_log_is_silent_otherwise(server: Server) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger("vinr").addHandler(handler)
    try:
        with Vinr(secret_key=KEY, base_url=server.url) as client:
            client.loyalty.accounts.retrieve(MEMBER)
    finally:
        logging.getLogger("vinr").removeHandler(handler)

    assert stream.getvalue() == ""
