"""The ``vinr`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """What the command line runs."""
    try:
        from .command import vinr  # noqa: PLC0415 - click comes with an extra
    except ModuleNotFoundError as error:
        if error.name != "click" and "vinr[" not in str(error):
            raise
        sys.exit('the vinr command needs two extras: pip install "vinr[cli,sandbox]"')
    vinr()
