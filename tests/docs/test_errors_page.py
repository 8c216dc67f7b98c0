"""docs/errors.md, which every refusal's ``doc_url`` leads to."""

from __future__ import annotations

import re
from typing import Final

import pytest

import vinr
from tests.docs.shell import ROOT
from vinr._protocol.status_errors import DOCUMENTED_CODES
from vinr.errors import ErrorDetails, VinrError

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
