"""The extra that the sandbox needs, and what is said where it is missing."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_LIBRARIES: Final = frozenset({"werkzeug", "aiohttp", "jinja2", "markupsafe", "multidict"})


@contextmanager
def explain_missing_extra() -> Generator[None]:
    """Turn the failed import of a library of the extra into advice."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in _LIBRARIES:
            raise
        raise ModuleNotFoundError(
            f'the sandbox needs {library}; run: pip install "vinr[sandbox]"', name=error.name
        ) from error
