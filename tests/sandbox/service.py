"""The sandbox as a test talks to it: plain HTTP, and what every answer must have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from tests.sandbox import described
from vinr.sandbox import Sandbox

KEY = "sk_test_contract"
FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}

Json = dict[str, Any]


@dataclass
class Service:
    """One sandbox, reached through one transport."""

    sandbox: Sandbox
    http: httpx.Client

    def __post_init__(self) -> None:
        self._customers = count(1)

    def get(self, path: str, **params: str | int | list[str]) -> httpx.Response:
        return self.checked(self.http.get(path, params=params))

    def post(
        self, path: str, body: object = None, *, key: str | None = None, **headers: str
    ) -> httpx.Response:
        if key is not None:
            headers["idempotency-key"] = key
        return self.checked(self.http.post(path, json=body or {}, headers=headers))

    def form(self, path: str, *pairs: tuple[str, str], key: str | None = None) -> httpx.Response:
        headers = FORM if key is None else {**FORM, "idempotency-key": key}
        body = str(httpx.QueryParams(list(pairs)))
        return self.checked(self.http.post(path, content=body, headers=headers))

    def raw(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        return self.checked(self.http.request(method, path, content=body, headers=headers))

    def enrol(self, customer: str | None = None, **more: object) -> Json:
        customer = customer or f"cust_new_{next(self._customers)}"
        body = {"program": "prog_default", "customer": customer, **more}
        return accepted(self.post("/loyalty/accounts", body))

    def adjust(self, account: Json | str, amount: int, **more: object) -> Json:
        account_id = account if isinstance(account, str) else account["id"]
        body = {"account": account_id, "amount": amount, **more}
        return accepted(self.post("/loyalty/transactions", body))

    def account(self, account: Json | str) -> Json:
        account_id = account if isinstance(account, str) else account["id"]
        return accepted(self.get(f"/loyalty/accounts/{account_id}"))

    def checked(self, response: httpx.Response) -> httpx.Response:
        assert response.headers["x-vinr-request-id"].startswith("req_")
        for name in ("limit", "remaining", "reset"):
            assert response.headers[f"x-ratelimit-{name}"].isdigit()
        assert response.headers["content-type"] == "application/json"
        described.check(response)
        return response


def accepted(response: httpx.Response) -> Json:
    """The body of a success."""
    assert response.status_code == 200, response.text
    body: Json = response.json()
    return body


def refused(response: httpx.Response, status: int, code: str, param: str | None = None) -> Json:
    """The error object of a refusal, checked for the documented shape."""
    error: Json = response.json()["error"]
    assert (response.status_code, error["code"]) == (status, code), response.text
    assert error.get("param") == param
    assert error["request_id"] == response.headers["x-vinr-request-id"]
    assert isinstance(error["type"], str)
    assert error["message"].endswith(".")
    assert KEY not in response.text
    return error


def reference_id(account: Json) -> str:
    """The id of the same member in the reference's dialect."""
    return "la_" + str(account["id"]).removeprefix("loy_")


def refusal(response: httpx.Response) -> tuple[int, str, str | None]:
    """The status, code and parameter of a refusal."""
    error: Json = response.json()["error"]
    return response.status_code, error["code"], error.get("param")


def balance(service: Service, account: Json) -> int:
    """The points of an account now."""
    found: int = accepted(service.get(f"/loyalty/accounts/{account['id']}"))["balance"]
    return found
