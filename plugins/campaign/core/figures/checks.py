"""What no update may do to the figures: fall, leap (see `leaps`) or disagree without saying why."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.core.reading.campaign import OVERALL, Campaign
from campaign.core.reading.fields import did_you_mean
from campaign.core.reading.money import Money, zero
from campaign.core.reading.problems import FieldPath, Problem
from campaign.core.reading.update import EVERY, PAID, Update

from .ending import EndingKind, may_end
from .exchange import value_of
from .leaps import Leaps
from .ledger import Balance, Change, Entry, Ledger

MAX_PROMISES = 300
"""Every update's page says what was promised by then."""


def broken_rules(campaign: Campaign, ledger: Ledger) -> Iterator[Problem]:
    """Every rule that an update breaks, each once: what follows it is judged as if its figure were meant."""
    before: Entry | None = None
    for entry in ledger.entries:
        yield from _EntryChecks(campaign, before, entry).problems()
        before = entry
    yield from _causes_below_zero(campaign, ledger)


def _causes_below_zero(campaign: Campaign, ledger: Ledger) -> Iterator[Problem]:
    stands: dict[str, Money] = {}
    for entry in ledger.entries:
        for index, receipt in enumerate(entry.update.said.received):
            if receipt.cause is None:
                continue
            amount = value_of(receipt.amount, entry.rates, campaign.currency)
            stands[receipt.cause] = stands.get(receipt.cause, zero(campaign.currency)) + amount
            if receipt.amount.amount < 0 and stands[receipt.cause].amount < 0:
                below = campaign.region.say(stands[receipt.cause])
                yield entry.update.document.problem(
                    "below-zero",
                    f"takes {receipt.cause} to {below}; no more can be taken back than came in",
                    *("received", index, "amount"),
                )


class _EntryChecks:
    """The step from one entry to the next, and what may be wrong with it."""

    def __init__(self, campaign: Campaign, before: Entry | None, entry: Entry) -> None:
        self.campaign = campaign
        self.before = before
        self.entry = entry
        self.update = entry.update
        self.said = entry.update.said

    def problems(self) -> Iterator[Problem]:
        yield from self._same_moment()
        yield from self._read_backwards()
        yield from self._below_zero()
        yield from self._falls()
        yield from Leaps(self.campaign, self.before, self.entry).problems()
        yield from self._check()
        yield from self._payments()
        yield from self._promises()
        yield from self._reached_again()
        yield from self._endings()

    def _problem(self, name: str, message: str, *path: str | int) -> Problem:
        return self.update.document.problem(name, message, *path)

    def _say(self, money: Money) -> str:
        return self.campaign.region.say(money)

    def _statements(self) -> Iterator[tuple[tuple[str, str], Balance | None]]:
        """Every running total of this update: where it stands in the file, and how it stood before."""
        before = self.before
        for key in self.said.totals:
            stood = (before.overall if key == OVERALL else before.sources.get(key)) if before else None
            yield ("totals", key), stood
        for key in self.said.gift_aid:
            yield ("gift_aid", key), before.gift_aid.get(key) if before else None

    def _same_moment(self) -> Iterator[Problem]:
        """Two totals of one moment: told where the time is most likely missing, that is, at the higher one."""
        stated = {("totals", key): money for key, money in self.said.totals.items()}
        stated |= {("gift_aid", key): money for key, money in self.said.gift_aid.items()}
        for path, before in self._statements():
            if not before or not self._is_same_moment(before):
                continue
            one, other = (stated[path], self.update), (before.stated, before.update)
            if before.stated.amount > stated[path].amount:  # the total most likely grew
                one, other = other, one
            (amount, newer), (less, older) = one, other
            when = f"at {newer.time}, too" if newer.time else "on the same day, and neither says when"
            later = "18:30" if not newer.time else "and a later time"
            yield newer.document.problem(
                "same-time",
                f"{_place(older, *path)} says {self._say(less)} {when}; if {self._say(amount)} is the newer total,"
                f" write date: {newer.day} {later} on line {_line(newer, 'date')} here, and if it is the older, on"
                f" line {_line(older, 'date')} of that file",
                *path,
            )

    def _is_same_moment(self, stated: Balance) -> bool:
        return (stated.update.day, stated.update.time) == (self.update.day, self.update.time)

    def _is_untimed(self, stated: Balance) -> bool:
        """Whether a total of the same day, not of the same moment, counts as the earlier one since it has no time."""
        return stated.update.day == self.update.day and not stated.update.time

    def _untimed(self, path: FieldPath, change: Change, stated: Balance) -> Problem:
        """A total falls within a day, and nothing says that the higher one is the older: ask where the time lacks."""
        update, (here, other) = stated.update, (change.before, change.after)
        assert here is not None
        return update.document.problem(
            "same-time",
            f"says {self._say(here)} without a time, so it counts before {_place(self.update, *path)}, which says"
            f" {self._say(other)} at {self.update.time}; if {self._say(here)} is the newer total, write date:"
            f" {update.day} and a time after {self.update.time} on line {_line(update, 'date')} here; if it is the"
            " older, one of the two is mistyped",
            *path,
        )

    def _read_backwards(self) -> Iterator[Problem]:
        for path, before in self._statements():
            if before and self.update.read_on < before.as_of:
                yield self._problem(
                    "as-of",
                    f"was read on {self.update.read_on}, but {before.update.document.path} already has it"
                    f" as of {before.as_of}; a total's day never goes back, so mend the one that is wrong",
                    *path,
                )

    def _below_zero(self) -> Iterator[Problem]:
        for key in sorted(self.entry.received):
            amount = self.entry.sources[key].stated
            if amount.amount < 0:
                yield self._problem(
                    "below-zero", f"takes {key} to {self._say(amount)}; a source cannot fall below zero", "received"
                )

    def _falls(self) -> Iterator[Problem]:
        fell = [(path, change) for path, change in self.entry.restated if change.fell]
        taken_back = [
            (("received", index, "amount"), receipt.source)
            for index, receipt in enumerate(self.said.received)
            if receipt.amount.amount < 0 and receipt.source
        ]
        paid_back = [n for n, payment in enumerate(self.said.paid) if payment.amount.amount < 0]
        keys = {change.key for _, change in fell} | {source for _, source in taken_back}
        keys |= {PAID} if paid_back else set()
        correction = self.said.correction
        yield from self._nothing_fell(keys)
        if EVERY in correction:
            if len(keys) > 1:
                yield self._problem(
                    "correction",
                    f"several totals fall ({', '.join(sorted(keys))}); write a line for each below correction:",
                    "correction",
                )
            return
        for path, change in fell:
            stated = next((stood for place, stood in self._statements() if place == path), None)
            if change.key in correction or (stated and self._is_same_moment(stated)):
                continue  # of two totals of one moment nobody knows which is the newer, and that is asked
            if stated and self._is_untimed(stated):
                yield self._untimed(path, change, stated)
            else:
                yield self._problem("fall", self._fall_help(change, stated), *path)
        for place, source in taken_back:
            # Without any correction this was a problem of the update alone, reported when it was parsed.
            if correction and source not in correction:
                yield self._problem("fall", f"takes back from {source}; say why below correction:", *place)
        for index in paid_back:
            if correction and PAID not in correction:
                yield self._problem(
                    "fall", "was paid back; say why below correction: with paid:", "paid", index, "amount"
                )

    def _nothing_fell(self, keys: set[str]) -> Iterator[Problem]:
        """A correction that the money page would list as if something had fallen."""
        if any(receipt.amount.amount < 0 and receipt.cause for receipt in self.said.received):
            return  # what is taken back from another cause is corrected, too, and has no key of its own
        for key in self.said.correction:
            if key != EVERY and key not in keys:
                message = f"{key} does not fall in this update; leave this line out, and tell it in the story"
                yield self._problem("correction", message, "correction", key)
            elif not keys:
                message = "nothing falls in this update; leave correction out, and tell it in the story"
                yield self._problem("correction", message, "correction")

    def _fall_help(self, change: Change, stated: Balance | None) -> str:
        assert change.before is not None
        where = f" (in {stated.update.document.path})" if stated else ""
        what = "the sources together fall" if change.key == OVERALL and self.entry.by_source else "falls"
        return (
            f"{what} from {self._say(change.before)}{where} to {self._say(change.after)}; a total is all that has come"
            " in so far, not what was added, so write the new total or leave it out; only if money was lost or given"
            " back, say why on a line correction: …"
        )

    def _check(self) -> Iterator[Problem]:
        """Once sources are stated, ``raised`` must equal what they add up to; the numbers are compared."""
        said = self.said.totals.get(OVERALL)
        if said is None or self.entry.raised is None or not self.entry.by_source:
            return
        difference = said.amount - self.entry.raised.amount
        if difference:
            way = "much" if difference > 0 else "little"
            yield self._problem(
                "sum",
                f"the sources add up to {self._say(self.entry.raised)} but raised says {self._say(said)}"
                f" ({self._say(Money(abs(difference), said.currency))} too {way})",
                "totals",
                OVERALL,
            )

    def _payments(self) -> Iterator[Problem]:
        """No more is spent than came in, and no more is paid back than was spent."""
        paid = self.entry.paid
        for index, payment in enumerate(self.said.paid):
            if payment.amount.amount < 0 and paid[payment.is_for].amount < 0:
                yield self._problem(
                    "below-zero",
                    f"takes what was paid for it to {self._say(paid[payment.is_for])}; no more can be paid back than"
                    " was paid, so name the cost or the promise that it was paid for",
                    *("paid", index, "amount"),
                )
        spent, raised = self.entry.spent, self.entry.raised
        if not spent or (raised is not None and spent <= raised.amount):
            return
        was = self.before
        if was and was.spent == spent and was.raised == raised:
            return  # it was told where it began
        spent_in_all = self._say(Money(spent, self.campaign.currency))
        if raised is None:
            message = f"{spent_in_all} was spent, and no update says yet what came in; state totals here or before"
        else:
            message = (
                f"takes what was spent to {spent_in_all}, and only {self._say(raised)} has come in; what is in hand"
                " cannot be below zero, so state what has come in by now, or mend the amount"
            )
            if self.said.rates:
                message += "; for money that was exchanged before it was spent, write the rate at which it was"
        where = next((key for key in ("paid", "totals", "received", "rates") if getattr(self.said, key)), "date")
        path = ("paid", len(self.said.paid) - 1, "amount") if where == "paid" else (where,)
        yield self._problem("below-zero", message, *path)

    def _promises(self) -> Iterator[Problem]:
        before = self.before.pledges if self.before else {}
        settled = self.before.settled if self.before else {}
        begins = {match.id: match.from_ for match in self.campaign.matches}
        made: set[str] = set(before)
        for index, gift in enumerate(self.said.promised):
            if gift.id in begins:
                message = f"{gift.id} is a match in campaign.yaml; give this promise another id"
                yield self._problem("promise-id", message, "promised", index, "id")
            elif gift.id in made:
                message = f"a promise {gift.id} was made before; give this one another id"
                yield self._problem("promise-id", message, "promised", index, "id")
            elif len(made) == MAX_PROMISES:
                message = f"an appeal can keep {MAX_PROMISES} promises; put several under one id, with their sum"
                yield self._problem("too-long", message, "promised", index)
                return
            made.add(gift.id)
        made |= set(begins)
        ended = {id for id, pledge in before.items() if not pledge.is_open} | set(settled)
        for key in ("kept", "withdrawn"):
            for index, id in enumerate(getattr(self.said, key)):
                if id not in made:
                    remedy = (
                        did_you_mean(id, sorted(made)) if made else "; write it under promised first, or leave it out"
                    )
                    yield self._problem("unknown-id", f"no update so far has promised {id}{remedy}", key, index)
                elif id in ended:
                    yield self._problem("promise-id", f"{id} was already kept or withdrawn", key, index)
                elif id in begins and begins[id] > self.update.day:
                    message = f"the match {id} begins on {begins[id]}, so nothing has become of it yet; leave it out"
                    yield self._problem("match", message, key, index)
                ended.add(id)

    def _reached_again(self) -> Iterator[Problem]:
        for index, id in enumerate(self.said.reached):
            if self.before and id in self.before.reached:
                path = self.before.reached[id].document.path
                yield self._problem(
                    "milestone", f"{id} was already reached in {path}; leave it out here", "reached", index
                )

    def _endings(self) -> Iterator[Problem]:
        """An appeal ends once, until it is taken up again."""
        before, said = self.entry.ended_before, self.said
        if said.resumes and before is None:
            yield self._problem(
                "ending", "the appeal has not ended, so it is not taken up again; leave it out", "resumes"
            )
        if said.ends and before and before.update and not may_end(before, EndingKind(said.ends)):
            yield self._problem(
                "ending",
                f"the appeal ended with {before.update.document.path} already ({before.kind.value}); leave it out here;"
                " if the appeal was taken up again in between, the update that told it needs resumes: true",
                "ends",
            )


def _line(update: Update, *path: str | int) -> int:
    """Where a field stands in an update's file."""
    return update.document.lines[path]


def _place(update: Update, *path: str | int) -> str:
    """A field's file and line, as problems name them."""
    return f"{update.document.path}:{_line(update, *path)}"
