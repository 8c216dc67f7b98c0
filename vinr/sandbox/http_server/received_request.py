"""Makes an HttpRequest of what aiohttp has parsed."""

from __future__ import annotations

import re
from string import punctuation
from typing import Final
from urllib.parse import quote

from aiohttp import web

from ..access_control import is_this_machine
from ..http_message import HttpRequest, headers_of

_ABSOLUTE: Final = re.compile(r"https?://([^/?#]*)", re.IGNORECASE | re.ASCII)


def received_request(request: web.BaseRequest) -> HttpRequest:
    """The request without its body.

    A target in absolute form, as proxies are sent it (``GET http://127.0.0.1:8321/v1/events``),
    counts like its path; the host in it replaces the Host header, unless that one is a foreign
    name, which stays to be refused.
    """
    # not every parser of aiohttp's refuses raw bytes; what they say then counts like %ff
    target = quote(request.raw_path.encode(errors="surrogateescape"), safe=punctuation)
    headers = dict(headers_of(request.raw_headers))
    absolute = _ABSOLUTE.match(target)
    if absolute:
        target = "/" + target[absolute.end() :].removeprefix("/")
        if is_this_machine(headers.get("host", absolute[1])):
            headers["host"] = absolute[1]
    path, _, query = target.partition("?")
    return HttpRequest(request.method, path, query, headers)
