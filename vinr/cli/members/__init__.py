"""``vinr members``: enrol, look up, correct, close and merge members."""

from __future__ import annotations

import click

from ..group import Group
from .adjusting import adjust
from .dupes import dupes
from .merge import merge
from .reading import list_, show
from .writing import close, reopen, resolve, set_tier


@click.group(cls=Group)
def members() -> None:
    """Enrol, look up, correct, close and merge members.

    MEMBER is an account's id (loy_…), or a customer's id (cust_…) or e-mail address where the
    customer has one account, or one active account, in the program.
    """


for _each in (resolve, show, list_, adjust, set_tier, close, reopen, merge, dupes):
    members.add_command(_each)
