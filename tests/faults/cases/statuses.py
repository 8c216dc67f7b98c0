"""Statuses and redirects: which are repeated, and which error each of the others is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from vinr import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    IdempotencyConflictError,
    InternalServerError,
    NotFoundError,
    PaymentRequiredError,
    PermissionDeniedError,
    RateLimitError,
    UnprocessableError,
)

from ..case import Case
from ..faults import refused, status

PAGE = b"<html><body>" + b"<p>The page of a proxy.</p>" * 500 + b"</body></html>"
SERVER = (500, 502, 503, 504, 520)
CLASSES: tuple[tuple[int, type[APIStatusError]], ...] = (
    (400, BadRequestError),
    (401, AuthenticationError),
    (402, PaymentRequiredError),
    (403, PermissionDeniedError),
    (404, NotFoundError),
    (405, APIStatusError),
    (409, ConflictError),
    (413, APIStatusError),
    (415, APIStatusError),
    (418, APIStatusError),
    (422, UnprocessableError),
    (501, InternalServerError),
    (505, InternalServerError),
)
ODD_BODIES = (
    b"", PAGE, b"null", b"[]", b'"no"', b"{", b'{"error":null}', b'{"error":"no"}',
    b'{"error":[]}', b'{"error":{"message":5,"code":{},"type":[]}}', b"[" * 5000,
    b'{"error":{"message":"' + b"x" * 100_000 + b'"}}', b"\xff\xfe{", b'{"error":' * 900,
    b'{"error":{"a":' + b'{"a":' * 150 + b"1" + b"}" * 152,
)  # fmt: skip


def _date(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


CASES = (
    *(
        Case(
            name=f"{code}{' after processing' if executed else ''}, {len(page)} bytes, once",
            plan=(status(code, page, executed=executed),),
            requests=2,
        )
        for code in SERVER
        for executed in (False, True)
        for page in (b"", PAGE)
    ),
    *(
        Case(
            name=f"{code}{' after processing' if executed else ''}, for ever",
            always=status(code, PAGE, executed=executed),
            requests=3,
            effects=int(executed),
            raises=InternalServerError,
            status=code,
            unknown=True,
        )
        for code in SERVER
        for executed in (False, True)
    ),
    *(
        Case(name=f"{code}, once", plan=(refused(code, "later"),), requests=2)
        for code in (408, 425, 429)
    ),
    *(
        Case(
            name=f"{code}, for ever",
            always=refused(code, "later"),
            requests=3,
            effects=0,
            raises=kind,
            status=code,
        )
        for code, kind in ((408, APIStatusError), (425, APIStatusError), (429, RateLimitError))
    ),
    *(
        Case(name=f"{code} is an answer", always=refused(code, "no"), effects=0, raises=kind,
             status=code)
        for code, kind in CLASSES
    ),
    *(
        Case(
            name=f"404 with an odd body, {number}",
            always=status(404, page),
            effects=0,
            raises=NotFoundError,
            status=404,
        )
        for number, page in enumerate(ODD_BODIES)
    ),
    *(
        Case(
            name=f"500 with an odd body, {number}",
            plan=(status(500, page),),
            effects=0,
            raises=InternalServerError,
            status=500,
            unknown=True,
            max_retries=0,
        )
        for number, page in enumerate(ODD_BODIES)
    ),
    Case(
        name="a key that was used for something else",
        always=refused(409, "idempotency_conflict"),
        effects=0,
        raises=IdempotencyConflictError,
        status=409,
    ),
    Case(
        name="a key whose first request never ends",
        always=refused(409, "idempotency_key_in_use"),
        requests=3,
        effects=0,
        raises=ConflictError,
        status=409,
        unknown=True,
    ),
    *(
        Case(name=f"429, Retry-After {name}", requests=2,
             plan=(refused(429, "later", Retry_After=text),))
        for name, text in (
            ("0", "0"), ("a date in the past", _date(-500)), ("nonsense", "soon"),
            ("negative", "-5"), ("a fraction", "0.2"), ("empty", ""),
            ("Arabic digits", "\xb2"),
        )
    ),
    Case(
        name="503 with Retry-After was not executed",
        always=refused(503, "later", Retry_After="0.1"),
        requests=3,
        effects=0,
        raises=InternalServerError,
        status=503,
        retry_after=0.1,
    ),
    *(
        Case(
            name=f"{code}, Retry-After a day",
            plan=(refused(code, "later", Retry_After="86400"),),
            effects=0,
            raises=kind,
            status=code,
            retry_after=86400,
        )
        for code, kind in ((429, RateLimitError), (503, InternalServerError))
    ),
    Case(
        name="429, Retry-After longer than anything",
        plan=(refused(429, "later", Retry_After="9" * 40),),
        effects=0,
        raises=RateLimitError,
        status=429,
        retry_after=1e40,
    ),
    Case(
        name="429, Retry-After just above a minute",
        plan=(refused(429, "later", Retry_After="61"),),
        effects=0,
        raises=RateLimitError,
        status=429,
        retry_after=61,
    ),
)  # fmt: skip
