"""Updates fold into a Ledger: where every source stood after each update."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from campaign.core.reading.campaign import OVERALL, Campaign
from campaign.core.reading.money import Count, Money, total, zero
from campaign.core.reading.problems import FieldPath
from campaign.core.reading.update import EVERY, PAID, Payment, PromisedGift, Receipt, Update

from .ending import Ending, ending_after, ending_on
from .exchange import Rate, RateChange, Rates, rate_change, value_of
from .figure import Figure, computed, stated
from .held_once import held_once
from .in_force import InForce, in_force

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Balance:
    """Where one source stands: its amount, the day it was read, and the update that said so."""

    amount: Money
    """What it counts for, in the campaign's currency: as stated, or what its receipts come to."""
    as_of: date
    """The day on which somebody read it."""
    update: Update
    """The update that said so."""
    own: Money | None = None
    """What it stands at in its own currency, where that is another; None where it is the campaign's."""
    rate: Rate | None = None
    """By which that was counted; None where nothing had to be."""
    by_rate: RateChange | None = None
    """What the newest rate alone made of what stood before it; None where it made nothing."""

    @property
    def stated(self) -> Money:
        """What it stands at, in the currency in which it is stated."""
        return self.own or self.amount


@dataclass(frozen=True, slots=True)
class Change:
    """One total in one update: ``key`` is a source's id or ``raised``; ``before`` is None the first time."""

    key: str
    """The source's id, or ``raised`` for the overall figure."""
    before: Money | None
    """What it was; None the first time."""
    after: Money
    """What it became."""
    is_added_up: bool = False
    """Whether both were added up from receipts, rather than stated."""
    rate: Decimal | None = None
    """What one unit of its currency was worth then; None where that is the campaign's."""
    is_gift_aid: bool = False
    """Whether it is the source's Gift Aid that changed, which is in no total."""

    @property
    def before_shown(self) -> Money | None:
        """The amount before, as pages show it; None where there was none."""
        return self.before.in_full() if self.before and self.is_added_up else self.before

    @property
    def after_shown(self) -> Money:
        """The amount after, as pages show it."""
        return self.after.in_full() if self.is_added_up else self.after

    @property
    def fell(self) -> bool:
        """Whether there was more before."""
        return self.before is not None and self.after.amount < self.before.amount

    @property
    def rise(self) -> Decimal:
        """By how much it rose, from nothing where it was not stated before; below zero where it fell.

        In the campaign's currency, at the rate of the update.
        """
        return (self.after.amount - (self.before.amount if self.before else Decimal(0))) * (self.rate or 1)


@dataclass(frozen=True, slots=True)
class Correction:
    """Why totals fell in an update, with what fell."""

    update: Update
    """The update that says so."""
    key: str
    """The source it is about; empty where one sentence covers whatever fell."""
    why: str
    """The volunteer's words."""
    changes: tuple[Change, ...]
    """Every total that fell and that it is about, Gift Aid too."""
    taken_back: tuple[Receipt, ...]
    """The amounts that were taken back and that it is about."""
    paid_back: tuple[Payment, ...]
    """The payments below zero that it is about: money that was spent and came back."""

    @property
    def is_of_raised(self) -> bool:
        """Whether what was raised is corrected, and not only Gift Aid or money for another cause."""
        fell = any(not change.is_gift_aid for change in self.changes)
        return fell or any(receipt.cause is None for receipt in self.taken_back)


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promised gift and what became of it; it is never in raised."""

    gift: PromisedGift
    """What the update said of it."""
    update: Update
    """The update in which it was promised."""
    kept: Update | None = None
    """The update that says it came in; else None."""
    withdrawn: Update | None = None
    """The update that says it will not come; else None."""

    @property
    def is_open(self) -> bool:
        """Whether it is promised still, neither kept nor withdrawn."""
        return self.kept is None and self.withdrawn is None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a match."""

    update: Update
    is_kept: bool
    before: Entry | None = field(repr=False, compare=False)
    """Where everything stood before that update: what came in with it is no gift of others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where everything stood after one update."""

    update: Update
    in_force: InForce
    """What held on the update's day, its own word of an ending counted."""
    ended_before: Ending | None
    """The ending that held when it came."""
    rates: Rates
    """The newest rate of each other currency."""
    sources: Mapping[str, Balance]
    """By source id; a source not stated yet is absent."""
    overall: Balance | None
    """The overall figure, while no source has been stated."""
    raised: Money | None
    """None before the first statement."""
    is_sum: bool
    """Whether raised was added up from several parts, rather than stated by somebody."""
    gift_aid: Mapping[str, Balance]
    counters: Mapping[str, tuple[Count, Update]]
    pledges: Mapping[str, Pledge]
    settled: Mapping[str, Settled]
    """Matches that were kept or withdrawn, by id."""
    paid: Mapping[tuple[str, str], Money]
    """What was spent so far, by what it was for, as ``Payment.is_for`` says."""
    reached: Mapping[str, Update]
    """Milestones that an update said are reached, by id."""
    changes: tuple[Change, ...]
    """What this update changed, and ``raised`` last where that changed."""
    gift_aid_changes: tuple[Change, ...]
    """What it changed of Gift Aid."""
    corrections: tuple[Correction, ...]
    """This update's own."""
    figure: Figure | None
    """What was raised: as stated where somebody stated it, rounded down where it was added up."""

    @property
    def by_source(self) -> bool:
        """Whether raised is what the sources add up to."""
        return self.raised is not None and self.overall is None

    @property
    def received(self) -> frozenset[str]:
        """The sources to which this update's receipts were added."""
        receipts = self.update.said.received
        return frozenset(receipt.source for receipt in receipts if receipt.source is not None and receipt.cause is None)

    @property
    def restated(self) -> Iterator[tuple[FieldPath, Change]]:
        """Every change of a running total, with where it stands in the update's file."""
        received = self.received
        for change in self.changes:
            if change.key not in received:
                yield ("totals", change.key), change
        for change in self.gift_aid_changes:
            yield ("gift_aid", change.key), change

    @property
    def spent(self) -> Decimal:
        """How much was spent so far."""
        return sum((money.amount for money in self.paid.values()), Decimal(0))

    @property
    def order(self) -> tuple[date, str, str]:
        """What entries are sorted by: the update's day, its time (empty without one) and its file's name."""
        return self.update.order


def in_force_on(campaign: Campaign, day: date, entry: Entry | None) -> InForce:
    """What holds on ``day``, with ``entry`` as the newest by then."""
    said, last = (entry.in_force.ending, entry.update.day) if entry else (None, None)
    return in_force(campaign, day, ending_on(day, campaign.closed, said, last))


def raised_figure(entry: Entry | None) -> Figure | None:
    """What was raised after an entry; None before the first statement."""
    return entry.figure if entry else None


@dataclass(frozen=True, slots=True)
class CauseReceipt:
    """An amount for another cause: shown, never counted."""

    receipt: Receipt
    """What came in, or was taken back."""
    update: Update
    """The update that said so."""
    counts_for: Money
    """In the campaign's currency."""


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

    def until(self, day: date) -> tuple[Entry, ...]:
        """The entries of ``day`` and all days before it."""
        return self.entries[: bisect_right(self._days, day)]


def fold(campaign: Campaign, updates: Iterable[Update]) -> Ledger:
    """Fold updates, in any order, into a ledger; what they state is taken as it is, right or wrong (see rules)."""
    entries: list[Entry] = []
    for update in sorted(updates, key=lambda update: update.order):
        entries.append(_NextEntry(campaign, entries[-1] if entries else None, update).entry())
    return Ledger(tuple(entries))


def _with(stood: Mapping[str, T], new: Mapping[str, T]) -> Mapping[str, T]:
    """Both as one: what stood itself where nothing is new, so that what many updates leave as it was is held once."""
    return {**stood, **new} if new else stood


def _figure(raised: Money | None, *, is_sum: bool) -> Figure | None:
    return None if raised is None else computed(raised) if is_sum else stated(raised)


class _NextEntry:
    """One update on top of the entry before it."""

    def __init__(self, campaign: Campaign, before: Entry | None, update: Update) -> None:
        self.campaign = campaign
        self.update = update
        self.said = update.said
        self.before = before
        self.before_ending = before.in_force.ending if before else None
        self.before_day = before.update.day if before else None
        self.before_sources = before.sources if before else {}
        self.before_overall = before.overall if before else None
        self.before_raised = before.raised if before else None
        self.before_gift_aid = before.gift_aid if before else {}
        self.before_pledges = before.pledges if before else {}
        self.before_settled = before.settled if before else {}
        self.before_paid = before.paid if before else {}
        self.before_reached = before.reached if before else {}
        self.before_counters = before.counters if before else {}
        self.was_by_source = before.by_source if before else False
        self.rates = _with(before.rates if before else {}, self._new_rates())
        self.counted = tuple(source.id for source in campaign.sources if source.counted_in is None)
        self.running = {key: amount for key, amount in self.said.totals.items() if key != OVERALL}
        self.receipts = self._receipts()

    def entry(self) -> Entry:
        at_new_rates = self._at_new_rates()
        told = {
            key: self._balance(
                amount, self.update.read_on if key in self.running else self.update.day, at_new_rates.get(key)
            )
            for key, amount in (self.running | self.receipts).items()
        }
        sources = _with(at_new_rates, told)
        stated = [sources[key].amount for key in self.counted if key in sources]
        overall = self.before_overall
        if stated:
            overall = None
        elif OVERALL in self.said.totals:
            overall = Balance(self.said.totals[OVERALL], self.update.read_on, self.update)
        raised = total(stated, self.campaign.currency) if stated else overall.amount if overall else None
        is_sum = self._is_sum(sources)
        figure = held_once(_figure(raised, is_sum=is_sum), self.before.figure if self.before else None)
        changes = self._changes(raised, is_figure=not stated)
        return Entry(
            update=self.update,
            in_force=in_force(
                self.campaign,
                self.update.day,
                ending_after(self.update, self._ending_until_now()),
                before=self.before.in_force if self.before else None,
            ),
            ended_before=self._ending_until_now(),
            rates=self.rates,
            sources=sources,
            overall=overall,
            raised=figure.exact if figure else None,
            figure=figure,
            is_sum=is_sum,
            gift_aid=_with(self.before_gift_aid, self._gift_aid()),
            counters=_with(
                self.before_counters, {key: (count, self.update) for key, count in self.said.counters.items()}
            ),
            pledges=self._pledges(),
            settled=self._settled(),
            paid=self._paid(),
            reached=_with(self.before_reached, self._newly_reached()),
            changes=changes,
            gift_aid_changes=tuple(self._gift_aid_changes()),
            corrections=tuple(self._corrections(changes)),
        )

    def _new_rates(self) -> Rates:
        day = self.update.read_on
        return {currency: Rate(currency, worth, day, self.update) for currency, worth in self.said.rates.items()}

    def _at_new_rates(self) -> Mapping[str, Balance]:
        """The sources as they stood, at this update's rates."""
        if not self.said.rates:
            return self.before_sources
        sources = dict(self.before_sources)
        for key, stood in sources.items():
            if stood.own and stood.rate and stood.own.currency in self.said.rates:
                rate, currency = self.rates[stood.own.currency], self.campaign.currency
                sources[key] = replace(
                    stood,
                    amount=value_of(stood.own, self.rates, currency),
                    rate=rate,
                    by_rate=rate_change(stood.own, stood.rate, rate, currency),
                )
        return sources

    def _balance(self, stated: Money, read_on: date, before: Balance | None) -> Balance:
        if stated.currency == self.campaign.currency:
            return Balance(stated, read_on, self.update)
        return Balance(
            value_of(stated, self.rates, self.campaign.currency),
            read_on,
            self.update,
            own=stated,
            rate=self.rates[stated.currency],
            by_rate=before.by_rate if before else None,
        )

    def _ending_until_now(self) -> Ending | None:
        return ending_on(self.update.day, self.campaign.closed, self.before_ending, self.before_day)

    def _gift_aid(self) -> Mapping[str, Balance]:
        return {key: Balance(amount, self.update.read_on, self.update) for key, amount in self.said.gift_aid.items()}

    def _receipts(self) -> dict[str, Money]:
        """What each source that records receipts stands at, where this update adds to it."""
        stands: dict[str, Money] = {}
        for receipt in self.said.received:
            if receipt.source is None or receipt.cause is not None:
                continue
            before = self.before_sources.get(receipt.source)
            start = before.stated if before else zero(receipt.amount.currency)
            stands[receipt.source] = stands.get(receipt.source, start) + receipt.amount
        return stands

    def _is_sum(self, sources: Mapping[str, Balance]) -> bool:
        parts = [key for key in self.counted if key in sources and sources[key].amount.amount]
        return len(parts) > 1 or any(not self.campaign.source(key).is_running for key in parts)

    def _changes(self, raised: Money | None, *, is_figure: bool) -> tuple[Change, ...]:
        changes = [
            Change(
                key,
                self.before_sources[key].stated if key in self.before_sources else None,
                amount,
                is_added_up=key in self.receipts,
                rate=self.said.rates.get(amount.currency),
            )
            for key, amount in (self.running | self.receipts).items()
        ]
        # Once sources are stated, raised is only their sum; before, and at that step, it is a statement of its own.
        if raised is not None and not self.was_by_source and (OVERALL in self.said.totals or not is_figure):
            changes.append(Change(OVERALL, self.before_raised, raised))
        return tuple(changes)

    def _newly_reached(self) -> Mapping[str, Update]:
        return {id: self.update for id in self.said.reached if id not in self.before_reached}

    def _settled(self) -> Mapping[str, Settled]:
        if not self.said.kept and not self.said.withdrawn:
            return self.before_settled
        settled = dict(self.before_settled)
        ids = {match.id for match in self.campaign.matches}
        for id in (*self.said.kept, *self.said.withdrawn):
            if id in ids:
                settled.setdefault(id, Settled(self.update, id in self.said.kept, self.before))
        return settled

    def _paid(self) -> Mapping[tuple[str, str], Money]:
        if not self.said.paid:
            return self.before_paid
        paid = dict(self.before_paid)
        for payment in self.said.paid:
            stood = paid.get(payment.is_for)
            paid[payment.is_for] = stood + payment.amount if stood else payment.amount
        return paid

    def _pledges(self) -> Mapping[str, Pledge]:
        if not (self.said.promised or self.said.kept or self.said.withdrawn):
            return self.before_pledges
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
        fell = [change for change in (*changes, *self._gift_aid_changes()) if change.fell]
        paid_back = [payment for payment in self.said.paid if payment.amount.amount < 0]
        back = [receipt for receipt in self.said.received if receipt.amount.amount < 0]
        for key, why in self.said.correction.items():
            yield Correction(
                update=self.update,
                key="" if key == EVERY else key,
                why=why,
                changes=tuple(change for change in fell if key in (EVERY, change.key)),
                taken_back=tuple(receipt for receipt in back if key in (EVERY, receipt.source)),
                paid_back=tuple(paid_back) if key in (EVERY, PAID) else (),
            )

    def _gift_aid_changes(self) -> Iterator[Change]:
        for key, amount in self.said.gift_aid.items():
            stood = self.before_gift_aid.get(key)
            yield Change(key, stood.amount if stood else None, amount, is_gift_aid=True)
