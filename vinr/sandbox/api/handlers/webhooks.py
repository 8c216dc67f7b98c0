"""Operations on webhooks."""

from dataclasses import asdict

from ...controls import Controls
from ...refusal import Refusal
from ...webhooks.endpoint import Delivery, Endpoint, EndpointError, check_url
from ..parameters.base import Parameters
from ..parameters.control import AddWebhook
from ..render import Json


def add(controls: Controls, asked: AddWebhook) -> Json:
    """Send events from now on to a URL of this machine."""
    try:
        check_url(asked.url, anywhere=False)  # leave to send elsewhere is for Python to give
        return _endpoint(controls.webhooks.add(**asked.model_dump()))
    except EndpointError as error:
        message = f"{str(error)[0].upper()}{str(error)[1:]}."
        raise Refusal("parameter_invalid", message, param=error.param) from None


def listing(controls: Controls, _asked: Parameters) -> Json:
    """Where events are sent, and every attempt so far."""
    return {
        "endpoints": [_endpoint(each) for each in controls.webhooks.endpoints],
        "deliveries": [_delivery(each) for each in controls.webhooks.deliveries],
    }


def deliver(controls: Controls, _asked: Parameters) -> Json:
    """Make all attempts that are due."""
    return {"deliveries": [_delivery(each) for each in controls.webhooks.deliver()]}


def clear(controls: Controls, asked: Parameters) -> Json:
    """Forget all endpoints."""
    controls.webhooks.clear()
    return listing(controls, asked)


def _endpoint(endpoint: Endpoint) -> Json:
    events = None if endpoint.events is None else sorted(endpoint.events)
    return {
        "url": endpoint.url,
        "events": events,
        "doubled": endpoint.doubled,
        "out_of_order": endpoint.out_of_order,
    }


def _delivery(delivery: Delivery) -> Json:
    return {**asdict(delivery), "at": int(delivery.at)}
