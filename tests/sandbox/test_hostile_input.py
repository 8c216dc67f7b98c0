"""Whatever is sent, the answer is an error object or a success, and never a 500."""

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.service import FORM, JSON, KEY
from vinr.sandbox import Sandbox

PATHS = [
    "/v1/loyalty/accounts",
    "/v1/loyalty/accounts/merge",
    "/v1/loyalty/accounts/{id}",
    "/v1/loyalty/accounts/{id}/close",
    "/v1/loyalty/accounts/{id}/reopen",
    "/v1/loyalty/transactions",
    "/v1/loyalty-accounts",
    "/v1/loyalty-accounts/{id}",
    "/v1/points-transactions",
    "/v1/events",
    "/_sandbox/programs",
    "/_sandbox/customers",
    "/_sandbox/simulate/payment_completed",
    "/_sandbox/simulate/payment_refunded",
    "/_sandbox/simulate/redemption",
    "/_sandbox/simulate/redemption_fulfilled",
    "/_sandbox/simulate/redemption_released",
    "/_sandbox/simulate/expiry",
    "/_sandbox/clock",
    "/_sandbox/webhooks",
]
NAMES = [
    *("program", "programme_id", "customer", "metadata", "tier", "account", "loyalty_account"),
    *("amount", "type", "reason", "limit", "starting_after", "expand", "id", "name", "points"),
    *("days", "seconds", "url", "secret", "events", "redemption", "refund", "expiry_months"),
    *("email", "payment", "tiers", "points_per_unit", "source", "target", "default"),
]
KNOWN = ["prog_default", "cust_1", "adjust", "credit", "tier", "loy_X", "gold", "pay_1"]

text = st.text(max_size=20) | st.sampled_from(KNOWN)
numbers = st.integers() | st.integers(-10, 10) | st.floats()
values = st.recursive(
    st.none() | st.booleans() | numbers | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.sampled_from(NAMES) | text, values, max_size=6)
pairs = st.lists(st.tuples(st.sampled_from(NAMES) | text, text), max_size=6)


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with Sandbox() as sandbox, sandbox.client() as client:
        client.loyalty.accounts.create(program="prog_default", customer="cust_1")
        with httpx.Client(
            transport=sandbox.transport(),
            base_url="https://sandbox.api.vinr.com",
            headers={"x-api-key": KEY},
        ) as http:
            yield http
        assert sandbox.check() == []


def checked(response: httpx.Response) -> None:
    assert response.status_code in {200, 400, 404, 405, 409, 413, 422}, response.text
    if response.status_code != 200:
        error = response.json()["error"]
        assert {"type", "code", "message", "request_id"} <= set(error)


def path_of(http: httpx.Client, template: str) -> str:
    first = http.get("/v1/loyalty/accounts").json()["data"][-1]["id"]
    return template.replace("{id}", first)


every_path = pytest.mark.parametrize("template", PATHS)
unhurried = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@every_path
@unhurried
@given(body=objects, key=st.none() | st.sampled_from(["k1", "k2"]))
def test_json(http: httpx.Client, template: str, body: object, key: str | None) -> None:
    headers = {} if key is None else {"idempotency-key": key}
    content = json.dumps(body).encode()
    checked(http.post(path_of(http, template), content=content, headers={**JSON, **headers}))


@every_path
@unhurried
@given(pairs=pairs)
def test_forms_and_queries(http: httpx.Client, template: str, pairs: list[tuple[str, str]]) -> None:
    written = urlencode(pairs)
    path = path_of(http, template)
    checked(http.post(path, content=written.encode(), headers=FORM))
    checked(http.get(f"{path}?{written}"))


@every_path
@unhurried
@given(body=st.binary(max_size=100))
def test_bytes(http: httpx.Client, template: str, body: bytes) -> None:
    for headers in (JSON, FORM):
        checked(http.post(path_of(http, template), content=body, headers=headers))


@unhurried
@given(path=st.binary(max_size=50))
def test_paths(http: httpx.Client, path: bytes) -> None:
    for start in ("/v1", "/v1/loyalty/accounts"):
        checked(http.get(f"{start}/{quote(path)}"))
