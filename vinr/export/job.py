"""One export: what is asked for, the part of it that is there, and the file that it becomes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from os import PathLike
from pathlib import Path
from typing import Final

from .durable import replace
from .errors import ExportError
from .formats import Format, format_of, write
from .layouts import Layout
from .part_file import PartFile

RESUMED_FOR: Final = timedelta(hours=12)
"""How old the part of an export may be that is gone on with."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A file that is whole."""

    path: Path
    """Where it is."""
    rows: int
    """How many records it has."""
    started_at: datetime
    """When its first page was read, UTC; what came later may be missing."""
    resumed: bool
    """Whether an earlier run, which did not come to its end, had read some of it."""


class Job:
    """An export to one file; the arguments are checked before anything is sent."""

    def __init__(
        self,
        path: str | PathLike[str],
        layout: Layout,
        request: Mapping[str, str | None],
        *,
        format: str | None,
        metadata_columns: Sequence[str],
        resume: bool,
    ) -> None:
        self._path = Path(path)
        self._format: Format = format_of(self._path, format)
        self._layout = layout.with_metadata(metadata_columns)
        self._request = json.dumps(request, ensure_ascii=False)
        self._resume = resume

    @property
    def _part_path(self) -> Path:
        return self._path.with_name(self._path.name + ".part")

    @property
    def _written_path(self) -> Path:
        return self._path.with_name(self._path.name + ".part-written")

    @contextmanager
    def part(self) -> Generator[PartFile]:
        """The part to go on with, or a new one; it is kept where the block fails."""
        if not self._path.parent.is_dir():
            raise FileNotFoundError(f"there is no folder {self._path.parent} to export to")
        part = PartFile(self._part_path, self._request)
        if not part.is_new and self._is_obsolete(part):
            part.delete()
            part = PartFile(self._part_path, self._request)
        try:
            with closing(part):
                if part.request != self._request:
                    raise ExportError(
                        f"{self._part_path} is the part of another export, {part.request}; remove"
                        " it, or pass resume=False, and this export begins anew"
                    )
                yield part
        except sqlite3.Error as error:
            raise ExportError(f"{self._part_path} cannot be written: {error}") from error

    def _is_obsolete(self, part: PartFile) -> bool:
        was_published = part.stage == "written" and not self._written_path.exists()
        is_old = not timedelta() <= part.age < RESUMED_FOR
        return not self._resume or part.is_empty or was_published or is_old

    def publish(self, part: PartFile) -> ExportResult:
        """Writes the file beside its place, renames it, and deletes the part."""
        part.reach("read")
        write(self._written_path, self._format, part.records(), self._layout)
        # a kill from here on leaves either the written file, or the part of one that is published
        part.reach("written")
        replace(self._written_path, self._path)
        part.delete()
        return ExportResult(self._path, part.rows, part.started_at, not part.is_new)
