"""Measures ``vinr.bulk`` by itself: requests a second on one processor, and memory.

The service is a server like that of the benchmarks: it costs next to nothing, and runs in a process
of its own, on another processor where there is one. So the seconds are those of the client, the
journal and the disk.

    python scripts/measure_bulk.py --rows 100000 --engine fast
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from socketserver import BaseRequestHandler
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.server import Server
from vinr import AsyncVinr, Vinr, bulk

KEY = "sk_test_1"
HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
    "X-RateLimit-Limit: 1000\r\nX-RateLimit-Remaining: 999\r\n\r\n"
)
NOTHING: dict[str, object] = {
    "object": "list",
    "data": [],
    "page": {"has_more": False, "next_cursor": None},
}


class Service(BaseRequestHandler):
    """Nobody is a member and every ledger is empty, until a request says otherwise."""

    request: socket.socket
    """What is read from and written to."""

    def handle(self) -> None:
        """Until the client hangs up."""
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pending = b""
        while received := self.request.recv(65536):
            pending += received
            while (end := pending.find(b"\r\n\r\n") + 4) > 3:
                head = pending[:end]
                length = head.lower().partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
                whole = end + int(length or 0)
                if len(pending) < whole:
                    break
                answer = json.dumps(_answer(head, pending[end:whole]))
                pending = pending[whole:]
                self.request.sendall((HEAD % len(answer) + answer).encode())


def _answer(head: bytes, body: bytes) -> dict[str, object]:
    if head.startswith(b"GET"):
        return NOTHING
    sent: dict[str, object] = json.loads(body)
    if b"/transactions" in head.partition(b"\r\n")[0]:
        return {"id": "ptx_1", **sent}
    account: dict[str, object] = {"status": "active", "balance": 0, "lifetime_points": 0}
    return {"id": f"loy_{sent['customer']}", **account, **sent}


def serve(ready: Connection, processor: int | None) -> None:
    """Until the parent ends this process."""
    _stay_on(processor)
    with Server(("127.0.0.1", 0), Service) as server:
        ready.send(server.server_address[1])
        server.serve_forever()


def _stay_on(processor: int | None) -> None:
    if processor is not None and sys.platform == "linux":
        os.sched_setaffinity(0, {processor})


def main() -> None:
    """Prints a line for threads and one for tasks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rows-per-member", type=int, default=5)
    parser.add_argument("--engine", choices=["httpx", "fast"], default="httpx")
    parser.add_argument("--workers", type=int, default=16)
    arguments = parser.parse_args()

    cores = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
    context = multiprocessing.get_context("spawn")
    ready, told = context.Pipe()
    service = context.Process(target=serve, args=(told, cores[-1] if cores else None), daemon=True)
    service.start()
    url = f"http://127.0.0.1:{ready.recv()}/v1"
    _stay_on(cores[0] if cores else None)

    with TemporaryDirectory() as folder:
        path = Path(folder, "rows.csv")
        members = arguments.rows // arguments.rows_per_member
        with path.open("w") as file:
            file.write("customer,amount,reason\n")
            file.writelines(f"c{row % members},{row + 1},bonus\n" for row in range(arguments.rows))
        requests = arguments.rows + 2 * members

        def in_threads() -> None:
            with Vinr(secret_key=KEY, base_url=url, engine=arguments.engine) as client:
                bulk.adjust(client, path, program="prog_1", workers=arguments.workers)

        async def in_tasks() -> None:
            async with AsyncVinr(secret_key=KEY, base_url=url, engine=arguments.engine) as client:
                await bulk.async_adjust(client, path, program="prog_1", workers=arguments.workers)

        work: dict[str, Callable[[], object]]
        work = {"threads": in_threads, "tasks": lambda: asyncio.run(in_tasks())}
        for name, run in work.items():
            begun, cpu = time.perf_counter(), time.process_time()
            run()
            seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
            Path(f"{path}.vinr-journal").unlink()
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{name}: {arguments.rows:,} rows, {requests / seconds:,.0f} requests a second,"
                f" {requests / cpu:,.0f} a second of this processor, {memory} MB at most"
            )
    service.terminate()


if __name__ == "__main__":
    main()
