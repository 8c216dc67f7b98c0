"""What is the same for all transfers of one client over libcurl."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final, NamedTuple

import certifi
import pycurl

from ..errors import ConfigurationError
from .environment import certificates, route_to, tls_context

LONGEST_IDLE: Final = 5
"""Seconds that a connection is kept without use, as httpx does."""
_SEEK_REFUSED: Final = 1


class SharedOptions(NamedTuple):
    """Read off the environment once."""

    over_tls: bool
    options: Mapping[int, object]

    def new_handle(self) -> pycurl.Curl:
        """A handle with these options."""
        curl = pycurl.Curl()
        for option, value in self.options.items():
            curl.setopt(option, value)
        if pycurl.CAPATH in self.options:
            curl.unsetopt(pycurl.CAINFO)
        return curl


def shared_options(base_url: str) -> SharedOptions:
    """Raises ConfigurationError where proxy or certificates of the environment are none."""
    _check_for_green_threads()
    route, (file, folder) = route_to(base_url), certificates()
    if file or folder:
        tls_context(base_url)  # which complains of what holds no certificates
    options: dict[int, object] = {
        pycurl.NOSIGNAL: 1,
        pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_1_1,
        pycurl.FOLLOWLOCATION: 0,
        pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
        pycurl.MAXAGE_CONN: LONGEST_IDLE,
        pycurl.MAXCONNECTS: 1,
        pycurl.LOW_SPEED_LIMIT: 1,
        # NO_PROXY counted already; libcurl would read it in another way
        pycurl.PROXY: route.proxy or "",
        pycurl.NOPROXY: "",
        pycurl.SEEKFUNCTION: _refuse_to_seek,
    }
    if folder:
        options[pycurl.CAPATH] = folder
    else:
        options[pycurl.CAINFO] = file or certifi.where()
    return SharedOptions(route.over_tls, options)


def _check_for_green_threads() -> None:
    """Refuses to run where sockets are patched: libcurl would block all green threads."""
    gevent, eventlet = (sys.modules.get(name) for name in ("gevent.monkey", "eventlet.patcher"))
    if gevent is not None and gevent.is_module_patched("socket"):
        patched_by = "gevent"
    elif eventlet is not None and eventlet.is_monkey_patched("socket"):
        patched_by = "eventlet"
    else:
        return
    raise ConfigurationError(
        f'engine="fast" does not work with sockets that {patched_by} has patched: libcurl would'
        " block all green threads; leave engine= out"
    )


def _refuse_to_seek(_offset: int, _origin: int) -> int:
    """Keeps libcurl from repeating a write by itself, after a kept connection had died."""
    return _SEEK_REFUSED
