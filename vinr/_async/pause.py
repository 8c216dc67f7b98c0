"""The wait between two attempts. Written by hand in both packages."""

import asyncio


async def pause(seconds: float) -> None:
    """Lets other tasks run for so many seconds; a cancellation ends it at once."""
    await asyncio.sleep(seconds)
