"""The door in process: httpx transports that hand requests to the sandbox without a network."""

import httpx

from ..api.messages import Request
from ..refusal import SandboxClosedError
from ..surface import Surface


class InProcessTransport(httpx.BaseTransport):
    """For httpx.Client: every request is answered by the sandbox, whatever its host."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer; raises httpx.ConnectError once the sandbox is closed."""
        return _answered(self._surface, request, request.read())


class AsyncInProcessTransport(httpx.AsyncBaseTransport):
    """For httpx.AsyncClient; an answer takes well under a millisecond, so it is not awaited."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer; raises httpx.ConnectError once the sandbox is closed."""
        return _answered(self._surface, request, await request.aread())


def _answered(surface: Surface, request: httpx.Request, body: bytes) -> httpx.Response:
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    asked = Request(request.method, path, query, request.headers, body)
    try:
        answer = surface.handle(asked)
    except SandboxClosedError as error:
        raise httpx.ConnectError(str(error), request=request) from error
    return httpx.Response(
        answer.status,
        headers={**answer.headers, "content-length": str(len(answer.body))},
        stream=httpx.ByteStream(answer.body),
    )
