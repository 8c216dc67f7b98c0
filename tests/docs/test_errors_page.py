"""docs/errors.md, which every refusal's ``doc_url`` leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urldefrag

import httpx
import pytest

import vinr
from tests.docs.shell import ROOT
from tests.docs.test_links import anchors
from tests.docs.test_reference import public_modules
from vinr._protocol.status_errors import DOCUMENTED_CODES
from vinr.errors import ERRORS_PAGE, ErrorDetails, VinrError
from vinr.sandbox.refusal import STATUS

PAGE: Final = (ROOT / "docs" / "errors.md").read_text("utf-8")
HEADINGS: Final = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
PUBLIC: Final = [getattr(vinr, name) for name in vinr.__all__]
CLASSES: Final = [
    each.__name__ for each in PUBLIC if isinstance(each, type) and issubclass(each, VinrError)
]


@pytest.mark.parametrize("code", sorted(DOCUMENTED_CODES))
def test_every_code_has_its_heading(code: str) -> None:
    assert HEADINGS.count(code) == 1


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_its_heading(name: str) -> None:
    assert HEADINGS.count(name) == 1


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_but_the_base_has_its_row(name: str) -> None:
    assert (f"\n| `{name}` | " in PAGE) == (name != "VinrError")


@pytest.mark.parametrize("field", ["message", *ErrorDetails.__annotations__, "existing_account"])
def test_every_field_has_its_row(field: str) -> None:
    assert f"\n| `{field}` | " in PAGE


def kinds(base: type[VinrError]) -> Iterator[type[VinrError]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


LOADED: Final = list(public_modules(vinr))
OWN: Final = sorted(
    {kind for kind in kinds(VinrError) if kind.__module__ in {m.__name__ for m in LOADED}}, key=str
)
PLACES: Final = anchors(ROOT / "docs" / "errors.md")


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_the_url_of_a_class_leads_to_its_heading(kind: type[VinrError]) -> None:
    page, place = urldefrag(kind("what happened").doc_url or "")
    assert page == ERRORS_PAGE
    assert place in PLACES


@pytest.mark.parametrize(("code", "status"), [*STATUS.items(), ("a_code_of_tomorrow", 422)])
def test_the_url_of_a_code_leads_to_its_heading(code: str, status: int) -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json={"error": {"code": code, "message": "no"}})

    with (
        httpx.Client(transport=httpx.MockTransport(refuse)) as http_client,
        vinr.Vinr(secret_key="sk_test_1", http_client=http_client, max_retries=0) as client,
        pytest.raises(vinr.APIStatusError) as caught,
    ):
        client.loyalty.accounts.retrieve("loy_1")
    page, place = urldefrag(caught.value.doc_url or "")
    assert page == ERRORS_PAGE
    assert place in PLACES
    assert (place == code) == (code in STATUS)


def test_the_page_has_the_address_that_errors_name() -> None:
    site = re.search(r"^site_url: (\S+)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert site is not None
    assert f"{site[1]}errors/" == ERRORS_PAGE
