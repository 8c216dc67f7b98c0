"""The ``vinr`` command."""

from __future__ import annotations

import sys
from typing import Final

_LIBRARIES: Final = frozenset({"click", "platformdirs", "rich"})


def main() -> None:
    """What the command line runs."""
    try:
        from .command import vinr  # noqa: PLC0415 - click comes with an extra

        vinr()
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.partition(".")[0] in _LIBRARIES:
            sys.exit('the vinr command needs an extra: pip install "vinr[cli]"')
        if "vinr[" not in str(error):
            raise
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
