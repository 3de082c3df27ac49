"""CampaignView: the one frozen object that pages, feeds and data files show; none of them computes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from campaign.core.reading.campaign import (
    Campaign,
    Counter,
    Deadline,
    Give,
    Goal,
    OtherCause,
    Press,
    Promise,
    Source,
    Treatment,
)
from campaign.core.reading.dates import Period
from campaign.core.reading.money import Count, Money
from campaign.core.reading.repository import Repository
from campaign.core.reading.update import Event, Page, Receipt, Update

from .as_of import as_of
from .checks import leapt
from .costs import Costs, OthersPay, costs_on, others_pay_since, still_to_ask
from .growth import Growth, growth
from .ledger import CauseReceipt, Change, Correction, Entry, Ledger, Pledge, Standing
from .milestones import MilestoneState, Reaching, milestones_on, reach
from .pace import Pace, Phase, pace, phase_on
from .progress import (
    Figure,
    Measure,
    added_up,
    beyond,
    computed,
    gained,
    is_reached,
    measure,
    percent,
    raised_figure,
    stated,
)


@dataclass(frozen=True, slots=True)
class AsItStood:
    """The campaign's figures on a day, after an update; what was said later is not in it."""

    day: date
    phase: Phase
    raised: Figure | None
    """None before the first figure: pages say so, and show neither nothing nor 0%."""
    goal: Money
    earlier_goals: tuple[Goal, ...]
    percent: int | None
    """Of the goal, rounded down, uncapped; None before the first figure."""
    is_reached: bool
    """Whether raised is at the goal or past it, exactly."""
    remaining: Figure | None
    """What is still to be asked for: what is missing to the goal, less what others have begun to pay of it since it was
    set. The whole goal before the first figure; None once nothing is left to ask for."""
    others_pay: OthersPay | None
    """What others have begun to pay of the goal since it was set; it is never in raised."""
    beyond: Figure | None
    """Over the goal, where more is shown."""
    as_of: date | None
    """The day the figure is of: of several running sources, the oldest."""
    as_of_newest: date | None
    """The newest of its parts, where they are of different days; else None."""
    promised: Figure | None
    """What is promised and not here; never in raised."""
    gift_aid: Figure | None
    """Never in raised."""
    deadline: Deadline | None
    pace: Pace | None
    measure: Measure

    @property
    def is_covered(self) -> bool:
        """Whether nothing is left to ask for although the goal is not reached: others pay what is missing."""
        return self.phase is Phase.REACHED and not self.is_reached


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The update before or after another."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One total as an update stated it."""

    label: str
    """The source's; empty for the overall figure."""
    change: Change
    amount: Figure
    """What it stated, or what receipts came to by then."""
    as_of: date
    is_counted: bool
    """False for a source that is counted in another."""


@dataclass(frozen=True, slots=True)
class UpdateView:
    """One update, and the campaign as it stood after it."""

    slug: str
    """Its page is ``updates/SLUG.html``."""
    path: str
    """Its file, from the project's root; from the content folder where that lies elsewhere."""
    file: str | None
    """The address at which anybody can read that file as it is now; None where the project is not public."""
    history: str | None
    """The address at which every change of it is listed."""
    title: str
    day: date
    time: str
    author: str | None
    summary: str
    """The volunteer's, else the first sentence of the story; may be empty."""
    image: str | None
    image_alt: str | None
    stood: AsItStood
    added: Figure | None
    """What raised gained since the update before; None where it did not grow or there was no figure."""
    statements: tuple[Statement, ...]
    receipts: tuple[Receipt, ...]
    """Counted ones."""
    cause_receipts: tuple[Receipt, ...]
    """For other causes: shown, never counted."""
    reached: tuple[MilestoneState, ...]
    """Milestones this update reached."""
    corrections: tuple[Correction, ...]
    jump: str | None
    leapt: tuple[Change, ...]
    """What the jump explains."""
    pledges: tuple[Pledge, ...]
    """Promises it made."""
    kept: tuple[Pledge, ...]
    withdrawn: tuple[Pledge, ...]
    older: Neighbour | None
    newer: Neighbour | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source as it stands today."""

    source: Source
    standing: Standing | None
    """None while it has not been stated."""
    amount: Figure | None
    """What it stands at: as stated, or what its receipts come to."""
    is_counted: bool
    has_ended: bool
    gift_aid: Standing | None
    holder: Source | None
    """The source it is counted in."""


@dataclass(frozen=True, slots=True)
class CounterView:
    """A counter as it stands today."""

    counter: Counter
    count: Count
    update: Update


@dataclass(frozen=True, slots=True)
class CauseView:
    """What was raised for another cause: shown, never counted."""

    cause: OtherCause
    amount: Figure
    receipts: tuple[CauseReceipt, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """An event; its page is ``events/SLUG.html``."""

    event: Event
    summary: str
    is_past: bool
    """Whether its day, or the last day of its month or year, is over."""
    is_held: bool
    """Whether somebody said that it was held, as far as that was known on the day of the pages."""
    raised: Figure | None
    """What receipts say was raised at it and is counted; None where nothing was, or more was taken back."""

    @property
    def slug(self) -> str:
        return self.event.slug

    @property
    def title(self) -> str:
        return self.event.said.title

    @property
    def when(self) -> Period | None:
        """A day, a month or a year; None while nobody knows."""
        return self.event.when

    @property
    def day(self) -> date | None:
        """The day, where it is known to the day: calendars and search engines take nothing less."""
        return self.when.first if self.when and self.when.is_day else None

    @property
    def time(self) -> str:
        return self.event.time

    @property
    def said(self) -> date | None:
        """The day it was announced."""
        return self.event.said.said

    @property
    def place(self) -> str | None:
        return self.event.said.place

    @property
    def is_cancelled(self) -> bool:
        return self.event.said.status == "cancelled"


@dataclass(frozen=True)
class CampaignView:
    """Everything a surface of the site may show about the campaign."""

    appeal: Campaign
    """campaign.yaml without what was said or began after ``day``."""
    day: date
    """The day the pages are of."""
    is_past_day: bool
    """Whether an earlier day than today was asked for."""
    now: AsItStood
    costs: Costs | None
    goals: tuple[Goal, ...]
    """Said so far, oldest first; the last is in force."""
    milestones: tuple[MilestoneState, ...]
    """Reached ones in the order they were reached, then what is next."""
    next_milestone: MilestoneState | None
    """The next one that money reaches."""
    updates: tuple[UpdateView, ...]
    """Newest first."""
    years: tuple[tuple[int, tuple[UpdateView, ...]], ...]
    """The same by year, newest first."""
    sources: tuple[SourceView, ...]
    overall: Standing | None
    """The overall figure, while no source is stated."""
    counters: tuple[CounterView, ...]
    causes: tuple[CauseView, ...]
    corrections: tuple[Correction, ...]
    """Oldest first, for ever."""
    jumps: tuple[UpdateView, ...]
    """Updates that say why a total leapt, oldest first."""
    pledges: tuple[Pledge, ...]
    """Every promised gift, open, kept and withdrawn."""
    growth: Growth | None
    """How the total grew, as a chart; None with fewer than two figures."""
    treatment: tuple[Treatment, ...]
    """Plans said so far, newest first."""
    promise: Promise | None
    press: tuple[Press, ...]
    events: tuple[EventView, ...]
    """Those to come by date, those without a date, those that are past, newest first, those held nobody says when."""
    pages: tuple[Page, ...]
    """By title."""
    ways: tuple[Give, ...]
    """Ways to give that are open, in the order shown; the first is the main button's. Once closed, there is none."""
    closed_ways: tuple[Give, ...]
    repository: Repository | None
    """Where the project is public, where that is known."""
    asks: bool
    """Whether the pages ask for gifts: before the goal is reached, the deadline has passed or the appeal has closed."""
    by_slug: dict[str, UpdateView] = field(repr=False)
    event_by_slug: dict[str, EventView] = field(repr=False)

    @property
    def surplus(self) -> Figure | None:
        """What is more than the costs need; None while anything is asked for or called missing.

        No page asks for money that it calls a surplus.
        """
        is_missing = self.now.remaining is not None and self.now.phase is not Phase.CLOSED
        return self.costs.surplus if self.costs and not is_missing else None

    @property
    def dated_events(self) -> tuple[EventView, ...]:
        """Events of which the day is known, oldest first: a calendar holds no others."""
        return tuple(sorted((event for event in self.events if event.day), key=lambda e: (str(e.day), e.slug)))


def build_view(
    campaign: Campaign,
    ledger: Ledger,
    *,
    day: date,
    is_past_day: bool = False,
    events: Sequence[Event] = (),
    pages: Sequence[Page] = (),
    repository: Repository | None = None,
) -> CampaignView:
    """Put everything together as of ``day``; the ledger holds no later update, and nothing else said later is here.

    repository: where the project is public, if the machine knows; else campaign.yaml may say.
    """
    repository = repository or campaign.repository
    campaign = campaign.as_known_on(day)
    reaching = reach(campaign, ledger.entries)
    last = ledger.entry_on(day)
    now = as_it_stood(campaign, last, day, reaching)
    costs = costs_on(campaign, day, raised_figure(last))
    milestones = milestones_on(campaign, day, last, reaching, costs)
    updates = tuple(reversed(_update_views(campaign, ledger, reaching, repository)))
    events_ = _event_views(campaign, events, ledger, day, is_past_day=is_past_day)
    closed = now.phase is Phase.CLOSED
    return CampaignView(
        appeal=campaign,
        day=day,
        is_past_day=is_past_day,
        now=now,
        costs=costs,
        goals=campaign.goals_on(day),
        milestones=milestones,
        next_milestone=next((state for state in milestones if state.missing), None),
        updates=updates,
        years=tuple((year, tuple(group)) for year, group in groupby(updates, lambda update: update.day.year)),
        sources=tuple(_source_view(campaign, source, last, day) for source in campaign.sources),
        overall=last.overall if last else None,
        counters=_counter_views(campaign, last),
        causes=tuple(_cause_views(campaign, ledger)),
        corrections=tuple(correction for entry in ledger.entries for correction in entry.corrections),
        jumps=tuple(update for update in reversed(updates) if update.jump),
        pledges=tuple(last.pledges.values()) if last else (),
        growth=_growth(campaign, ledger, now, milestones),
        treatment=campaign.treatment_on(day)[::-1],
        promise=campaign.promise_on(day),
        press=campaign.press_on(day),
        events=events_,
        pages=tuple(sorted(pages, key=lambda page: (page.said.title.casefold(), page.slug))),
        ways=() if closed else tuple(way for way in campaign.give if way.open_on(day)),
        closed_ways=campaign.give if closed else tuple(way for way in campaign.give if not way.open_on(day)),
        repository=repository,
        asks=now.phase in (Phase.BEFORE, Phase.RAISING),
        by_slug={update.slug: update for update in updates},
        event_by_slug={event.slug: event for event in events_},
    )


def _growth(
    campaign: Campaign, ledger: Ledger, now: AsItStood, milestones: tuple[MilestoneState, ...]
) -> Growth | None:
    """The chart, as far as the deadline while there is one to come."""
    return growth(
        ledger.entries,
        campaign.goals_on(now.day),
        reached={state.reached.entry.update.slug for state in milestones if state.reached and state.amount},
        started=campaign.started.first if campaign.started else None,
        deadline=now.deadline.date.last if now.deadline and now.phase is Phase.RAISING else None,
    )


def as_it_stood(campaign: Campaign, entry: Entry | None, day: date, reaching: Reaching) -> AsItStood:
    """The figures on ``day``, after ``entry``."""
    raised = raised_figure(entry)
    exact = raised.exact if raised else None
    goals = campaign.goals_on(day)
    goal = goals[-1].amount
    promised = _open_pledges(campaign, entry)
    gift_aid = [standing.amount for standing in entry.gift_aid.values()] if entry else []
    days = as_of(campaign, entry, day)
    states = milestones_on(campaign, day, entry, reaching, costs_on(campaign, day, raised))
    return AsItStood(
        day=day,
        phase=phase_on(campaign, day, raised),
        raised=raised,
        goal=goal,
        earlier_goals=goals[:-1],
        percent=percent(exact, goal) if exact else None,
        is_reached=is_reached(exact, goal),
        remaining=still_to_ask(campaign, day, raised),
        others_pay=others_pay_since(campaign, day),
        beyond=beyond(raised, goal) if raised else None,
        as_of=days.oldest if days else None,
        as_of_newest=days.newest if days and days.newest != days.oldest else None,
        promised=promised,
        gift_aid=added_up(gift_aid, campaign.currency) if gift_aid else None,
        deadline=campaign.deadline_on(day),
        pace=pace(campaign, day, raised, days),
        measure=measure(
            exact,
            goal,
            promised=promised.exact if promised else None,
            earlier_goals=[earlier.amount for earlier in goals[:-1]],
            milestones=[(state.amount, state.reached is not None) for state in states if state.amount],
        ),
    )


def _open_pledges(campaign: Campaign, entry: Entry | None) -> Figure | None:
    gifts = [pledge.gift.amount for pledge in entry.pledges.values() if pledge.is_open] if entry else []
    return added_up(gifts, campaign.currency) if gifts else None


def _update_views(
    campaign: Campaign, ledger: Ledger, reaching: Reaching, repository: Repository | None
) -> list[UpdateView]:
    reached_by: dict[str, list[int]] = {}
    for index, entry in reaching.items():
        reached_by.setdefault(entry.update.slug, []).append(index)
    labels = {source.id: source for source in campaign.sources}
    neighbours = [Neighbour(entry.update.slug, entry.update.said.title) for entry in ledger.entries]
    views = []
    for position, entry in enumerate(ledger.entries):
        update, said = entry.update, entry.update.said
        before = ledger.entries[position - 1] if position else None
        views.append(
            UpdateView(
                slug=update.slug,
                path=_public_path(update.document.path),
                file=repository.file(update.document.path) if repository else None,
                history=repository.history(update.document.path) if repository else None,
                title=said.title,
                day=update.day,
                time=update.time,
                author=said.author,
                summary=said.summary or update.story.first_sentence,
                image=said.image,
                image_alt=said.image_alt,
                stood=as_it_stood(campaign, entry, update.day, reaching),
                added=_added(before, entry),
                statements=tuple(
                    _statement(labels.get(change.key), change, entry)
                    for change in entry.changes
                    # What sources come to by themselves nobody stated.
                    if change.key in labels or change.key in said.totals
                ),
                receipts=tuple(receipt for receipt in said.received if receipt.cause is None),
                cause_receipts=tuple(receipt for receipt in said.received if receipt.cause is not None),
                reached=_reached(campaign, entry, reaching) if update.slug in reached_by else (),
                corrections=entry.corrections,
                jump=said.jump,
                leapt=leapt(campaign, before, entry) if said.jump else (),
                pledges=tuple(entry.pledges[gift.id] for gift in said.promised),
                kept=tuple(entry.pledges[id] for id in said.kept),
                withdrawn=tuple(entry.pledges[id] for id in said.withdrawn),
                older=neighbours[position - 1] if position else None,
                newer=neighbours[position + 1] if position + 1 < len(neighbours) else None,
            )
        )
    return views


def _public_path(path: str) -> str:
    """A file's path without the folders of somebody's machine."""
    return "/".join(path.split("/")[-2:]) if path.startswith("/") or path[1:2] == ":" else path


def _added(before: Entry | None, entry: Entry) -> Figure | None:
    was, now = raised_figure(before), raised_figure(entry)
    return gained(was, now) if was and now else None


def _statement(source: Source | None, change: Change, entry: Entry) -> Statement:
    standing = entry.sources[source.id] if source else entry.overall
    return Statement(
        label=source.label if source else "",
        change=change,
        amount=_standing_at(change.after, source) if source else raised_figure(entry) or stated(change.after),
        as_of=standing.as_of if standing else entry.update.day,
        is_counted=source is None or source.counted_in is None,
    )


def _standing_at(amount: Money, source: Source) -> Figure:
    """What a source stands at: receipts are added up, a running total is stated."""
    return stated(amount) if source.is_running else computed(amount)


def _reached(campaign: Campaign, entry: Entry, reaching: Reaching) -> tuple[MilestoneState, ...]:
    day = entry.update.day
    states = milestones_on(campaign, day, entry, reaching, costs_on(campaign, day, raised_figure(entry)))
    return tuple(state for state in states if state.reached and state.reached.entry is entry)


def _source_view(campaign: Campaign, source: Source, entry: Entry | None, day: date) -> SourceView:
    standing = entry.sources.get(source.id) if entry else None
    return SourceView(
        source=source,
        standing=standing,
        amount=_standing_at(standing.amount, source) if standing else None,
        is_counted=source.counted_in is None,
        has_ended=source.has_ended_on(day),
        gift_aid=entry.gift_aid.get(source.id) if entry else None,
        holder=next((other for other in campaign.sources if other.id == source.counted_in), None),
    )


def _counter_views(campaign: Campaign, entry: Entry | None) -> tuple[CounterView, ...]:
    stands = entry.counters if entry else {}
    return tuple(CounterView(counter, *stands[counter.id]) for counter in campaign.counters if counter.id in stands)


def _cause_views(campaign: Campaign, ledger: Ledger) -> list[CauseView]:
    views = []
    for cause in campaign.other_causes:
        receipts = tuple(
            CauseReceipt(receipt, entry.update)
            for entry in ledger.entries
            for receipt in entry.update.said.received
            if receipt.cause == cause.id
        )
        if receipts:
            amount = added_up((found.receipt.amount for found in receipts), campaign.currency)
            views.append(CauseView(cause, amount, receipts))
    return views


def _event_views(
    campaign: Campaign, events: Sequence[Event], ledger: Ledger, day: date, *, is_past_day: bool
) -> tuple[EventView, ...]:
    raised: dict[str, list[Money]] = {}
    for entry in ledger.entries:
        for receipt in entry.update.said.received:
            if receipt.event and receipt.cause is None:
                raised.setdefault(receipt.event, []).append(receipt.amount)
    views = [
        EventView(
            event=event,
            summary=event.said.summary or event.story.first_sentence,
            is_past=event.when is not None and event.when.last < day,
            # On a past day a month is only known to have been held once it is over.
            is_held=event.said.held and (event.when is None or event.when.last <= day or not is_past_day),
            raised=_brought_in(raised.get(event.slug, []), campaign.currency),
        )
        for event in events
    ]
    return tuple(sorted(views, key=_event_place))


def _brought_in(amounts: Sequence[Money], currency: str) -> Figure | None:
    figure = added_up(amounts, currency)
    return figure if figure.says_something else None


def _event_place(view: EventView) -> tuple[int, int, str, str]:
    if view.when is None:
        return 3 if view.is_held else 1, 0, "", view.slug
    # A month or a year stands behind the days that are known of it.
    if view.is_past or view.is_held:
        return 2, -view.when.last.toordinal(), view.time, view.slug
    return 0, view.when.last.toordinal(), view.time, view.slug
