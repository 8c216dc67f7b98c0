"""Operations on webhook endpoints."""

from ...dialects import render_resources
from ...dialects.dialect import webhook_endpoint_key
from ...dialects.render import Json
from ...ledger import webhook_endpoints
from ...ledger.webhook_endpoints import WEBHOOK_ENDPOINTS, WebhookEndpoint
from ...parameters.base import Parameters
from ...parameters.reference_resources import (
    CreateWebhookEndpoint,
    PlainList,
    UpdateWebhookEndpoint,
)
from ...refusal import Impossible
from ...webhooks.endpoint import EndpointError, check_url
from ..operation import RequestContext
from . import pagination


def create(context: RequestContext, parameters: CreateWebhookEndpoint) -> Json:
    """Send events to an address; the answer has the secret, and no other has."""
    _check_url(parameters.url)
    work = context.work
    secret = "whsec_" + work.new_key("webhook_endpoints", "secret")
    endpoint = WEBHOOK_ENDPOINTS.add(
        work,
        secret=secret,
        after_event=webhook_endpoints.newest_event(work),
        **parameters.given(),
    )
    return {**render_resources.webhook_endpoint(endpoint), "secret": secret}


def retrieve(context: RequestContext, _parameters: Parameters) -> Json:
    """One endpoint."""
    return render_resources.webhook_endpoint(_required(context))


def update(context: RequestContext, parameters: UpdateWebhookEndpoint) -> Json:
    """Change what is given of an endpoint; events from now on are sent to what it is then."""
    endpoint, fields = _required(context), parameters.given()
    if parameters.url is not None:
        _check_url(parameters.url)
    fields["after_event"] = webhook_endpoints.newest_event(context.work)
    changed = WEBHOOK_ENDPOINTS.change(context.work, endpoint, **fields)
    return render_resources.webhook_endpoint(changed)


def delete(context: RequestContext, _parameters: Parameters) -> Json:
    """Send no more to an endpoint, and forget it."""
    endpoint = _required(context)
    WEBHOOK_ENDPOINTS.change(context.work, endpoint, deleted=True)
    return {"id": context.id, "object": "webhook_endpoint", "deleted": True}


def list_page(context: RequestContext, parameters: PlainList) -> Json:
    """A page of endpoints."""
    window = pagination.window(parameters, webhook_endpoint_key)
    page = WEBHOOK_ENDPOINTS.page(context.work, window, deleted=0)
    return pagination.envelope(context.dialect, page, render_resources.webhook_endpoint)


def _required(context: RequestContext) -> WebhookEndpoint:
    return webhook_endpoints.require(context.work, webhook_endpoint_key(context.id))


def _check_url(url: str) -> None:
    try:
        check_url(url, anywhere=True)
    except EndpointError as error:
        raise Impossible("parameter_invalid", f"{error}.", param="url") from None
