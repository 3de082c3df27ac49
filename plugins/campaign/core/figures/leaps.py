"""What an update must explain with ``jump``: a total, a rate or a payment that a digit too many may have made."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from campaign.core.reading.campaign import OVERALL, Campaign
from campaign.core.reading.money import Money
from campaign.core.reading.problems import FieldPath, Problem
from campaign.core.reading.update import Payment

from .ledger import Change, Entry

LEAP = 5
"""A running total that becomes this many times what it was needs a ``jump``, if the rise is also …"""
LEAP_SHARE = Decimal("0.2")
"""… more than this share of the goal."""
PAST_GOAL = Decimal("1.5")
"""An update that takes raised from under the goal to more than this many times it needs a ``jump``."""
NOTABLE = Decimal("0.1")
"""A ``jump`` belongs to a rise of more than this share of the goal, or to a total that at least doubled."""
MORE_THAN_TIMES = 3
"""A total that becomes more than this many times what it was is asked about, and not refused."""
LARGE = Decimal("0.2")
"""A total that begins with more than this share of the goal is asked about: there is nothing to compare it with."""
MUCH = Decimal("0.5")
"""A promise of more than this share of the goal is asked about, and Gift Aid of more than this share of raised."""
MAX_RATE = Decimal("1.25")
"""A rate that becomes more than this many times what it was, or as much less, needs a ``jump``."""


def leapt(campaign: Campaign, before: Entry | None, entry: Entry) -> tuple[Change, ...]:
    """What the ``jump`` of an update explains: its totals that rose by much, else what they come to together."""
    return Leaps(campaign, before, entry).leapt()


def leapt_payments(campaign: Campaign, before: Entry | None, entry: Entry) -> tuple[Payment, ...]:
    """The large payments that the ``jump`` of an update explains."""
    return Leaps(campaign, before, entry).leapt_payments()


class Leaps:
    """What leaps in the step from one entry to the next."""

    def __init__(self, campaign: Campaign, before: Entry | None, entry: Entry) -> None:
        """before: None for the first entry."""
        self.campaign, self.before, self.entry = campaign, before, entry
        self.said = entry.update.said

    def problems(self) -> Iterator[Problem]:
        """What leaps and is not explained, and an explanation of what does not leap."""
        leaps, document = dict(self._leaping()), self.entry.update.document
        if not self.said.jump:
            yield from (document.problem("leap", message, *path) for path, message in leaps.items())
        elif not leaps and not self.leapt() and not self.leapt_payments():
            message = "nothing leaps in this update; leave jump out, and tell it in the story"
            yield document.problem("leap", message, "jump")

    def leapt(self) -> tuple[Change, ...]:
        """The changes that a ``jump`` explains."""
        parts = tuple(change for _, change in self._rises() if self._is_notable(change) and change.key != OVERALL)
        return parts or tuple(change for _, change in self._together() if self._is_notable(change))

    def leapt_payments(self) -> tuple[Payment, ...]:
        """The payments that a ``jump`` explains."""
        far = {path[1] for path, _ in self._leaping_payments()}
        paid = enumerate(self.said.paid)
        return tuple(payment for n, payment in paid if n in far or self._is_large(payment, NOTABLE))

    def _say(self, money: Money) -> str:
        return self.campaign.region.say(money)

    @property
    def _goal(self) -> Money:
        return self.entry.in_force.goal

    def _rises(self) -> Iterator[tuple[FieldPath, Change]]:
        """Every change of a total, and of what they come to where that is stated, with where it stands in the file."""
        yield from self.entry.restated
        for change in self.entry.changes:
            if change.key in self.entry.received:
                yield ("received",), change
        if OVERALL in self.said.totals and all(change.key != OVERALL for change in self.entry.changes):
            yield from self._together("totals", OVERALL)

    def _together(self, *path: str) -> Iterator[tuple[FieldPath, Change]]:
        if self.entry.raised is not None:
            yield path, Change(OVERALL, self.before.raised if self.before else None, self.entry.raised)

    def _leaping(self) -> Iterator[tuple[FieldPath, str]]:
        """What leaps, with where it stands: the parts, or where none does what they come to."""
        found = False
        for path, change in self._rises():
            # What the parts come to is told of where no part is.
            if not (found and change.key == OVERALL) and self._is_leap(change):
                found = True
                yield path, self._leap_help(change)
        for path, change in self._together("totals" if self.said.totals else "received"):
            if not found and self._leaves_the_goal_behind():
                yield path, f"raised: {self._leap_help(change)}"
        yield from self._leaping_payments()
        yield from self._leaping_rates()

    def _leaping_rates(self) -> Iterator[tuple[FieldPath, str]]:
        """A rate that is the other way round, or has a digit wrong."""
        for currency, worth in self.said.rates.items():
            before = self.before.rates.get(currency) if self.before else None
            if before and max(worth, before.worth) > MAX_RATE * min(worth, before.worth):
                message = (
                    f"one {currency} was worth {before.worth} on {before.day}, and is worth {worth} now; is it the"
                    " other way round, or a digit wrong? If it is right, say why on a line jump: …"
                )
                yield ("rates", currency), message

    def _leaping_payments(self) -> Iterator[tuple[FieldPath, str]]:
        """Payments that a digit too many may have made: large for what there is, or for what their cost was to be."""
        for index, payment in enumerate(self.said.paid):
            line = next((line for line in self.entry.in_force.costs if line.cost.id == payment.cost), None)
            so_far = self.entry.paid[payment.is_for]
            large = f"{self._say(payment.amount)} to {payment.to}"
            if line:
                most = line.estimate.amount
                is_far = so_far.amount >= LEAP * most or (self._is_large(payment) and so_far.amount > PAST_GOAL * most)
                what = f"takes what was paid for {line.cost.label} to {self._say(so_far)}, estimated at"
                message = f"{what} {self._say(line.estimate)}"
            else:
                is_far = self._is_large(payment)
                share = f"more than {LEAP_SHARE:.0%} of all that was raised"
                message = f"{large} is {share}, and no cost says how much it was to be"
            if is_far and payment.amount.amount > 0:
                message = f"{message}; is there a digit too many? If it is right, say why on a line jump: …"
                yield ("paid", index, "amount"), message

    def _is_large(self, payment: Payment, share: Decimal = LEAP_SHARE) -> bool:
        # Where nobody said what came in, that is asked, and nothing can be compared.
        return self.entry.raised is not None and payment.amount.amount > share * self.entry.raised.amount

    def _is_leap(self, change: Change) -> bool:
        goal = self._goal.amount
        if change.rise <= LEAP_SHARE * goal:
            return False
        if change.before and change.before.amount:
            return change.after.amount >= LEAP * change.before.amount
        # There is nothing to compare a first figure with, and one that reaches the goal ends the asking.
        is_first = self.before is None or self.before.raised is None
        counts = not change.is_gift_aid and self._counts(change.key)
        return counts and not is_first and self._reaches_the_goal()

    def _counts(self, key: str) -> bool:
        return key == OVERALL or self.campaign.source(key).counted_in is None

    def _raised(self) -> tuple[Decimal, Decimal]:
        """What was raised before this update, and after it; nothing where nobody had said."""
        was, now = self.before.raised if self.before else None, self.entry.raised
        return was.amount if was else Decimal(0), now.amount if now else Decimal(0)

    def _leaves_the_goal_behind(self) -> bool:
        return self._is_many_goals() or (self._reaches_the_goal() and self._raised()[1] > PAST_GOAL * self._goal.amount)

    def _is_many_goals(self) -> bool:
        """The first time that there is so much more than the goal that the goal itself may be wrong."""
        was, now = self._raised()
        return was <= LEAP * self._goal.amount < now

    def _is_notable(self, change: Change) -> bool:
        if change.rise > NOTABLE * self._goal.amount:
            return True
        stood = change.before.amount if change.before else Decimal(0)
        return bool(stood) and change.after.amount >= 2 * stood

    def _leap_help(self, change: Change) -> str:
        after, goal = self._say(change.after), self._say(self._goal)
        if change.before and change.before.amount:
            step = f"leaps from {self._say(change.before)} to {after}"
        else:
            step = f"begins at {after}"
        ends = f", which reaches the goal of {goal}" if self._reaches_the_goal() else ""
        if self._is_many_goals():
            ends = f", more than {LEAP} times the goal of {goal}"
        return f"{step}{ends}; is there a digit too many? If it is right, say why on a line jump: …"

    def _reaches_the_goal(self) -> bool:
        was, now = self._raised()
        return was < self._goal.amount <= now
