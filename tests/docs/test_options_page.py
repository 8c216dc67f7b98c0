"""docs/options.md names all that a client can be told, by argument and by environment."""

from __future__ import annotations

import inspect
import re
from typing import Final

import pytest

from tests.docs.shell import ROOT
from vinr import AsyncVinr, Vinr
from vinr._config import Overrides

PAGE: Final = (ROOT / "docs" / "options.md").read_text("utf-8")
SOURCE: Final = "\n".join(file.read_text("utf-8") for file in (ROOT / "vinr").rglob("*.py"))
VARIABLES: Final = re.compile(r'\b(VINR_[A-Z]+(?:_[A-Z]+)*)\b|environ(?:\.get\(|\[)"([A-Z_]+)"')


@pytest.mark.parametrize("client", [Vinr, AsyncVinr])
def test_the_table_has_the_parameters_and_no_others(client: type[Vinr | AsyncVinr]) -> None:
    parameters = [name for name in inspect.signature(client).parameters if name != "self"]
    table = PAGE.partition("\n| option |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == sorted(parameters)


@pytest.mark.parametrize("name", sorted({a or b for a, b in VARIABLES.findall(SOURCE)}))
def test_every_environment_variable_is_named(name: str) -> None:
    assert re.search(rf"`{name}\b", PAGE)


def test_what_with_options_takes_is_named() -> None:
    told = " ".join(PAGE.split()).partition("It takes ")[2].partition(". ")[0]
    assert sorted(re.findall(r"`(\w+)`", told)) == sorted(Overrides.__annotations__)
