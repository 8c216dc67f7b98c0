"""The waiting for libcurl. Written by hand in both packages."""

from __future__ import annotations

import pycurl


class Performer:
    """Every handle has its connection to itself."""

    def perform(self, curl: pycurl.Curl) -> None:
        """Lets other threads run meanwhile; pycurl.error for what libcurl calls an error."""
        curl.perform()

    def distrust(self) -> None:
        """The connection ends with its handle."""

    def close(self) -> None:
        """There is nothing here but the handles."""
