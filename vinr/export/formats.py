"""The formats of files, and how each one is written from records of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Literal, TypeAlias, cast, get_args

from ..errors import InvalidRequestError
from .csv_cells import csv_line
from .durable import synced
from .layouts import CellType, Layout, Record

if TYPE_CHECKING:
    import pyarrow as pa

Format: TypeAlias = Literal["jsonl", "csv", "parquet"]
Write: TypeAlias = Callable[[IO[bytes], Iterable[str], Layout], None]
"""Writes records, each as JSON, to a file."""

_ROWS_AT_ONCE: Final = 10_000


def format_of(path: Path, format: str | None) -> Format:
    """As asked for, else by the file's name.

    Raises InvalidRequestError for another one, ModuleNotFoundError where its library is missing.
    """
    name = path.suffix.removeprefix(".").lower() if format is None else format
    if name not in get_args(Format):
        raise InvalidRequestError(
            f"{name or path.name} is no format that is known: name the file .jsonl, .csv or"
            " .parquet, or pass format=",
            param="format",
        )
    if name == "parquet":
        require("a Parquet file", "pyarrow", "parquet")
    return cast("Format", name)


def require(wanted: str, library: str, extra: str) -> None:
    """Raises ModuleNotFoundError where the library of an extra is not installed."""
    if find_spec(library) is None:
        raise ModuleNotFoundError(
            f'{wanted} needs {library}, which is not installed; run: pip install "vinr[{extra}]"',
            name=library,
        )


def _write_jsonl(file: IO[bytes], records: Iterable[str], _layout: Layout) -> None:
    for record in records:
        file.write(_bytes(record + "\n"))


def _write_csv(file: IO[bytes], records: Iterable[str], layout: Layout) -> None:
    file.write(_bytes(csv_line([column.name for column in layout.columns])))
    for record in records:
        file.write(_bytes(csv_line(layout.cells(_parsed(record)))))


def _write_parquet(file: IO[bytes], records: Iterable[str], layout: Layout) -> None:
    import pyarrow as pa  # noqa: PLC0415  # an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema = _schema(layout)
    rows = (layout.cells(_parsed(record)) for record in records)
    with pq.ParquetWriter(file, schema) as writer:
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            table = [dict(zip(schema.names, cells, strict=True)) for cells in batch]
            writer.write_batch(pa.RecordBatch.from_pylist(table, schema=schema))


def _schema(layout: Layout) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415  # an extra

    types: Mapping[CellType, pa.DataType] = {
        CellType.TEXT: pa.string(),
        CellType.POINTS: pa.int64(),
        CellType.TIME: pa.timestamp("us", tz="UTC"),
        CellType.JSON: pa.string(),
    }
    return pa.schema({column.name: types[column.type] for column in layout.columns})


def _parsed(record: str) -> Record:
    return cast("Record", json.loads(record))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")  # JSON escapes a lone surrogate so too


WRITERS: Final[Mapping[Format, Write]] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "parquet": _write_parquet,
}


def write(path: Path, format: Format, records: Iterator[str], layout: Layout) -> None:
    """A file that is whole on the disk when this returns."""
    with synced(path) as file:
        WRITERS[format](file, records, layout)
