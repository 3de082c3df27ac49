"""CampaignView: the one frozen object that pages, feeds and data files show; none of them computes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import accumulate

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
from campaign.core.reading.links import PicturePlace
from campaign.core.reading.money import Count, Money
from campaign.core.reading.repository import Repository
from campaign.core.reading.update import Event, Payment, Receipt, Update

from .costs import Costs
from .door_frame import DoorFrame
from .ending import EndingKind
from .exchange import Rate, RateChange
from .figure import Figure, added_up
from .growth import Growth
from .in_force import OthersPay
from .ledger import Balance, CauseReceipt, Change, Correction, Pledge
from .matches import MatchView
from .milestones import MilestoneState
from .outcome import EndingView, FinalAccount
from .pace import Pace, Phase
from .progress import Measure
from .spending import PaidOut, Spending, Spent

FEW_STATEMENTS = 12
"""So many updates stand on the money page together, whatever their years."""
MANY_TITLES = 100
"""So many updates the archive names in a list for each year; where there are more, earlier years stand on their own
pages alone."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The campaign's figures on a day, after an update; what was said later is not in it.

    Once the appeal has ended, it holds nothing that asks, counts down, calls anything missing or promises what was only
    planned; where it is not needed any more, nothing that holds the money against the goal either.
    """

    day: date
    """The day that these figures hold on."""
    phase: Phase
    """Where in its life the appeal is."""
    ending: EndingView | None
    """How it ended; None in every phase but that one."""
    raised: Figure | None
    """None before the first figure: pages say so, and show neither nothing nor 0%."""
    goal: Money
    """What donors are asked for."""
    earlier_goals: tuple[Goal, ...]
    """Those before it, oldest first."""
    percent: int | None
    """Of the goal, rounded down, uncapped; None before the first figure, and once the money is not needed any more."""
    is_reached: bool
    """Whether raised is at the goal or past it, exactly; never once the money is not needed any more."""
    remaining: Figure | None
    """What is still to be asked for: what is missing to the goal, less what others have begun to pay of it since it was
    set. The whole goal before the first figure; None once nothing is left to ask for, or the appeal has ended."""
    others_pay: OthersPay | None
    """What others have begun to pay of the goal since it was set, which is never in raised; None where nobody has, and
    once the appeal has ended."""
    beyond: Figure | None
    """Over the goal; None unless more is shown, and once the money is not needed any more."""
    as_of: date | None
    """The day the figure is of: of several running sources, the oldest. None before the first figure."""
    as_of_newest: date | None
    """The newest of its parts, where they are of different days; else None."""
    promised: Figure | None
    """What is promised and not here, gifts and matches, which is never in raised; None where nothing is, and once the
    appeal has ended."""
    matches: tuple[MatchView, ...]
    """Those that had begun; once the appeal has ended only those that were kept."""
    gift_aid: Figure | None
    """Never in raised; None where none was stated."""
    deadline: Deadline | None
    """As it was known then; None where there was none, and once the appeal has ended."""
    pace: Pace | None
    """Money a week; None where it cannot be told fairly, and once the appeal has ended."""
    spent: Spent | None
    """What has been spent, and what is in hand; None before the first payment."""
    measure: Measure | None
    """The bar as geometry; None once the money is not needed any more, or where it ended without any figure."""

    @property
    def is_covered(self) -> bool:
        """Whether nothing is left to ask for although the goal is not reached: others pay what is missing."""
        return self.phase is Phase.REACHED and not self.is_reached

    @property
    def is_needed(self) -> bool:
        """Whether the money is still held against the goal: not once it is not needed any more."""
        return self.ending is None or self.ending.kind is not EndingKind.NOT_NEEDED


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The update before or after another."""

    slug: str
    """Its page is ``updates/SLUG.html``."""
    title: str
    """Its headline."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One total as an update stated it."""

    label: str
    """The source's; empty for the overall figure."""
    change: Change
    """What it was before, and what it became."""
    amount: Figure
    """What it stated, or what receipts came to by then; in the campaign's currency."""
    own: Figure | None
    """The same in the source's own currency, where that is another; else None."""
    rate: Rate | None
    """By which that was counted; None where nothing had to be."""
    as_of: date
    """The day on which somebody read it."""
    is_counted: bool
    """False for a source that is counted in another."""
    receipts: tuple[Receipt, ...]
    """What came in one by one, or was taken back, where it is a part of this total."""


@dataclass(frozen=True, slots=True)
class ByRate:
    """What a new rate alone made of a source, as the update that gave the rate tells it."""

    label: str
    """The source's."""
    change: RateChange
    """Which rates, and by how much it counts for more or less."""


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
    """The address at which every change of it is listed; None as above."""
    title: str
    """The headline."""
    day: date
    """The day it is of."""
    time: str
    """``18:30``, in the campaign's zone; empty where nobody said."""
    author: str | None
    """Who wrote it; None where nobody said."""
    summary: str
    """The volunteer's, else the first sentence of the story; may be empty."""
    image: PicturePlace | None
    """The picture of its fields, as ``images/walk.jpg``; None without one."""
    image_alt: str | None
    """What that picture shows; None without one."""
    stood: Snapshot
    """The campaign's figures after it, as of its day."""
    added: Figure | None
    """What raised gained since the update before; None where it did not grow or there was no figure."""
    statements: tuple[Statement, ...]
    """The totals that it changed, in the order of its file."""
    other_receipts: tuple[Receipt, ...]
    """What came in one by one, or was taken back, without a total of its own among ``statements``."""
    cause_receipts: tuple[Receipt, ...]
    """For other causes: shown, never counted."""
    reached: tuple[MilestoneState, ...]
    """Milestones this update reached."""
    corrections: tuple[Correction, ...]
    """Why totals fell with it."""
    jump: str | None
    """Why a total leapt with it; None where none did."""
    leapt: tuple[Change, ...]
    """The totals that the jump explains."""
    leapt_payments: tuple[Payment, ...]
    """The payments that it explains."""
    by_rate: tuple[ByRate, ...]
    """What a rate that it gave made of accounts as they stood: no gift, and nothing that was taken out."""
    paid: tuple[PaidOut, ...]
    """What was spent, as this update told it."""
    kept_matches: tuple[MatchView, ...]
    """Matches of which it says that they came in."""
    withdrawn_matches: tuple[MatchView, ...]
    """Matches of which it says that they will not come."""
    older: Neighbour | None
    """The one before it; None for the first."""
    newer: Neighbour | None
    """The one after it; None for the last."""


@dataclass(frozen=True, slots=True)
class YearOfStatements:
    """What the updates of one year stated; an earlier year's page is ``money/YEAR.html``."""

    year: int
    """The year."""
    updates: tuple[UpdateView, ...]
    """Newest first."""
    before: Figure | None
    """What had been raised when it began; None where nobody had stated a figure by then."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source as it stands today."""

    source: Source
    """What ``campaign.yaml`` says of it."""
    balance: Balance | None
    """None while it has not been stated."""
    amount: Figure | None
    """What it stands at, in the campaign's currency: as stated, or what its receipts come to. None while it has not
    been stated."""
    own: Figure | None
    """The same in its own currency, where that is another; else None. ``balance`` holds the rate, and what that alone
    changed."""
    is_counted: bool
    """Whether it is a part of the sum by itself, and not counted in another."""
    has_ended: bool
    """Whether it is no longer restated."""
    times: Decimal | None
    """What a gift to it becomes by every match that is open together: 2 where it is doubled; None where none is."""
    holder: Source | None
    """The source it is counted in; else None."""


@dataclass(frozen=True, slots=True)
class CounterView:
    """A counter as it stands today."""

    counter: Counter
    """What ``campaign.yaml`` says of it."""
    count: Count
    """Where it stands."""
    update: Update
    """The update that said so."""


@dataclass(frozen=True, slots=True)
class CauseView:
    """What was raised for another cause: shown, never counted."""

    cause: OtherCause
    """What ``campaign.yaml`` says of it."""
    amount: Figure
    """What came in for it, less what was taken back."""
    receipts: tuple[CauseReceipt, ...]
    """One by one, oldest first."""


class EventState(Enum):
    """What can be said of when an event is or was."""

    CANCELLED = "cancelled"
    HELD = "held"
    PAST = "past"
    """Its day is over, and nobody said that it was held."""
    TO_COME = "to come"
    ANNOUNCED = "announced"
    """Nobody said when, but on which day it was announced."""
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class EventView:
    """An event; its page is ``events/SLUG.html``."""

    event: Event
    """What its file says."""
    summary: str
    """The volunteer's, else the first sentence of the story; may be empty."""
    is_past: bool
    """Whether its day, or the last day of its month or year, is over. Where the appeal ended before that, and nobody
    announced it since, only what a receipt says came in at it: that a day went by does not say that it was held."""
    is_held: bool
    """Whether somebody said that it was held, as far as that was known on the day of the pages."""
    is_to_come: bool
    """Whether pages invite to it: it is not over, held or cancelled; and once the appeal has ended, only what was said
    on the day of the ending or later."""
    raised: Figure | None
    """What receipts say was raised at it and is counted; None where nothing was, or more was taken back."""

    @property
    def slug(self) -> str:
        """The name of its file and of its page, without an ending."""
        return self.event.slug

    @property
    def title(self) -> str:
        """Its headline."""
        return self.event.said.title

    @property
    def when(self) -> Period | None:
        """A day, a month or a year; None while nobody knows."""
        return self.event.when

    @property
    def day(self) -> date | None:
        """The day: calendars and search engines take nothing less. None where it is not known to the day."""
        return self.when.first if self.when and self.when.is_day else None

    @property
    def time(self) -> str:
        """``18:30``, or empty."""
        return self.event.time

    @property
    def said(self) -> date | None:
        """The day it was announced; None where nobody said."""
        return self.event.said.said

    @property
    def place(self) -> str | None:
        """Where it is; None where nobody said."""
        return self.event.said.place

    @property
    def place_apart(self) -> str | None:
        """Where it is; None where nobody said, or the headline says it."""
        return self.place if self.place and self.place.casefold() not in self.title.casefold() else None

    @property
    def state(self) -> EventState:
        """What can be said of when it is or was."""
        if self.is_cancelled:
            return EventState.CANCELLED
        if self.is_held:
            return EventState.HELD
        if self.when:
            return EventState.PAST if self.is_past else EventState.TO_COME
        return EventState.ANNOUNCED if self.said else EventState.UNDATED

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.event.said.status == "cancelled"

    @property
    def was_only_planned(self) -> bool:
        """Whether it is neither over, held nor cancelled, and pages do not invite to it."""
        return not (self.is_past or self.is_held or self.is_to_come or self.is_cancelled)


@dataclass(frozen=True, slots=True)
class PageView:
    """A page that stays; its address is ``SLUG.html``."""

    slug: str
    """Its file's name without ``.md``."""
    title: str
    """The headline."""
    summary: str
    """The volunteer's, else the first sentence of the story; may be empty."""
    image: PicturePlace | None
    """The picture of its fields, as ``images/walk.jpg``; None without one."""
    image_alt: str | None
    """What that picture shows; None without one."""


@dataclass(frozen=True, slots=True)
class SharedNow:
    """What an update's page may say of the campaign's state: nothing that changes with each update."""

    phase: Phase
    """Where in its life the appeal is."""
    ending: EndingView | None
    """How it ended; None in every phase but that one."""
    is_covered: bool
    """Whether nothing is left to ask for although the goal is not reached: others pay what is missing."""


@dataclass(frozen=True, slots=True)
class SharedView:
    """What every update's page shares, however many updates there are: its template's ``view``.

    Each field has the name and the value that it has in CampaignView, so that the parts of pages can be shown with
    either. A field that changes with each update would have all pages written anew with each.
    """

    appeal: Campaign
    """campaign.yaml without what was said or began after the day of the pages."""
    day: date | None
    """The earlier day that was asked for; None on a page of today, which is the same tomorrow."""
    is_past_day: bool
    """Whether an earlier day than today was asked for."""
    now: SharedNow
    """Where in its life the appeal is; without figures."""
    headline: str
    """What the site says first."""
    ways: tuple[Give, ...]
    """Ways to give that are open, in the order shown; the first is the main button's; none once it has ended."""
    closed_ways: tuple[Give, ...]
    """Ways to give that are closed, with the day on which each closed where that is known."""
    asks: bool
    """Whether the pages ask for gifts."""
    promise: Promise | None
    """What happens to the money; None while nothing was said of it."""
    press: tuple[Press, ...]
    """Reports that were out, newest first."""
    pages: tuple[PageView, ...]
    """By title."""
    has_events: bool
    """Whether there is an event that lists name."""
    is_written_to: bool
    """Whether the site has a page to write on."""


@dataclass(frozen=True)
class CampaignView:
    """Everything a surface of the site may show about the campaign."""

    appeal: Campaign
    """campaign.yaml without what was said or began after ``day``."""
    day: date
    """The day the pages are of."""
    is_past_day: bool
    """Whether an earlier day than today was asked for."""
    now: Snapshot
    """The figures on ``day``."""
    costs: Costs | None
    """What the money is for; None where no line has an estimate yet."""
    deadlines: tuple[Deadline, ...]
    """Said so far, oldest first; the last is in force. None once the appeal has ended."""
    goals: tuple[Goal, ...]
    """Said so far, oldest first; the last is in force."""
    milestones: tuple[MilestoneState, ...]
    """Reached ones in the order they were reached, then what is next."""
    next_milestone: MilestoneState | None
    """The next one that money reaches; None where there is none."""
    updates: tuple[UpdateView, ...]
    """Newest first."""
    years: tuple[tuple[int, tuple[UpdateView, ...]], ...]
    """The same by year, newest first."""
    sources: tuple[SourceView, ...]
    """In the order of ``campaign.yaml``; those of which nothing was stated yet, too."""
    rates: tuple[Rate, ...]
    """The newest of each other currency that is counted, each with its day."""
    overall: Balance | None
    """The overall figure, while no source is stated; else None."""
    counters: tuple[CounterView, ...]
    """What is counted besides money, as far as an update stated it."""
    causes: tuple[CauseView, ...]
    """Other causes that something was raised for."""
    corrections: tuple[Correction, ...]
    """Oldest first, for ever."""
    jumps: tuple[UpdateView, ...]
    """Updates that say why a total leapt, oldest first."""
    pledges: tuple[Pledge, ...]
    """Every promised gift, open, kept and withdrawn; no open one once the appeal has ended."""
    spending: Spending | None
    """What the gifts have paid for; None before the first payment."""
    account: FinalAccount | None
    """The final account; None while the appeal has not ended, and where no payment was told."""
    frame: DoorFrame | None
    """The measure standing up, with what the money is for, milestones and updates at their heights; None once the money
    is not needed any more."""
    growth: Growth | None
    """How the total grew, as a chart; None with fewer than two figures."""
    treatment: tuple[Treatment, ...]
    """Plans said so far, newest first. Once the appeal has ended they stay only where they were carried out: all of
    them where the newest says ``done``, else those that say so."""
    promise: Promise | None
    """What happens to the money; None while nothing was said of it. Once the appeal has ended, with the words that
    apply and no others; None where none do."""
    story: tuple[str, ...]
    """Who it is for, as known on the day: paragraphs of plain words; none where nobody told. Where the money is not
    needed any more, only what was told on the day of the ending or later."""
    press: tuple[Press, ...]
    """Reports that were out, newest first."""
    events: tuple[EventView, ...]
    """Those to come by date, those without a date, those that are past, newest first, those held nobody says when."""
    pages: tuple[PageView, ...]
    """By title."""
    ways: tuple[Give, ...]
    """Ways to give that are open, in the order shown; the first is the main button's; none once it has ended."""
    closed_ways: tuple[Give, ...]
    """Ways to give that are closed, with the day on which each closed where that is known; all of them once the appeal
    has ended, with their names and days alone."""
    repository: Repository | None
    """Where the project is public; None where that is not known."""
    asks: bool
    """Whether the pages ask for gifts: before the goal is reached, the deadline has passed or the appeal has ended."""
    by_slug: dict[str, UpdateView] = field(repr=False)
    """Every update by its slug."""
    event_by_slug: dict[str, EventView] = field(repr=False)
    """Every event by its slug."""
    page_by_slug: dict[str, PageView] = field(repr=False)
    """Every page by its slug."""

    @property
    def is_written_to(self) -> bool:
        """Whether the site has a page to write on: today's, where it is known in which project the files lie."""
        return self.repository is not None and not self.is_past_day

    @property
    def headlined(self) -> UpdateView | None:
        """The update whose title is the headline: the one that ended the appeal, or the newest when the goal is met.

        None while the appeal asks, and where no update did either: it closed on a day, or others pay all of it.
        """
        if self.now.ending:
            return self.by_slug[self.now.ending.slug] if self.now.ending.slug else None
        return self.updates[0] if self.updates and self.now.phase is Phase.REACHED else None

    @property
    def headline(self) -> str:
        """What the site says first: the appeal's one sentence, or its name where it has none or asks no more.

        The title of the update that is ``headlined``, where there is one.
        """
        if self.headlined:
            return self.headlined.title
        is_over = self.now.ending or self.now.phase is Phase.REACHED
        return self.appeal.name if is_over else self.appeal.summary or self.appeal.name

    @property
    def surplus(self) -> Figure | None:
        """What is more than the costs need; None while anything is asked for or called missing.

        No page asks for money that it calls a surplus.
        """
        return self.costs.surplus if self.costs and self.now.remaining is None else None

    @property
    def listed_years(self) -> tuple[tuple[int, tuple[UpdateView, ...]], ...]:
        """Those of ``years`` whose updates the archive names: the newest, and those before it while all are few."""
        totals = accumulate(len(updates) for _, updates in self.years)
        few = sum(1 for total in totals if total <= MANY_TITLES)
        return self.years[: max(few, 1)]

    @property
    def unlisted_years(self) -> tuple[int, ...]:
        """Years that the archive names without their updates, newest first."""
        return tuple(year for year, _ in self.years[len(self.listed_years) :])

    @property
    def statements(self) -> tuple[YearOfStatements, ...]:
        """What every update stated, by year, newest first."""
        befores = [updates[0].stood.raised for _, updates in self.years[1:]]
        return tuple(
            YearOfStatements(year, updates, before)
            for (year, updates), before in zip(self.years, [*befores, None], strict=False)
        )

    @property
    def newest_statements(self) -> tuple[YearOfStatements, ...]:
        """Those on the money page itself: of every year while they are few, else of the newest year alone.

        By year and not by number, so that a new update moves no other.
        """
        return self.statements if len(self.updates) <= FEW_STATEMENTS else self.statements[:1]

    @property
    def earlier_statements(self) -> tuple[YearOfStatements, ...]:
        """Those that have a page for each year, newest first; none while all of them stand on the money page."""
        return self.statements[len(self.newest_statements) :]

    @property
    def open_pledges(self) -> Figure | None:
        """What the promised gifts that are not here yet come to; None where there are not several."""
        amounts = [pledge.gift.amount for pledge in self.pledges if pledge.is_open]
        return added_up(amounts, self.appeal.currency) if amounts[1:] else None

    @property
    def listed_events(self) -> tuple[EventView, ...]:
        """Those that lists name: once the appeal has ended, none that was only planned; its page stays as a record."""
        return tuple(event for event in self.events if not (self.now.ending and event.was_only_planned))

    @property
    def has_events(self) -> bool:
        """Whether there is an event that lists name."""
        return bool(self.listed_events)

    @property
    def shared(self) -> SharedView:
        """What every update's page shares."""
        return SharedView(
            appeal=self.appeal,
            day=self.day if self.is_past_day else None,
            is_past_day=self.is_past_day,
            now=SharedNow(self.now.phase, self.now.ending, self.now.is_covered),
            headline=self.headline,
            ways=self.ways,
            closed_ways=self.closed_ways,
            asks=self.asks,
            promise=self.promise,
            press=self.press,
            pages=self.pages,
            has_events=self.has_events,
            is_written_to=self.is_written_to,
        )

    @property
    def dated_events(self) -> tuple[EventView, ...]:
        """Events of which the day is known, oldest first: a calendar holds no others.

        Once the appeal has ended, none that was only planned.
        """
        dated = (event for event in self.listed_events if event.day)
        return tuple(sorted(dated, key=lambda event: (str(event.day), event.slug)))
