"""What the money is for: cost lines met in order, what others pay of each, and the surplus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaign.core.reading.campaign import Campaign, Cost, Estimate, PaidBy, estimates_on
from campaign.core.reading.money import Money, total, zero

from .progress import Figure, added_up, remaining, rest, stated


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
    need_shown: Money
    """The estimate as stated, or what is left of it in full; rounded down where that is inexact."""
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
    needed: Figure
    """What all lines need together."""
    surplus: Figure | None
    """More than all needs, on these estimates; None where there is none."""
    shortfall: Figure | None
    """Less than all needs; pages say it once the appeal is closed."""

    @property
    def current(self) -> CostLine | None:
        """The first line that is not yet met: what gifts pay for now."""
        return next((line for line in self.lines if not line.is_met), None)


def costs_on(campaign: Campaign, day: date, raised: Figure | None) -> Costs | None:
    """Meet the lines in order with what was raised; None where the campaign lists no costs."""
    known = [cost for cost in campaign.costs if cost.is_known_on(day)]
    if not known:
        return None
    left = raised or stated(zero(campaign.currency))
    lines = []
    for cost in known:
        estimates = estimates_on(cost, day)
        payers = tuple(payer for payer in cost.paid_by if payer.holds_on(day))
        others_pay = total((payer.amount for payer in payers), campaign.currency)
        need = _need(estimates[-1].amount, others_pay) if payers else stated(estimates[-1].amount)
        # A line that is met in full is met by its own estimate; one met in part, by what is left.
        met = need if need.exact.amount <= left.exact.amount else left
        left = _less(left, met.exact)
        past = tuple(payer for payer in cost.paid_by if payer.until and payer.until <= day)
        lines.append(CostLine(cost, estimates, payers, past, others_pay, need.exact, need.in_full, met))
    needed = added_up((line.need for line in lines), campaign.currency)
    has_surplus = raised is not None and raised.exact.amount > needed.exact.amount
    return Costs(
        tuple(lines),
        needed,
        surplus=rest(raised, needed.exact) if raised and has_surplus else None,
        shortfall=remaining(raised, needed.exact) if raised else None,
    )


def _need(estimate: Money, others_pay: Money) -> Figure:
    """Never below nothing; and nothing is exactly nothing, however it was reckoned."""
    return rest(stated(estimate), others_pay)


def _less(left: Figure, met: Money) -> Figure:
    """What is left for the lines after one; only the number of a need counts, the word before it is the need's."""
    if not met.amount:
        return left
    exact, shown = (each.at(each.amount - met.amount) for each in (left.exact, left.shown))
    shown = shown if shown.is_exact else shown.rounded_down()
    nothing = zero(met.currency)
    return Figure(exact if exact.amount > 0 else nothing, shown if shown.amount > 0 else nothing)


@dataclass(frozen=True, slots=True)
class OthersPay:
    """What others have begun to pay of the goal since it was set."""

    who: tuple[str, ...]
    """Each once, in the order of the costs."""
    amount: Figure
    """At most what their lines are estimated at, and at most the goal."""


def others_pay_since(campaign: Campaign, day: date) -> OthersPay | None:
    """What comes off what is asked for: ``paid_by`` in force on ``day`` that began after the goal in force was set.

    Nobody takes over more of a line than it is estimated at, with what others paid of it before.
    """
    goal = campaign.goals_on(day)[-1]
    goal_said = goal.from_
    who: list[str] = []
    amounts: list[Money] = []
    for cost in campaign.costs:
        payers = [payer for payer in cost.paid_by if payer.holds_on(day)]
        new = [payer for payer in payers if goal_said is None or payer.from_ > goal_said]
        if not new or not cost.is_known_on(day):
            continue
        left = estimates_on(cost, day)[-1].amount
        for payer in payers:
            if payer not in new:
                left = left - payer.amount
        begun = total((payer.amount for payer in new), campaign.currency)
        if left.amount > 0:
            amounts += [payer.amount for payer in new] if begun.amount <= left.amount else [left]
            who += [payer.who for payer in new]
    if not amounts:
        return None
    pay_of_goal = added_up(amounts, campaign.currency)
    if pay_of_goal.exact.amount > goal.amount.amount:
        pay_of_goal = stated(goal.amount)
    return OthersPay(tuple(dict.fromkeys(who)), pay_of_goal)


def still_to_ask(campaign: Campaign, day: date, raised: Figure | None) -> Figure | None:
    """What is missing to the goal in force, less what others have begun to pay of it; None where nothing is."""
    others = others_pay_since(campaign, day)
    return remaining(raised, campaign.goals_on(day)[-1].amount, others.amount if others else None)


def is_paid_for(costs: Costs | None, id: str, raised: Money | None) -> bool:
    """Whether the money reaches through the line ``id``; never before there is a figure."""
    if costs is None or raised is None or raised.amount == Decimal(0):
        return False
    return any(line.cost.id == id and line.is_met for line in costs.lines)
