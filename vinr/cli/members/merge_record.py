"""What a plan's runs have merged, in a file beside the plan.

VINR does not tell into which account a merged one went. So a source that is merged is the plan's
own work only where this file says so, or where VINR still has the answer to the key of a merge that
was sent when its run was killed.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self
from uuid import uuid4

from ...export.csv_cells import csv_line
from .plan import PlannedMerge

_COLUMNS: Final = ("source", "target", "idempotency_key", "outcome")


class MergeRecord:
    """The file: a line before each merge is sent, and one when its answer is there."""

    def __init__(self, plan: Path) -> None:
        path = plan.with_name(f"{plan.name}.merged.csv")
        self._merged: dict[str, str] = {}
        self._unanswered: dict[tuple[str, str], str] = {}
        self._file = path.open("a+", encoding="utf-8", newline="")
        self._file.seek(0)
        text = self._file.read()
        self._read(text)
        # a run that was killed may have left half a line, which no other one may go on with
        self._file.write("" if text.endswith("\n") else "\n" if text else csv_line(_COLUMNS))

    def target_of(self, source: str) -> str | None:
        """Where this plan merged the source into; None where it did not, as far as is known."""
        return self._merged.get(source)

    def unanswered_key(self, merge: PlannedMerge) -> str | None:
        """The key of a merge that was sent by a run that was killed, or lost its answer."""
        return self._unanswered.get((merge.source, merge.target))

    @contextmanager
    def sending(self, merge: PlannedMerge, key: str | None) -> Generator[str]:
        """Notes that the block sends it, by which key, and what came of it."""
        key = key or str(uuid4())
        self._note(merge, key, "sent")
        yield key
        self._note(merge, key, "merged")

    def refused(self, merge: PlannedMerge) -> None:
        """Notes that VINR did not execute it: the next run sends it by another key."""
        self._note(merge, self._unanswered[merge.source, merge.target], "refused")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def _note(
        self, merge: PlannedMerge, key: str, outcome: Literal["sent", "merged", "refused"]
    ) -> None:
        self._file.write(csv_line((merge.source, merge.target, key, outcome)))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._take(merge.source, merge.target, key, outcome)

    def _read(self, text: str) -> None:
        for cells in csv.reader(io.StringIO(text, newline="")):
            if len(cells) == len(_COLUMNS):
                self._take(*cells)

    def _take(self, source: str, target: str, key: str, outcome: str) -> None:
        match outcome:
            case "sent":
                self._unanswered[source, target] = key
            case "merged":
                self._unanswered.pop((source, target), None)
                self._merged[source] = target
            case "refused":
                self._unanswered.pop((source, target), None)
            case _:  # the names of the columns, or a word that was cut
                pass
