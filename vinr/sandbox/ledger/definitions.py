"""Tables of definitions: objects that requests describe, kept as JSON beside their key and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json

from ..refusal import Refusal
from .pagination import Page, PageWindow, TableQuery, fetch_page
from .rows import ColumnValues
from .store import DamagedFileError
from .unit_of_work import UnitOfWork

_COLUMNS: Final = "key, created, definition"


class Definition(BaseModel):
    """The base of what such a table has."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    key: str
    created: int
    """Unix seconds."""


D = TypeVar("D", bound=Definition)


@dataclass(frozen=True, slots=True)
class DefinitionTable(Generic[D]):
    """A table of one kind of definition."""

    table: str
    kind: str
    """What one of them is called, such as ``reward``."""
    model: type[D]

    def add(self, work: UnitOfWork, **fields: object) -> D:
        """A new one."""
        key = work.new_key(self.table, self.kind)
        added = self.model.model_validate({**fields, "key": key, "created": work.now})
        work.db.execute(
            f"INSERT INTO {self.table} ({_COLUMNS}) VALUES (?, ?, ?)",
            (key, work.now, _json(added)),
        )
        return added

    def change(self, work: UnitOfWork, row: D, **fields: object) -> D:
        """One with these fields changed."""
        changed = row.model_copy(update=fields)
        work.db.execute(
            f"UPDATE {self.table} SET definition = ? WHERE key = ?", (_json(changed), row.key)
        )
        return changed

    def require(self, work: UnitOfWork, key: str, param: str) -> D:
        """The one with a key that came in the parameter ``param``; refuses an unknown one."""
        values: ColumnValues | None = work.db.execute(
            f"SELECT {_COLUMNS} FROM {self.table} WHERE key = ?", (key,)
        ).fetchone()
        if values is None:
            raise self.missing(param)
        return self._row(values)

    def missing(self, param: str) -> Refusal:
        """What is raised for an unknown one."""
        return Refusal("resource_missing", f"No such {self.kind}.", param=param)

    def every(self, work: UnitOfWork, **fields: str | int | None) -> list[D]:
        """All whose fields have these values, the oldest first; None is no condition."""
        query = self._query(fields)
        rows: list[ColumnValues] = work.db.execute(
            f"SELECT {_COLUMNS} FROM {self.table} WHERE {query.where()} ORDER BY seq",
            query.values(),
        ).fetchall()
        return [self._row(values) for values in rows]

    def page(self, work: UnitOfWork, window: PageWindow, **fields: str | int | None) -> Page[D]:
        """A page of those whose fields have these values; None is no condition."""
        return fetch_page(work, self._query(fields), window, self._row)

    def _query(self, fields: dict[str, str | int | None]) -> TableQuery:
        conditions = tuple(
            (f"json_extract(definition, '$.{name}') = ?", value)
            for name, value in fields.items()
            if value is not None
        )
        return TableQuery(self.table, _COLUMNS, conditions)

    def _row(self, values: ColumnValues) -> D:
        key, created, definition = values
        try:
            return self.model.model_validate(
                {**from_json(definition), "key": key, "created": created}
            )
        except (ValidationError, ValueError, TypeError):
            raise DamagedFileError(f"a row of {self.table} cannot be read") from None


def _json(row: Definition) -> str:
    return row.model_dump_json(exclude={"key", "created"})
