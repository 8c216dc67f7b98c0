"""The reference's customers: what can be asked of ``/v1/customers``."""

from __future__ import annotations

from typing import Final

from .._models.envelope import Envelope
from .._models.linked import Customer
from . import checks, value_checks
from .collection import Collection
from .pages import Listing, Window, listing

CUSTOMERS: Final[Collection[Customer]] = Collection(
    name="customers",
    path="/customers",
    model=Customer,
    page=Envelope[Customer],
    encoding="form",
    parameters={
        "email": value_checks.name,
        "name": checks.text,
        "phone": checks.text,
        "default_payment_method": checks.object_id,
    },
    metadata=True,
)


def list_(*, email: str | None, window: Window) -> Listing[Customer]:
    """``GET /v1/customers``, newest first."""
    query = () if email is None else (("email", value_checks.name("email", email)),)
    return listing("customers.list", CUSTOMERS.path, CUSTOMERS.page, query, window)
