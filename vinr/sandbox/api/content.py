"""What a request asks for: its query and its body as one set of parameters."""

from typing import Final, cast

from pydantic_core import PydanticSerializationError, to_json
from werkzeug.http import parse_options_header

from .. import strict_json
from ..refusal import Refusal
from . import forms
from .dialects import BodyFormat
from .expansion import MOST_EXPANDED
from .forms import Parameters
from .messages import Request

LARGEST_BODY: Final = 1024 * 1024
"""Bytes of a request's body (our choice)."""

CONTENT_TYPE: Final[dict[BodyFormat, str]] = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
}
_IN_QUERY_OF_A_POST: Final = frozenset({"expand"})


def read(request: Request, body_format: BodyFormat) -> Parameters:
    """The parameters of a GET from its query; of a POST from its body, ``expand`` from either."""
    query = forms.decode(request.query)
    if request.method != "POST":
        if request.body:
            raise Refusal("body_invalid", "A GET takes its parameters from the query.")
        return query
    parameters = _body(request, body_format)
    for name, value in query.items():
        if name not in _IN_QUERY_OF_A_POST:
            message = "A POST takes its parameters from the body."
            raise Refusal("parameter_unknown", message, param=name)
        parameters[name] = _both(parameters[name], value) if name in parameters else value
    return parameters


def _both(in_body: object, in_query: object) -> object:
    if not isinstance(in_body, list):
        return in_body  # it is refused for what it is
    if not isinstance(in_query, list):
        return in_query  # likewise
    body, query = cast("list[object]", in_body), cast("list[object]", in_query)
    if max(len(body), len(query)) > MOST_EXPANDED:
        return [*body, *query]  # likewise
    return [*dict.fromkeys(map(str, [*body, *query]))]


def _body(request: Request, body_format: BodyFormat) -> Parameters:
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


def _check_content_type(given: str, wanted: str) -> None:
    if given == wanted:
        return
    mime_type, options = parse_options_header(given)
    if mime_type.lower() != wanted or options.get("charset", "utf-8").lower() != "utf-8":
        raise Refusal("body_invalid", f"The body has to be {wanted}, encoded in UTF-8.")


def _json_object(text: str) -> Parameters:
    try:
        value = strict_json.decode(text)
    except strict_json.NotStrictError as error:
        raise Refusal("body_invalid", str(error)) from None
    except (ValueError, RecursionError):
        raise Refusal("body_invalid", "The body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise Refusal("body_invalid", "The body is not a JSON object.")
    parameters = cast("Parameters", value)
    if "\\u" in text:
        _refuse_half_characters(parameters)
    return parameters


def _refuse_half_characters(parameters: Parameters) -> None:
    # half of a pair of surrogates, which no answer could repeat
    try:
        to_json(parameters)
    except PydanticSerializationError:
        message = "The body has text that UTF-8 cannot carry."
        raise Refusal("body_invalid", message) from None
