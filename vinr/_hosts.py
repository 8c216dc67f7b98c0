"""The host of a URL: whether there can be one of that name, and whether it is this machine."""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

_LONGEST_NAME: Final = 253
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


def split_url(url: str) -> SplitResult | None:
    """Its parts; None where its host or port cannot be one. Nothing of it is shown."""
    try:
        parts = urlsplit(url)
        possible = parts.port != 0 and _is_host(parts)
    except ValueError:  # its text may show a password
        return None
    return parts if possible else None


def is_loopback(host: str) -> bool:
    """Whether the name or address leads to this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_host(parts: SplitResult) -> bool:
    name = parts.hostname or ""
    if "[" in parts.netloc:
        return bool(ipaddress.IPv6Address(name))
    labels = name.removesuffix(".").split(".")
    return len(name) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, labels))
