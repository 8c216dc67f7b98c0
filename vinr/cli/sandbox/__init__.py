"""``vinr sandbox``: the loyalty service on this machine."""

from __future__ import annotations

import click

from ..group import Group
from .faults import faults
from .files import save, seed
from .serve import serve
from .state import check, reset
from .trigger import trigger


@click.group(cls=Group)
def sandbox() -> None:
    """Run the loyalty service on this machine, and steer it.

    Its state is in memory, or in the FILE of --db, which can be served and worked on at once.

    \b
    Examples:
      vinr sandbox serve --db members.sqlite
      vinr sandbox seed --db members.sqlite --members 50
      vinr sandbox trigger payment.completed --customer cust_1 --amount 12.00
      vinr sandbox faults add transactions.create 429,retry_after=1 lose_reply
    """


for _each in (serve, seed, save, check, reset, faults, trigger):
    sandbox.add_command(_each)
