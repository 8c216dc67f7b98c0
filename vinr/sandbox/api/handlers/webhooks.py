"""Operations on webhooks."""

from dataclasses import asdict

from ...dialects.render import Json
from ...parameters.base import Parameters
from ...parameters.control import AddWebhook
from ...refusal import Refusal
from ...webhooks.delivery import Delivery
from ...webhooks.endpoint import Endpoint, EndpointError, check_url
from ..controls import Controls


def add(controls: Controls, parameters: AddWebhook) -> Json:
    """Send events from now on to a URL of this machine."""
    try:
        check_url(parameters.url, anywhere=False)  # only Python may send to other machines
        return _endpoint(controls.webhooks.add(**parameters.model_dump()))
    except EndpointError as error:
        message = f"{str(error)[0].upper()}{str(error)[1:]}."
        raise Refusal("parameter_invalid", message, param=error.param) from None


def list_all(controls: Controls, _parameters: Parameters) -> Json:
    """All endpoints, and every attempt to deliver so far."""
    return {
        "endpoints": [_endpoint(each) for each in controls.webhooks.endpoints],
        "deliveries": [_delivery(each) for each in controls.webhooks.deliveries],
    }


def deliver(controls: Controls, _parameters: Parameters) -> Json:
    """Make all attempts that are due."""
    return {"deliveries": [_delivery(each) for each in controls.webhooks.deliver()]}


def clear(controls: Controls, parameters: Parameters) -> Json:
    """Delete all endpoints."""
    controls.webhooks.clear()
    return list_all(controls, parameters)


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
