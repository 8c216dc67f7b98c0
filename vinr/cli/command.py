"""The groups of the command line."""

from __future__ import annotations

import click

from ..version import __version__
from .sandbox import check, serve


@click.group()
@click.version_option(__version__)
def vinr() -> None:
    """The Python SDK for VINR's loyalty API."""


@vinr.group()
def sandbox() -> None:
    """The loyalty service on this machine."""


sandbox.add_command(serve)
sandbox.add_command(check)
