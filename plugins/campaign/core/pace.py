"""Where in its life an appeal is, and how much a week has come in and is still needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR
from enum import Enum

from .campaign import Campaign, Deadline
from .money import Money
from .progress import is_reached

LEAST_DAYS = 14
"""A pace over fewer days on either side says nothing."""


class Phase(Enum):
    """The first of these that holds on a day."""

    CLOSED = "closed"
    REACHED = "goal reached"
    PAST_DEADLINE = "past the deadline"
    BEFORE = "before the first figure"
    RAISING = "raising"


def phase_on(campaign: Campaign, day: date, raised: Money | None) -> Phase:
    """The phase on ``day``; the deadline day itself is the last on which giving is asked."""
    deadline = campaign.deadline_on(day)
    if campaign.closed is not None and day >= campaign.closed:
        return Phase.CLOSED
    if is_reached(raised, campaign.goals_on(day)[-1].amount):
        return Phase.REACHED
    if deadline is not None and day > deadline.date.last:
        return Phase.PAST_DEADLINE
    return Phase.BEFORE if raised is None else Phase.RAISING


@dataclass(frozen=True, slots=True)
class Pace:
    """Money a week, worked out on the figure's own day; never a forecast."""

    on: date
    so_far: Money
    """Raised ÷ weeks since the start, rounded down to whole units."""
    needed: Money
    """What is missing ÷ weeks until the deadline, rounded up to whole units."""
    days_so_far: int
    days_to_go: int
    deadline: Deadline


def pace(campaign: Campaign, day: date, raised: Money | None, as_of: date | None) -> Pace | None:
    """The pace as of a figure; None without a full start, a deadline and 14 days on each side, or when not raising."""
    deadline, started = campaign.deadline_on(day), campaign.started
    if raised is None or as_of is None or deadline is None or started is None or not started.is_day:
        return None
    if phase_on(campaign, day, raised) is not Phase.RAISING:
        return None
    so_far, to_go = (as_of - started.first).days, (deadline.date.last - as_of).days
    if min(so_far, to_go) < LEAST_DAYS:
        return None
    missing = campaign.goals_on(day)[-1].amount - raised
    return Pace(
        on=as_of,
        so_far=raised.at((raised.amount * 7 / so_far).to_integral_value(ROUND_FLOOR)),
        needed=missing.at((missing.amount * 7 / to_go).to_integral_value(ROUND_CEILING)),
        days_so_far=so_far,
        days_to_go=to_go,
        deadline=deadline,
    )
