"""Milestones: which are reached, by which update, what is missing to the next; reached is never undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from campaign.core.reading.campaign import Campaign, Counter, Milestone
from campaign.core.reading.money import Count, Money, total

from .costs import Costs, costs_met, is_paid_for, still_to_ask
from .figure import Figure, remaining
from .in_force import InForce
from .ledger import Entry, raised_figure


class Kind(Enum):
    """How a milestone is reached."""

    AMOUNT = "amount"
    PERCENT = "percent"
    COST = "cost"
    COUNTER = "counter"
    PLANNED = "planned"
    SAID = "said"


class Note(Enum):
    """Why a milestone that was reached would not be today."""

    FELL = "fell"
    """The figure it was reached by has fallen since."""
    TARGET_ROSE = "target rose"
    """The goal or the costs have grown since."""


@dataclass(frozen=True, slots=True)
class Reached:
    """By which update a milestone was reached, and where the total stood then."""

    entry: Entry = field(repr=False)
    raised: Figure | None
    """Where the total stood then; None where there was no figure."""

    @property
    def slug(self) -> str:
        """The update's; its page is ``updates/SLUG.html``."""
        return self.entry.update.slug

    @property
    def title(self) -> str:
        """The update's headline."""
        return self.entry.update.said.title

    @property
    def day(self) -> date:
        """The day of the update after which it was reached."""
        return self.entry.update.day


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """One milestone on a day."""

    milestone: Milestone
    """What ``campaign.yaml`` says of it."""
    kind: Kind
    """How it is reached."""
    amount: Money | None
    """How much must be raised for it; None where it is not reached by money."""
    cost_label: str | None
    """The cost that is then paid for; None where it is of none."""
    counter: Counter | None
    """What is counted for it; None where nothing is."""
    count: Count | None
    """Where its counter stands; None without one, or while nobody stated it."""
    reached: Reached | None
    """By which update; None while it is not."""
    missing: Figure | None
    """What is still to go, never more than is still asked for; None where it is reached, or not by money."""
    is_not_asked_for: bool
    """Whether more is missing to it than is still asked for."""
    note: Note | None
    """Why it would not be reached today, although it was; else None."""

    @property
    def label(self) -> str | None:
        """The volunteer's words; None where the theme has words for the kind."""
        return self.milestone.label

    @property
    def has_its_updates_title(self) -> bool:
        """Whether the update that reached it is called as it is, so that one of the two names says both."""
        return bool(self.reached and self.label and self.label.casefold() == self.reached.title.casefold())

    @property
    def planned(self) -> date | None:
        """The day it is planned for; None where campaign.yaml names none."""
        return self.milestone.date


def kind_of(milestone: Milestone) -> Kind:
    """What decides that a milestone is reached."""
    if milestone.raised is not None:
        return Kind.AMOUNT if milestone.raised.amount else Kind.PERCENT
    if milestone.cost is not None:
        return Kind.COST
    if milestone.counter is not None:
        return Kind.COUNTER
    return Kind.PLANNED if milestone.date else Kind.SAID


def amount_of(milestone: Milestone, goal: Money, costs: Costs | None) -> Money | None:
    """How much must be raised for a milestone on a day; None for those that money does not reach."""
    if milestone.raised is not None:
        if milestone.raised.amount is not None:
            return milestone.raised.amount
        return goal.at(goal.amount * Decimal(milestone.raised.percent or 0) / 100)
    if milestone.cost is not None and costs is not None:
        ids = [line.cost.id for line in costs.lines]
        upto = costs.lines[: ids.index(milestone.cost) + 1]
        return total((line.need for line in upto), goal.currency)
    return None


Reaching = Mapping[int, Entry]
"""Which entry reached a milestone, by the milestone's position in campaign.yaml."""


def reach(campaign: Campaign, entries: Iterable[Entry]) -> Reaching:
    """Walk the entries once, oldest first: each milestone is reached by the first at or past it."""
    reached: dict[int, Entry] = {}
    open_ = dict(enumerate(campaign.milestones))
    for entry in entries:
        if not open_:
            break
        asks_for_costs = any(milestone.cost is not None for milestone in open_.values())
        goal = entry.in_force.goal
        costs = costs_met(entry.in_force, raised_figure(entry)) if asks_for_costs else None
        for index in [n for n, milestone in open_.items() if _holds(milestone, entry, goal, costs)]:
            reached[index] = entry
            del open_[index]
    return reached


def _holds(milestone: Milestone, entry: Entry, goal: Money, costs: Costs | None) -> bool:
    if milestone.counter is not None and milestone.at is not None:
        stands = entry.counters.get(milestone.counter)
        return stands is not None and stands[0].number >= milestone.at.number
    if milestone.cost is not None:
        return is_paid_for(costs, milestone.cost, entry.raised)
    amount = amount_of(milestone, goal, costs)
    if amount is not None:
        return entry.raised is not None and entry.raised.amount >= amount.amount
    return milestone.id in entry.reached


def milestones_on(
    campaign: Campaign, holds: InForce, entry: Entry | None, reaching: Reaching, costs: Costs | None
) -> tuple[MilestoneState, ...]:
    """Every milestone known on a day, as it stood after ``entry``: by the day reached, then what is next.

    Once the appeal has ended, nothing is next: only what was reached is left.
    """
    asked = _asked(holds, entry)
    states = []
    for index, milestone in holds.milestones:
        by = reaching.get(index)
        if entry is None or (by is not None and by.order > entry.order):
            by = None
        if by is None and holds.ending:
            continue
        states.append((index, _state(campaign, milestone, entry, by, holds.goal, costs, asked)))
    if entry is None or entry.raised is None:
        # Nothing is nearer than anything else yet: what the family names before the money comes before it.
        money = min((index for index, state in states if state.amount is not None), default=0)
        states.sort(key=lambda pair: (pair[1].reached is None and pair[0] >= money, _place(*pair)))
        return tuple(state for _, state in states)
    return tuple(state for index, state in sorted(states, key=lambda pair: _place(*pair)))


def _asked(holds: InForce, entry: Entry | None) -> Decimal:
    """How much is still asked for; nothing once the deadline is over."""
    if holds.is_past_deadline:
        return Decimal(0)
    asked = still_to_ask(holds, raised_figure(entry))
    return asked.exact.amount if asked else Decimal(0)


def _state(
    campaign: Campaign,
    milestone: Milestone,
    entry: Entry | None,
    by: Entry | None,
    goal: Money,
    costs: Costs | None,
    asked: Decimal,
) -> MilestoneState:
    amount = amount_of(milestone, goal, costs)
    raised = raised_figure(entry)
    missing = remaining(raised, amount) if raised and amount and not by else None
    is_asked_for = missing is not None and missing.exact.amount <= asked
    stands = entry.counters.get(milestone.counter) if entry and milestone.counter else None
    return MilestoneState(
        milestone=milestone,
        kind=kind_of(milestone),
        amount=amount,
        cost_label=next((cost.label for cost in campaign.costs if cost.id == milestone.cost), None),
        counter=next((counter for counter in campaign.counters if counter.id == milestone.counter), None),
        count=stands[0] if stands else None,
        reached=Reached(by, raised_figure(by)) if by else None,
        missing=missing if is_asked_for else None,
        is_not_asked_for=missing is not None and not is_asked_for,
        note=_note(milestone, entry, by, goal, costs) if by and entry else None,
    )


def _note(milestone: Milestone, entry: Entry, by: Entry, goal: Money, costs: Costs | None) -> Note | None:
    if not milestone.is_computed or _holds(milestone, entry, goal, costs):
        return None
    # It fell if it would not even hold by what it took when it was reached.
    costs_then = costs_met(by.in_force, raised_figure(entry))
    return Note.TARGET_ROSE if _holds(milestone, entry, by.in_force.goal, costs_then) else Note.FELL


def _place(index: int, state: MilestoneState) -> tuple[object, ...]:
    """Reached ones in the order they were reached; then money by amount, counters, planned days, the rest."""
    if state.reached:
        return (0, *state.reached.entry.order, index)
    if state.amount is not None:
        return (1, state.amount.amount, index)
    if state.kind is Kind.COUNTER:
        return (2, index)
    return (3, state.planned or date.max, index)
