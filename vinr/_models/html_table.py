"""Objects as a table of HTML, as notebooks show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from .linked import Customer, Tier, id_of
from .model import Model


def html_table(items: Sequence[Model]) -> str:
    """A row for each object, a column for each documented field that holds one value.

    Everything is escaped. An expanded customer is shown by its id: its e-mail address is nobody
    else's business where a notebook is shared. Metadata is left out.
    """
    if not items:
        return "<p>no items</p>"
    names = [name for name in type(items[0]).model_fields if name != "metadata"]
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = "".join(f"<tr>{_cells(item, names)}</tr>" for item in items)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(item: Model, names: Sequence[str]) -> str:
    return "".join(f"<td>{escape(_text(getattr(item, name, None)))}</td>" for name in names)


def _text(value: object) -> str:
    if isinstance(value, (Customer, Tier)):
        return id_of(value) or ""
    if isinstance(value, Model):
        return str(getattr(value, "id", ""))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return "" if value is None else str(value)
