"""A sandbox on other addresses than loopback, as in a container: what stays closed, what opens."""

from __future__ import annotations

from typing import Final

import httpx
import pytest
from aiohttp import web

from tests.sandbox import raw_http
from vinr.sandbox import Reset, Sandbox

EVERY: Final = "0.0.0.0"  # noqa: S104 - it is what is tested
KEY: Final = "x-api-key: sk_test_1"
API: Final = ["/v1/loyalty/accounts", "/openapi.json", "/_sandbox/health"]
CONTROL: Final = [
    ("GET", "/_sandbox/faults"),
    ("POST", "/_sandbox/reset"),
    ("DELETE", "/_sandbox/faults"),
    ("POST", "/_sandbox/health"),
    ("GET", "/_sandbox/nothing"),
]
INSPECTOR: Final = ["/", "/_sandbox/", "/_sandbox/inspector/requests"]


@pytest.fixture
def sandbox(sandbox: Sandbox) -> Sandbox:
    """One with a planned fault, which a reset would forget."""
    sandbox.faults.add("events.retrieve", Reset())
    return sandbox


@pytest.fixture
def from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request comes from another machine; here is only one."""
    monkeypatch.setattr(web.BaseRequest, "remote", "172.17.0.1")


def status(url: str, method: str, path: str, *headers: str, host: str = "sandbox:8321") -> int:
    return raw_http.send(url, raw_http.request(method, path, KEY, *headers, host=host)).status


@pytest.mark.usefixtures("from_elsewhere")
def test_other_machines_reach_the_api_alone(sandbox: Sandbox) -> None:
    with sandbox.serve(host=EVERY) as url:
        assert [status(url, "GET", path) for path in API] == [200] * len(API)
        for method, path in CONTROL:
            assert status(url, method, path) == (405 if path.endswith("health") else 403)
        for path in INSPECTOR:
            answer = raw_http.send(url, raw_http.request("GET", path))
            assert answer.status == 403
            assert "--open-control" in answer.body
    assert len(sandbox.faults.pending()) == 1


def test_its_own_machine_reaches_all_of_it(sandbox: Sandbox) -> None:
    with sandbox.serve(host=EVERY) as url:
        assert status(url, "GET", "/_sandbox/", host="localhost:8321") == 200
        assert status(url, "POST", "/_sandbox/reset") == 200
    assert sandbox.faults.pending() == []


@pytest.mark.usefixtures("from_elsewhere")
def test_the_control_side_can_be_opened(sandbox: Sandbox) -> None:
    with sandbox.serve(host=EVERY, open_control=True) as url:
        assert status(url, "GET", "/_sandbox/", host="localhost:8321") == 200
        assert status(url, "GET", "/_sandbox/", host="sandbox:8321") == 403  # localhost alone
        assert status(url, "POST", "/_sandbox/reset") == 200
    assert sandbox.faults.pending() == []


@pytest.mark.parametrize("open_control", [False, True])
@pytest.mark.parametrize(
    "header", ["origin: http://evil.test", "sec-fetch-site: cross-site", "origin: null"]
)
def test_pages_of_other_sites_change_nothing(
    sandbox: Sandbox, header: str, open_control: bool
) -> None:
    with sandbox.serve(host=EVERY, open_control=open_control) as url:
        assert status(url, "POST", "/_sandbox/reset", header) == 403
    assert len(sandbox.faults.pending()) == 1


@pytest.mark.parametrize(
    "host",
    [
        *("sandbox", "SANDBOX:8321", "my_sandbox", "localhost", "127.0.0.1:8321"),
        *("172.17.0.2:8321", "[fd00::2]:8321", "host.docker.internal", "box.local:80"),
        "sandbox.default.svc.cluster.local",
    ],
)
def test_names_that_no_page_can_have_lead_to_it(sandbox: Sandbox, host: str) -> None:
    with sandbox.serve(host=EVERY) as url:
        assert [status(url, "GET", path, host=host) for path in API] == [200] * len(API)


@pytest.mark.parametrize(
    "host",
    [
        *("evil.test", "evil.test:8321", "sandbox.evil.test", "localhost.evil.test"),
        *("172.17.0.2.evil.test", "sandbox@evil.test", "local.evil.test:1", "evil.test.", ""),
        *("sandbox, evil.test", "[::1"),
    ],
)
def test_a_name_that_a_page_can_have_does_not(sandbox: Sandbox, host: str) -> None:
    with sandbox.serve(host=EVERY, allowed_hosts=["sandbox.shop.test"], open_control=True) as url:
        for path in (*API, "/_sandbox/", "/_sandbox/faults"):
            assert status(url, "GET", path, host=host) == 403
        own_origin = f"origin: http://{host}"  # what a browser sends there
        assert status(url, "POST", "/_sandbox/reset", own_origin, host=host) == 403
    assert len(sandbox.faults.pending()) == 1


@pytest.mark.parametrize("listen", [EVERY, "127.0.0.1"])
def test_names_of_its_own_are_allowed_by_name(sandbox: Sandbox, listen: str) -> None:
    with sandbox.serve(host=listen, allowed_hosts=["Sandbox.Shop.test"]) as url:
        assert status(url, "GET", "/_sandbox/health", host="sandbox.shop.test:8321") == 200
        refused = raw_http.send(url, raw_http.request("GET", "/v1/events", KEY, host="shop.test"))
    assert refused.status == 403
    assert ("--allow-host" in refused.body) == (listen == EVERY)


def test_one_text_is_no_list_of_names(sandbox: Sandbox) -> None:
    with pytest.raises(TypeError, match=r"such as \['sandbox.shop.test'\]"):
        sandbox.serve(allowed_hosts="sandbox.shop.test")


def test_a_refusal_says_what_to_do(sandbox: Sandbox) -> None:
    with sandbox.serve(host=EVERY) as url:
        answer = httpx.get(f"{url}/events", headers={"host": "shop.test", "x-api-key": "sk_test_1"})
    assert "'shop.test'" in answer.json()["error"]["message"]
