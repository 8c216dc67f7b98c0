"""``python -m vinr.cli``: the same command."""

from . import main

main()
