"""Rows of a file: CSV or JSONL, plain or gzipped, as its content says."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from ..errors import InvalidRequestError

_GZIP: Final = b"\x1f\x8b"
_PIECE: Final = 1024 * 1024
_DELIMITERS: Final = ",;\t|"
_LONGEST_HEADER: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused before anything is sent."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row, or what is left of one that cannot be read."""

    line: int
    values: Mapping[str, object]
    problem: Problem | None = None


def numbered_rows(path: Path) -> Generator[NumberedRow]:
    """Every row with the line where it begins. Raises InvalidRequestError for an unreadable file.

    A row with too many or too few cells, or a line that is no JSON object, has a problem.
    """
    line = 1
    try:
        with _uncompressed(path) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
            rows = _json_rows(text) if _is_json(path) else _csv_rows(path, text)
            for row in rows:
                line = row.line
                yield row
    except UnicodeDecodeError:
        raise _unreadable(path, f"is not UTF-8 near line {line}; save it as UTF-8") from None


def column_names(path: Path) -> list[str] | None:
    """The columns of a CSV file; None for JSONL, whose rows name theirs one by one."""
    if _is_json(path):
        return None
    try:
        with _uncompressed(path) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
            return _header(path, text)[0]
    except UnicodeDecodeError:
        raise _unreadable(path, "is not UTF-8; save it as UTF-8") from None


def digest(path: Path, length: int | None = None) -> tuple[str, int, bool]:
    """SHA-256 of the uncompressed content or of its first bytes; how many; if a line ends there."""
    found, size, last = hashlib.sha256(), 0, b"\n"
    with _uncompressed(path) as raw:
        while length is None or size < length:
            piece = raw.read(_PIECE if length is None else min(_PIECE, length - size))
            if not piece:
                break
            found.update(piece)
            size += len(piece)
            last = piece[-1:]
        following = raw.read(1)
    return found.hexdigest(), size, last == b"\n" or following in (b"\r", b"\n")


def digests_of_lines(path: Path) -> Iterator[str]:
    """What ``digest`` said of the file, or would have, when any of its lines was the last one."""
    found = hashlib.sha256()
    with _uncompressed(path) as raw:
        for line in raw:
            text = line.rstrip(b"\r\n")
            found.update(text)
            yield found.hexdigest()  # as of a last line without a line break
            if text != line:
                found.update(line[len(text) :])
                yield found.hexdigest()


@contextmanager
def _uncompressed(path: Path) -> Generator[IO[bytes]]:
    with path.open("rb") as file:
        is_gzip = file.read(2) == _GZIP
        file.seek(0)
        if not is_gzip:
            yield file
            return
        try:
            with gzip.GzipFile(fileobj=file) as inner:
                # the buffer makes reading line by line quick
                yield io.BufferedReader(cast("io.RawIOBase", inner))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise _unreadable(path, "is damaged gzip") from None


def _is_json(path: Path) -> bool:
    with _uncompressed(path) as raw:
        start = raw.read(4096)
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _json_rows(lines: Iterable[str]) -> Iterator[NumberedRow]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value: object = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            yield NumberedRow(number, cast("dict[str, object]", value))
        else:
            problem = Problem("row_invalid", "the line is no JSON object")
            yield NumberedRow(number, {"row": line.strip()}, problem)


def _header(path: Path, text: io.TextIOWrapper) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter that most of them are parted by."""
    line = text.readline(_LONGEST_HEADER)
    while line and not line.strip():
        line = text.readline(_LONGEST_HEADER)
    delimiter = max(_DELIMITERS, key=line.count)
    names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [""])]
    _check_header(path, names)
    return names, delimiter


def _csv_rows(path: Path, text: io.TextIOWrapper) -> Iterator[NumberedRow]:
    names, delimiter = _header(path, text)
    text.seek(0)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    seen_header = False
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _unreadable(
                path,
                f"cannot be read from line {line} on: {error}. A cell that begins with a"
                " quotation mark must end with one, and has those within it doubled",
            ) from None
        if cells is None:
            return
        if not cells:  # a blank line
            continue
        if not seen_header:
            seen_header = True
            continue
        values = dict(zip(names, cells, strict=False))
        problem = None
        if len(cells) != len(names):
            extra = enumerate(cells[len(names) :], len(names) + 1)
            values |= {f"cell {number}": cell for number, cell in extra}
            message = f"the row has {len(cells)} cells and the header {len(names)}"
            problem = Problem("row_invalid", message)
        yield NumberedRow(line, values, problem)


def _check_header(path: Path, names: list[str]) -> None:
    if not any(names):
        raise _unreadable(path, "is empty: its first line must name the columns")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _unreadable(path, f"has two columns named {twice[0]!r}")


def _unreadable(path: Path, problem: str) -> InvalidRequestError:
    return InvalidRequestError(f"{path} {problem}; nothing was sent", param="rows")
