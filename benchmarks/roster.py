"""Who is measured: each library, the environment it runs in, and what it can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["ours", "floor", "peer"]


@dataclass(frozen=True, slots=True)
class Library:
    """One line of the tables."""

    name: str
    module: str
    """In ``benchmarks/clients``."""
    environment: str
    """In ``benchmarks/requirements``, or ``vinr`` for this checkout."""
    role: Role
    threads: bool = True
    tasks: bool = True
    lists: bool = True
    quick: bool = False
    """Takes part in the quick run too."""


BASE: Final = "httpx"
"""What everything is a ratio to."""

LIBRARIES: Final = (
    Library("vinr", "vinr_client", "vinr", "ours", quick=True),
    Library("vinr fast", "vinr_fast_client", "vinr", "ours", quick=True),
    Library("vinr, http_client=", "vinr_http_client", "vinr", "ours", quick=True),
    Library("httpx", "httpx_client", "httpx", "floor", quick=True),
    Library("requests", "requests_client", "requests", "floor", tasks=False, lists=False),
    Library("urllib3", "urllib3_client", "urllib3", "floor", tasks=False, lists=False),
    Library("aiohttp", "aiohttp_client", "aiohttp", "floor", threads=False, lists=False),
    Library("stripe", "stripe_client", "stripe", "peer"),
    Library("openai", "openai_client", "openai", "peer"),
    Library("anthropic", "anthropic_client", "anthropic", "peer"),
    Library("square", "square_client", "square", "peer"),
)
