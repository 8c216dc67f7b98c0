"""One attempt over httpx: a request's bytes in, a reply or a fault out."""

from __future__ import annotations

import httpx

from ..config import Timeout
from ..transport.content import Body
from ..transport.faults import fault_of
from ..transport.wire import Fault, Reply, WireRequest


async def exchange(
    client: httpx.AsyncClient, request: WireRequest, timeout: Timeout
) -> Reply | Fault:
    """Sends once and reads the whole answer. Cancellation and Ctrl-C pass through."""
    try:
        response = await client.send(_outgoing(request, timeout), stream=True, auth=None)
        try:
            return await _read(response)
        finally:
            await response.aclose()
    # Whatever a transport may raise must become an error of ours; it is not
    # chained, since httpx's exceptions hold the request and so the secret key.
    except Exception as error:  # noqa: BLE001
        return fault_of(error)


def _outgoing(request: WireRequest, timeout: Timeout) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url,
        headers=request.headers,
        content=request.content,
        extensions={
            "timeout": {
                "connect": timeout.connect,
                "read": timeout.read,
                "write": timeout.write,
                "pool": timeout.pool,
            }
        },
    )


async def _read(response: httpx.Response) -> Reply:
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1")
        for name, value in response.headers.raw
    }
    if response.is_stream_consumed:
        # a transport that answers from memory, such as a mock, has read and decoded it
        return Reply(response.status_code, headers, response.content)
    body = Body(headers)
    async for piece in response.aiter_raw():
        body.add(piece)
    return Reply(response.status_code, headers, body.whole())
