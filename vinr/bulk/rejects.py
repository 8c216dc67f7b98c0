"""The rejects file: the rows that were refused, why, and by which reference each is known."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from pathlib import Path
from typing import Final

from .journal import Journal

_REASON: Final = ("error_code", "error_message")


def write(journal: Journal, path: Path, *, key: str | None) -> Path | None:
    """Writes it, all or nothing; None where no row was rejected.

    It has the columns of the rows, then why each one was refused. Rows without a key column get
    their reference in a column of that name, so that the file, mended, can be imported and cannot
    post twice what was posted. One that is there stays as it is where it was written with the same
    rows, as somebody may be mending it; where no row is rejected any more, it is deleted unless
    somebody changed it.
    """
    written = journal.about("rejects")
    if (
        journal.one("SELECT 1 FROM entries WHERE run = ? AND state = 'rejected'", journal.run)
        is None
    ):
        if path.exists() and _digest(path) == written:
            path.unlink()
        return None
    part = path.with_name(f"{path.name}.part")  # the run is alone, so no other one writes it
    try:
        _write(journal, part, key)
        new = _digest(part)
        if new != written or not path.exists():
            part.replace(path)
            journal.note("rejects", new)
            journal.commit()
    finally:
        part.unlink(missing_ok=True)
    return path


def _write(journal: Journal, path: Path, key: str | None) -> None:
    columns = _columns(journal, key)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, columns, restval="")
        rows.writeheader()
        for _, reference, original, code, message in journal.rejections():
            own = {"reference": reference} if "reference" in columns and key is None else {}
            reason = {"error_code": code, "error_message": message}
            rows.writerow(_cells(original) | own | reason)
        file.flush()
        os.fsync(file.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _columns(journal: Journal, key: str | None) -> list[str]:
    columns = dict[str, None]()
    for _, _, original, _, _ in journal.rejections():
        columns |= dict.fromkeys(_cells(original))
    for name in _REASON:
        columns.pop(name, None)
    named = [] if key is not None or "reference" in columns else ["reference"]
    return [*columns, *named, *_REASON]


def _cells(original: str) -> dict[str, object]:
    row: dict[str, object] = json.loads(original)
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
        for name, value in row.items()
    }
