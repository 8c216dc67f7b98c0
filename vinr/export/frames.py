"""Data frames of pandas or polars, with points as exact integers and times as UTC."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol, TypeAlias, cast

from .._models.account import Account
from .._models.loyalty_account import LoyaltyAccount
from .._models.model import Model
from .._models.points_transaction import PointsTransaction
from .._models.transaction import Transaction
from .formats import require
from .layouts import (
    LEDGER,
    MEMBERS,
    REFERENCE_LEDGER,
    REFERENCE_MEMBERS,
    CellType,
    Column,
    Layout,
)

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]


RowLike: TypeAlias = Model | _Dataclass | Mapping[str, object]
"""An object of VINR's, a line of a report, or a mapping."""

_LAYOUTS: Final[Sequence[tuple[type[Model], Layout]]] = (
    (Account, MEMBERS),
    (Transaction, LEDGER),
    (LoyaltyAccount, REFERENCE_MEMBERS),
    (PointsTransaction, REFERENCE_LEDGER),
)


def to_pandas(items: Iterable[RowLike], *, metadata_columns: Sequence[str] = ()) -> pd.DataFrame:
    """A pandas frame of all items.

    Points are ``int64`` (``Int64`` where some are missing), times are UTC, and metadata is JSON
    text.

    Args:
        items: A list of the client's with all its pages, lines of a report, or mappings.
        metadata_columns: Keys of the metadata that get a column of their own.

    Raises:
        ModuleNotFoundError: The extra ``pandas`` is not installed.

    Source: our choice.
    """
    require("to_pandas", "pandas", "pandas")
    import pandas as pd  # noqa: PLC0415  # an extra

    columns, rows = _table(items, metadata_columns)
    data: dict[str, pd.Series[Any]] = {}
    for number, column in enumerate(columns):
        cells = [row[number] for row in rows]
        match column.type:
            case CellType.POINTS:
                dtype = "Int64" if None in cells else "int64"
                data[column.name] = pd.Series(cells, dtype=dtype)
            case CellType.TIME:
                data[column.name] = pd.Series(cells, dtype="datetime64[us, UTC]")
            case CellType.ANY:
                data[column.name] = pd.Series(cells)
            case _:
                data[column.name] = pd.Series(cells, dtype="string")
    return pd.DataFrame(data)


def to_polars(items: Iterable[RowLike], *, metadata_columns: Sequence[str] = ()) -> pl.DataFrame:
    """A polars frame of all items.

    Points are ``Int64``, times are UTC, and metadata is JSON text.

    Args:
        items: A list of the client's with all its pages, lines of a report, or mappings.
        metadata_columns: Keys of the metadata that get a column of their own.

    Raises:
        ModuleNotFoundError: The extra ``polars`` is not installed.

    Source: our choice.
    """
    require("to_polars", "polars", "polars")
    import polars as pl  # noqa: PLC0415  # an extra

    columns, rows = _table(items, metadata_columns)
    types = {
        CellType.TEXT: pl.String(),
        CellType.POINTS: pl.Int64(),
        CellType.TIME: pl.Datetime("us", "UTC"),
        CellType.JSON: pl.String(),
        CellType.ANY: None,
    }
    series = [
        pl.Series(column.name, [row[number] for row in rows], dtype=types[column.type])
        for number, column in enumerate(columns)
    ]
    return pl.DataFrame(series)


def _table(
    items: Iterable[RowLike], metadata_columns: Sequence[str]
) -> tuple[Sequence[Column], list[list[object]]]:
    rest = iter(items)
    first = next(rest, None)
    if first is None:
        return (), []
    rows = chain([first], rest)
    for model, layout in _LAYOUTS:
        if isinstance(first, model):
            layout = layout.with_metadata(metadata_columns)  # noqa: PLW2901  # the wider one
            return layout.columns, [layout.cells(_mapping(each)) for each in rows]
    mappings = [_mapping(each) for each in rows]
    names = list(dict.fromkeys(name for row in mappings for name in row))
    cells = [[row.get(name) for name in names] for row in mappings]
    types = [_type([row[number] for row in cells]) for number in range(len(names))]
    return [Column(*each) for each in zip(names, types, strict=True)], cells


def _mapping(item: RowLike) -> Mapping[str, object]:
    if isinstance(item, Model):
        return item.model_dump()
    if isinstance(item, Mapping):
        return item
    return dataclasses.asdict(item)


def _type(cells: Sequence[object]) -> CellType:
    kinds = {type(cell) for cell in cells} - {type(None)}
    if kinds == {int}:
        return CellType.POINTS
    if kinds == {datetime} and all(cast("datetime", c).tzinfo for c in cells if c is not None):
        return CellType.TIME
    return CellType.ANY
