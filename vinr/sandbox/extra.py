"""Explains a missing extra: the sandbox needs libraries that the client does not."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_LIBRARIES: Final = frozenset({"werkzeug", "aiohttp", "jinja2", "markupsafe", "multidict"})


@contextmanager
def explain_missing_extra() -> Generator[None]:
    """Add to the failed import of one of these libraries how to install them."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in _LIBRARIES:
            raise
        raise ModuleNotFoundError(
            f'the sandbox needs {library}; run: pip install "vinr[sandbox]"', name=error.name
        ) from error
