"""One library's start, in this fresh interpreter: ``python -m benchmarks.start MODULE ORIGIN``.

Prints seconds for the import, seconds for the import and the first client, bytes of memory with
that client after one call, and bytes after a list was walked (0 for a library without lists).
"""

# whatever is imported here is not paid for by the library, so it is as little as can be
import importlib
import sys
import time


def main() -> None:
    """One line of four numbers."""
    module, origin = sys.argv[1:3]
    begun = time.perf_counter()
    importlib.import_module(module.partition("_")[0])
    imported = time.perf_counter() - begun
    calls = importlib.import_module(f"benchmarks.clients.{module}").Calls(origin)
    ready = time.perf_counter() - begun
    calls.get()
    called = _memory()
    walked = 0
    if hasattr(calls, "items"):
        for _ in calls.items():
            pass
        walked = _memory()
    print(imported, ready, called, walked)


def _memory() -> int:
    """The most that this process had, in bytes."""
    import resource  # noqa: PLC0415  # behind the clock

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main()
