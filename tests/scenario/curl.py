"""The caller for other languages: one request at a time, written out, by curl."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from http.client import HTTPConnection, HTTPException
from typing import Any, Final, cast
from urllib.parse import quote, urlencode, urlsplit

from pydantic.alias_generators import to_camel

from tests.scenario.steps import Json

KEY: Final = "sk_test_scenario"
CURL: Final = shutil.which("curl")
NAME: Final = "curl" if CURL else "http.client, as there is no curl"

_LOST: Final = frozenset({18, 52, 56})  # curl's: half a body, no answer, reset
_ROUTES: Final = {
    "loyalty.accounts.create": "POST /loyalty/accounts",
    "loyalty.accounts.list": "GET /loyalty/accounts",
    "loyalty.accounts.merge": "POST /loyalty/accounts/merge",
    "loyalty.accounts.retrieve": "GET /loyalty/accounts/{id}",
    "loyalty.accounts.update": "POST /loyalty/accounts/{id}",
    "loyalty.accounts.close": "POST /loyalty/accounts/{id}/close",
    "loyalty.accounts.reopen": "POST /loyalty/accounts/{id}/reopen",
    "loyalty.transactions.create": "POST /loyalty/transactions",
    "loyalty.transactions.list": "GET /loyalty/transactions",
    "loyalty.transactions.retrieve": "GET /loyalty/transactions/{id}",
    "loyalty_accounts.create": "POST /loyalty-accounts",
    "loyalty_accounts.list": "GET /loyalty-accounts",
    "loyalty_accounts.retrieve": "GET /loyalty-accounts/{id}",
    "loyalty_accounts.update": "POST /loyalty-accounts/{id}",
    "points_transactions.create": "POST /points-transactions",
    "points_transactions.list": "GET /points-transactions",
    "points_transactions.retrieve": "GET /points-transactions/{id}",
    "customers.create": "POST /customers",
    "customers.retrieve": "GET /customers/{id}",
    "customers.delete": "DELETE /customers/{id}",
    "redemptions.create": "POST /redemptions",
    "redemptions.list": "GET /redemptions",
    "rewards.retrieve": "GET /rewards/{id}",
    "tiers.list": "GET /tiers",
    "store_credit.create": "POST /store-credit",
    "store_credit.list": "GET /store-credit",
    "loyalty.programs.create": "POST /loyalty/programs",
    "loyalty.programs.update": "POST /loyalty/programs/{id}",
    "loyalty.rewards.create": "POST /loyalty/rewards",
    "loyalty.redemptions.create": "POST /loyalty/redemptions",
    "loyalty.redemptions.retrieve": "GET /loyalty/redemptions/{id}",
    "loyalty.redemptions.release": "POST /loyalty/redemptions/{id}/release",
    "loyalty.earning_rules.create": "POST /loyalty/earning-rules",
    "loyalty.credit.issue": "POST /loyalty/credit",
    "loyalty.analytics.summary": "GET /loyalty/analytics/summary",
}
_SNAKE_CASE: Final = ("loyalty.accounts.", "loyalty.transactions.")
"""The guide's operations whose bodies are not in camel case."""


@dataclass
class Asked:
    """One request."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: str | None = None


@dataclass(frozen=True)
class Answered:
    """One answer, all of it."""

    status: int
    headers: Mapping[str, str]
    body: Json


class CurlCaller:
    """Calls as the requests that they are, each answer as plain data."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    def call(self, name: str, given: Json) -> Json:
        """The outcome of the request that a client makes for ``loyalty.accounts.create``."""
        answer = send(_asked(self._base_url, name, dict(given)))
        return {"lost": True} if answer is None else _outcome(answer)

    def tell(self, what: str, given: Json) -> Json:
        """What the control side answers to ``POST /_sandbox/…``; to a GET where nothing is told."""
        url = self._base_url.removesuffix("/v1") + f"/_sandbox/{what}"
        asked = Asked("POST" if given else "GET", url)
        if given:
            _write_json(asked, given)
        answer = send(asked)
        assert answer is not None
        assert answer.status == 200, answer.body
        return answer.body


def send(asked: Asked) -> Answered | None:
    """The answer; None where the connection ended before there was a whole one."""
    return _by_curl(CURL, asked) if CURL else _by_http_client(asked)


def _asked(base_url: str, name: str, given: Json) -> Asked:
    method, path = _ROUTES[name].split(" ")
    path = path.format(id=quote(given.pop("id", ""), safe=""))
    asked = Asked(method, base_url + path, {"X-Api-Key": KEY})
    if "idempotency_key" in given:
        asked.headers["Idempotency-Key"] = given.pop("idempotency_key")
    if method == "GET":
        asked.url += f"?{urlencode(list(_pairs(given)))}" if given else ""
    elif name.startswith(_SNAKE_CASE):
        _write_json(asked, given)
    elif name.startswith("loyalty."):
        _write_json(asked, _in_camel_case(given))
    elif method == "POST":
        asked.headers["Content-Type"] = "application/x-www-form-urlencoded"
        asked.body = urlencode(list(_pairs(given)))
    return asked


def _in_camel_case(given: object) -> Json:
    match given:
        case dict():
            named = cast("Json", given)
            converted: Any = {to_camel(key): _in_camel_case(each) for key, each in named.items()}
        case list():
            converted = [_in_camel_case(each) for each in cast("list[object]", given)]
        case _:
            converted = given
    return cast("Json", converted)


def _write_json(asked: Asked, given: Json) -> None:
    asked.headers["Content-Type"] = "application/json"
    asked.body = json.dumps(given)


def _pairs(given: Json) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        match value:
            case list():
                listed = cast("list[object]", value)
                yield from ((f"{name}[]", str(each)) for each in listed)
            case dict():
                mapped = cast("Json", value)
                yield from ((f"{name}[{key}]", str(each)) for key, each in mapped.items())
            case _:
                yield name, str(value)


def _outcome(answer: Answered) -> Json:
    body = answer.body
    if answer.status >= 400:
        error = {key: value for key, value in body["error"].items() if key != "message"}
        waits = answer.headers.get("retry-after")
        wait = {} if waits is None else {"retry_after": int(waits)}
        # of a kept refusal the body has the first request's id, the header this one's
        error["request_id"] = answer.headers["x-vinr-request-id"]
        return {"refused": {"status": answer.status, **error, **wait}}
    if body.get("object") == "list":
        where = body.get("page") or {
            "has_more": body["has_more"],
            "next_cursor": body["data"][-1]["id"] if body["has_more"] else None,
        }
        told = {name: where[name] for name in ("has_more", "next_cursor")}
        return {"page": {"data": body["data"], **told}}
    replayed = answer.headers.get("idempotent-replayed") == "true"
    return {"answers": body} | ({"replayed": True} if replayed else {})


def _by_curl(curl: str, asked: Asked) -> Answered | None:
    command = [curl, "-sS", "-g", "-i", "--noproxy", "*", "-X", asked.method, asked.url]
    for name, value in asked.headers.items():
        command += ["-H", f"{name}: {value}"]
    if asked.body is not None:
        command += ["--data-binary", asked.body]
    done = subprocess.run(command, capture_output=True, check=False, timeout=30)
    if done.returncode in _LOST:
        return None
    assert done.returncode == 0, done.stderr.decode()
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    status, _, lines = head.partition(b"\r\n")
    told = BytesHeaderParser().parsebytes(lines)
    headers = {name.lower(): value for name, value in told.items()}
    return Answered(int(status.split()[1]), headers, json.loads(body))


def _by_http_client(asked: Asked) -> Answered | None:
    url = urlsplit(asked.url)
    connection = HTTPConnection(url.netloc, timeout=30)
    target = asked.url.removeprefix(f"{url.scheme}://{url.netloc}")
    body = None if asked.body is None else asked.body.encode()
    try:
        connection.request(asked.method, target, body, asked.headers)
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answered(response.status, headers, json.loads(response.read()))
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
