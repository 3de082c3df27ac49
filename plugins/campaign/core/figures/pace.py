"""Where in its life an appeal is, and how much a week has come in and is still needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR
from enum import Enum

from campaign.core.reading.campaign import Deadline
from campaign.core.reading.dates import Period
from campaign.core.reading.money import Money, Qualifier

from .as_of import AsOf
from .costs import still_to_ask
from .figure import Figure
from .in_force import InForce

MIN_DAYS = 14
"""A pace over fewer days on either side says nothing."""
MAX_APART = timedelta(weeks=8)
"""With parts of a figure further apart than this, too much is missing from it to say a pace."""


class Phase(Enum):
    """The first of these that holds on a day."""

    ENDED = "ended"
    """Nobody is asked any more, whatever the figures say."""
    REACHED = "goal reached"
    """Nothing is left to ask for: what was raised is at the goal, alone or with what others have begun to pay of it."""
    PAST_DEADLINE = "past the deadline"
    BEFORE = "before the first figure"
    RAISING = "raising"


def phase_of(holds: InForce, raised: Figure | None) -> Phase:
    """The phase on a day; the deadline day itself is the last on which giving is asked."""
    if holds.ending:
        return Phase.ENDED
    if still_to_ask(holds, raised) is None:
        return Phase.REACHED
    if holds.is_past_deadline:
        return Phase.PAST_DEADLINE
    return Phase.BEFORE if raised is None else Phase.RAISING


@dataclass(frozen=True, slots=True)
class Pace:
    """Money a week, worked out on the newest day of the figure's parts; never a forecast."""

    on: date
    """The day it was worked out on."""
    so_far: Money
    """Raised ÷ weeks since the start, rounded down to whole units; "at least" where older parts may have grown."""
    needed: Money
    """What is still needed ÷ weeks until the deadline, rounded up to whole units."""
    needs_at_most: bool
    """Whether ``needed`` is a bound, since older parts of an exact figure may have grown."""
    is_of_several_days: bool
    """Whether what came in since the older parts were read is missing from it."""
    days_so_far: int
    """From the start to ``on``."""
    days_to_go: int
    """From ``on`` to the deadline's last day."""
    deadline: Deadline
    """The one that it is about."""


def pace(holds: InForce, started: Period | None, raised: Figure | None, days: AsOf | None) -> Pace | None:
    """The pace as of a figure's days, of an appeal that began at ``started``.

    None without a full start, a deadline and 14 days on each side, with parts more than eight weeks apart, or when not
    raising.
    """
    deadline = holds.deadline
    if raised is None or days is None or deadline is None or started is None or not started.is_day:
        return None
    missing = still_to_ask(holds, raised)
    if missing is None or holds.ending or holds.is_past_deadline:  # else the phase is RAISING
        return None
    on, differ = days.newest, days.oldest != days.newest
    so_far, to_go = (on - started.first).days, (deadline.date.last - on).days
    if min(so_far, to_go) < MIN_DAYS or on - days.oldest > MAX_APART:
        return None
    came_in = raised.exact
    if differ and came_in.is_exact:
        came_in = replace(came_in, qualifier=Qualifier.AT_LEAST)
    needed = missing.exact
    return Pace(
        on=on,
        so_far=came_in.at((came_in.amount * 7 / so_far).to_integral_value(ROUND_FLOOR)),
        needed=needed.at((needed.amount * 7 / to_go).to_integral_value(ROUND_CEILING)),
        needs_at_most=differ and needed.is_exact,
        is_of_several_days=differ,
        days_so_far=so_far,
        days_to_go=to_go,
        deadline=deadline,
    )
