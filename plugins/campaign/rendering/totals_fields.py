"""What totals.json may hold, version 1: a record for each thing, with the sentence that its documents have.

A field here is a promise to whoever reads the file (docs/data.md): it may be followed by others, and is never taken
away, renamed or given another meaning. Nothing here names a giver, an author or anybody who was paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

VERSION: Literal[1] = 1
"""Of the file's form; another one would be a file of another name."""

Decimals = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
"""An amount as text, so that no program makes 0.1 + 0.2 of it."""
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
"""As ISO 8601 has it: 2015-08-26."""
Address = Annotated[str, Field(pattern=r"^https?://")]
Word = Literal["", "about", "at least", "more than"]
Phase = Literal["before the first figure", "raising", "past the deadline", "goal reached", "goal covered", "ended"]
EndingWord = Literal["done", "not_needed", "stopped"]
PromiseWord = Literal["too_much", "too_little", "not_needed"]


@dataclass(frozen=True)
class Amount:
    """An amount as somebody stated it."""

    amount: Decimals
    """In whole units of the currency: pounds, not pence."""
    qualifier: Word
    """The word before it; empty where it is exact."""


@dataclass(frozen=True)
class Figure:
    """An amount as it is, and as the pages show it: a sum rounded down, what is missing rounded up."""

    amount: Decimals
    """As it is."""
    shown: Decimals
    """As the pages show it; never more than it is, except what is still needed."""
    qualifier: Word
    """The word before it; empty where it is exact."""


@dataclass(frozen=True)
class OwnFigure:
    """A figure in the currency in which an account is kept."""

    currency: str
    """Three letters, as ISO 4217 has them."""
    amount: Decimals
    """As it is."""
    shown: Decimals
    """As the pages show it."""
    qualifier: Word
    """The word before it; empty where it is exact."""


@dataclass(frozen=True)
class Count:
    """How many of something that is not money."""

    number: int
    """How many."""
    qualifier: Word
    """The word before it; empty where it is exact."""


@dataclass(frozen=True)
class Rate:
    """What another currency was worth."""

    currency: str
    """Three letters, as ISO 4217 has them."""
    worth: Decimals
    """What one unit of it was worth in the campaign's currency."""
    day: Day
    """The day on which it was."""
    update: str
    """The update that said so."""


@dataclass(frozen=True)
class Ending:
    """How the appeal ended."""

    kind: EndingWord
    """`done`: the money does what it was asked for. `not_needed`: whoever it was for does not need it any more, or can
    no longer be helped by it. `stopped`: the family stops."""
    day: Day
    """Since when nobody is asked any more."""
    update: str | None
    """The update that said so; null where only the day was given."""
    promise: PromiseWord | None
    """Which promise applies to the money now; null where none does, or none was made."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How the campaign stood on a day. Once it has ended, nothing here asks, counts down or is missing."""

    phase: Phase
    """Where in its life the appeal is. `goal covered`: others pay what was missing to the goal."""
    ending: Ending | None
    """How it ended; null while it has not."""
    raised: Figure | None
    """What came in; null before the first figure. It never falls because money was spent."""
    goal: Amount | None
    """What donors are asked for; null once the money is not needed any more, since nothing is held against it then."""
    percent: int | None
    """Of the goal, rounded down, and more than 100 where more came in; null before the first figure, and once the money
    is not needed any more."""
    beyond: Figure | None
    """What came in over the goal; null where nothing did, and once the money is not needed any more."""
    others_pay: Figure | None
    """What others have begun to pay of the goal since it was set, which is not in `raised`; null where nobody has, and
    once the appeal has ended."""
    remaining: Figure | None
    """What is still asked for; null once nothing is, or the appeal has ended."""
    as_of: Day | None
    """The day the figure is of: of several accounts, the oldest. Null before the first figure."""
    as_of_newest: Day | None
    """The newest of its parts, where they are of different days; else null."""
    deadline: str | None
    """By when the money is needed, a day or a month (2016-02); null where nobody said, and once the appeal has
    ended."""
    promised: Figure | None
    """What is promised and not here, which is not in `raised`; null where nothing is, and once the appeal has ended."""
    gift_aid: Figure | None
    """What the tax office adds to gifts, which is not in `raised`; null where none was stated."""
    paid: Figure | None
    """What has been spent so far; null before the first payment."""
    in_hand: Figure | None
    """What was raised and not spent; null before the first payment."""


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A total that an update stated or changed."""

    source: str | None
    """The account's `id`; null for the one overall figure."""
    amount: Figure
    """In the campaign's currency."""
    own: OwnFigure | None
    """The same in the account's own currency, where that is another; else null."""
    rate: Rate | None
    """By which that was counted; null where nothing had to be."""
    as_of: Day
    """The day on which somebody read it."""
    is_counted: bool
    """False where its money is counted in another account already."""


@dataclass(frozen=True, kw_only=True)
class OfUpdate:
    """Which update it is."""

    update: str
    """The update's short name, which never changes."""
    title: str
    """Its headline."""
    date: Day
    """The day it is of."""
    page: Address | None
    """The address of its page; null where that is not known."""


@dataclass(frozen=True, kw_only=True)
class History(Standing, OfUpdate):
    """The campaign as it stood after an update, for ever: what was said later is not in it."""

    stated: tuple[Stated, ...]
    """The totals that it changed."""


@dataclass(frozen=True)
class Goal:
    """What donors were asked for, from a day on."""

    since: Day | None
    """From when it held; null for one that held from the beginning."""
    amount: Amount
    """How much."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One of the accounts that the total is made of."""

    id: str
    """Its short name, which never changes."""
    label: str
    """What donors read."""
    records: Literal["total", "receipts"]
    """`total`: read and stated anew from time to time. `receipts`: added up from what came in one by one."""
    currency: str
    """In which it is stated: three letters, as ISO 4217 has them."""
    amount: Figure | None
    """What it stands at, in the campaign's currency; null while it has not been stated."""
    own: OwnFigure | None
    """The same in its own currency, where that is another; else null."""
    rate: Rate | None
    """By which that was counted; null where nothing had to be."""
    as_of: Day | None
    """The day on which somebody read it; null while it has not been stated."""
    update: str | None
    """The update that said so; null while none has."""
    counted_in: str | None
    """The `id` of the account that holds its money already, so that it is not added; else null."""
    has_ended: bool
    """Whether it is no longer restated."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One line of what the money is for; the lines are met in this order."""

    id: str
    """Its short name, which never changes."""
    label: str
    """What donors read."""
    estimate: Amount
    """What it is thought to cost, with what others pay."""
    others_pay: Amount
    """What others pay of it."""
    need: Amount | None
    """What is left to gifts; null once the money is not needed any more."""
    met: Figure | None
    """How much of that the money reaches; null before the first figure, and once the money is not needed any more."""


@dataclass(frozen=True, kw_only=True)
class Payment:
    """An amount that was spent. To whom is on the campaign's own pages alone."""

    update: str
    """The update that told of it."""
    day: Day
    """The day of that update."""
    amount: Amount
    """How much; below zero where it was paid back."""
    cost: str | None
    """The `id` of the cost that it was for; null where it was for none."""
    promise: PromiseWord | None
    """The promise under which it was given on; null where it was not."""


@dataclass(frozen=True, kw_only=True)
class PaidFor:
    """What was paid for one thing."""

    cost: str | None
    """The `id` of the cost; null where it was for none."""
    label: str | None
    """That cost, as donors read it; null where it was for none."""
    promise: PromiseWord | None
    """The promise under which it was given on; null where it was not."""
    paid: Figure
    """What it comes to."""


@dataclass(frozen=True, kw_only=True)
class Spending:
    """What the gifts have paid for."""

    paid: Figure
    """All together."""
    in_hand: Figure
    """What was raised and not spent."""
    unaccounted: Figure | None
    """Once the appeal has ended: what no update has said anything of yet. Null where all of it is told, and before."""
    lines: tuple[PaidFor, ...]
    """By what it was for; together they are what was paid."""
    payments: tuple[Payment, ...]
    """One by one, oldest first."""


@dataclass(frozen=True, kw_only=True)
class Reached:
    """When a milestone was reached."""

    update: str
    """After which update."""
    day: Day
    """The day of that update."""
    raised: Figure | None
    """Where the total stood then; null where there was no figure."""


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """Something to reach. Once reached it stays so; once the appeal has ended, no others are listed."""

    kind: Literal["amount", "percent", "cost", "counter", "planned", "said"]
    """What decides that it is reached: an amount, a share of the goal, a cost that is then paid for, a counter, or an
    update that says so, planned for a day or not."""
    label: str | None
    """What donors read; null where the pages have words of their own for it."""
    amount: Amount | None
    """How much must be raised for it; null where it is not reached by money."""
    percent: int | None
    """Which share of the goal that is; null where it is none."""
    cost: str | None
    """The `id` of the cost; null where it is of none."""
    counter: str | None
    """The `id` of the counter; null where it is of none."""
    at: Count | None
    """What the counter must come to; null where it is of none."""
    planned: Day | None
    """For when it is planned, or was; null where nobody said."""
    missing: Figure | None
    """What is still to go; null where it is reached, or not by money, or more than is still asked for."""
    reached: Reached | None
    """When; null while it is not."""


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Something that is counted besides money."""

    id: str
    """Its short name, which never changes."""
    label: str
    """What is counted."""
    count: Count
    """How many."""
    update: str
    """The update that said so."""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What happens to the money. Once the appeal has ended, the promise that applies and no other."""

    too_much: str | None
    """If more comes in than is needed; null where nothing was said."""
    too_little: str | None
    """If less comes in; null where nothing was said."""
    not_needed: str | None
    """If it is not needed or cannot be used as was asked; null where nothing was said."""
    first_said: Day | None
    """The day on which this was first said; null where nobody wrote that down."""


@dataclass(frozen=True, kw_only=True)
class PromisedGift:
    """A gift that somebody said would come; it is not in `raised`."""

    amount: Amount
    """How much."""
    state: Literal["open", "kept", "withdrawn"]
    """What became of it. Once the appeal has ended, no open one is listed."""
    promised: str
    """The update that told of it."""
    settled: str | None
    """The update that says that it came in, or will not; null while none does."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """Somebody adds to what others give. It is not in `raised` until it came in; who it is, only the pages say."""

    state: Literal["open", "used up", "over", "kept", "withdrawn"]
    """What became of it. Once the appeal has ended, only those that were kept are listed."""
    each: Decimals
    """How much is added to each unit given: 1 doubles a gift."""
    up_to: Amount
    """How much at most."""
    since: Day
    """The first day on which gifts grow by it."""
    until: Day | None
    """The last day on which they do; null where nobody said."""
    used: Figure
    """How much of it gifts have called for."""
    left: Figure | None
    """How much more gifts can call for; null unless it is open."""
    sources: tuple[str, ...]
    """The accounts whose gifts grow; none where it is all of them."""
    update: str | None
    """The update that says that it was kept or will not be; null while none does."""


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where to find the rest. All are null in a site that was built without knowing where it will be."""

    site: Address | None
    """The home page."""
    csv: Address | None
    """The history as a table."""
    schema: Address | None
    """What this file may hold, as a JSON Schema."""
    feed: Address | None
    """The updates as a feed (Atom)."""
    calendar: Address | None
    """The events as a calendar; null where there are none."""


@dataclass(frozen=True, kw_only=True)
class OfCampaign:
    """Which campaign it is, and of which day."""

    version: Literal[1]
    """Of this form, which only ever grows."""
    name: str
    """What the appeal is called."""
    currency: str
    """Three letters, as ISO 4217 has them; every amount is in it, except in `own`."""
    language: str
    """The language and country of its words: en-GB."""
    example: bool
    """Whether it is a past or invented appeal, shown as an example."""
    day: Day
    """The day this file is of. A figure is of `as_of`, however new the file is."""
    addresses: Addresses
    """Where to find the rest."""


@dataclass(frozen=True, kw_only=True)
class Totals(Standing, OfCampaign):
    """The campaign's figures as of one day, and as they stood after each update."""

    goals: tuple[Goal, ...]
    """What donors were asked for, oldest first; the last is in force."""
    sources: tuple[Source, ...]
    """The accounts, as they stand on `day`; none where there is one overall figure."""
    rates: tuple[Rate, ...]
    """The newest of each other currency that is counted."""
    costs: tuple[Cost, ...]
    """What the money is for, in the order in which it is met; none where nobody has estimated anything yet."""
    surplus: Figure | None
    """What came in over all needs, on the estimates of `costs`; null where nothing did, while anything is asked for,
    and once the money is not needed any more."""
    spending: Spending | None
    """What the gifts have paid for; null before the first payment."""
    milestones: tuple[Milestone, ...]
    """Reached ones in the order they were reached, then what is next."""
    counters: tuple[Counter, ...]
    """What is counted besides money, as far as it was stated."""
    promise: Promise | None
    """What happens to the money; null where nothing was said of it."""
    promised_gifts: tuple[PromisedGift, ...]
    """Gifts that somebody said would come, oldest first."""
    matches: tuple[Match, ...]
    """Who adds to what others give: those that had begun."""
    updates: tuple[History, ...]
    """The campaign as it stood after each update, newest first."""
