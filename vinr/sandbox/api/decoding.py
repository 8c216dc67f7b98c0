"""Decodes a request's query and body into parameters."""

from typing import Final, cast

from pydantic_core import PydanticSerializationError, to_json
from werkzeug.http import parse_options_header

from .. import strict_json
from ..dialects.dialect import BodyFormat
from ..dialects.expansion import MOST_EXPANDED
from ..http_message import HttpRequest
from ..refusal import Refusal
from . import forms
from .forms import Parameters

LARGEST_BODY: Final = 1024 * 1024
"""Bytes of a request's body.

Source: our choice.
"""

CONTENT_TYPE: Final[dict[BodyFormat, str]] = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
}
_ALLOWED_IN_QUERY_OF_POST: Final = frozenset({"expand"})


def parameters_of(request: HttpRequest, body_format: BodyFormat) -> Parameters:
    """The parameters of a GET from its query; of a POST from its body, ``expand`` from either."""
    query = forms.decode(request.query)
    if request.method != "POST":
        if request.body:
            raise Refusal("body_invalid", "A GET takes its parameters from the query.")
        return query
    parameters = _body(request, body_format)
    for name, value in query.items():
        if name not in _ALLOWED_IN_QUERY_OF_POST:
            message = "A POST takes its parameters from the body."
            raise Refusal("parameter_unknown", message, param=name)
        parameters[name] = _joined(parameters[name], value) if name in parameters else value
    return parameters


def _joined(in_body: object, in_query: object) -> object:
    # A value that is no list, or too long a list, is returned as it is: its check refuses it.
    if not isinstance(in_body, list):
        return in_body
    if not isinstance(in_query, list):
        return in_query
    body, query = cast("list[object]", in_body), cast("list[object]", in_query)
    if max(len(body), len(query)) > MOST_EXPANDED:
        return [*body, *query]
    return [*dict.fromkeys(map(str, [*body, *query]))]


def _body(request: HttpRequest, body_format: BodyFormat) -> Parameters:
    if len(request.body) > LARGEST_BODY:
        raise Refusal("request_too_large", f"A body has at most {LARGEST_BODY} bytes.")
    if not request.body:
        return {}
    _check_content_type(request.headers.get("content-type", ""), CONTENT_TYPE[body_format])
    try:
        text = request.body.decode()
    except UnicodeDecodeError:
        raise Refusal("body_invalid", "The body is not encoded in UTF-8.") from None
    return _json_object(text) if body_format == "json" else forms.decode(text)


def _check_content_type(given: str, required: str) -> None:
    if given == required:
        return
    mime_type, options = parse_options_header(given)
    if mime_type.lower() != required or options.get("charset", "utf-8").lower() != "utf-8":
        raise Refusal("body_invalid", f"The body has to be {required}, encoded in UTF-8.")


def _json_object(text: str) -> Parameters:
    try:
        value = strict_json.decode(text)
    except strict_json.NotStrictError as error:
        raise Refusal("body_invalid", str(error)) from None
    except ValueError:
        raise Refusal("body_invalid", "The body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise Refusal("body_invalid", "The body is not a JSON object.")
    parameters = cast("Parameters", value)
    if "\\u" in text:
        _refuse_lone_surrogates(parameters)
    return parameters


def _refuse_lone_surrogates(parameters: Parameters) -> None:
    # no answer could repeat them, as UTF-8 has no bytes for them
    try:
        to_json(parameters)
    except PydanticSerializationError:
        message = "The body has text that UTF-8 cannot carry."
        raise Refusal("body_invalid", message) from None
