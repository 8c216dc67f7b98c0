"""Operations that set up a sandbox and look at it: health, check, programs, customers."""

from dataclasses import asdict

from ... import invariants
from ...dialects.render import Json
from ...ledger import customers, programs
from ...ledger.rows import CustomerRow
from ...parameters import control
from ...parameters.base import Parameters
from ...programs import Program
from ..operation import RequestContext


def health(_context: RequestContext, _parameters: Parameters) -> Json:
    """Answers when the sandbox is ready."""
    return {"status": "ok"}


def check(context: RequestContext, _parameters: Parameters) -> Json:
    """The broken invariants, if any."""
    return {"findings": [asdict(finding) for finding in invariants.check(context.work)]}


def list_programs(context: RequestContext, _parameters: Parameters) -> Json:
    """All programs."""
    return {"data": [_definition(program) for program in programs.every(context.work)]}


def put_program(context: RequestContext, parameters: Program) -> Json:
    """Add a program, or replace the one with its id."""
    programs.put(context.work, parameters)
    return _definition(parameters)


def put_customer(context: RequestContext, parameters: control.PutCustomer) -> Json:
    """Set a customer's e-mail address."""
    customers.put(context.work, CustomerRow(parameters.id, parameters.email))
    return {"id": parameters.id, "email": parameters.email}


def _definition(program: Program) -> Json:
    return program.model_dump(mode="json")
