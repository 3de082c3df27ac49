"""An amount as it is and as it is shown, and what is added up of figures and taken away from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campaign.core.reading.money import Money, total, zero


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount as it is, and as it is shown in words and headlines; never shown as more than it is."""

    exact: Money
    """As it is: for comparing, never for a sentence."""
    shown: Money
    """As sentences, headlines and drawings have it."""

    @property
    def in_full(self) -> Money:
        """As tables have it: an exact amount to the last penny, an inexact one as everywhere else."""
        return self.exact if self.exact.is_exact else self.shown

    @property
    def unrounded(self) -> Money:
        """As a table that adds up has it, with the word before an inexact one.

        Rounded, about £11,288 of which £11,288 was spent would be about £11,200: less than was spent of it.
        """
        return self.exact

    @property
    def is_rounded(self) -> bool:
        """Whether less is shown than there is."""
        return self.shown.amount < self.exact.amount

    @property
    def says_something(self) -> bool:
        """Whether what is shown is more than nothing: no sentence says that £0 came in."""
        return self.shown.amount > 0


def stated(money: Money) -> Figure:
    """A figure as somebody stated it."""
    return Figure(money, money)


def computed(money: Money) -> Figure:
    """A figure that was added up or taken away: shown rounded down."""
    return Figure(money, money.rounded_down())


def added_up(amounts: Iterable[Money], currency: str) -> Figure:
    """What amounts come to: as stated where there is one that is not nothing, else as a sum is shown."""
    parts = tuple(amounts)
    whole = total(parts, currency)
    return computed(whole) if sum(part.amount != 0 for part in parts) > 1 else stated(whole)


def remaining(raised: Figure | None, target: Money, others: Figure | None = None) -> Figure | None:
    """What is missing to a target, less what others pay of it; None where nothing is.

    From the shown figures, so that a page adds up, and in whole units that are enough. Of what others pay only the
    number counts, as it does of a target: the word before it stands where it is named.
    """
    if raised is None and others is None:
        return stated(target)
    exact = target - raised.exact if raised else target
    missing = target - raised.shown if raised else target
    if others:
        exact, missing = exact.at(exact.amount - others.exact.amount), missing.at(missing.amount - others.shown.amount)
    return Figure(exact, missing.rounded_up()) if exact.amount > 0 else None


def rest(whole: Figure, part: Money) -> Figure:
    """What is left of a figure after a part of it, from the shown figure, so that a page adds up; never below nothing.

    An exact difference is shown as exactly as the whole is; an inexact one is rounded down like a sum.
    """
    exact, left = whole.exact - part, whole.shown - part
    return Figure(_or_nothing(exact), _or_nothing(left if left.is_exact else left.rounded_down()))


def _or_nothing(money: Money) -> Money:
    return money if money.amount > 0 else zero(money.currency)


def beyond(raised: Figure, goal: Money) -> Figure | None:
    """What came in over the goal; None where the shown figure is not beyond it."""
    over = rest(raised, goal)
    return over if over.says_something else None


def gained(before: Figure, after: Figure) -> Figure | None:
    """What a figure grew by: pence where both were stated so, else rounded down; None where no growth is to be seen."""
    more = after.exact - before.exact
    are_stated = before.exact == before.shown and after.exact == after.shown
    figure = stated(more) if are_stated and more.is_exact else computed(more)
    return figure if figure.says_something else None
