"""Liability: what the outstanding points would cost if all of them were spent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Final

from ..errors import InvalidRequestError
from .entries import MemberLike, member_of

_EXACT: Final = Context(prec=200, traps=[Inexact, InvalidOperation])
_CURRENCY: Final = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Liability:
    """Outstanding points at the value of one point, which you name.

    Make one of any number of points, such as ``report.closing``.

    Raises:
        InvalidRequestError: A value that is no Decimal of zero or more, or a currency that is no
            code such as ``EUR``.

    Source: our choice.
    """

    points: int
    """Outstanding points."""
    point_value: Decimal
    """Units of the currency for one point, such as ``Decimal("0.01")``; exact, so never a float."""
    currency: str
    """Its ISO 4217 code, such as ``EUR``."""
    by_status: Mapping[str, int] = field(default_factory=dict[str, int])
    """Points by the status of the members, where they were given and say one: closed members keep
    their points."""

    def __post_init__(self) -> None:
        value: object = self.point_value
        currency: object = self.currency
        if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
            raise InvalidRequestError(
                f'point_value is a Decimal of zero or more, such as Decimal("0.01"), not {value!r}',
                param="point_value",
            )
        if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
            raise InvalidRequestError(
                f"currency is an ISO 4217 code such as EUR, not {currency!r}", param="currency"
            )

    @property
    def amount(self) -> Decimal:
        """Points times the value of a point: exact, not rounded to what coins there are."""
        return _EXACT.multiply(Decimal(self.points), self.point_value)


def points_liability(
    members: Iterable[MemberLike], *, point_value: Decimal, currency: str
) -> Liability:
    """What the balances of members are worth; constant memory.

    Args:
        members: Of either dialect, as models or as rows of an export.
        point_value: Of one point in units of the currency, such as ``Decimal("0.01")``; never a
            float.
        currency: Its ISO 4217 code, such as ``EUR``.

    Raises:
        InvalidRequestError: A row that cannot be read, a value that is no Decimal of zero or more,
            or a currency that is no code.

    Source: our choice.
    """
    tally = LiabilityTally(point_value, currency)
    for member in members:
        tally.add(member)
    return tally.total()


@dataclass(slots=True)
class LiabilityTally:
    """Sums balances."""

    point_value: Decimal
    currency: str
    _points: int = 0
    _by_status: Counter[str] = field(default_factory=Counter[str])

    def __post_init__(self) -> None:
        self.total()  # refused before anything is read

    def add(self, item: MemberLike) -> None:
        """One member more."""
        member = member_of(item)
        self._points += member.balance
        if member.status is not None:
            self._by_status[member.status] += member.balance

    def total(self) -> Liability:
        """What was summed."""
        return Liability(self._points, self.point_value, self.currency, dict(self._by_status))
