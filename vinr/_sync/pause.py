"""The wait between two attempts. Written by hand in both packages."""

import time


def pause(seconds: float) -> None:
    """Sleeps for so many seconds; Ctrl-C ends it at once."""
    time.sleep(seconds)
