"""Who gets in, what stays out of the pages, and what may be loaded."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.inspector.conftest import HOME, PAGES, Site
from vinr.sandbox import Sandbox
from vinr.sandbox.request_log import MOST_BYTES, MOST_REQUESTS

EVERY_PAGE = [HOME, *(f"{PAGES}/{page}" for page in ("requests", "events", "programs", "controls"))]


@pytest.mark.parametrize("path", [*EVERY_PAGE, f"{PAGES}/style.css", f"{PAGES}/nothing"])
def test_nothing_is_loaded_from_elsewhere(site: Site, path: str) -> None:
    answer = site.http.get(path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self';")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    for mark in ("<script", "style=", "onclick", "http://", "https://", "//"):
        if not path.endswith("css"):
            assert mark not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8321", "127.0.0.1:1", "[::1]:8321"])
def test_this_machine_gets_in(site: Site, host: str) -> None:
    assert site.http.get(HOME, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.test", "localhost.evil.test", "evil.test:8321", "127.0.0.1.evil.test", "[", "a@b"],
)
def test_another_name_for_this_machine_does_not(site: Site, host: str) -> None:
    for path in EVERY_PAGE:
        assert site.http.get(path, headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "", "https://localhost:8321"])
def test_a_form_from_another_page_changes_nothing(site: Site, origin: str) -> None:
    before = site.sandbox.clock.now()
    assert site.post("/clock", origin=origin, days="30").status_code == 403
    assert (site.sandbox.clock.now() - before).days == 0


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/_sandbox", 308),
        ("GET", f"{PAGES}/members/loy_nobody", 404),
        ("GET", f"{PAGES}/members/%2e%2e", 404),
        ("GET", f"{PAGES}/requests/1", 404),
        ("GET", f"{PAGES}/requests/x", 404),
        ("GET", f"{PAGES}/requests/", 404),
        ("GET", f"{PAGES}/%ff%00", 404),
        ("GET", f"{PAGES}/../../etc/passwd", 404),
        ("GET", f"{PAGES}/clock", 405),
        ("HEAD", HOME, 200),
    ],
)
def test_odd_paths(site: Site, method: str, path: str, status: int) -> None:
    assert site.http.request(method, path).status_code == status
    assert site.post("").status_code == 404


def test_the_log_forgets_and_cuts(sandbox: Sandbox) -> None:
    with httpx.Client(transport=sandbox.transport(), base_url="http://localhost") as http:
        http.post("/v1/loyalty/accounts", content=b"x" * (MOST_BYTES + 1))
        assert "… cut here" in http.get(f"{PAGES}/requests/1").text
        for _ in range(MOST_REQUESTS):
            http.get("/v1/loyalty/accounts")
        assert http.get(f"{PAGES}/requests/1").status_code == 404
        assert f"1–25 of {MOST_REQUESTS} requests" in http.get(f"{PAGES}/requests").text


def test_pages_are_not_requests(site: Site) -> None:
    site.page()
    site.http.get("/openapi.json")
    assert "Nobody asked anything yet" in site.page(f"{PAGES}/requests")


def test_a_page_that_cannot_be_made_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "members.sqlite"
    with Sandbox(path) as sandbox, sandbox.client() as client:
        client.loyalty.accounts.create(program="prog_default")
        with closing(sqlite3.connect(path)) as db:
            db.execute("UPDATE accounts SET metadata = '{'")
            db.commit()
        with httpx.Client(transport=sandbox.transport(), base_url="http://localhost") as http:
            answer = http.get(HOME)
            assert http.get(f"{PAGES}/programs").status_code == 200
    assert (answer.status_code, "This is a bug of the inspector." in answer.text) == (500, True)
    [record] = caplog.records
    assert record.exc_info is not None


def test_a_closed_sandbox_has_no_pages() -> None:
    with Sandbox() as sandbox:
        transport = sandbox.transport()
    with httpx.Client(transport=transport, base_url="http://localhost") as http:
        for path in (HOME, "/openapi.json"):
            with pytest.raises(httpx.ConnectError):
                http.get(path)
