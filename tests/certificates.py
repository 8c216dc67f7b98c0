"""The certificates that clients of the tests trust, read once: that takes longer than a test."""

from __future__ import annotations

import ssl
from typing import Final

TRUSTED: Final = ssl.create_default_context()
