"""What other currencies are worth: an account stated in its own, counted in the campaign's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from campaign.core.reading.money import Money, Qualifier, zero
from campaign.core.reading.update import Update


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of another currency was worth on a day."""

    currency: str
    """ISO 4217, of the other currency."""
    worth: Decimal
    """In units of the campaign's currency."""
    day: date
    """The day on which the totals beside it were read."""
    update: Update
    """The update that said so."""


@dataclass(frozen=True, slots=True)
class RateChange:
    """What a new rate alone made of a source that stood as it was."""

    before: Rate
    """By which it was counted until then."""
    now: Rate
    """By which it is counted since."""
    stood: Money
    """What it stood at when the new rate was given, in its own currency."""
    difference: Money
    """By how much it counts for more, in the campaign's currency; below zero where it counts for less."""


Rates = Mapping[str, Rate]
"""The newest rate of each currency."""


def value_of(money: Money, rates: Rates, currency: str) -> Money:
    """What an amount counts for in the campaign's currency: "about", in whole units, towards nothing.

    Raises KeyError where no update gave a rate for it, which is refused when the update is read.
    """
    if money.currency == currency:
        return money
    worth = (money.amount * rates[money.currency].worth).to_integral_value(ROUND_DOWN)
    return Money(worth, currency, Qualifier.ABOUT) if money.amount else zero(currency)


def rate_change(stood: Money, before: Rate | None, now: Rate, currency: str) -> RateChange | None:
    """What a new rate made of what stood before it; None where it makes no difference."""
    if before is None or before.worth == now.worth or not stood.amount:
        return None
    one, other = (value_of(stood, {stood.currency: rate}, currency) for rate in (before, now))
    return RateChange(before, now, stood, other - one)
