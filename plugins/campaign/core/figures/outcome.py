"""What is said of the money once an appeal has ended: how it ended, and the promise that now applies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from campaign.core.reading.campaign import Promise

from .costs import Costs
from .ending import EndingKind
from .figure import Figure
from .in_force import InForce
from .ledger import Entry, raised_figure
from .spending import Spending

TOO_MUCH, TOO_LITTLE, NOT_NEEDED = "too_much", "too_little", "not_needed"


@dataclass(frozen=True, slots=True)
class EndingView:
    """How an appeal ended: what stands in the place of everything that asked."""

    kind: EndingKind
    """Why nobody is asked any more."""
    day: date
    """Since when."""
    title: str | None
    """Of the update that ended it, in the family's own words; None where campaign.yaml alone says that it closed."""
    slug: str | None
    """That update's page is ``updates/SLUG.html``; None without one."""
    promise_key: str | None
    """Which promise applies now: ``too_much``, ``too_little`` or ``not_needed``; None where none does or was made."""
    promise: str | None
    """Its words; None where none applies."""


@dataclass(frozen=True, slots=True)
class FinalAccount:
    """What became of the money of an appeal that has ended: nothing of it is unexplained without saying so."""

    raised: Figure
    """What came in."""
    spending: Spending
    """What it was spent on, and given on to whom."""
    unaccounted: Figure | None
    """What no update has said anything of yet; None where all of it is told."""


def final_account(holds: InForce, raised: Figure | None, spending: Spending | None) -> FinalAccount | None:
    """The account of an appeal that has ended; None before, and where no payment was told."""
    if holds.ending is None or raised is None or spending is None:
        return None
    left = spending.in_hand
    return FinalAccount(raised, spending, left if left.exact.amount > 0 else None)


def ending_view(holds: InForce, entry: Entry | None, costs: Costs | None) -> EndingView | None:
    """How the appeal stands ended on the day of ``holds``; None while it is not."""
    ending = holds.ending
    if ending is None:
        return None
    key = _promise_key(holds, entry, costs)
    words = getattr(holds.promise, key) if key and holds.promise else None
    return EndingView(
        kind=ending.kind,
        day=ending.day,
        title=ending.update.said.title if ending.update else None,
        slug=ending.update.slug if ending.update else None,
        promise_key=key if words else None,
        promise=words,
    )


def promise_that_applies(ending: EndingView, promise: Promise | None) -> Promise | None:
    """The promise with the words that apply after an ending, and no others; None where none do."""
    if promise is None or ending.promise_key is None:
        return None
    gone = dict.fromkeys({TOO_MUCH, TOO_LITTLE, NOT_NEEDED} - {ending.promise_key})
    return promise.model_copy(update=gone)


def _promise_key(holds: InForce, entry: Entry | None, costs: Costs | None) -> str | None:
    """What applies: more came in than the costs need (or the goal, where nobody estimated any), or less.

    Nothing does where it is exactly as much, and where nobody ever said what came in. What was given on as too much
    was too much, whatever the estimates say.
    """
    if holds.ending and holds.ending.kind is EndingKind.NOT_NEEDED:
        return NOT_NEEDED
    raised = raised_figure(entry)
    if entry is None or raised is None:
        return None
    given_on = entry.paid.get(("promise", TOO_MUCH))
    if given_on and given_on.amount > 0:
        return TOO_MUCH
    needed = costs.needed.exact if costs else holds.goal
    if raised.exact.amount == needed.amount:
        return None
    return TOO_MUCH if raised.exact.amount > needed.amount else TOO_LITTLE
