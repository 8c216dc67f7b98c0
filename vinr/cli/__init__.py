"""The ``vinr`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """What the command line runs."""
    try:
        from .command import vinr  # noqa: PLC0415 - click comes with an extra
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.exit('the vinr command needs an extra: pip install "vinr[cli,sandbox]"')
    vinr()
