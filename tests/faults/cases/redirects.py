"""Redirects: never followed, so that neither key nor body goes anywhere else."""

from __future__ import annotations

from vinr import APIStatusError

from ..case import Case
from ..faults import refused, status

ELSEWHERE = "http://127.0.0.1:9/v1/loyalty/transactions"

CASES = (
    *(
        Case(
            name=f"{code} to {where}, a {call}",
            always=status(code, b"<html>moved</html>", Location=where),
            call=call,
            effects=0,
            raises=APIStatusError,
            status=code,
            # what answers a POST with these has often executed it
            unknown=call == "post" and code in (302, 303),
            message="redirect",
        )
        for code in (301, 302, 303, 307, 308)
        for where in (ELSEWHERE, "/v1/loyalty/transactions", "https://example.test/")
        for call in ("post", "read")
    ),
    Case(
        name="303 with an error object",
        always=refused(303, "moved"),
        effects=0,
        raises=APIStatusError,
        status=303,
        unknown=True,
    ),
    Case(
        name="304",
        always=status(304),
        call="read",
        effects=0,
        raises=APIStatusError,
        status=304,
    ),
    Case(
        name="300",
        always=status(300),
        effects=0,
        raises=APIStatusError,
        status=300,
    ),
)
