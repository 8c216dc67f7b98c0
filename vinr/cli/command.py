"""The groups of the command line."""

from __future__ import annotations

import click

from .._version import __version__
from .files import check, save, seed
from .serve import serve


@click.group()
@click.version_option(__version__)
def vinr() -> None:
    """The Python SDK for VINR's loyalty API."""


@vinr.group()
def sandbox() -> None:
    """The loyalty service on this machine."""


for each in (serve, seed, save, check):
    sandbox.add_command(each)
