"""No page shows a secret, in whatever spelling it came."""

from __future__ import annotations

import html
import json
import time
from itertools import count, takewhile
from urllib.parse import quote

import pytest

from tests.inspector.conftest import HOME, PAGES, Site
from vinr.sandbox import Status
from vinr.sandbox.redaction import redact, redact_value
from vinr.sandbox.request_log import MOST_BYTES

SECRET = "4eC39HqLyjWDarjtT1zdp7dc"
KEYS = [
    *(f"{kind}{SECRET}" for kind in ("sk_test_", "sk_live_", "rk_live_", "pk_test_", "whsec_")),
    f"SK_LIVE_{SECRET}",
    f"Sk_Test_{SECRET}",
    f"sk%5Flive%5f{SECRET}",
    f"sk%255Flive%255F{SECRET}",
    f"%73k_live_{SECRET}",
    "sk_live_4eC3%39HqLyjWDarjtT1zdp7dc",
    f"sk\\u005flive\\u005F{SECRET}",
    f"\\u0073k_live_{SECRET}",
    f"sk\\x5flive\\x5F{SECRET}",
    *(f"{glued}sk_live_{SECRET}" for glued in ("till_", "key", "1", "_")),
]
URLS = [
    f"http://user:{SECRET}@127.0.0.1:9/hooks",
    f"http://{SECRET}@127.0.0.1:9/hooks",
    f"http://user:a@{SECRET}@127.0.0.1:9/hooks",
    f"HTTP://user:{quote(SECRET)}%40@127.0.0.1:9/hooks",
    *(f"http://user:1%{code}{SECRET}@127.0.0.1:9" for code in ("2F", "3F", "23", "20", "22", "3C")),
    *(f"http://user:1{sign}{SECRET}@127.0.0.1:9" for sign in (" ", '"', "<", "'", "%252F")),
]
SPELLINGS = [*KEYS, *URLS]
ALL = [HOME, *(f"{PAGES}/{page}" for page in ("requests", "events", "programs", "controls"))]


def pages(site: Site) -> str:
    """All that the pages show."""
    with site.sandbox.client() as client:
        members = [f"{PAGES}/members/{each.id}" for each in client.loyalty.accounts.list()]
    shown = [site.http.get(path).text for path in (*ALL, *members)]
    requests = (site.http.get(f"{PAGES}/requests/{number}") for number in count(1))
    shown += [page.text for page in takewhile(lambda page: page.status_code == 200, requests)]
    assert len(shown) > len(ALL) + len(members)  # one request is there: the list of members
    return "".join(shown)


def shows_a_secret(shown: str) -> bool:
    shown = html.unescape(shown)
    return any(part in shown for part in (SECRET, SECRET[4:], quote(SECRET)))


def test_api_keys_are_not_kept(site: Site) -> None:
    for headers in (
        {"x-api-key": f"sk_test_{SECRET}"},
        {"authorization": f"Bearer sk_live_{SECRET}"},
        {"x-api-key": SECRET},
    ):
        site.http.get("/v1/loyalty/accounts", headers=headers)
    assert not shows_a_secret(pages(site))
    assert "sk_test_…" in site.page(f"{PAGES}/requests/1")
    assert "other…" in site.page(f"{PAGES}/requests/3")


@pytest.mark.parametrize("secret", SPELLINGS)
def test_requests_are_shown_without_secrets(site: Site, secret: str) -> None:
    key = {"x-api-key": "sk_test_1"}
    literal = secret.encode().decode("unicode_escape")  # what JSON makes of it
    site.http.get(f"/v1/loyalty/accounts?customer={secret}&{secret}=1", headers=key)
    site.http.get("/v1/loyalty/accounts", params={"customer": literal}, headers=key)
    site.http.get(f"/v1/{secret}", headers=key)
    for name in ("idempotency-key", "user-agent", "vinr-version"):
        site.http.post("/v1/loyalty/accounts", json={}, headers={**key, name: secret})
    for body in (f'{{"program": "{secret}"}}', f'{{"program": "{secret}"', f'{{"{secret}": 1}}'):
        headers = {**key, "content-type": "application/json"}
        site.http.post("/v1/loyalty/accounts", content=body, headers=headers)
    site.http.post("/v1/loyalty-accounts", data={"customer": literal, literal: "1"}, headers=key)
    form = {**key, "content-type": "application/x-www-form-urlencoded"}
    site.http.post("/v1/loyalty-accounts", content=f"customer={secret}", headers=form)
    assert not shows_a_secret(pages(site))
    for query in ({"q": secret}, {"q": literal}):
        for path in (HOME, f"{PAGES}/requests"):
            assert not shows_a_secret(site.page(path, **query))


@pytest.mark.parametrize("secret", SPELLINGS)
def test_members_are_shown_without_secrets(site: Site, secret: str) -> None:
    member = site.client.loyalty.accounts.create(
        program="prog_default", customer="cust_1", metadata={"note": secret, secret[:40]: "x"}
    )
    site.client.loyalty.transactions.create(
        account=member.id, amount=5, reason=f"for {secret}", metadata={"token": SECRET}
    )
    site.client.loyalty.accounts.update(member.id, metadata={"api_key": SECRET})
    site.sandbox.simulate.redemption(account=member.id, points=1, redemption=f"red_{SECRET}"[:9])
    assert not shows_a_secret(pages(site))


@pytest.mark.parametrize("name", ["secret", "password", "Client-Secret", "api_key", "accessToken"])
def test_a_name_can_tell_a_secret(site: Site, name: str) -> None:
    key = {"x-api-key": "sk_test_1"}
    body = {"url": "http://127.0.0.1:9/", "secret": SECRET, name: f'{SECRET} and "{SECRET}'}
    for content in (json.dumps(body), json.dumps({"inner": [body]}), json.dumps(body)[:-3]):
        site.http.post("/_sandbox/webhooks", content=content, headers={"content-type": "x"})
    site.http.post("/v1/loyalty-accounts", data={f"metadata[{name}]": SECRET}, headers=key)
    site.http.get("/v1/loyalty/accounts", params={name: SECRET}, headers=key)
    site.sandbox.faults.add("*", Status(500, body=f"{name}={SECRET}"))
    site.http.get("/v1/loyalty/accounts", headers=key)
    site.sandbox.faults.add("*", Status(500, body=f"{name}={SECRET}"))
    assert not shows_a_secret(pages(site))


def wrapped(content: object, times: int) -> str:
    """JSON in which the content is a text that is JSON, and so on."""
    for _ in range(times):
        content = {"body": json.dumps(content)}
    return json.dumps(content)


@pytest.mark.parametrize("times", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "content",
    [
        {"secret": SECRET},
        {"secret": ["x", SECRET]},
        {"secret": f'x"{SECRET}'},
        {"sécret": 1, "a": {"api_key": {"value": SECRET}}},
        {"url": f"http://user:a@b/{SECRET}@127.0.0.1:9/"},
        {"url": f"http://user:%2F{SECRET}@127.0.0.1:9/"},
        ["X-Api-Key", SECRET],
        [{"name": "Authorization", "value": f"Basic {SECRET}"}],
        f"sk_live_{SECRET}",
    ],
    ids=str,
)
def test_json_in_json_is_shown_without_secrets(site: Site, content: object, times: int) -> None:
    body = wrapped(content, times)
    for text in (body, body.replace("/", "\\/"), quote(body), quote(quote(body))):
        for missing in (0, 1, 5):
            site.http.post("/_sandbox/webhooks", content=text[: len(text) - missing])
        site.http.get(f"/v1/events?q={quote(text)}")
    assert not shows_a_secret(pages(site))


@pytest.mark.parametrize(
    "text",
    [
        f"password: {SECRET}",
        f"the password is {SECRET}",
        f"password (of the till): {SECRET}",
        f"vinr --token {SECRET}",
        f"<token>{SECRET}</token>",
        f"pass={SECRET}",
        f"private key\n{SECRET}",
        f"curl -H 'X-Api-Key: {SECRET}'",
        f"curl -H 'Authorization: Basic {SECRET}'",
        f"Bearer {SECRET}",
        f"Set-Cookie: session={SECRET}",
        f"sk&#95;live&#x5f;{SECRET}",
    ],
)
def test_a_secret_is_known_by_what_stands_before_it(site: Site, text: str) -> None:
    key = {"x-api-key": "sk_test_1"}
    member = site.client.loyalty.accounts.create(program="prog_default", metadata={"note": text})
    site.client.loyalty.transactions.create(account=member.id, amount=5, reason=text)
    site.http.post("/v1/loyalty/accounts", content=text, headers={**key, "user-agent": quote(text)})
    site.http.get("/v1/loyalty/accounts", params={"customer": text}, headers=key)
    assert not shows_a_secret(pages(site))


@pytest.mark.parametrize("separator", ["%26", "%0A", "%3B", "%3D", "%2526", "+", "%23"])
def test_a_token_in_a_query_is_hidden_to_its_end(site: Site, separator: str) -> None:
    query = f"access_token=a{separator}{SECRET}&customer=cust_1"
    site.http.get(f"/v1/loyalty/accounts?{query}", headers={"x-api-key": "sk_test_1"})
    form = {"content-type": "application/x-www-form-urlencoded"}
    site.http.post("/v1/loyalty-accounts", content=query, headers=form)
    assert not shows_a_secret(pages(site))
    assert "cust_1" in site.page(f"{PAGES}/requests/1")
    assert "customer = cust_1" in site.page(f"{PAGES}/requests/2")


def test_what_stands_beside_a_secret_is_shown(site: Site) -> None:
    body = {"url": "http://127.0.0.1:9/in", "secret": SECRET, "dialect": "both"}
    site.http.post("/_sandbox/webhooks", json=body)
    member = site.client.loyalty.accounts.create(
        program="prog_default", metadata={"token": SECRET, "shop": "Berlin"}
    )
    shown = html.unescape(site.page(f"{PAGES}/requests/1"))
    assert '"url": "http://127.0.0.1:9/in"' in shown
    assert '"dialect": "both"' in shown
    for page in (f"members/{member.id}", "events"):
        assert "Berlin" in site.page(f"{PAGES}/{page}")


@pytest.mark.parametrize("url", URLS)
def test_deliveries_are_shown_without_passwords(site: Site, url: str) -> None:
    site.sandbox.webhooks.add(url, secret="whsec_test")
    site.http.post("/_sandbox/webhooks", json={"url": url, "secret": SECRET})
    site.client.loyalty.accounts.create(program="prog_default")
    assert site.sandbox.webhooks.deliver()
    site.http.get("/_sandbox/webhooks")
    shown = pages(site)
    assert "attempt 1" in shown
    assert not shows_a_secret(shown)


@pytest.mark.parametrize(
    "text", [f"sk_live_{SECRET}", f'"secret": "{SECRET}"', f"http://user:{SECRET}@localhost"]
)
def test_a_secret_that_is_cut_is_not_shown_either(site: Site, text: str) -> None:
    cuts = range(0, len(text) + 1, 3)
    for missing in cuts:
        content = " " * (MOST_BYTES - missing) + text + " " * 50
        site.http.post("/v1/loyalty/accounts", content=content)
    for number in range(1, len(cuts) + 1):
        shown = site.page(f"{PAGES}/requests/{number}")
        assert "… cut here" in shown
        assert SECRET[:3] not in shown


@pytest.mark.parametrize(
    "text",
    [
        "ticket-4821",
        "100%25 sure",
        "http://localhost/v1?customer=ada@example.test",
        "ada@example.test",
        "https://example.test/a@b",
        "\\u00e9t\\u00e9",
        "the secret is out",
        "No API key was sent: it belongs in the header X-Api-Key.",
        "author: Ada",
        "http://[::1]:8321/v1",
        "http://localhost:8321, then http://127.0.0.1:9/",
        "// a comment: 5",
        "C:\\users\\nina",
        "loy_7Qk",
        "keys: none",
    ],
)
def test_other_text_is_shown_as_it_is(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "secret",
        "http",
        '"',
        "%25",
        "://",
        "a://",
        '"secret"',
        "secret=",
        "\\u0025",
        "pass ",
        "//a",
        "//a:",
        "\\",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    started = time.process_time()
    redact(piece * (MOST_BYTES // len(piece)))
    assert time.process_time() - started < 1


@pytest.mark.parametrize("place", ["secret {}", "{}", "password={}"])
def test_what_is_encoded_without_end_is_hidden(place: str) -> None:
    hidden = "%" + "25" * 30 + f"73k_live_{SECRET}"

    assert not shows_a_secret(redact(place.format(hidden)))
    assert SECRET not in json.dumps(redact_value(place.format(hidden), SECRET))
