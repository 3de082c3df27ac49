"""Updates fold into a Ledger: where every source stood after each update, and every rule of adding up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from .campaign import OVERALL, Campaign
from .money import Count, Money, total, zero
from .problems import FieldPath, Problem
from .update import EVERY, PromisedGift, Receipt, Update

LEAP = 5
"""A running total that becomes this many times what it was needs a ``jump``, if the rise is also …"""
LEAP_SHARE = Decimal("0.2")
"""… more than this share of the goal."""
PAST_GOAL = Decimal("1.5")
"""An update that takes raised from under the goal to more than this many times it needs a ``jump``."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one source stands: its amount, the day it was read, and the update that said so."""

    amount: Money
    as_of: date
    update: Update


@dataclass(frozen=True, slots=True)
class Change:
    """One total in one update: ``key`` is a source's id or ``raised``; ``before`` is None the first time."""

    key: str
    before: Money | None
    after: Money

    @property
    def fell(self) -> bool:
        return self.before is not None and self.after.amount < self.before.amount


@dataclass(frozen=True, slots=True)
class Correction:
    """Why totals fell in an update, with every total that changed in it."""

    update: Update
    key: str
    """The source it is about; empty where one sentence covers whatever fell."""
    why: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promised gift and what became of it; it is never in raised."""

    gift: PromisedGift
    update: Update
    kept: Update | None = None
    withdrawn: Update | None = None

    @property
    def is_open(self) -> bool:
        return self.kept is None and self.withdrawn is None


@dataclass(frozen=True, slots=True)
class Entry:
    """Where everything stood after one update."""

    update: Update
    sources: Mapping[str, Standing]
    """By source id; a source not stated yet is absent."""
    overall: Standing | None
    """The overall figure, while no source has been stated."""
    raised: Money | None
    """None before the first statement."""
    is_sum: bool
    """Whether raised was added up from several parts, rather than stated by somebody."""
    gift_aid: Mapping[str, Standing]
    counters: Mapping[str, tuple[Count, Update]]
    pledges: Mapping[str, Pledge]
    reached: Mapping[str, Update]
    """Milestones that an update said are reached, by id."""
    changes: tuple[Change, ...]
    """What this update changed, and ``raised`` last where that changed."""
    corrections: tuple[Correction, ...]
    """This update's own."""

    @property
    def by_source(self) -> bool:
        """Whether raised is what the sources add up to."""
        return self.raised is not None and self.overall is None

    @property
    def order(self) -> tuple[date, str, str]:
        return self.update.order


@dataclass(frozen=True, slots=True)
class CauseReceipt:
    """An amount for another cause: shown, never counted."""

    receipt: Receipt
    update: Update


@dataclass(frozen=True)
class Ledger:
    """All entries, oldest first."""

    entries: tuple[Entry, ...]
    _days: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_days", tuple(entry.update.day for entry in self.entries))

    def entry_on(self, day: date) -> Entry | None:
        """Where everything stood at the end of ``day``; None before the first update."""
        position = bisect_right(self._days, day)
        return self.entries[position - 1] if position else None


def fold(campaign: Campaign, updates: Iterable[Update]) -> tuple[Ledger, tuple[Problem, ...]]:
    """Fold updates, in any order, into a ledger, and return with it every rule of adding up that one breaks.

    A broken rule is reported once: what follows is folded as if the figure were meant.
    """
    entry: Entry | None = None
    entries: list[Entry] = []
    problems: list[Problem] = []
    for update in sorted(updates, key=lambda update: update.order):
        step = _Step(campaign, entry, update)
        entry = step.entry()
        entries.append(entry)
        problems += step.problems(entry)
    return Ledger(tuple(entries)), tuple(problems)


class _Step:
    """One update on top of the entry before it."""

    def __init__(self, campaign: Campaign, before: Entry | None, update: Update) -> None:
        self.campaign = campaign
        self.update = update
        self.said = update.said
        self.before_sources = before.sources if before else {}
        self.before_overall = before.overall if before else None
        self.before_raised = before.raised if before else None
        self.before_gift_aid = before.gift_aid if before else {}
        self.before_pledges = before.pledges if before else {}
        self.before_reached = before.reached if before else {}
        self.before_counters = before.counters if before else {}
        self.was_by_source = before.by_source if before else False
        self.counted = tuple(source.id for source in campaign.sources if source.counted_in is None)
        self.running = {key: amount for key, amount in self.said.totals.items() if key != OVERALL}
        self.receipts = self._receipts()
        self.goal = campaign.goals_on(update.day)[-1].amount

    # -- the entry -------------------------------------------------------------------------------------

    def entry(self) -> Entry:
        sources = dict(self.before_sources)
        for key, amount in (self.running | self.receipts).items():
            read_on = self.update.read_on if key in self.running else self.update.day
            sources[key] = Standing(amount, read_on, self.update)
        stated = [sources[key].amount for key in self.counted if key in sources]
        overall = self.before_overall
        if stated:
            overall = None
        elif OVERALL in self.said.totals:
            overall = Standing(self.said.totals[OVERALL], self.update.read_on, self.update)
        raised = total(stated, self.campaign.currency) if stated else overall.amount if overall else None
        changes = self._changes(raised, is_figure=not stated)
        return Entry(
            update=self.update,
            sources=sources,
            overall=overall,
            raised=raised,
            is_sum=self._is_sum(sources),
            gift_aid={**self.before_gift_aid, **self._gift_aid()},
            counters={
                **self.before_counters,
                **{key: (count, self.update) for key, count in self.said.counters.items()},
            },
            pledges=self._pledges(),
            reached={**dict.fromkeys(self.said.reached, self.update), **self.before_reached},
            changes=changes,
            corrections=tuple(self._corrections(changes)),
        )

    def _gift_aid(self) -> Mapping[str, Standing]:
        return {key: Standing(amount, self.update.read_on, self.update) for key, amount in self.said.gift_aid.items()}

    def _receipts(self) -> dict[str, Money]:
        """What each source that records receipts stands at, where this update adds to it."""
        stands: dict[str, Money] = {}
        for receipt in self.said.received:
            if receipt.source is None or receipt.cause is not None:
                continue
            before = self.before_sources.get(receipt.source)
            start = before.amount if before else zero(self.campaign.currency)
            stands[receipt.source] = stands.get(receipt.source, start) + receipt.amount
        return stands

    def _is_sum(self, sources: Mapping[str, Standing]) -> bool:
        parts = [key for key in self.counted if key in sources and sources[key].amount.amount]
        return len(parts) > 1 or any(not self.campaign.source(key).is_running for key in parts)

    def _changes(self, raised: Money | None, *, is_figure: bool) -> tuple[Change, ...]:
        changes = [
            Change(key, self.before_sources[key].amount if key in self.before_sources else None, amount)
            for key, amount in (self.running | self.receipts).items()
        ]
        # Once sources are stated, raised is only their sum; before, and at that step, it is a statement of its own.
        if raised is not None and not self.was_by_source and (OVERALL in self.said.totals or not is_figure):
            changes.append(Change(OVERALL, self.before_raised, raised))
        return tuple(changes)

    def _pledges(self) -> Mapping[str, Pledge]:
        pledges = dict(self.before_pledges)
        for gift in self.said.promised:
            pledges.setdefault(gift.id, Pledge(gift, self.update))
        for id in (*self.said.kept, *self.said.withdrawn):
            if id in pledges and pledges[id].is_open:
                kept = id in self.said.kept
                pledges[id] = (
                    replace(pledges[id], kept=self.update) if kept else replace(pledges[id], withdrawn=self.update)
                )
        return pledges

    def _corrections(self, changes: tuple[Change, ...]) -> Iterator[Correction]:
        for key, why in self.said.correction.items():
            yield Correction(self.update, "" if key == EVERY else key, why, changes)

    # -- the rules -------------------------------------------------------------------------------------

    def problems(self, entry: Entry) -> Iterator[Problem]:
        yield from self._same_moment()
        yield from self._read_backwards()
        yield from self._below_zero()
        yield from self._falls(entry)
        yield from self._leaps(entry)
        yield from self._check(entry)
        yield from self._promises()
        yield from self._reached_again()

    def _problem(self, name: str, message: str, *path: str | int) -> Problem:
        return self.update.document.problem(name, message, *path)

    def _say(self, money: Money) -> str:
        return self.campaign.region.say(money)

    def _statements(self) -> Iterator[tuple[tuple[str, str], Standing | None]]:
        """Every running total of this update: where it stands in the file, and how it stood before."""
        for key in self.running:
            yield ("totals", key), self.before_sources.get(key)
        if OVERALL in self.said.totals:
            yield ("totals", OVERALL), self.before_overall
        for key in self.said.gift_aid:
            yield ("gift_aid", key), self.before_gift_aid.get(key)

    def _same_moment(self) -> Iterator[Problem]:
        for path, before in self._statements():
            if before and (before.update.day, before.update.time) == (self.update.day, self.update.time):
                yield self._problem(
                    "same-time",
                    f"{before.update.document.path} states it at the same time; give one of the two a later time,"
                    f" like date: {self.update.day} 18:30",
                    *path,
                )

    def _read_backwards(self) -> Iterator[Problem]:
        for path, before in self._statements():
            if before and self.update.read_on < before.as_of:
                yield self._problem(
                    "as-of",
                    f"was read on {self.update.read_on}, but {before.update.document.path} already has it"
                    f" as of {before.as_of}; a total's day never goes back",
                    *path,
                )

    def _below_zero(self) -> Iterator[Problem]:
        for key, amount in self.receipts.items():
            if amount.amount < 0:
                yield self._problem(
                    "below-zero", f"takes {key} to {self._say(amount)}; a source cannot fall below zero", "received"
                )

    def _restated(self, entry: Entry) -> Iterator[tuple[FieldPath, Change]]:
        """Every change of a running total, with where it stands in the file."""
        for change in entry.changes:
            if change.key not in self.receipts:
                yield ("totals", change.key), change
        for key, amount in self.said.gift_aid.items():
            before = self.before_gift_aid.get(key)
            yield ("gift_aid", key), Change(key, before.amount if before else None, amount)

    def _falls(self, entry: Entry) -> Iterator[Problem]:
        fell = [(path, change) for path, change in self._restated(entry) if change.fell]
        taken_back = [
            (("received", index, "amount"), receipt.source)
            for index, receipt in enumerate(self.said.received)
            if receipt.amount.amount < 0 and receipt.source
        ]
        keys = {change.key for _, change in fell} | {source for _, source in taken_back}
        correction = self.said.correction
        if EVERY in correction:
            if len(keys) > 1:
                yield self._problem(
                    "correction",
                    f"several totals fall ({', '.join(sorted(keys))}); write a line for each below correction:",
                    "correction",
                )
            return
        for path, change in fell:
            if change.key not in correction:
                yield self._problem("fall", self._fall_help(change, entry), *path)
        for place, source in taken_back:
            # Without any correction this was a problem of the update alone, reported when it was parsed.
            if correction and source not in correction:
                yield self._problem("fall", f"takes back from {source}; say why below correction:", *place)

    def _fall_help(self, change: Change, entry: Entry) -> str:
        assert change.before is not None
        what = "the sources together fall" if change.key == OVERALL and entry.by_source else "falls"
        return (
            f"{what} from {self._say(change.before)} to {self._say(change.after)}; if that is right, say why on a line"
            " correction: …, if not, mend the figure"
        )

    def _leaps(self, entry: Entry) -> Iterator[Problem]:
        if self.said.jump:
            return
        leapt = False
        for path, change in self._restated(entry):
            before, after = change.before, change.after
            if before is None or before.amount == 0:
                continue
            if after.amount >= LEAP * before.amount and after.amount - before.amount > LEAP_SHARE * self.goal.amount:
                leapt = True
                yield self._problem("leap", self._leap_help(before, after), *path)
        was, now = self.before_raised, entry.raised
        if leapt or was is None or now is None or was.amount == 0:
            return
        if was.amount < self.goal.amount and now.amount > PAST_GOAL * self.goal.amount:
            place = "totals" if self.said.totals else "received"
            yield self._problem("leap", f"raised: {self._leap_help(was, now)}", place)

    def _leap_help(self, before: Money, after: Money) -> str:
        return (
            f"leaps from {self._say(before)} to {self._say(after)}; is there a digit too many?"
            " If it is right, say why on a line jump: …"
        )

    def _check(self, entry: Entry) -> Iterator[Problem]:
        """Once sources are stated, ``raised`` must equal what they add up to; the numbers are compared."""
        said = self.said.totals.get(OVERALL)
        if said is None or entry.raised is None or not entry.by_source:
            return
        difference = said.amount - entry.raised.amount
        if difference:
            way = "much" if difference > 0 else "little"
            yield self._problem(
                "sum",
                f"the sources add up to {self._say(entry.raised)} but raised says {self._say(said)}"
                f" ({self._say(Money(abs(difference), said.currency))} too {way})",
                "totals",
                OVERALL,
            )

    def _promises(self) -> Iterator[Problem]:
        known = set(self.before_pledges)
        for index, gift in enumerate(self.said.promised):
            if gift.id in known:
                yield self._problem(
                    "promise-id",
                    f"a promise {gift.id} was made before; give this one another id",
                    "promised",
                    index,
                    "id",
                )
            known.add(gift.id)
        pledges = {gift.id: Pledge(gift, self.update) for gift in self.said.promised} | dict(self.before_pledges)
        ended: set[str] = set()
        for key in ("kept", "withdrawn"):
            for index, id in enumerate(getattr(self.said, key)):
                if id not in pledges:
                    yield self._problem("unknown-id", f"no update so far has promised {id}", key, index)
                elif not pledges[id].is_open or id in ended:
                    yield self._problem("promise-id", f"{id} was already kept or withdrawn", key, index)
                ended.add(id)

    def _reached_again(self) -> Iterator[Problem]:
        for index, id in enumerate(self.said.reached):
            if id in self.before_reached:
                path = self.before_reached[id].document.path
                yield self._problem(
                    "milestone", f"{id} was already reached in {path}; leave it out here", "reached", index
                )
