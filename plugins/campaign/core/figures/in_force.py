"""What holds on a day: of everything that campaign.yaml says, what was said by then, and which of it is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from campaign.core.reading.campaign import (
    Campaign,
    Cost,
    CostNote,
    Deadline,
    Estimate,
    Goal,
    Introduction,
    Match,
    Milestone,
    PaidBy,
    Press,
    Promise,
    Treatment,
)
from campaign.core.reading.money import Money, total

from .ending import Ending, EndingKind
from .figure import Figure, added_up, stated
from .held_once import held_once


@dataclass(frozen=True, slots=True)
class CostInForce:
    """One cost line, as it was known on a day."""

    cost: Cost
    estimates: tuple[Estimate, ...]
    """Oldest first; the last is in force."""
    payers: tuple[PaidBy, ...]
    """Who else pays on that day."""
    past_payers: tuple[PaidBy, ...]
    """Who paid a part before and no longer does."""
    notes: tuple[CostNote, ...]
    """Oldest first."""

    @property
    def estimate(self) -> Money:
        """The amount of the estimate in force."""
        return self.estimates[-1].amount


@dataclass(frozen=True, slots=True)
class OthersPay:
    """What others have begun to pay of the goal since it was set."""

    who: tuple[str, ...]
    """Each once, in the order of the costs."""
    amount: Figure
    """At most what their lines are estimated at, and at most the goal."""


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds on a day; made once for each day that figures are reckoned on."""

    day: date
    goals: tuple[Goal, ...]
    """Said so far, oldest first; the last is in force."""
    costs: tuple[CostInForce, ...]
    """The lines that somebody had estimated by then, in the order in which they are met."""
    others_pay: OthersPay | None
    """What comes off what is asked for; None where nobody has begun to pay since the goal was set."""
    deadlines: tuple[Deadline, ...]
    """Said so far, oldest first; the last is in force."""
    ending: Ending | None
    """How the appeal ended; None while it has not, and once it was taken up again."""
    promise: Promise | None
    story: tuple[Introduction, ...]
    """Who it is for, oldest first; the last is in force. None that was told before the money was not needed any more,
    which was told to explain why it was."""
    matches: tuple[Match, ...]
    """Those that have begun."""
    milestones: tuple[tuple[int, Milestone], ...]
    """Those that were said, with their positions in campaign.yaml; none whose cost nobody had estimated."""
    treatment: tuple[Treatment, ...]
    """Plans, oldest first."""
    press: tuple[Press, ...]
    """Reports that were out, newest first."""

    @property
    def goal(self) -> Money:
        """What donors are asked for."""
        return self.goals[-1].amount

    @property
    def is_held_against_goal(self) -> bool:
        """Whether what was raised is compared with the goal; not where it is not needed any more."""
        return self.ending is None or self.ending.kind is not EndingKind.NOT_NEEDED

    @property
    def deadline(self) -> Deadline | None:
        """As it was known then; the newest that was said."""
        return self.deadlines[-1] if self.deadlines else None

    @property
    def is_past_deadline(self) -> bool:
        """The deadline's own day is the last on which giving is asked."""
        return self.deadline is not None and self.day > self.deadline.date.last


def in_force(campaign: Campaign, day: date, ending: Ending | None = None, before: InForce | None = None) -> InForce:
    """What of a campaign holds on ``day``. The first goal holds from the beginning, whenever it was said.

    ending: how the appeal stands then, which updates say, too. before: what held on an earlier day of the same
    campaign; what of it still does is held in memory once.
    """
    dated_goals = _dated(campaign.goal)
    # A goal that was planned for later is overtaken by the ending: nobody was ever asked for it.
    asked_until = min(day, ending.day) if ending else day
    goals = tuple(goal for goal in dated_goals if _is_begun(goal, asked_until)) or dated_goals[:1]
    costs = tuple(found for cost in campaign.costs if (found := _cost(cost, day)).estimates)
    known = {line.cost.id for line in costs}
    holds = InForce(
        day=day,
        goals=goals,
        costs=costs,
        others_pay=_others_pay(campaign.currency, goals[-1], costs),
        deadlines=tuple(
            sorted((d for d in campaign.deadline if _is_said(d.said, day)), key=lambda d: d.said or date.min)
        ),
        ending=ending,
        promise=campaign.promise if campaign.promise and _is_said(campaign.promise.first_said, day) else None,
        story=_story(campaign, day, ending),
        matches=tuple(match for match in campaign.matches if match.from_ <= day),
        milestones=tuple(
            (position, milestone)
            for position, milestone in enumerate(campaign.milestones)
            if _is_said(milestone.said, day) and (milestone.cost is None or milestone.cost in known)
        ),
        treatment=tuple(sorted((p for p in campaign.treatment if p.said <= day), key=lambda plan: plan.said)),
        press=tuple(
            sorted((p for p in campaign.press if p.date.first <= day), key=lambda p: p.date.first, reverse=True)
        ),
    )
    return held_once(holds, before)


def as_known(campaign: Campaign, holds: InForce) -> Campaign:
    """The same appeal without anything that was said or began later than the day of ``holds``.

    Once it has ended, without what asks: no address to give at or to sign at, no deadline, no plan; and where the money
    is not needed any more, without the sentence that said why it was.
    """
    return campaign.model_copy(
        update={
            "goal": holds.goals,
            "costs": tuple(_as_known_cost(line, holds.day) for line in holds.costs),
            "promise": holds.promise,
            "story": holds.story,
            "matches": holds.matches,
            "milestones": tuple(m for m in campaign.milestones if _is_said(m.said, holds.day)),
            "press": holds.press,
            **_without_asking(campaign, holds),
        }
    )


def _without_asking(campaign: Campaign, holds: InForce) -> dict[str, object]:
    deadlines = tuple(d for d in campaign.deadline if _is_said(d.said, holds.day))
    if holds.ending is None:
        return {"deadline": deadlines, "treatment": holds.treatment}
    return {
        "deadline": (),
        "matches": (),
        "treatment": (),
        "give": tuple(way.model_copy(update={"url": None, "note": None, "account": None}) for way in campaign.give),
        "counters": tuple(counter.model_copy(update={"url": None}) for counter in campaign.counters),
        "summary": campaign.summary if holds.is_held_against_goal else None,
    }


def _as_known_cost(line: CostInForce, day: date) -> Cost:
    payers = tuple(payer for payer in line.cost.paid_by if payer.from_ <= day)
    return line.cost.model_copy(update={"estimate": line.estimates, "paid_by": payers, "notes": line.notes})


def _cost(cost: Cost, day: date) -> CostInForce:
    return CostInForce(
        cost=cost,
        estimates=tuple(estimate for estimate in _dated(cost.estimate) if _is_begun(estimate, day)),
        payers=tuple(payer for payer in cost.paid_by if payer.holds_on(day)),
        past_payers=tuple(payer for payer in cost.paid_by if payer.until and payer.until <= day),
        notes=tuple(sorted((note for note in cost.notes if note.said <= day), key=lambda note: note.said)),
    )


def _story(campaign: Campaign, day: date, ending: Ending | None) -> tuple[Introduction, ...]:
    told = (each for each in _dated(campaign.story) if _is_begun(each, day))
    if ending is None or ending.kind is not EndingKind.NOT_NEEDED:
        return tuple(told)
    return tuple(each for each in told if each.from_ is not None and each.from_ >= ending.day)


def _others_pay(currency: str, goal: Goal, costs: Sequence[CostInForce]) -> OthersPay | None:
    """What comes off what is asked for: ``paid_by`` in force that began after the goal in force was set.

    Nobody takes over more of a line than it is estimated at, with what others paid of it before.
    """
    who: list[str] = []
    amounts: list[Money] = []
    for line in costs:
        new = [payer for payer in line.payers if goal.from_ is None or payer.from_ > goal.from_]
        left = line.estimate
        for payer in line.payers:
            if payer not in new:
                left = left - payer.amount
        begun = total((payer.amount for payer in new), currency)
        if left.amount > 0:
            amounts += [payer.amount for payer in new] if begun.amount <= left.amount else [left]
            who += [payer.who for payer in new]
    if not amounts:
        return None
    pay_of_goal = added_up(amounts, currency)
    if pay_of_goal.exact.amount > goal.amount.amount:
        pay_of_goal = stated(goal.amount)
    return OthersPay(tuple(dict.fromkeys(who)), pay_of_goal)


class _From(Protocol):
    @property
    def from_(self) -> date | None: ...


D = TypeVar("D", bound=_From)


def _dated(entries: Sequence[D]) -> tuple[D, ...]:
    """Oldest first; an entry without a day stands from the beginning."""
    return tuple(sorted(entries, key=lambda entry: entry.from_ or date.min))


def _is_begun(entry: _From, day: date) -> bool:
    return entry.from_ is None or entry.from_ <= day


def _is_said(said: date | None, day: date) -> bool:
    return said is None or said <= day
