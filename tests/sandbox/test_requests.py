"""What is checked before an operation is asked: path, method, key, content."""

import pytest

from tests.sandbox.service import FORM, JSON, KEY, Service, accepted, refused

ACCOUNTS = "/loyalty/accounts"
GOOD = b'{"program": "prog_default"}'


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/loyalty",
        "/Loyalty/accounts",
        "/loyalty/accounts/",
        "/loyalty//accounts",
        "/loyalty/accounts/a/b/c",
        "/loyalty/accounts/a%2Fclose",
        "/loyalty/accounts/%ff",
    ],
)
def test_unknown_paths(service: Service, path: str) -> None:
    for method in ("GET", "POST"):
        refused(service.raw(method, path), 404, "endpoint_unknown")


@pytest.mark.parametrize("path", [ACCOUNTS, "/loyalty-accounts/la_1", "/events"])
def test_other_methods_are_told_which_are_allowed(service: Service, path: str) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        response = service.raw(method, path)
        refused(response, 405, "method_not_allowed")
        assert "GET" in response.headers["allow"]


def test_head_is_a_get_without_the_body(service: Service) -> None:
    response = service.raw("HEAD", ACCOUNTS)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("key", ["sk_test_1", "rk_test_Abc-1_2"])
def test_test_keys_are_taken_in_either_header(service: Service, key: str) -> None:
    del service.http.headers["x-api-key"]
    for headers in ({"x-api-key": key}, {"authorization": f"Bearer {key}"}):
        accepted(service.raw("GET", ACCOUNTS, headers=headers))


@pytest.mark.parametrize(
    ("key", "status", "code"),
    [
        ("", 401, "api_key_missing"),
        ("sk_live_4eC39HqLyjWDarjtT1zdp7dc", 401, "api_key_invalid"),
        ("rk_live_4eC39HqLyjWDarjtT1zdp7dc", 401, "api_key_invalid"),
        ("sk_test_", 401, "api_key_invalid"),
        ("sk_test_a b", 401, "api_key_invalid"),
        ("password", 401, "api_key_invalid"),
        ("pk_test_123456", 403, "permission_denied"),
        ("pk_live_123456", 403, "permission_denied"),
    ],
)
def test_other_keys_are_refused_and_not_repeated(
    service: Service, key: str, status: int, code: str
) -> None:
    response = service.raw("GET", ACCOUNTS, headers={"x-api-key": key})
    refused(response, status, code)
    assert len(key) < 9 or key not in response.text  # the prefix alone is in the advice


def test_a_live_key_beside_a_test_key_is_refused(service: Service) -> None:
    live = {"authorization": "Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc"}
    refused(service.raw("GET", ACCOUNTS, headers=live), 401, "api_key_invalid")


def test_a_missing_key(service: Service) -> None:
    del service.http.headers["x-api-key"]
    refused(service.raw("GET", ACCOUNTS), 401, "api_key_missing")
    refused(service.raw("GET", ACCOUNTS, headers={"authorization": KEY}), 401, "api_key_missing")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"program": NaN}',
        b'{"program": -Infinity}',
        b'{"program": "a", "program": "b"}',
        b'{"metadata": {"k": "1", "k": "2"}}',
        b'{"program": "prog_default"} {}',
        b"\xef\xbb\xbf" + GOOD,
        b'{"program": "\xff"}',
        GOOD.decode().encode("utf-16"),
        b"[" * 100_000,
        b'{"amount": ' + b"9" * 5000 + b"}",
    ],
    ids=range(14),
)
def test_bodies_that_are_no_json_object(service: Service, body: bytes) -> None:
    refused(service.raw("POST", ACCOUNTS, body, JSON), 400, "body_invalid")


@pytest.mark.parametrize("key", [{}, {"idempotency-key": "k"}], ids=["without key", "with key"])
def test_text_that_utf8_cannot_carry(service: Service, key: dict[str, str]) -> None:
    for body in (b'{"program": "\\ud800"}', b'{"\\udfff": 1}'):
        response = service.raw("POST", ACCOUNTS, body, {**JSON, **key})
        assert response.status_code == 400
        assert response.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("content_type", [None, "text/plain", FORM["content-type"], "application"])
def test_the_guides_dialect_takes_json_only(service: Service, content_type: str | None) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    refused(service.raw("POST", ACCOUNTS, GOOD, headers), 400, "body_invalid")


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']
)
def test_a_charset_is_accepted(service: Service, content_type: str) -> None:
    accepted(service.raw("POST", ACCOUNTS, GOOD, {"content-type": content_type}))
    other = {"content-type": "application/json; charset=latin-1"}
    refused(service.raw("POST", ACCOUNTS, GOOD, other), 400, "body_invalid")


def test_the_references_dialect_takes_forms_only(service: Service) -> None:
    refused(service.raw("POST", "/loyalty-accounts", b"{}", JSON), 400, "body_invalid")


def test_a_body_has_a_largest_size(service: Service) -> None:
    body = b'{"program": "' + b"p" * 1024 * 1024 + b'"}'
    refused(service.raw("POST", ACCOUNTS, body, JSON), 413, "request_too_large")


def test_a_get_has_no_body(service: Service) -> None:
    refused(service.raw("GET", ACCOUNTS, GOOD, JSON), 400, "body_invalid")


def test_a_post_has_nothing_but_expand_in_its_query(service: Service) -> None:
    response = service.raw("POST", f"{ACCOUNTS}?program=prog_default", GOOD, JSON)
    refused(response, 400, "parameter_unknown", "program")
    expanded = service.raw("POST", f"{ACCOUNTS}?expand[]=tier", GOOD, JSON)
    assert accepted(expanded)["tier"]["name"] == "Bronze"


@pytest.mark.parametrize("query", ["limit=1&limit=1", "customer=a&customer[b]=c", "expand=tier"])
def test_ambiguous_queries(service: Service, query: str) -> None:
    param = query.partition("=")[0]
    refused(service.raw("GET", f"{ACCOUNTS}?{query}"), 400, "parameter_invalid", param)
    refused(service.raw("GET", f"{ACCOUNTS}?customer=%ff"), 400, "body_invalid")


def test_too_many_parameters(service: Service) -> None:
    query = "&".join(f"metadata[{n}]=v" for n in range(1001))
    refused(service.raw("POST", "/loyalty-accounts", query.encode(), FORM), 400, "body_invalid")
