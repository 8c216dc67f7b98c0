"""The signature of a webhook: checked by ``Webhook.construct_event``, made by ``Webhook.sign``.

What exactly is signed VINR does not document; ``docs/assumptions.md`` says what is assumed.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import os
import re
import time
from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeAlias, cast

from pydantic import ValidationError

from .._config import SecretText
from .._keywords import names_near_keywords
from .._models.event import Event
from ..errors import InvalidRequestError, WebhookSignatureError

MOST_HEADER: Final = 4096
"""Characters; a header with many rotated signatures is far shorter."""
MOST_PAYLOAD: Final = 1024 * 1024
"""Bytes; an event is one object."""

_SECRET_NAME: Final = "VINR_WEBHOOK_SECRET"  # noqa: S105  # its name, not the secret
_HEADERS: Final = frozenset({"vinr-signature", "x-vinr-signature", "x-vinr-timestamp"})
_UNIX_SECONDS: Final = re.compile(r"[0-9]{1,12}")
_SIGNATURE: Final = re.compile(r"[0-9a-fA-F]{64}")


Payload: TypeAlias = bytes | bytearray | memoryview | str
"""The raw body of a webhook's request."""


class Headers(Protocol):
    """All headers of a request, as a mapping of the framework's."""

    def items(self) -> Iterable[tuple[str, object]]:
        """Names and values."""
        ...


SignatureHeader: TypeAlias = str | bytes | Sequence[str] | Sequence[bytes] | Headers | None
"""The signature's header, a list of that one, or all headers of the request."""


@names_near_keywords
class Webhook:
    """Checks and makes signatures: HMAC-SHA256 with the ``whsec_…`` secret.

    Source: VINR's guide.
    """

    @staticmethod
    def construct_event(
        payload: Payload,
        sig_header: SignatureHeader,
        secret: str | SecretText | Sequence[str] | None = None,
        tolerance: float = 300,
        *,
        timestamp: str | None = None,
    ) -> Event:
        """The event in a webhook's raw body, once its signature holds.

        Args:
            payload: The raw body, byte for byte as it came.
            sig_header: All headers of the request, as Django, Flask, Starlette or aiohttp have
                them; or ``Vinr-Signature`` alone (``t=…,v1=…``, several ``v1`` allowed), or
                ``x-vinr-signature`` together with ``timestamp``.
            secret: ``whsec_…``, several during a rotation; ``VINR_WEBHOOK_SECRET`` if left out.
            tolerance: Seconds that the signing may lie in the past or in the future.
            timestamp: The header ``x-vinr-timestamp``, where ``sig_header`` is one signature
                without a time.

        Raises:
            WebhookSignatureError: A payload not to be trusted: answer 400.
            InvalidRequestError: Arguments that cannot work, such as a payload that was parsed
                already.

        Example:
            ```python
            header = Webhook.sign(payload, "whsec_example")
            event = Webhook.construct_event(payload, header, "whsec_example")
            ```

        Source: VINR's guide for the headers and HMAC-SHA256; what exactly is signed is our choice.
        """
        body = _body(payload)
        secrets = _secrets(secret)
        header: object = sig_header
        if callable(getattr(sig_header, "items", None)):
            header, at = _in_headers(cast("Headers", sig_header))
            timestamp = at if timestamp is None else timestamp
        signed_at, signatures = _parse(header, timestamp)
        expected = [_digest(body, signed_at, each) for each in secrets]
        # every pair is compared, in constant time, whichever of them holds
        matches = [hmac.compare_digest(a, b) for a in expected for b in signatures]
        if not any(matches):
            raise WebhookSignatureError(
                "no signature of this webhook fits; compare the secret with VINR's dashboard,"
                " and pass the raw body, byte for byte as it came"
            )
        _check_age(signed_at, _tolerance(tolerance))
        try:
            return Event.model_validate_json(body)
        except (ValidationError, ValueError, RecursionError):
            pass
        raise WebhookSignatureError("this webhook is signed, but it holds no event of VINR's")

    @staticmethod
    def sign(payload: Payload, secret: str, timestamp: int | None = None) -> str:
        """The ``Vinr-Signature`` header for a payload, for tests.

        Args:
            payload: The raw body.
            secret: ``whsec_…``.
            timestamp: When it is signed, unix seconds; now if left out.

        Raises:
            InvalidRequestError: A payload that is no raw body.

        Source: our choice.
        """
        signed_at = str(int(time.time()) if timestamp is None else timestamp)
        return f"t={signed_at},v1={_digest(_body(payload), signed_at, _secrets(secret)[0])}"


def _body(payload: object) -> bytes:
    if isinstance(payload, str):
        try:
            payload = payload.encode()
        except UnicodeEncodeError:
            raise InvalidRequestError("payload has a lone surrogate", param="payload") from None
    if isinstance(payload, (bytearray, memoryview)):
        payload = bytes(cast("bytearray", payload))
    if not isinstance(payload, bytes):
        raise InvalidRequestError(
            f"payload must be the raw body (bytes or str), not {type(payload).__name__};"
            " a parsed body cannot be checked",
            param="payload",
        )
    if len(payload) > MOST_PAYLOAD:
        raise WebhookSignatureError(f"the payload is larger than {MOST_PAYLOAD} bytes")
    return payload


def _secrets(secret: object) -> list[str]:
    name = "secret"
    if secret is None:
        name = _SECRET_NAME
        secret = os.environ.get(name)
    if isinstance(secret, str) or callable(getattr(secret, "get_secret_value", None)):
        secret = [secret]
    secrets = list(cast("Iterable[object]", secret)) if isinstance(secret, (list, tuple)) else []
    # of pydantic's SecretStr and its like
    reveals = [getattr(each, "get_secret_value", lambda each=each: each) for each in secrets]
    good = [each for reveal in reveals if isinstance(each := reveal(), str) and each.strip()]
    if not good or len(good) < len(secrets):
        raise InvalidRequestError(
            "no webhook secret: pass secret= (one or several non-empty str)"
            f" or set the environment variable {_SECRET_NAME}",
            param="secret",
        )
    if any(each != each.strip() for each in good):
        raise InvalidRequestError(
            f"{name} has white space around it, which no webhook secret has; copy it once more",
            param="secret",
        )
    return good


def _in_headers(headers: Headers) -> tuple[object, str | None]:
    """The signature among all headers, and its time where that is a header of its own.

    The names are compared without case, and as they stand in WSGI's environ too.
    """
    found: dict[str, object] = {}
    for name, value in headers.items():
        plain = _text(name).lower().replace("_", "-").removeprefix("http-")
        if plain in _HEADERS and found.setdefault(plain, value) != value:
            raise WebhookSignatureError(f"the webhook has the header {plain} twice")
    if "vinr-signature" in found:
        return found["vinr-signature"], None
    at = found.get("x-vinr-timestamp")
    return found.get("x-vinr-signature"), None if at is None else _text(_only(at))


def _only(value: object) -> object:
    """The value of a header, which some frameworks give in a list of one."""
    if not isinstance(value, (list, tuple)):
        return value
    values = cast("Sequence[object]", value)
    return values[0] if len(values) == 1 else None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) else ""


def _parse(header: object, timestamp: object) -> tuple[str, list[str]]:
    header = _text(_only(header))
    if not header:
        raise WebhookSignatureError(
            "the webhook has no signature: pass all headers of the request, or the one header"
            " Vinr-Signature, or x-vinr-signature with timestamp= from x-vinr-timestamp"
        )
    if len(header) > MOST_HEADER:
        raise WebhookSignatureError(f"the signature is longer than {MOST_HEADER} characters")
    if timestamp is None:
        parts = [part.strip().partition("=") for part in header.split(",")]
        times = [value for name, _, value in parts if name == "t"]
        signatures = [value for name, _, value in parts if name == "v1"]
    else:
        times, signatures = [timestamp if isinstance(timestamp, str) else ""], [header.strip()]
    signatures = [value.lower() for value in signatures if _SIGNATURE.fullmatch(value)]
    if len(times) != 1 or not _UNIX_SECONDS.fullmatch(times[0]) or not signatures:
        raise WebhookSignatureError(
            "the webhook's signature header is malformed: it has to read t=<unix>,v1=<hex>,"
            " or be the hex alone beside an x-vinr-timestamp"
        )
    return times[0], signatures


def _digest(body: bytes, signed_at: str, secret: str) -> str:
    key = secret.encode("utf-8", "surrogatepass")
    return hmac.new(key, signed_at.encode() + b"." + body, hashlib.sha256).hexdigest()


def _tolerance(value: object) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not (is_number and 0 <= cast("float", value) < math.inf):
        raise InvalidRequestError("tolerance must be a number of seconds", param="tolerance")
    return cast("float", value)


def _check_age(signed_at: str, tolerance: float) -> None:
    off = time.time() - int(signed_at)
    if abs(off) > tolerance:
        when = "ago" if off > 0 else "in the future"
        raise WebhookSignatureError(
            f"the webhook was signed {math.ceil(abs(off))} s {when}, beyond the tolerance of"
            f" {tolerance:g} s; is this machine's clock right?"
        )
