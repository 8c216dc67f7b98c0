"""Operations on store credit, in both dialects."""

from ...dialects import render_resources
from ...dialects.dialect import account_key, store_credit_key
from ...dialects.render import Json
from ...ledger import accounts, store_credit
from ...ledger.rows import StoreCreditRow
from ...parameters.base import Parameters
from ...parameters.guide_resources import IssueCredit
from ...parameters.reference_resources import CreateStoreCredit, ListOfCustomer
from ...refusal import Refusal
from ..operation import RequestContext
from . import pagination


def issue(context: RequestContext, parameters: IssueCredit) -> Json:
    """Put money into a member's wallet."""
    work = context.work
    account = accounts.require(work, account_key(parameters.account), "account")
    accounts.refuse_inactive(account, "account")
    expires = parameters.expires_at
    credit = store_credit.issue(
        work,
        account=account.key,
        customer=account.customer,
        amount=parameters.amount,
        currency=parameters.currency,
        reason=parameters.reason,
        expires=None if expires is None else int(expires.timestamp()),
    )
    balance = store_credit.wallet_balance(work, credit)
    return render_resources.credit_entry(credit, account.key, balance)


def create(context: RequestContext, parameters: CreateStoreCredit) -> Json:
    """Give credit to a customer."""
    credit = store_credit.issue(
        context.work,
        account=None,
        customer=parameters.customer,
        amount=parameters.amount,
        currency=parameters.currency,
        reason=parameters.reason,
        expires=parameters.expires_at,
    )
    return _object(context, credit)


def retrieve(context: RequestContext, _parameters: Parameters) -> Json:
    """One credit."""
    credit = store_credit.find(context.work, store_credit_key(context.id))
    if credit is None:
        raise Refusal("resource_missing", "No such store credit.", param="id")
    return _object(context, credit)


def list_page(context: RequestContext, parameters: ListOfCustomer) -> Json:
    """A page of store credit."""
    window = pagination.window(parameters, store_credit_key)
    page = store_credit.page(context.work, window, parameters.customer)
    return pagination.envelope(context.dialect, page, lambda credit: _object(context, credit))


def _object(context: RequestContext, credit: StoreCreditRow) -> Json:
    return render_resources.store_credit(credit, context.work.now)
