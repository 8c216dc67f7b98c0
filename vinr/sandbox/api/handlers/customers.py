"""Operations on customers."""

from ...dialects.render import Json, customer_record
from ...ledger import customers, erasure
from ...parameters.base import Parameters
from ...parameters.reference import CustomerParameters, ListCustomers
from ..operation import RequestContext
from . import pagination


def create(context: RequestContext, parameters: CustomerParameters) -> Json:
    """Create a customer."""
    return customer_record(customers.create(context.work, parameters.fields()))


def retrieve(context: RequestContext, _parameters: Parameters) -> Json:
    """One customer."""
    return customer_record(customers.require(context.work, context.id))


def update(context: RequestContext, parameters: CustomerParameters) -> Json:
    """Change what is given of a customer."""
    customer = customers.require(context.work, context.id)
    return customer_record(customers.update(context.work, customer, parameters.fields()))


def delete(context: RequestContext, _parameters: Parameters) -> Json:
    """Delete a customer: accounts are unlinked, their ledger is kept."""
    customer = customers.require(context.work, context.id)
    customers.delete(context.work, customer)
    erasure.erase(context.work, customer.id)
    return {"id": customer.id, "object": "customer", "deleted": True}


def list_page(context: RequestContext, parameters: ListCustomers) -> Json:
    """A page of customers."""
    window = pagination.window(parameters, customers.key_of)
    page = customers.page(context.work, window, parameters.email)
    return pagination.envelope(context.dialect, page, customer_record)
