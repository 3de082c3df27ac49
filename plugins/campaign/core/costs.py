"""What the money is for: cost lines met in order, what others pay of each, and the surplus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .campaign import Campaign, Cost, Estimate, PaidBy, estimates_on
from .money import Money, total, zero
from .progress import Figure, computed


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost on a day: need = estimate − what others pay; met = as much of it as the money reaches."""

    cost: Cost
    estimates: tuple[Estimate, ...]
    """Every estimate said so far, oldest first; the last is in force."""
    payers: tuple[PaidBy, ...]
    """Who else pays now."""
    past_payers: tuple[PaidBy, ...]
    """Who paid a part before and no longer does."""
    others_pay: Money
    need: Money
    met: Figure

    @property
    def estimate(self) -> Money:
        return self.estimates[-1].amount

    @property
    def is_met(self) -> bool:
        return self.met.exact.amount >= self.need.amount

    @property
    def is_begun(self) -> bool:
        return self.met.exact.amount > 0


@dataclass(frozen=True, slots=True)
class Costs:
    """All lines on a day; the sum of what is met plus the surplus is what was raised."""

    lines: tuple[CostLine, ...]
    surplus: Figure | None
    """More than all needs, on these estimates; None where there is none."""
    shortfall: Figure | None
    """Less than all needs; pages say it once the appeal is closed."""

    @property
    def current(self) -> CostLine | None:
        """The first line that is not yet met: what gifts pay for now."""
        return next((line for line in self.lines if not line.is_met), None)


def costs_on(campaign: Campaign, day: date, raised: Money | None) -> Costs | None:
    """Meet the lines in order with what was raised; None where the campaign lists no costs."""
    known = [cost for cost in campaign.costs if cost.is_known_on(day)]
    if not known:
        return None
    left = raised or zero(campaign.currency)
    lines = []
    for cost in known:
        estimates = estimates_on(cost, day)
        payers = tuple(payer for payer in cost.paid_by if payer.holds_on(day))
        others_pay = total((payer.amount for payer in payers), campaign.currency)
        need = _or_nothing(estimates[-1].amount - others_pay) if payers else estimates[-1].amount
        # A line that is met in full is met by its own estimate; one met in part, by what is left.
        met = Figure(need, need) if need.amount <= left.amount else computed(_or_nothing(left))
        left = left.at(left.amount - met.exact.amount)
        past = tuple(payer for payer in cost.paid_by if payer.until and payer.until <= day)
        lines.append(CostLine(cost, estimates, payers, past, others_pay, need, met))
    needed = total((line.need for line in lines), campaign.currency)
    return Costs(tuple(lines), _surplus(raised, needed), _shortfall(raised, needed))


def _or_nothing(money: Money) -> Money:
    """Never below zero; and nothing is exactly nothing, however it was reckoned."""
    return money if money.amount > 0 else zero(money.currency)


def _surplus(raised: Money | None, needed: Money) -> Figure | None:
    if raised is None or raised.amount <= needed.amount:
        return None
    return computed(raised - needed)


def _shortfall(raised: Money | None, needed: Money) -> Figure | None:
    if raised is None or raised.amount >= needed.amount:
        return None
    short = needed - raised
    return Figure(short, short.rounded_up() if short.is_exact else short)


def is_paid_for(costs: Costs | None, id: str, raised: Money | None) -> bool:
    """Whether the money reaches through the line ``id``; never before there is a figure."""
    if costs is None or raised is None or raised.amount == Decimal(0):
        return False
    return any(line.cost.id == id and line.is_met for line in costs.lines)
