"""What the money is for: cost lines met in order, what others pay of each, and the surplus."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from campaign.core.reading.campaign import Cost, CostNote, Estimate, PaidBy
from campaign.core.reading.money import Money, total, zero

from .ending import Ending
from .figure import Figure, added_up, remaining, rest, stated
from .held_once import reckoned_once
from .in_force import CostInForce, InForce


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost on a day: need = estimate − what others pay; met = as much of it as the money reaches."""

    in_force: CostInForce
    others_pay: Money
    """What others pay of it now."""
    need: Money
    """What is left to gifts, in full."""
    need_shown: Money
    """The estimate as stated, or what is left of it in full; rounded down where that is inexact."""
    met: Figure
    """How much of that the money reaches."""

    @property
    def cost(self) -> Cost:
        """The line as campaign.yaml has it."""
        return self.in_force.cost

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Every estimate said so far, oldest first; the last is in force."""
        return self.in_force.estimates

    @property
    def estimate(self) -> Money:
        """What it costs by the estimate in force, others' parts included."""
        return self.in_force.estimate

    @property
    def payers(self) -> tuple[PaidBy, ...]:
        """Who else pays now."""
        return self.in_force.payers

    @property
    def past_payers(self) -> tuple[PaidBy, ...]:
        """Who paid a part before and no longer does."""
        return self.in_force.past_payers

    @property
    def notes(self) -> tuple[CostNote, ...]:
        """What was said of it so far, oldest first."""
        return self.in_force.notes

    @property
    def is_met(self) -> bool:
        """Whether what is met is all that is needed of it."""
        return self.met.exact.amount >= self.need.amount


@dataclass(frozen=True, slots=True)
class Costs:
    """All lines on a day; the sum of what is met plus the surplus is what was raised."""

    lines: tuple[CostLine, ...]
    """In the order in which they are met."""
    needed: Figure
    """What all lines need together."""
    surplus: Figure | None
    """More than all needs, on these estimates; None where there is none, and once the money is not needed any more."""
    current: CostLine | None
    """The first line that is not yet met: what gifts pay for now. None once the appeal has ended."""
    estimated: Figure
    """What all lines are estimated at together."""
    others_pay: Figure | None
    """What others pay of all lines together; None where nobody does."""
    met: Figure
    """How much of all lines together the money reaches."""


def costs_met(holds: InForce, raised: Figure | None) -> Costs | None:
    """Meet the lines in order with what was raised; None where nobody has estimated any cost."""
    return (
        _met(holds.costs, holds.goal.currency, raised, holds.is_held_against_goal, holds.ending)
        if holds.costs
        else None
    )


@reckoned_once
def _met(
    costs: tuple[CostInForce, ...],
    currency: str,
    raised: Figure | None,
    is_held_against_goal: bool,
    ending: Ending | None,
) -> Costs:
    left = raised or stated(zero(currency))
    lines = []
    for line in costs:
        others_pay = total((payer.amount for payer in line.payers), currency)
        need = _need(line.estimate, others_pay) if line.payers else stated(line.estimate)
        # A line that is met in full is met by its own estimate; one met in part, by what is left.
        met = need if need.exact.amount <= left.exact.amount else left
        left = _less(left, met.exact)
        lines.append(CostLine(line, others_pay, need.exact, need.in_full, met))
    others = [line.others_pay for line in lines if line.payers]
    needed = added_up((line.need for line in lines), currency)
    has_surplus = is_held_against_goal and raised is not None and raised.exact.amount > needed.exact.amount
    return Costs(
        tuple(lines),
        needed,
        surplus=rest(raised, needed.exact) if raised and has_surplus else None,
        current=None if ending else next((line for line in lines if not line.is_met), None),
        estimated=added_up((line.estimate for line in lines), currency),
        others_pay=added_up(others, currency) if others else None,
        met=added_up((line.met.exact for line in lines), currency),
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


def still_to_ask(holds: InForce, raised: Figure | None) -> Figure | None:
    """What is missing to the goal in force, less what others have begun to pay of it; None where nothing is."""
    return remaining(raised, holds.goal, holds.others_pay.amount if holds.others_pay else None)


def is_paid_for(costs: Costs | None, id: str, raised: Money | None) -> bool:
    """Whether the money reaches through the line ``id``; never before there is a figure."""
    if costs is None or raised is None or raised.amount == Decimal(0):
        return False
    return any(line.cost.id == id and line.is_met for line in costs.lines)
