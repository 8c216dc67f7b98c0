"""The rules that must always hold of a ledger, checked from its transactions."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .ledger import programs, qualifying
from .ledger.database import damage_in
from .ledger.store import DamagedFileError
from .ledger.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule, the account (``loy_…``) that broke it, and how."""

    rule: str
    """The broken rule, in a word or two."""
    account: str
    """``loy_…``."""
    message: str
    """What is there, and what should be."""


@dataclass(slots=True)
class _Sums:
    balance: int = 0
    lifetime_points: int = 0

    def add(self, balance: int, lifetime_points: int) -> None:
        self.balance += balance
        self.lifetime_points += lifetime_points


def check(work: UnitOfWork) -> list[Finding]:
    """Every broken rule in a ledger; empty where it is sound.

    Raises DamagedFileError where the file cannot be read as a whole.
    """
    damage = damage_in(work.db)
    if damage is not None:
        raise DamagedFileError(f"the sandbox's file is damaged: {damage}")
    try:
        return _findings(work)
    except TypeError as error:  # a number is no number any more
        raise DamagedFileError(f"the sandbox's file is damaged: {error}") from error


def _findings(work: UnitOfWork) -> list[Finding]:
    return [
        *_accounts_unlike_their_transactions(work),
        *_second_active_accounts(work),
        *_merged_accounts_with_points(work),
        *_merges_that_lost_points(work),
        *_transactions_of_the_wrong_account(work),
        *_more_expiring_points_than_balance(work),
        *_wrong_qualifying_points(work),
        *_accounts_of_deleted_customers(work),
        *_redemptions_unlike_their_transactions(work),
    ]


def _finding(rule: str, key: str, message: str) -> Finding:
    return Finding(rule, f"loy_{key}", message)


def _sums(work: UnitOfWork, account_column: str) -> defaultdict[str, _Sums]:
    # summed here and not in SQL, whose sums stop at 2**63 - 1
    sums: defaultdict[str, _Sums] = defaultdict(_Sums)
    for account, type, amount in work.db.execute(
        f"SELECT {account_column}, type, amount FROM transactions"
    ):
        sums[account].add(amount, qualifying.points_for_lifetime(type, amount))
    return sums


def _accounts_unlike_their_transactions(work: UnitOfWork) -> list[Finding]:
    findings: list[Finding] = []
    sums = _sums(work, "account")
    rows = work.db.execute("SELECT key, balance, lifetime_points FROM accounts ORDER BY seq")
    for key, balance, lifetime_points in rows:
        entries = sums[key]
        if balance != entries.balance:
            message = f"balance is {balance}, its entries sum up to {entries.balance}"
            findings.append(_finding("balance_is_sum_of_entries", key, message))
        if balance < 0:
            message = f"balance is {balance}"
            findings.append(_finding("balance_not_below_zero", key, message))
        if lifetime_points != entries.lifetime_points:
            message = (
                f"lifetime_points is {lifetime_points},"
                f" its grants and earnings sum up to {entries.lifetime_points}"
            )
            findings.append(_finding("lifetime_points_never_fall", key, message))
    return findings


def _second_active_accounts(work: UnitOfWork) -> list[Finding]:
    rows = work.db.execute(
        "SELECT key, customer, program FROM accounts AS mine"
        " WHERE status = 'active' AND customer IS NOT NULL AND EXISTS ("
        "  SELECT 1 FROM accounts WHERE customer = mine.customer AND program = mine.program"
        "  AND status = 'active' AND seq < mine.seq) ORDER BY seq"
    )
    return [
        _finding(
            "one_active_account",
            key,
            f"{customer} has an earlier active account in {program}",
        )
        for key, customer, program in rows
    ]


def _merged_accounts_with_points(work: UnitOfWork) -> list[Finding]:
    rows = work.db.execute(
        "SELECT key, balance, lifetime_points FROM accounts WHERE status = 'merged'"
        " AND (balance <> 0 OR lifetime_points <> 0) ORDER BY seq"
    )
    return [
        _finding(
            "merged_accounts_are_empty",
            key,
            f"still has a balance of {balance} and {lifetime_points} lifetime points",
        )
        for key, balance, lifetime_points in rows
    ]


def _merges_that_lost_points(work: UnitOfWork) -> list[Finding]:
    findings: list[Finding] = []
    # What an account had when it was merged: its own postings, and earlier merges into it.
    had = _sums(work, "posted_to")
    for source, target, balance, lifetime_points in work.db.execute(
        "SELECT source, target, balance, lifetime_points FROM merges ORDER BY seq"
    ):
        source_had = had[source]
        if (balance, lifetime_points) != (source_had.balance, source_had.lifetime_points):
            message = (
                f"merged with a balance of {balance} and {lifetime_points} lifetime points,"
                f" had {source_had.balance} and {source_had.lifetime_points}"
            )
            findings.append(_finding("merges_conserve_points", source, message))
        had[target].add(source_had.balance, source_had.lifetime_points)
    return findings


def _transactions_of_the_wrong_account(work: UnitOfWork) -> list[Finding]:
    targets: dict[str, str] = dict(
        work.db.execute("SELECT source, target FROM merges ORDER BY seq")
    )
    rows = work.db.execute(
        "SELECT account, posted_to, key FROM transactions WHERE account <> posted_to"
        " OR account IN (SELECT source FROM merges) ORDER BY seq"
    )
    return [
        _finding(
            "entries_move_by_merges_alone",
            account,
            f"has ptx_{key}, which was posted to loy_{posted_to} and belongs to loy_{owner}",
        )
        for account, posted_to, key in rows
        if account != (owner := _owner(targets, posted_to))
    ]


def _owner(targets: Mapping[str, str], account: str) -> str:
    # No account is merged twice, so this ends; only a damaged ledger can have a cycle.
    visited: set[str] = set()
    while account in targets and account not in visited:
        visited.add(account)
        account = targets[account]
    return account


def _more_expiring_points_than_balance(work: UnitOfWork) -> list[Finding]:
    expiring: defaultdict[str, int] = defaultdict(int)
    for account, left in work.db.execute("SELECT account, left FROM lots WHERE left > 0"):
        expiring[account] += left
    rows = work.db.execute("SELECT key, balance FROM accounts ORDER BY seq")
    return [
        _finding(
            "expiring_points_within_balance",
            key,
            f"{expiring[key]} points are to expire, balance is {balance}",
        )
        for key, balance in rows
        if 0 < expiring[key] > balance
    ]


def _wrong_qualifying_points(work: UnitOfWork) -> list[Finding]:
    expected: defaultdict[str, int] = defaultdict(int)
    for program in programs.every(work):
        for _, account, points, _ in qualifying.expected(work, program):
            expected[account] += points
    counted: defaultdict[str, int] = defaultdict(int)
    for account, points in work.db.execute("SELECT account, points FROM qualifying_points"):
        counted[account] += points
    return [
        _finding(
            "qualifying_points_are_of_the_period",
            key,
            f"{counted[key]} points count for its tier,"
            f" its transactions of the period sum up to {expected[key]}",
        )
        for key in sorted({*expected, *counted})
        if counted[key] != expected[key]
    ]


def _accounts_of_deleted_customers(work: UnitOfWork) -> list[Finding]:
    rows = work.db.execute(
        "SELECT a.key, a.customer FROM accounts AS a JOIN customers AS c ON c.id = a.customer"
        " WHERE c.deleted = 1 ORDER BY a.seq"
    )
    return [
        _finding("deleted_customers_have_no_account", key, f"belongs to {customer}, who is deleted")
        for key, customer in rows
    ]


def _redemptions_unlike_their_transactions(work: UnitOfWork) -> list[Finding]:
    rows = work.db.execute(
        "SELECT r.id, r.account, r.status, t.account, t.amount, back.amount FROM redemptions AS r"
        " JOIN transactions AS t ON t.key = r.entry"
        " LEFT JOIN transactions AS back ON back.key = r.release ORDER BY r.rowid"
    )
    findings: list[Finding] = []
    for id, account, status, taken_from, taken, given_back in rows:
        expected = -taken if status == "released" else None
        if account != taken_from or given_back != expected:
            message = (
                f"{id} is {status}: {-taken} points were taken from loy_{taken_from},"
                f" {given_back or 0} given back"
            )
            findings.append(_finding("redemptions_match_their_entries", account, message))
    return findings
