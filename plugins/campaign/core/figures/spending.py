"""What the money has been spent on, and what of it is in hand; raised never falls because money was spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.core.reading.campaign import Campaign
from campaign.core.reading.update import Payment, Update

from .figure import Figure, added_up, rest
from .in_force import InForce
from .ledger import Entry, raised_figure


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent by a day, and what is left: in hand and paid together are what was raised, always."""

    paid: Figure
    """More than nothing: no page says that £0 was paid."""
    in_hand: Figure
    """What was raised and not spent."""


@dataclass(frozen=True, slots=True)
class PaidOut:
    """One payment, and the update that told of it."""

    payment: Payment
    """How much, to whom and for what."""
    update: Update
    """The update that said so."""
    label: str | None
    """The words of the cost line that it was for; None where it was for none."""


@dataclass(frozen=True, slots=True)
class PaidFor:
    """What was paid for one thing."""

    cost: str | None
    """A cost line's id; None where it is no cost line."""
    label: str | None
    """A cost line's words; None where it is no cost line."""
    promise_key: str | None
    """The promise that it was given on under: ``too_much``, ``too_little`` or ``not_needed``; None where it was not."""
    promise: str | None
    """Its words; None where they were not said."""
    paid: Figure
    """What it comes to."""
    payments: tuple[PaidOut, ...]
    """Oldest first; what was paid back, too, with amounts below zero."""


@dataclass(frozen=True, slots=True)
class Spending:
    """Every payment so far, by what it was for."""

    paid: Figure
    """All together."""
    in_hand: Figure
    """What was raised and not spent."""
    costs: tuple[PaidFor, ...]
    """For the cost lines, in their order."""
    given_on: tuple[PaidFor, ...]
    """For somebody else, under a promise."""
    other: PaidFor | None
    """For neither; None where nothing was."""

    @property
    def lines(self) -> tuple[PaidFor, ...]:
        """All of them; together they are what was paid."""
        return (*self.costs, *self.given_on, *((self.other,) if self.other else ()))


def spent(campaign: Campaign, entry: Entry | None) -> Spent | None:
    """What was spent after an entry; None before the first payment, and where all of it was paid back."""
    raised = raised_figure(entry)
    if entry is None or raised is None:
        return None
    paid = added_up(entry.paid.values(), campaign.currency)
    return Spent(paid, rest(raised, paid.exact)) if paid.exact.amount > 0 else None


def spending(campaign: Campaign, holds: InForce, entries: Sequence[Entry]) -> Spending | None:
    """Every payment that ``entries`` tell of; None before the first, and where all of it was paid back."""
    so_far = spent(campaign, entries[-1]) if entries else None
    if so_far is None:
        return None
    found: dict[tuple[str, str], list[PaidOut]] = {}
    for entry in entries:
        for payment in entry.update.said.paid:
            found.setdefault(payment.is_for, []).append(paid_out(campaign, payment, entry.update))
    costs = [
        _paid_for(campaign, tuple(paid), cost=cost.id, label=cost.label)
        for cost in campaign.costs
        if (paid := found.get(("cost", cost.id)))
    ]
    given_on = [
        _paid_for(
            campaign, tuple(paid), promise_key=key, promise=getattr(holds.promise, key) if holds.promise else None
        )
        for key in ("too_much", "too_little", "not_needed")
        if (paid := found.get(("promise", key)))
    ]
    other = found.get(("", ""))
    return Spending(
        paid=so_far.paid,
        in_hand=so_far.in_hand,
        costs=tuple(costs),
        given_on=tuple(given_on),
        other=_paid_for(campaign, tuple(other)) if other else None,
    )


def paid_out(campaign: Campaign, payment: Payment, update: Update) -> PaidOut:
    """A payment that ``update`` told of, with the words of what it was for."""
    label = next((cost.label for cost in campaign.costs if cost.id == payment.cost), None)
    return PaidOut(payment, update, label)


def _paid_for(
    campaign: Campaign,
    payments: tuple[PaidOut, ...],
    *,
    cost: str | None = None,
    label: str | None = None,
    promise_key: str | None = None,
    promise: str | None = None,
) -> PaidFor:
    paid = added_up((found.payment.amount for found in payments), campaign.currency)
    return PaidFor(cost, label, promise_key, promise, paid, payments)
