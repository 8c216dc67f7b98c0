"""``python -m vinr``: the same as the command ``vinr``."""

from .cli import main

main()
