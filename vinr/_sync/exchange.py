# Generated from vinr/_async/exchange.py by scripts/generate_sync.py. Do not edit.
"""One attempt over httpx: a request's bytes in, a reply or a fault out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import httpx

from ..transport.content import Body, UnreadableContent
from ..transport.faults import fault_of
from ..transport.wire import Fault, Reply, Safety, WireRequest
from .backend import Stream


def exchange(
    client: httpx.Client, request: WireRequest, limits: Mapping[str, float]
) -> Reply | Fault:
    """Sends once and reads the whole answer. Cancellation and Ctrl-C pass through."""
    status, headers = None, dict[str, str]()
    try:
        response = client.send(
            _outgoing(request, limits), stream=True, auth=None, follow_redirects=False
        )
        try:
            status, headers = response.status_code, _headers(response)
            return _read(response, headers)
        finally:
            response.close()
    # Whatever a transport may raise must become an error of ours; it is not
    # chained, since httpx's exceptions hold the request and so the secret key.
    except Exception as error:  # noqa: BLE001
        fault = fault_of(error)
        return replace(fault, status=status, request_id=headers.get("x-vinr-request-id"))


def _outgoing(request: WireRequest, limits: Mapping[str, float]) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url,
        headers=request.headers,
        content=request.content,
        extensions={"timeout": dict(limits)},
    )


def _headers(response: httpx.Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1")
        for name, value in response.headers.raw
    }


def _read(response: httpx.Response, headers: Mapping[str, str]) -> Reply | Fault:
    status = response.status_code
    if status < 200:
        return Fault(Safety.AMBIGUOUS, "the server wants to speak another protocol", status=status)
    if response.is_stream_consumed:
        # a transport that answers from memory, such as a mock, has read and decoded it
        return Reply(status, headers, response.content)
    try:
        body = Body(headers)
        # not iter_raw(), which gives the connection back before it is known to be sound
        for piece in _pieces(response):
            body.add(piece)
        whole = body.whole()
    except UnreadableContent as error:
        return Reply(status, headers, b"", flaw=str(error))
    stream: object = response.extensions.get("network_stream")
    if isinstance(stream, Stream):
        cut = bool(whole) and not whole.rstrip().endswith(b"}")
        stream.finish(headers, body.raw_length, doubtful=cut)
    return Reply(status, headers, whole)


def _pieces(response: httpx.Response) -> httpx.SyncByteStream:
    stream = response.stream
    if not isinstance(stream, httpx.SyncByteStream):
        raise TypeError("the answer of http_client cannot be read")
    return stream
