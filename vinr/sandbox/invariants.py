"""What must always hold of a ledger, checked from its entries alone."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .ledger.transactions import lifetime_part
from .ledger.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule, the account (``loy_…``) that broke it, and how."""

    rule: str
    account: str
    message: str


@dataclass(slots=True)
class _Sums:
    balance: int = 0
    lifetime_points: int = 0

    def add(self, balance: int, lifetime_points: int) -> None:
        self.balance += balance
        self.lifetime_points += lifetime_points


def check(work: UnitOfWork) -> list[Finding]:
    """Every finding in a ledger; an empty list is a sound one."""
    return [
        *_accounts_that_differ_from_their_entries(work),
        *_second_active_accounts(work),
        *_merged_accounts_with_points(work),
        *_merges_that_changed_sums(work),
        *_entries_in_other_hands(work),
        *_more_expiring_points_than_points(work),
    ]


def _finding(rule: str, key: str, message: str) -> Finding:
    return Finding(rule, f"loy_{key}", message)


def _sums(work: UnitOfWork, owner: str) -> defaultdict[str, _Sums]:
    # summed here and not in SQL, whose sums stop at 2**63 - 1
    sums: defaultdict[str, _Sums] = defaultdict(_Sums)
    for account, type, amount in work.db.execute(f"SELECT {owner}, type, amount FROM transactions"):
        sums[account].add(amount, lifetime_part(type, amount))
    return sums


def _accounts_that_differ_from_their_entries(work: UnitOfWork) -> list[Finding]:
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


def _merges_that_changed_sums(work: UnitOfWork) -> list[Finding]:
    findings: list[Finding] = []
    # what an account had when it was merged: its own postings and the merges into it before
    had = _sums(work, "posted_to")
    for source, target, balance, lifetime_points in work.db.execute(
        "SELECT source, target, balance, lifetime_points FROM merges ORDER BY seq"
    ):
        brought = had[source]
        if (balance, lifetime_points) != (brought.balance, brought.lifetime_points):
            message = (
                f"merged with a balance of {balance} and {lifetime_points} lifetime points,"
                f" had {brought.balance} and {brought.lifetime_points}"
            )
            findings.append(_finding("merges_conserve_points", source, message))
        had[target].add(brought.balance, brought.lifetime_points)
    return findings


def _entries_in_other_hands(work: UnitOfWork) -> list[Finding]:
    heirs: dict[str, str] = dict(work.db.execute("SELECT source, target FROM merges ORDER BY seq"))
    rows = work.db.execute(
        "SELECT account, posted_to, key FROM transactions WHERE account <> posted_to"
        " OR account IN (SELECT source FROM merges) ORDER BY seq"
    )
    return [
        _finding(
            "entries_move_by_merges_alone",
            account,
            f"has ptx_{key}, which was posted to loy_{posted_to} and belongs to loy_{heir}",
        )
        for account, posted_to, key in rows
        if account != (heir := _heir(heirs, posted_to))
    ]


def _heir(heirs: Mapping[str, str], account: str) -> str:
    # no account is merged twice, so this ends; in a damaged ledger it may go round
    passed: set[str] = set()
    while account in heirs and account not in passed:
        passed.add(account)
        account = heirs[account]
    return account


def _more_expiring_points_than_points(work: UnitOfWork) -> list[Finding]:
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
