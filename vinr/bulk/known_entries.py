"""Which rows of a run stand in the member's ledger already, found by their references."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from .._models.transaction import Transaction
from .journal import Entry, Journal, Position


class _Known(NamedTuple):
    id: str
    amount: int


class KnownEntries:
    """What stands in one member's ledger under the references of the member's own rows."""

    def __init__(self, member: str, journal: Journal, batch: str | None) -> None:
        self._member = member
        self._journal = journal
        self._batch = batch
        self._known: dict[str, _Known] = {}
        self._last: Position | None = None
        """The last row of this batch that stands in the ledger."""

    def add(self, page: Iterable[Transaction]) -> None:
        """Takes note of those entries of a page that the rows are about."""
        page = [each for each in page if "reference" in each.metadata]
        batches = self._journal.same_batches(_batch_of(each) for each in page)
        entries = {self._reference_here(each, batches): each for each in page}
        found = self._journal.positions_of(self._member, entries)
        for reference, position in found.items():
            entry = entries[reference]
            self._known[reference] = _Known(entry.id, entry.amount)
            batch = entry.metadata.get("batch")
            if self._batch is not None and (batch == self._batch or batch in batches):
                self._last = max(self._last or position, position)

    def _reference_here(self, entry: Transaction, batches: Container[str]) -> str:
        """What this run calls the row of an entry: its file may have been shorter, see there."""
        reference = entry.metadata["reference"]
        if _batch_of(entry) not in batches:
            return reference
        return f"{self._batch}:{reference.rpartition(':')[2]}"

    def settles(self, entry: Entry) -> bool:
        """Whether the row needs no posting: it is there, contradicts it, or was refused before.

        Rows of one member go in their order. So where a later row of the same batch stands in the
        ledger, this one was tried before it and refused, or it is new among older rows. Which one
        is not known without a journal: it is not posted behind the later one unasked.
        """
        found = self._known.get(entry.reference)
        is_last = self._last is None or entry.position > self._last
        if found is None and (is_last or self._journal.was_appended(entry)):
            return False
        if found is None:
            self._journal.rejected(
                entry,
                "refused_before",
                "a later row of the member in this batch is in the ledger, so this one is not"
                " posted by itself: an earlier run refused it, or it was added later; to post it,"
                " import it in a file or batch of its own, such as the rejects file",
            )
        elif found.amount == entry.amount:
            self._journal.done(entry, "already_there", found.id)
        else:
            self._journal.rejected(
                entry,
                "idempotency_conflict",
                f"{found.id} has this reference already, with an amount of {found.amount} and not"
                f" {entry.amount}; a correction needs a reference of its own",
            )
        return True


def _batch_of(entry: Transaction) -> str:
    """The batch in the reference of a row that is known by its line."""
    return entry.metadata["reference"].rpartition(":")[0]
