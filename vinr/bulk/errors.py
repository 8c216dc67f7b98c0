"""What bulk work and the outbox raise, beside the errors of single calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import VinrError

if TYPE_CHECKING:
    from .result import BulkResult


class BulkStoppedError(VinrError):
    """The run ended before every row was settled; run the same again and it goes on.

    ``result`` says how far it came. ``__cause__`` is the error of the service that stopped it.
    """

    result: BulkResult
    """What was settled, and how many rows are unknown or left."""


class JournalError(VinrError):
    """A journal or outbox that cannot be used like this; nothing was sent."""


class JournalInUseError(JournalError):
    """Another process is sending from this journal or outbox now."""


class FileChangedError(JournalError):
    """The file has a journal and is not the same any more, so its line numbers name other rows."""


class OutboxFullError(JournalError):
    """The outbox holds as many undelivered entries as it may; the entry was not taken."""
