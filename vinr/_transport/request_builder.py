"""From a request's bytes to the request object that an httpx client sends.

``build_request`` of httpx merges the client's headers, cookies and parameters into every request,
parses its URL and encodes its body, which takes a tenth of all that a call costs. Here the client's
headers are merged once, and everything that is ready is used as it is. A client with cookies or
parameters builds each request itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, Protocol, cast
from urllib.parse import parse_qsl

from .._protocol.messages import RawRequest, RequestHeaders

_MOST_URLS: Final = 1024
"""That are kept parsed."""
_MOST_TEMPLATES: Final = 64
_UNNAMED: Final = ("python-httpx/", "python-httpx2/")
"""What httpx calls itself where the caller gave no name."""


class HTTPXClient(Protocol):
    """What is used of a client of httpx or httpx2, in either colour.

    It may be of either package, so its parts have the types of neither.
    """

    @property
    def headers(self) -> Any: ...
    @property
    def params(self) -> Any: ...
    @property
    def cookies(self) -> Any: ...

    def build_request(self, method: str, url: Any, **options: Any) -> Any:
        """A request of this client's."""


def _home_of(client: HTTPXClient) -> str:
    """The package that the method comes from."""
    return str(getattr(client.build_request, "__module__", "")).partition(".")[0]


class RequestBuilder:
    """Builds the requests that one httpx client sends."""

    def __init__(self, client: HTTPXClient) -> None:
        self._client = client
        self._has_own_way = _home_of(client) not in {"httpx", "httpx2"}
        """Whether a subclass builds requests, which may differ from one to the next."""
        self._merged: object = None
        """The client's headers that the templates have."""
        self._templates: dict[RequestHeaders, Any] = {}
        """A request with the headers of both, by our own."""
        self._url: Callable[[str], Any]

    def build(self, request: RawRequest, timeouts: Mapping[str, float]) -> Any:
        """The request object. Our headers win over the client's, but for the name it goes by."""
        if self._has_own_way or self._client.params or self._client.cookies.jar:
            return self._finished(self._built_by_client(request, timeouts), request)
        headers = self._client.headers.raw
        if headers != self._merged:
            self._templates.clear()
            self._merged = headers
        template = self._templates.get(request.headers) or self._template(request)
        built = type(template)(
            request.method,
            self._url(request.url),
            headers=template.headers,
            stream=type(template.stream)(request.content or b""),
            extensions={"timeout": dict(timeouts)},  # a hook may change it
        )
        built.read()  # as httpx does: hooks and mocks find the content
        return self._finished(built, request)

    def _template(self, request: RawRequest) -> Any:
        if len(self._templates) >= _MOST_TEMPLATES:
            self._templates.clear()
        template = self._built_by_client(request, {})
        template.headers.pop("Content-Length", None)  # of the first request's body
        self._url = lru_cache(_MOST_URLS)(cast("Callable[[str], Any]", type(template.url)))
        self._templates[request.headers] = template
        return template

    def _built_by_client(self, request: RawRequest, timeouts: Mapping[str, float]) -> Any:
        # httpx replaces a query in the URL by the client's parameters, and merges those it is given
        url, _, query = request.url.partition("?")
        built = self._client.build_request(
            request.method,
            url,
            params=parse_qsl(query, keep_blank_values=True) or None,
            headers=request.headers,
            content=request.content or b"",
            extensions={"timeout": dict(timeouts)},
        )
        name = self._client.headers.get("user-agent", "")
        if name and not name.startswith(_UNNAMED):
            built.headers["User-Agent"] = name
        return built

    def _finished(self, built: Any, request: RawRequest) -> Any:
        if request.content is not None:
            built.headers["Idempotency-Key"] = request.idempotency_key
            built.headers["Content-Length"] = str(len(request.content))
        for name, value in request.added_headers:
            built.headers[name.decode()] = value.decode()
        return built
