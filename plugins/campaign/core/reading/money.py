"""Money is a Decimal in one currency with a qualifier: read strictly, added exactly, never rounded up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import Enum
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Qualifier(Enum):
    """How sure a figure is. The values are the words a volunteer writes before the amount."""

    EXACT = ""
    ABOUT = "about"
    AT_LEAST = "at least"
    MORE_THAN = "more than"

    def __add__(self, other: Qualifier) -> Qualifier:
        """A sum is "about" if any part is, else "at least" if any part is a lower bound."""
        if self is other is Qualifier.EXACT:
            return Qualifier.EXACT
        return Qualifier.ABOUT if Qualifier.ABOUT in (self, other) else Qualifier.AT_LEAST


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency.

    ``amount`` is in whole units of the currency (pounds, not pence), ``currency`` an ISO 4217 code.
    """

    amount: Decimal
    """In whole units of the currency: pounds, not pence."""
    currency: str
    """Three letters, as ISO 4217 has them."""
    qualifier: Qualifier = Qualifier.EXACT
    """How sure it is."""

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency, self.qualifier + other.qualifier)

    def __sub__(self, other: Money) -> Money:
        """Subtract; what is left of an inexact amount is "about" (a lower bound is none after subtraction)."""
        exact = self.is_exact and other.is_exact
        return Money(self.amount - self._same(other), self.currency, Qualifier.EXACT if exact else Qualifier.ABOUT)

    def _same(self, other: Money) -> Decimal:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return other.amount

    @property
    def is_exact(self) -> bool:
        """Whether it was said without a word such as about."""
        return self.qualifier is Qualifier.EXACT

    def __abs__(self) -> Money:
        """The same amount without its sign: what was taken back, as a sentence says it."""
        return self.at(abs(self.amount))

    def at(self, amount: Decimal) -> Money:
        """Another amount of the same currency and sureness."""
        return Money(amount, self.currency, self.qualifier)

    def rounded_down(self) -> Money:
        """As a computed sum is shown: whole units; an inexact one to three significant digits, two below 1,000."""
        if self.is_exact or self.amount <= 0:
            return self.at(self.amount.to_integral_value(ROUND_FLOOR))
        digits = 3 if self.amount >= 1000 else 2
        step = Decimal(10) ** max(self.amount.adjusted() - digits + 1, 0)
        return self.at(self.amount // step * step)

    def in_full(self) -> Money:
        """As a computed sum stands in a table: an exact one to the last penny, an inexact one as it is shown."""
        return self if self.is_exact else self.rounded_down()

    def rounded_up(self) -> Money:
        """The whole units that are enough to cover the amount."""
        return self.at(self.amount.to_integral_value(ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something that is not money: signatures, walkers, cakes."""

    number: int
    """How many."""
    qualifier: Qualifier = Qualifier.EXACT
    """How sure it is."""


def zero(currency: str) -> Money:
    """Nothing, exactly, in a currency (ISO 4217)."""
    return Money(Decimal(0), currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of any number of amounts, with their qualifiers added; of one, that one; of none, an exact zero."""
    summands = tuple(amounts)
    return reduce(add, summands) if summands else zero(currency)
