"""Requests of other kinds, found out by what arrives."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from .. import service
from ..service import serving
from .doing import KEY, succeeds, yes


def endpoint(library: Any) -> str:
    """Does the request arrive, with the key?"""
    with serving((), service.sound) as server:
        succeeds(lambda: library.endpoint(server.origin))
        sent = server.arrived[0].request
    told = any(KEY in value for value in sent.headers.values())
    return yes(so=sent.path == "/v1/brand_new" and told)


def uploads(library: Any) -> str:
    """Does a form with the file arrive?"""
    with serving((), service.sound) as server:
        succeeds(lambda: library.upload(server.origin))
        sent = server.arrived[0].request
    form = sent.headers["content-type"].startswith("multipart/form-data")
    return yes(so=form and b"proof" in sent.body)


def over_aiohttp(library: Any) -> str:
    """Does a call over it succeed?"""
    with serving((), service.sound) as server:
        done = succeeds(lambda: asyncio.run(library.over_aiohttp(server.origin)))
    return yes(so=done and "aiohttp" in sys.modules)
