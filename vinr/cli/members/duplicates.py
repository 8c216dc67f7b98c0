"""Which accounts of a program may be one person's, and which of them each goes into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import click

from ... import Customer
from ...loyalty import Account

Trait: TypeAlias = Callable[[Account], str | None]
"""What two accounts of one person share; None where an account has none."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A merge that a person is asked to look at."""

    source: Account
    target: Account
    reason: str
    score: int = 100
    """How alike they are: 100 is the same."""

    def row(self) -> Mapping[str, object]:
        """As a line of a plan."""
        return {
            "source": self.source.id,
            "target": self.target.id,
            "reason": self.reason,
            "score": self.score,
            "program": self.source.program,
            "source_points": self.source.balance,
            "target_points": self.target.balance,
        }


def customer_of(account: Account) -> str | None:
    """The customer's id."""
    return account.customer_id


def email_of(account: Account) -> str | None:
    """The customer's e-mail address, in one spelling; None where it did not come."""
    customer = account.customer
    email = customer.email if isinstance(customer, Customer) else account.metadata.get("email")
    return (email or "").strip().casefold() or None


def name_of(account: Account) -> str | None:
    """The customer's name, where it comes with the customer or stands in the metadata."""
    customer = account.customer
    name = getattr(customer, "name", None) if isinstance(customer, Customer) else None
    return name if isinstance(name, str) and name else account.metadata.get("name")


def metadata_of(key: str) -> Trait:
    """The value of a metadata key."""

    def value(account: Account) -> str | None:
        return account.metadata.get(key, "").strip().casefold() or None

    return value


def with_the_same(trait: Trait, name: str, accounts: Sequence[Account]) -> Iterator[Proposal]:
    """The accounts that share the trait, into the best of each program.

    ``accounts`` are newest first, as VINR lists them.
    """
    groups: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        value = trait(account)
        if value is not None:
            groups[account.program, value].append(account)
    for (_, value), group in groups.items():
        target = best(group)
        reason = f"same {name}: {value}"
        yield from (Proposal(each, target, reason) for each in group if each is not target)


def best(accounts: Sequence[Account]) -> Account:
    """The one that stays: with a customer, else with most lifetime points, else the oldest."""
    return max(
        reversed(accounts), key=lambda each: (each.customer_id is not None, each.lifetime_points)
    )


def alike(accounts: Sequence[Account], least: int) -> list[Proposal]:
    """Pairs whose names and e-mail addresses read alike, the most alike ones first.

    ``least`` is a score from 0 to 100. An account is in one proposal as a source, or in any number
    as a target.
    """
    targets: set[str] = set()
    sources: set[str] = set()
    proposals: list[Proposal] = []
    for score, one, other in sorted(_pairs(accounts, least), key=lambda pair: -pair[0]):
        if sources & {one.id, other.id} or {one.id, other.id} <= targets:
            continue
        taken = [each for each in (one, other) if each.id in targets]
        target = taken[0] if taken else best((one, other))
        source = other if target is one else one
        targets.add(target.id)
        sources.add(source.id)
        reason = f"alike: {_text(source)} and {_text(target)}"
        proposals.append(Proposal(source, target, reason, score))
    return proposals


def _pairs(accounts: Sequence[Account], least: int) -> Iterator[tuple[int, Account, Account]]:
    try:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise click.UsageError('--by similar needs an extra: pip install "vinr[match]"') from None
    for program in {account.program for account in accounts}:
        known = [each for each in accounts if each.program == program and _text(each)]
        texts = [_text(each) for each in known]
        for position, text in enumerate(texts, 1):
            later = process.extract(
                text,
                texts[position:],
                scorer=fuzz.token_sort_ratio,
                score_cutoff=least,
                limit=None,
            )
            for _, score, place in later:
                yield int(score), known[position - 1], known[position + place]


def _text(account: Account) -> str:
    # of an address without its host, which many people share
    words = (name_of(account) or "", (email_of(account) or "").partition("@")[0])
    return " ".join(" ".join(words).casefold().replace(".", " ").split())


def left_behind(accounts: Iterable[Account]) -> list[Account]:
    """Closed accounts with points whose customer has an active one: VINR merges active ones."""
    active = {(each.program, each.customer_id) for each in accounts if each.status == "active"}
    return [
        each
        for each in accounts
        if each.status == "closed" and each.balance and (each.program, each.customer_id) in active
    ]
