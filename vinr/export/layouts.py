"""The columns of a table: which field of a record each one has, and what is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Final, TypeAlias, cast

from pydantic import TypeAdapter

from .._models.lenient import TimeOrNone
from ..errors import InvalidRequestError

Record: TypeAlias = Mapping[str, object]
"""An object of VINR's, as JSON has it."""

METADATA: Final = "metadata"
OTHER: Final = "other"
_PREFIX: Final = f"{METADATA}."
_TIME: Final = TypeAdapter[datetime | None](TimeOrNone)


class CellType(Enum):
    """What the cells of a column hold, or nothing."""

    TEXT = auto()
    POINTS = auto()
    """Whole numbers up to 2**63 - 1, exact."""
    TIME = auto()
    JSON = auto()
    """An object as JSON text."""
    ANY = auto()
    """Whatever the rows of the caller's own have."""


@dataclass(frozen=True, slots=True)
class Column:
    """A name, and what the cells hold."""

    name: str
    type: CellType


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of record, in their order."""

    columns: Sequence[Column]
    known: frozenset[str]
    """Fields with a column of their own."""

    def with_metadata(self, keys: Sequence[str]) -> Layout:
        """The same, with a column for each of these keys of the metadata."""
        names: object = keys
        if isinstance(names, str):
            raise InvalidRequestError(
                "metadata_columns is a list of keys, not one str", param="metadata_columns"
            )
        added = [Column(_PREFIX + key, CellType.TEXT) for key in dict.fromkeys(keys)]
        return Layout([*self.columns, *added], self.known)

    def cells(self, record: Record) -> list[object]:
        """The cells of a record: str, int, aware datetime or None."""
        return [self._cell(column, record) for column in self.columns]

    def _cell(self, column: Column, record: Record) -> object:
        if column.name == OTHER:
            others = {name: value for name, value in record.items() if name not in self.known}
            return _json(others) if others else None
        if column.name.startswith(_PREFIX):
            metadata = cast("Mapping[str, object]", record.get(METADATA) or {})
            return metadata.get(column.name.removeprefix(_PREFIX))
        value = record.get(column.name)
        match column.type:
            case CellType.JSON:
                return None if value is None else _json(value)
            case CellType.TIME:
                return _TIME.validate_python(value)
            case CellType.TEXT if isinstance(value, Mapping):  # expanded
                linked = cast("Mapping[str, object]", value)
                return linked.get("key") or linked.get("id")
            case _:
                return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _layout(**types: CellType) -> Layout:
    columns = [Column(name, type) for name, type in types.items()]
    return Layout([*columns, Column(OTHER, CellType.JSON)], frozenset(types))


MEMBERS: Final = _layout(
    id=CellType.TEXT,
    program=CellType.TEXT,
    customer=CellType.TEXT,
    status=CellType.TEXT,
    balance=CellType.POINTS,
    lifetime_points=CellType.POINTS,
    tier=CellType.TEXT,
    metadata=CellType.JSON,
)
LEDGER: Final = _layout(
    id=CellType.TEXT,
    account=CellType.TEXT,
    type=CellType.TEXT,
    amount=CellType.POINTS,
    reason=CellType.TEXT,
    created_at=CellType.TIME,
    origin=CellType.JSON,
    metadata=CellType.JSON,
)
REFERENCE_MEMBERS: Final = _layout(
    id=CellType.TEXT,
    customer=CellType.TEXT,
    points_balance=CellType.POINTS,
    tier=CellType.TEXT,
    programme_id=CellType.TEXT,
    created=CellType.TIME,
)
REFERENCE_LEDGER: Final = _layout(
    id=CellType.TEXT,
    loyalty_account=CellType.TEXT,
    amount=CellType.POINTS,
    type=CellType.TEXT,
    points_after=CellType.POINTS,
    reason=CellType.TEXT,
    created=CellType.TIME,
)
