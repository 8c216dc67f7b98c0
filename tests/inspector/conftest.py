"""A sandbox with something in it, and its pages as a browser would ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.certificates import TRUSTED
from vinr import Vinr
from vinr.sandbox import Sandbox

HOME = "/_sandbox/"
PAGES = "/_sandbox/inspector"


@dataclass
class Site:
    """The pages of one sandbox."""

    sandbox: Sandbox
    client: Vinr
    http: httpx.Client

    def page(self, path: str = HOME, **query: str | int) -> str:
        """The text of a page that is there."""
        answer = self.http.get(path, params=query or None)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, origin: str | None = None, **form: str) -> httpx.Response:
        """A form, sent from a page of ours unless another origin is given."""
        ours = str(self.http.base_url).rstrip("/")
        return self.http.post(
            f"{PAGES}{path}", data=form, headers={"origin": ours if origin is None else origin}
        )


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(seed=1) as sandbox:
        yield sandbox
        assert sandbox.check() == []


@pytest.fixture(params=["in process", "over HTTP"])
def site(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Site]:
    with sandbox.client() as client:
        if request.param == "in process":
            transport = sandbox.transport()
            with httpx.Client(transport=transport, base_url="http://localhost:8321") as http:
                yield Site(sandbox, client, http)
        else:
            with (
                sandbox.serve() as url,
                httpx.Client(base_url=url.removesuffix("/v1"), verify=TRUSTED) as http,
            ):
                yield Site(sandbox, client, http)
