"""CampaignView: the one frozen object that pages, feeds and data files show; none of them computes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

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
from campaign.core.reading.update import Event, Receipt, Update

from .costs import Costs
from .figure import Figure
from .growth import Growth
from .in_force import OthersPay
from .ledger import Balance, CauseReceipt, Change, Correction, Pledge
from .milestones import MilestoneState
from .pace import Pace, Phase
from .progress import Measure


@dataclass(frozen=True, slots=True)
class Snapshot:
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
    stood: Snapshot
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
    older: Neighbour | None
    newer: Neighbour | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source as it stands today."""

    source: Source
    balance: Balance | None
    """None while it has not been stated."""
    amount: Figure | None
    """What it stands at: as stated, or what its receipts come to."""
    is_counted: bool
    has_ended: bool
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


@dataclass(frozen=True, slots=True)
class PageView:
    """A page that stays; its address is ``SLUG.html``."""

    slug: str
    title: str
    summary: str
    """The volunteer's, else the first sentence of the story; may be empty."""
    image: str | None
    image_alt: str | None


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
    costs: Costs | None
    deadlines: tuple[Deadline, ...]
    """Said so far, oldest first; the last is in force."""
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
    overall: Balance | None
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
    pages: tuple[PageView, ...]
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
    page_by_slug: dict[str, PageView] = field(repr=False)

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
