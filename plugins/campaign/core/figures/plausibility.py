"""Days and amounts that are each right alone and together what a slip of one key makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from campaign.core.reading.campaign import Campaign, Estimate, Goal
from campaign.core.reading.front_matter import Document
from campaign.core.reading.money import Money, total
from campaign.core.reading.problems import FieldPath, Problem

from .leaps import LEAP
from .ledger import Ledger

FAR = timedelta(days=20 * 366)
"""Nothing of an appeal is further than this from its beginning."""
BEFORE_THE_START = timedelta(days=366)
"""Money that an update states longer than this before the appeal started has another year than was meant."""
_MEND = "mend whichever of the two days is wrong"


def slips(campaign: Campaign, ledger: Ledger, document: Document) -> Iterator[Problem]:
    """What is refused in campaign.yaml, and of updates beside it, since it ends the asking or cannot be meant."""
    yield from _Days(campaign, ledger, document).problems()
    yield from _Amounts(campaign, ledger, document).problems()


class _Days:
    """The days of campaign.yaml, each against the others and the updates."""

    def __init__(self, campaign: Campaign, ledger: Ledger, document: Document) -> None:
        self.campaign = campaign
        self.ledger = ledger
        self.document = document
        self.started = campaign.started.first if campaign.started else None
        self.first_update = ledger.entries[0].update.day if ledger.entries else None

    def problems(self) -> Iterator[Problem]:
        yield from self._ends()
        yield from self._after_the_end()
        yield from self._out_of_order()
        yield from self._before_the_start()
        yield from self._far()

    def _order(self, message: str, *path: str | int) -> Problem:
        return self.document.problem("order", message, *path)

    def _ends(self) -> Iterator[Problem]:
        """What is to come, dated before anybody could have said or used it."""
        campaign = self.campaign
        ends: list[tuple[FieldPath, date | None, date | None]] = [
            *((("deadline", n, "date"), each.date.last, each.said) for n, each in enumerate(campaign.deadline)),
            *((("milestones", n, "date"), each.date, each.said) for n, each in enumerate(campaign.milestones)),
            *((("give", n, "closes"), each.closes, None) for n, each in enumerate(campaign.give)),
            *((("sources", n, "ended"), each.ended, None) for n, each in enumerate(campaign.sources)),
            *((("matches", n, "until"), each.until, None) for n, each in enumerate(campaign.matches)),
        ]
        for path, day, said in ends:
            if day is None:
                continue
            if said and day < said:
                yield self._order(f"is before the day on which it was said ({said}); {_MEND}", *path)
            elif self.started and day < self.started:
                yield self._order(f"is before the appeal started ({self.started}); {_MEND}", *path)
            elif path[0] == "deadline" and not said and self.first_update and day < self.first_update:
                yield self._order(f"is before the first update ({self.first_update}); {_MEND}", *path)
        if campaign.closed and self.first_update and campaign.closed < self.first_update:
            yield self._order(f"is before the first update ({self.first_update}); {_MEND}", "closed")

    def _after_the_end(self) -> Iterator[Problem]:
        """An appeal of which this file itself says that it closes neither sets a goal nor has a deadline after it.

        What an update ends overtakes whatever was planned here: whoever writes it need not look into this file.
        """
        closed = self.campaign.closed
        if closed is None or self._is_ended_by_update() or self._is_resumed_after(closed):
            return
        asked: list[tuple[FieldPath, date | None]] = [
            *((("goal", n, "from"), goal.from_) for n, goal in enumerate(self.campaign.goal)),
            *((("deadline", n, "said"), deadline.said) for n, deadline in enumerate(self.campaign.deadline)),
            *((("matches", n, "from"), match.from_) for n, match in enumerate(self.campaign.matches)),
        ]
        for path, day in asked:
            if day and day > closed:
                yield self._order(f"{day} is after the appeal closed ({closed}); {_MEND}", *path)

    def _is_ended_by_update(self) -> bool:
        """Whether an update ended the appeal, and none took it up again."""
        ending = self.ledger.entries[-1].in_force.ending if self.ledger.entries else None
        return ending is not None and ending.update is not None

    def _is_resumed_after(self, day: date) -> bool:
        return any(entry.update.said.resumes and entry.update.day >= day for entry in self.ledger.entries)

    def _out_of_order(self) -> Iterator[Problem]:
        """A list in the wrong order most likely has a wrong year in it, and an old entry would be in force."""
        campaign = self.campaign
        lists: list[tuple[FieldPath, str, Sequence[date | None]]] = [
            (("goal",), "from", [goal.from_ for goal in campaign.goal]),
            (("story",), "from", [told.from_ for told in campaign.story]),
            (("deadline",), "said", [deadline.said for deadline in campaign.deadline]),
            (("treatment",), "said", [plan.said for plan in campaign.treatment]),
        ]
        for index, cost in enumerate(campaign.costs):
            lists.append((("costs", index, "estimate"), "from", [estimate.from_ for estimate in cost.estimate]))
        for path, key, days in lists:
            for index, (before, day) in enumerate(pairwise(days), start=1):
                if before and day and day < before:
                    message = (
                        f"{day} is before the entry above it ({before}); mend the day,"
                        " or put the entries in order, the oldest first"
                    )
                    yield self._order(message, *path, index, key)

    def _before_the_start(self) -> Iterator[Problem]:
        if self.started is None or not self.ledger.entries:
            return
        newest = self.ledger.entries[-1].update.day
        if newest < self.started - BEFORE_THE_START:
            yield self._order(f"is more than a year after the newest update ({newest}); is the year right?", "started")
            return
        for entry in self.ledger.entries:
            day, said = entry.update.day, entry.update.said
            # A family may bring along what it wrote before it asked for anything.
            is_of_money = said.totals or said.received or said.gift_aid or said.promised
            if day < self.started - (BEFORE_THE_START if is_of_money else FAR):
                message = (
                    f"{day} is more than {'a year' if is_of_money else '20 years'} before the appeal started"
                    f" ({self.started}); is the year right? If it is, write under started in campaign.yaml when the"
                    " appeal began"
                )
                yield entry.update.document.problem("order", message, "date")

    def _far(self) -> Iterator[Problem]:
        begun = self.started or self.first_update
        for path, day in self._every_day():
            if begun and abs(day - begun) > FAR:
                years = abs(day - begun).days // 365
                way = "after" if day > begun else "before"
                yield self._order(f"{day} is {years} years {way} the appeal began ({begun}); is the year right?", *path)

    def _every_day(self) -> Iterator[tuple[FieldPath, date]]:
        campaign = self.campaign
        days: list[tuple[FieldPath, date | None]] = [
            (("closed",), campaign.closed),
            (("promise", "first_said"), campaign.promise.first_said if campaign.promise else None),
            *((("goal", n, "from"), goal.from_) for n, goal in enumerate(campaign.goal)),
            *((("story", n, "from"), told.from_) for n, told in enumerate(campaign.story)),
            *((("give", n, "closes"), way.closes) for n, way in enumerate(campaign.give)),
            *((("sources", n, "ended"), source.ended) for n, source in enumerate(campaign.sources)),
            *((("treatment", n, "said"), plan.said) for n, plan in enumerate(campaign.treatment)),
            *((("press", n, "date"), report.date.first) for n, report in enumerate(campaign.press)),
        ]
        for n, match in enumerate(campaign.matches):
            days += [(("matches", n, "from"), match.from_), (("matches", n, "until"), match.until)]
        for n, deadline in enumerate(campaign.deadline):
            days += [(("deadline", n, "date"), deadline.date.last), (("deadline", n, "said"), deadline.said)]
        for n, milestone in enumerate(campaign.milestones):
            days += [(("milestones", n, "date"), milestone.date), (("milestones", n, "said"), milestone.said)]
        for n, cost in enumerate(campaign.costs):
            days += [(("costs", n, "estimate", m, "from"), each.from_) for m, each in enumerate(cost.estimate)]
            for m, payer in enumerate(cost.paid_by):
                days += [(("costs", n, "paid_by", m, "from"), payer.from_)]
                days += [(("costs", n, "paid_by", m, "until"), payer.until)]
        yield from ((path, day) for path, day in days if day)


class _Amounts:
    """The amounts of campaign.yaml, each against those that it belongs with."""

    def __init__(self, campaign: Campaign, ledger: Ledger, document: Document) -> None:
        self.campaign = campaign
        self.ledger = ledger
        self.document = document
        self.say = campaign.region.say

    def problems(self) -> Iterator[Problem]:
        yield from self._steps(self.campaign.goal, "goal")
        for index, cost in enumerate(self.campaign.costs):
            yield from self._steps(cost.estimate, "costs", index, "estimate")
        yield from self._goals_in_hand()
        yield from self._payers()
        yield from self._goal_and_costs()
        yield from self._milestones()

    def _steps(self, entries: Sequence[Goal | Estimate], *path: str | int) -> Iterator[Problem]:
        for index, (before, after) in enumerate(pairwise(entries), start=1):
            if not after.jump and _digit_apart(before.amount, after.amount):
                message = (
                    f"goes from {self.say(before.amount)} to {self.say(after.amount)}; is there a digit too many"
                    " or too few? If it is right, say why beside it under jump"
                )
                yield self.document.problem("leap", message, *path, index, "amount")

    def _goals_in_hand(self) -> Iterator[Problem]:
        """A goal that falls to what is there already, so that nobody is asked any more."""
        goals = self.campaign.goal
        for index, (before, after) in enumerate(pairwise(goals), start=1):
            entry = self.ledger.entry_on(after.from_) if after.from_ else None
            raised = entry.raised if entry else None
            if raised is None or after.jump or _digit_apart(before.amount, after.amount):
                continue
            if after.amount.amount <= raised.amount < before.amount.amount:
                message = (
                    f"falls from {self.say(before.amount)} to {self.say(after.amount)}, and {self.say(raised)} was in"
                    " hand by then, so nobody would be asked any more; if it is right, say why beside it under jump"
                )
                yield self.document.problem("leap", message, "goal", index, "amount")

    def _payers(self) -> Iterator[Problem]:
        for index, cost in enumerate(self.campaign.costs):
            most = max((estimate.amount for estimate in cost.estimate), key=lambda money: money.amount)
            for number, payer in enumerate(cost.paid_by):
                if payer.amount.amount > most.amount:
                    message = (
                        f"{self.say(payer.amount)} is more than the whole line was ever estimated at"
                        f" ({self.say(most)}); write what they pay of this line"
                    )
                    yield self.document.problem("digits", message, "costs", index, "paid_by", number, "amount")

    def _goal_and_costs(self) -> Iterator[Problem]:
        """The newest goal, and what the newest estimates come to: one of the two may have lost a digit."""
        campaign, goal = self.campaign, self.campaign.goal[-1]
        if not campaign.costs or goal.jump:
            return
        costs = total((cost.estimate[-1].amount for cost in campaign.costs), campaign.currency)
        paid = [payer.amount for cost in campaign.costs for payer in cost.paid_by if payer.until is None]
        needed = costs.at(costs.amount - total(paid, campaign.currency).amount)
        is_far = needed.amount >= LEAP * goal.amount.amount
        if is_far or 0 < LEAP * costs.amount <= goal.amount.amount:
            message = (
                f"the goal is {self.say(goal.amount)}, and the costs come to {self.say(costs)}; has one of them a digit"
                " too many or too few? If it is right, write the goal as a list, and say why beside it under jump"
            )
            yield self.document.problem("digits", message, "goal")

    def _milestones(self) -> Iterator[Problem]:
        goal = max((goal.amount for goal in self.campaign.goal), key=lambda money: money.amount)
        for index, milestone in enumerate(self.campaign.milestones):
            share = milestone.raised
            if share is None:
                continue
            amount = share.amount or goal.at(goal.amount * Decimal(share.percent or 0) / 100)
            if amount.amount >= LEAP * goal.amount:
                written = f"{share.percent}% of the goal" if share.percent else self.say(amount)
                message = f"{written} is far beyond the goal of {self.say(goal)}; is there a digit too many?"
                yield self.document.problem("digits", message, "milestones", index, "raised")
        for index, match in enumerate(self.campaign.matches):
            if match.up_to.amount >= LEAP * goal.amount:
                message = (
                    f"{self.say(match.up_to)} is far beyond the goal of {self.say(goal)}; is there a digit too many?"
                )
                yield self.document.problem("digits", message, "matches", index, "up_to")


def _digit_apart(one: Money, other: Money) -> bool:
    """Whether two amounts, neither of them nothing, are as far apart as a digit makes them."""
    less, more = sorted((one.amount, other.amount))
    return less > 0 and more >= LEAP * less
