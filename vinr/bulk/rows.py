"""Reads a row, of any type, into the posting or enrolment that it asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, Final, Protocol, TypeAlias, cast, runtime_checkable

from pydantic import BaseModel

from .._calls import checks
from ..errors import InvalidRequestError
from .files import NumberedRow, Problem

Row: TypeAlias = Mapping[str, object]
Convert: TypeAlias = Callable[[Mapping[str, Any]], Mapping[str, object]]
"""Makes a row with VINR's names of a row of the file."""

FIELDS: Final = ("customer", "account", "amount", "reason", "type", "metadata", "reference")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,20}").fullmatch
_SORTABLE: Final = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?").fullmatch
_LARGEST: Final = 2**63 - 1
"""SQLite keeps no larger number, nor one that is none."""
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,' \u00a0\u202f]*").fullmatch


@dataclass(frozen=True, slots=True)
class Posting:
    """One row: so many points for one member."""

    customer: str | None
    account: str | None
    amount: int
    reference: str
    rank: int | float | str = ""
    type: str = "adjust"
    reason: str | None = None
    metadata: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a file are to be read."""

    key: str | None
    order_by: str | None
    batch: str | None
    columns: Mapping[str, str]
    convert: Convert | None
    type: str
    reason: str | None
    enrols: bool = False
    """Whether a row is a customer to enrol, without points."""

    def posting(self, row: NumberedRow) -> Posting | Problem:
        """What the row asks for, or why it is refused."""
        if row.problem is not None:
            return row.problem
        try:
            values = self._named(row.values)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            kind = "" if type(error) is ValueError else f"convert: {type(error).__name__}: "
            return Problem("row_invalid", f"{kind}{error}")
        try:
            return self._checked(row, values)
        except InvalidRequestError as error:
            name = (error.param or "row").partition("[")[0]  # of "metadata['key']" the first
            code = f"{name}_invalid"
            return Problem(code, error.message.removesuffix("; nothing was sent"))

    def reference_of_line(self, line: int) -> str:
        """What a row without a key is called."""
        return f"{self.batch}:{line}"

    def _named(self, values: Row) -> Row:
        if self.convert is not None:
            return self.convert(values)
        return {name: values.get(self.columns.get(name, name)) for name in FIELDS}

    def _checked(self, row: NumberedRow, values: Row) -> Posting:
        customer = _optional_id("customer", values)
        account = None if self.enrols else _optional_id("account", values)
        if customer is None and account is None:
            wanted = "customer" if self.enrols else "customer or account"
            raise checks.refuse("customer", f"is empty: a row needs a {wanted}")
        metadata = _metadata(values.get("metadata"))
        reason = _text(values.get("reason"))
        return Posting(
            customer=None if account else customer,
            account=account,
            amount=0 if self.enrols else _points(values.get("amount")),
            reference="" if self.enrols else self._reference(row),
            rank=self._rank(row),
            type=checks.object_id("type", _text(values.get("type")) or self.type),
            reason=checks.optional_text("reason", reason or self.reason),
            metadata=metadata,
        )

    def _rank(self, row: NumberedRow) -> int | float | str:
        if self.order_by is None:
            return ""
        value = row.values.get(self.order_by)
        if isinstance(value, str) and _SORTABLE(value.strip()):
            return float(value)  # so that 9 goes before 10
        if isinstance(value, (int, float)) and -_LARGEST <= value <= _LARGEST:
            return value
        return "" if value is None else str(value)

    def _reference(self, row: NumberedRow) -> str:
        if self.key is None:
            return checks.reference(self.reference_of_line(row.line))
        value = row.values.get(self.key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            raise InvalidRequestError(f"the key column {self.key!r} is empty", param="key")
        return checks.reference(value.strip())


def of_iterable(rows: Iterable[object]) -> Iterator[NumberedRow]:
    """Rows that the caller has: mappings, dataclasses, named tuples, models, rows of sqlite3."""
    for number, row in enumerate(rows, 1):
        yield NumberedRow(number, _mapping(row, number))


@runtime_checkable
class _HasKeys(Protocol):
    """As the rows of sqlite3 and of SQLAlchemy's mappings."""

    def keys(self) -> Iterable[str]: ...
    def __getitem__(self, name: str, /) -> object: ...


def _mapping(row: object, number: int) -> Row:
    if isinstance(row, Mapping):
        return cast("Row", row)
    if isinstance(row, BaseModel):
        return row.model_dump()
    if is_dataclass(row) and not isinstance(row, type):
        return asdict(row)
    fields: object = getattr(row, "_fields", None)  # a named tuple's
    if isinstance(fields, tuple):
        return {name: getattr(row, name) for name in cast("tuple[str, ...]", fields)}
    if isinstance(row, _HasKeys):
        return {name: row[name] for name in row.keys()}  # noqa: SIM118  # sqlite3.Row is no mapping
    raise InvalidRequestError(
        f"row {number} is a {type(row).__name__}, it must be a mapping or an object with named"
        " fields; nothing was sent",
        param="rows",
    )


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    return cast("str | None", value)  # the check that follows refuses anything else


def _optional_id(name: str, values: Row) -> str | None:
    value = values.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return checks.optional_id(name, _text(value))


def _metadata(value: object) -> Mapping[str, str] | None:
    """A mapping, or the JSON of one as a rejects file has it."""
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except ValueError:
            raise checks.refuse("metadata", "is no JSON object") from None
    if not value:
        return None
    return cast("Mapping[str, str] | None", checks.metadata(value))


def _points(value: object) -> int:
    """Points as an int, or as plain digits; never a guess at what a dot or a comma means."""
    if isinstance(value, str):
        value = value.strip()
        if not _WHOLE(value):
            why = "is a number with separators or a fraction" if _NUMBER(value) else "is no number"
            raise checks.refuse("amount", f"{value[:40]!r} {why}: points are whole, as in 1250")
        value = int(value)
    if value == 0 and type(value) is int:
        return 0
    return checks.points("amount", value)
