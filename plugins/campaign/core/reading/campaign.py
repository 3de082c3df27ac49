"""campaign.yaml becomes a Campaign: what the appeal is and what changes seldom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Protocol, TypeVar
from zoneinfo import ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies
from pydantic import Field, PrivateAttr

from .account_numbers import accounts_in
from .dates import zone
from .fields import (
    Amount,
    ContactAddress,
    CountOf,
    Day,
    DayMonthOrYear,
    DayOrMonth,
    Fields,
    Flag,
    Id,
    Text,
    WebAddress,
    lone,
    nearest,
    one_of,
    read_fields,
    reading,
)
from .front_matter import Document
from .money import ENGLISH, Money, Region, Vocabulary
from .problems import CampaignError, Problem, Refused
from .repository import Repository, parse_repository

OVERALL = "raised"
"""The key under ``totals`` for the overall figure; no source may take it as its id."""
DEFAULT_LOCALE = "en_GB"

MOST = 100
"""Of what each update is compared with: sources, costs, milestones and the like."""


class Goal(Fields):
    """What donors are asked for, from a day on."""

    from_: Day | None = Field(None, alias="from", description="the first day it holds")
    amount: Amount = Field(description="the goal")
    why: Text | None = Field(None, description="why it is this much")
    jump: Text | None = Field(None, description="why it differs so much from the one before")


class Estimate(Fields):
    """What one cost line is thought to come to, from a day on."""

    from_: Day | None = Field(None, alias="from", description="the first day it holds")
    amount: Amount = Field(description="the estimate")
    why: Text | None = Field(None, description="why it is this much")
    jump: Text | None = Field(None, description="why it differs so much from the one before")


class PaidBy(Fields):
    """Somebody else takes over part of a cost."""

    from_: Day = Field(alias="from", description="the first day it holds")
    until: Day | None = Field(None, description="the first day it no longer holds; leave out while it does")
    who: Text = Field(description="who pays")
    amount: Amount = Field(description="how much of the line they pay")
    covers: Text | None = Field(None, description="what it is for")

    def holds_on(self, day: date) -> bool:
        return self.from_ <= day and (self.until is None or day < self.until)


class CostNote(Fields):
    """What somebody said of a cost on a day, and what no figure can hold."""

    said: Day = Field(description="the day it was said")
    note: Text = Field(description="what was said")


class Cost(Fields):
    """One line of what the money is for."""

    id: Id = Field(description="a short name for milestones to point to")
    label: Text = Field(description="what donors read")
    estimate: Annotated[tuple[Estimate, ...], lone("amount")] = Field(description="one amount, or a dated list")
    paid_by: tuple[PaidBy, ...] = Field((), description="who else pays part of it")
    notes: tuple[CostNote, ...] = Field((), description="what was said of it since, each with its day")

    def is_known_on(self, day: date) -> bool:
        """Whether anybody had estimated it by ``day``; before that no page knows of it."""
        return any(estimate.from_ is None or estimate.from_ <= day for estimate in self.estimate)


class Promise(Fields):
    """What happens to the money if it is too much, too little or not needed."""

    too_much: Text | None = Field(None, description="if more comes in than is needed")
    too_little: Text | None = Field(None, description="if less comes in than is needed")
    not_needed: Text | None = Field(None, description="if the treatment is not needed or not possible")
    first_said: Day | None = Field(None, description="pages as of an earlier day do not show it")


class HeldBy(Fields):
    """Who holds the money."""

    kind: Annotated[str, one_of("charity", "personal")] = Field(description="charity or personal")
    name: Text | None = Field(None, description="the holder's name")
    number: Text | None = Field(None, description="the charity's number")
    url: WebAddress | None = Field(None, description="the holder's page")


class Give(Fields):
    """One way to give."""

    label: Text = Field(description="what the button says")
    url: WebAddress | None = Field(None, description="where it leads")
    closes: Day | None = Field(None, description="the last day it takes gifts")
    note: Text | None = Field(None, description="a sentence beside it")

    def open_on(self, day: date) -> bool:
        return self.closes is None or day <= self.closes


class Source(Fields):
    """One of the separate accounts the total is made of."""

    id: Id = Field(description="the name updates use under totals")
    label: Text = Field(description="what donors read")
    records: Annotated[str, one_of("total", "receipts")] = Field(
        "total", description="total (a running total, restated) or receipts (each amount as it comes in)"
    )
    counted_in: Id | None = Field(None, description="the source that already holds this money")
    ended: Day | None = Field(None, description="from this day it is no longer restated, and no longer stale")

    @property
    def is_running(self) -> bool:
        return self.records == "total"

    def has_ended_on(self, day: date) -> bool:
        return self.ended is not None and self.ended <= day


class Deadline(Fields):
    """By when the money is needed, as it was known from a day on."""

    said: Day | None = Field(None, description="the day it became known")
    date: DayOrMonth = Field(description="a day or a month")
    why: Text | None = Field(None, description="what happens then")


@dataclass(frozen=True, slots=True)
class Share:
    """A milestone's amount: so much money, or a share of the goal in force; one of the two is None."""

    amount: Money | None
    percent: int | None


def _share(text: str, region: Region) -> Share:
    if match := re.fullmatch(r"([1-9][0-9]{0,3})\s*%", text):
        return Share(amount=None, percent=int(match[1]))
    if text.endswith("%"):
        raise Refused("amount", f"expected a whole share of the goal like 50%, got '{text}'")
    return Share(amount=region.parse(text), percent=None)


class Milestone(Fields):
    """Something to reach; exactly one of ``raised``, ``cost``, ``counter``, or an ``id`` that an update reaches."""

    id: Id | None = Field(None, description="the name updates use under reached")
    label: Text | None = Field(None, description="what donors read")
    raised: Annotated[Share, reading(_share)] | None = Field(
        None, description="an amount, or a share of the goal such as 50%"
    )
    cost: Id | None = Field(None, description="the id of a cost line that is then paid for")
    counter: Id | None = Field(None, description="the id of a counter")
    at: CountOf | None = Field(None, description="the number the counter must come to")
    date: Day | None = Field(None, description="the day it is planned for")
    said: Day | None = Field(None, description="pages as of an earlier day do not show it")

    @property
    def is_computed(self) -> bool:
        """Reached by a figure, rather than when an update says so."""
        return self.raised is not None or self.cost is not None or self.counter is not None


class Counter(Fields):
    """Something that is counted besides money."""

    id: Id = Field(description="the name updates use under counters")
    label: Text = Field(description="what is counted, as donors read it after the number")
    url: WebAddress | None = Field(None, description="where to add to it")


class Treatment(Fields):
    """A plan for the treatment, as it was said on a day."""

    said: Day = Field(description="the day it was said")
    status: Annotated[str, one_of("hoped", "planned", "accepted", "booked", "done", "cancelled")] = Field(
        description="hoped, planned, accepted, booked, done or cancelled"
    )
    what: Text | None = Field(None, description="which treatment")
    where: Text | None = Field(None, description="the hospital")
    when: Text | None = Field(None, description="in your own words")


class OtherCause(Fields):
    """Another cause that money was raised for: shown, never counted."""

    id: Id = Field(description="the name receipts use under cause")
    label: Text = Field(description="what donors read")


class Press(Fields):
    """A report about the appeal."""

    date: DayMonthOrYear = Field(description="a day, a month or a year")
    publication: Text = Field(description="who reported")
    title: Text | None = Field(None, description="the report's title")
    url: WebAddress | None = Field(None, description="the report")
    says: Text | None = Field(None, description="what it said, in your own words")


def _currency(text: str, _: object = None) -> str:
    if text not in list_currencies():
        known = text.upper() in list_currencies()
        hint = f"; write {text.upper()}" if known else ""
        raise Refused("currency", f"expected a currency's three letters like GBP or EUR, got '{text}'{hint}")
    return text


def _locale(text: str, _: object = None) -> str:
    try:
        # Babel reads what it knows at the beginning and passes over the rest.
        if re.fullmatch(r"[A-Za-z]{2,3}([_-][A-Za-z]{4})?([_-]([A-Za-z]{2}|\d{3}))?", text):
            return str(Locale.parse(text.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        pass
    raise Refused("locale", f"expected a language and country like en_GB, cy_GB or de_DE, got '{text}'")


def _timezone(text: str, _: object = None) -> str:
    try:
        zone(text)
    except ZoneInfoNotFoundError:
        # Where even the one of every message is unknown, the machine has no list, and the text may be right.
        try:
            zone("Europe/London")
        except ZoneInfoNotFoundError:
            raise Refused(
                "timezone",
                f"this computer has no list of time zones in which to look up '{text}'; install the project again,"
                " which brings one, or write UTC",
            ) from None
        raise Refused("timezone", f"expected a time zone like Europe/London, got '{text}'") from None
    return text


class Campaign(Fields):
    """The appeal, as campaign.yaml gives it."""

    name: Text = Field(description="the appeal's name")
    beneficiary: Text | None = Field(None, description="who it is for; a first name is enough")
    summary: Text | None = Field(None, description="one sentence: who and why")
    image: Text | None = Field(None, description="a picture under content/images, as images/walk.jpg")
    image_alt: Text | None = Field(None, description="what the picture shows, for those who cannot see it")
    example: Flag = Field(False, description="true for a past or invented appeal")
    currency: Annotated[str, reading(_currency)] = Field(description="ISO 4217, such as GBP")
    locale: Annotated[str, reading(_locale)] = Field(DEFAULT_LOCALE, description="how figures and dates are written")
    timezone: Annotated[str, reading(_timezone)] = Field("UTC", description="which day it is")
    started: DayOrMonth | None = Field(None, description="the day or month the appeal began")
    closed: Day | None = Field(None, description="the day the appeal stopped asking")
    repository: Annotated[Repository, reading(lambda text, _: parse_repository(text))] | None = Field(
        None, description="where this project is public, as owner/name; on GitHub it is known by itself"
    )
    goal: Annotated[tuple[Goal, ...], lone("amount")] = Field(description="one amount, or a dated list")
    costs: tuple[Cost, ...] = Field((), max_length=MOST, description="what the money is for, met in this order")
    promise: Promise | None = Field(None, description="what happens to the money")
    held_by: HeldBy | None = Field(None, description="who holds the money")
    contact: ContactAddress | None = Field(None, description="mailto: or https:")
    give: tuple[Give, ...] = Field((), max_length=MOST, description="ways to give, in the order shown")
    sources: tuple[Source, ...] = Field((), max_length=MOST, description="the separate accounts the total is made of")
    deadline: Annotated[tuple[Deadline, ...], lone("date")] = Field((), description="one date, or a dated list")
    milestones: tuple[Milestone, ...] = Field((), max_length=MOST, description="what there is to reach")
    counters: tuple[Counter, ...] = Field((), max_length=MOST, description="what is counted besides money")
    treatment: tuple[Treatment, ...] = Field((), description="plans for the treatment, newest last")
    other_causes: tuple[OtherCause, ...] = Field((), max_length=MOST, description="other causes money was raised for")
    press: tuple[Press, ...] = Field((), description="reports about the appeal")

    _region: Region = PrivateAttr()

    def model_post_init(self, context: Region) -> None:
        self._region = context

    @property
    def region(self) -> Region:
        """How its amounts were read, and are written."""
        return self._region

    @property
    def running_sources(self) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.is_running)

    def as_known_on(self, day: date) -> Campaign:
        """The same appeal without anything that was said or began later than ``day``."""
        return self.model_copy(
            update={
                "goal": self.goals_on(day),
                "costs": tuple(_cost_known_on(cost, day) for cost in self.costs if cost.is_known_on(day)),
                "promise": self.promise_on(day),
                "deadline": tuple(d for d in self.deadline if d.said is None or d.said <= day),
                "milestones": tuple(m for m in self.milestones if m.said is None or m.said <= day),
                "treatment": self.treatment_on(day),
                "press": self.press_on(day),
            }
        )

    def source(self, id: str) -> Source:
        return next(source for source in self.sources if source.id == id)

    def goals_on(self, day: date) -> tuple[Goal, ...]:
        """The goals said by ``day``, oldest first; the last is in force. The first holds from the beginning."""
        goals = _dated(self.goal)
        return tuple(goal for goal in goals if goal.from_ is None or goal.from_ <= day) or goals[:1]

    def deadline_on(self, day: date) -> Deadline | None:
        """The deadline as it was known on ``day``."""
        known = [deadline for deadline in self.deadline if deadline.said is None or deadline.said <= day]
        return max(known, key=lambda deadline: deadline.said or date.min, default=None)

    def treatment_on(self, day: date) -> tuple[Treatment, ...]:
        """The plans said by ``day``, oldest first."""
        return tuple(sorted((plan for plan in self.treatment if plan.said <= day), key=lambda plan: plan.said))

    def promise_on(self, day: date) -> Promise | None:
        promise = self.promise
        return promise if promise and (promise.first_said is None or promise.first_said <= day) else None

    def press_on(self, day: date) -> tuple[Press, ...]:
        """The reports that were out on ``day``, newest first."""
        out = [report for report in self.press if report.date.first <= day]
        return tuple(sorted(out, key=lambda report: report.date.first, reverse=True))


def _cost_known_on(cost: Cost, day: date) -> Cost:
    payers = tuple(payer for payer in cost.paid_by if payer.from_ <= day)
    notes = tuple(sorted((note for note in cost.notes if note.said <= day), key=lambda note: note.said))
    return cost.model_copy(update={"estimate": estimates_on(cost, day), "paid_by": payers, "notes": notes})


class _From(Protocol):
    @property
    def from_(self) -> date | None: ...


D = TypeVar("D", bound=_From)


def _dated(entries: Sequence[D]) -> tuple[D, ...]:
    """Oldest first; an entry without a day stands from the beginning."""
    return tuple(sorted(entries, key=lambda entry: entry.from_ or date.min))


def estimates_on(cost: Cost, day: date) -> tuple[Estimate, ...]:
    """The estimates of a line said by ``day``, oldest first; the last is in force."""
    estimates = _dated(cost.estimate)
    return tuple(e for e in estimates if e.from_ is None or e.from_ <= day)


def locale_of(document: Document | None) -> str:
    """The locale that a campaign file names, or the one it has without naming any; before anything else is read."""
    try:
        return _locale(str(document.fields.get("locale", DEFAULT_LOCALE))) if document else DEFAULT_LOCALE
    except Refused:
        return DEFAULT_LOCALE


def parse_campaign(document: Document, vocabulary: Vocabulary = ENGLISH) -> Campaign:
    """Read campaign.yaml; raise CampaignError with every problem found.

    vocabulary: the words of the language of ``locale_of(document)``, which are read in updates, too.
    """
    region, region_is_known = _region(document, vocabulary)
    try:
        campaign = read_fields(Campaign, document, region)
    except CampaignError as error:
        # Amounts read in a made-up currency or locale would be reported for the wrong reason.
        raise CampaignError(
            problem
            for problem in error.problems
            if region_is_known
            or (problem.name not in _NEEDS_REGION and (problem.name != "currency" or problem.field == "currency"))
        ) from None
    problems = list(_inconsistent(campaign, document))
    if problems:
        raise CampaignError(problems)
    return campaign


_NEEDS_REGION = ("amount", "count", "comma-in-braces")
NEEDS_CAMPAIGN = (*_NEEDS_REGION, "currency", "milestone", "records", "unknown-id")
"""Problems that a sound campaign.yaml is needed to be sure of."""


def outline(document: Document | None, vocabulary: Vocabulary = ENGLISH) -> Campaign:
    """Enough of a broken campaign.yaml to look for problems in other files, but for those in NEEDS_CAMPAIGN."""
    region, _ = _region(document, vocabulary) if document else (Region("GBP", DEFAULT_LOCALE), False)
    fields = {"name": "?", "currency": region.currency, "locale": region.locale, "goal": "1"}
    return read_fields(Campaign, Document("", fields, {}), region)


def _region(document: Document, vocabulary: Vocabulary) -> tuple[Region, bool]:
    """How the file's amounts are to be read, found before anything else is; and whether the file says so."""
    try:
        currency = _currency(str(document.fields.get("currency")))
        return Region(currency, _locale(str(document.fields.get("locale", DEFAULT_LOCALE))), vocabulary), True
    except Refused:
        return Region("GBP", DEFAULT_LOCALE), False


def _inconsistent(campaign: Campaign, document: Document) -> Iterator[Problem]:
    """What is wrong between fields that are each right alone."""
    yield from without_words(document)
    yield from _twice(campaign, document)
    yield from _dates(campaign, document)
    yield from _sources(campaign, document)
    yield from _accounts(campaign, document)
    for index, goal in enumerate(campaign.goal):
        if goal.amount.amount == 0:
            yield document.problem("amount", "a goal must be more than zero", "goal", index, "amount")
    for index, milestone in enumerate(campaign.milestones):
        for message in _milestone(campaign, milestone):
            yield document.problem("milestone", message, "milestones", index)


def without_words(document: Document) -> Iterator[Problem]:
    """A picture that those who cannot see it are told nothing about."""
    if document.fields.get("image") and not document.fields.get("image_alt"):
        message = "a picture needs image_alt: what it shows, for those who cannot see it"
        yield document.problem("image-alt", message, "image")


def _twice(campaign: Campaign, document: Document) -> Iterator[Problem]:
    for key in ("costs", "sources", "counters", "other_causes", "milestones"):
        seen: set[str | None] = set()
        for index, entry in enumerate(getattr(campaign, key)):
            if entry.id is not None and entry.id in seen:
                yield document.problem("duplicate", f"the id {entry.id} is taken; choose another", key, index, "id")
            seen.add(entry.id)
    lists: list[tuple[tuple[str | int, ...], tuple[Fields, ...]]] = [
        (("milestones",), campaign.milestones),
        (("give",), campaign.give),
        (("treatment",), campaign.treatment),
        (("press",), campaign.press),
        *((("costs", index, "paid_by"), cost.paid_by) for index, cost in enumerate(campaign.costs)),
    ]
    for path, entries in lists:
        first: dict[Fields, int] = {}
        for index, entry in enumerate(entries):
            earlier = first.setdefault(entry, index)
            if earlier < index and getattr(entry, "id", None) is None:
                message = f"says the same as entry {earlier + 1}; delete one of the two"
                yield document.problem("duplicate", message, *path, index)


def _dates(campaign: Campaign, document: Document) -> Iterator[Problem]:
    histories: list[tuple[tuple[str | int, ...], str, list[date | None]]] = [
        (("goal",), "from", [goal.from_ for goal in campaign.goal]),
        (("deadline",), "said", [deadline.said for deadline in campaign.deadline]),
    ]
    for index, cost in enumerate(campaign.costs):
        histories.append((("costs", index, "estimate"), "from", [estimate.from_ for estimate in cost.estimate]))
        for number, payer in enumerate(cost.paid_by):
            if payer.until and payer.until <= payer.from_:
                yield document.problem(
                    "order",
                    f"is not after from ({payer.from_}); write the first day on which it no longer holds",
                    *("costs", index, "paid_by", number, "until"),
                )
    for path, key, days in histories:
        for index, day in enumerate(days):
            if day is None and index > 0:
                yield document.problem(
                    "missing", f"is needed in a list of several; add {key}: and a day", *path, index, key
                )
            elif day is not None and day in days[:index]:
                yield document.problem(
                    "duplicate", f"two entries hold from {day}; keep one or change its day", *path, index, key
                )
    if campaign.closed and campaign.started and campaign.closed < campaign.started.first:
        yield document.problem(
            "order", f"is before the appeal started ({campaign.started.isoformat()}); change one of the two", "closed"
        )


def _sources(campaign: Campaign, document: Document) -> Iterator[Problem]:
    ids = [source.id for source in campaign.sources]
    for index, source in enumerate(campaign.sources):
        if source.id == OVERALL:
            yield document.problem(
                "id", "no source can be called raised, the word for the whole; choose another", "sources", index, "id"
            )
        if source.counted_in is None:
            continue
        holder = next((other for other in campaign.sources if other.id == source.counted_in), None)
        if holder is None or holder.id == source.id:
            others = ", ".join(id for id in ids if id != source.id) or "none yet"
            message = f"expected another source's id ({others}), got '{source.counted_in}'"
        elif holder.counted_in is not None:
            message = f"{holder.id} is itself counted in {holder.counted_in}; write {holder.counted_in}"
        else:
            continue
        yield document.problem("unknown-id", message, "sources", index, "counted_in")


def _accounts(campaign: Campaign, document: Document) -> Iterator[Problem]:
    """An account number beside a way to give with which no bank could do anything."""
    for index, way in enumerate(campaign.give):
        for key, text in (("label", way.label), ("note", way.note or "")):
            for account in accounts_in(text):
                if account.fault:
                    message = f"{account.number} {account.fault}; copy it from the bank once more"
                    yield document.problem("account", message, "give", index, key)


def _milestone(campaign: Campaign, milestone: Milestone) -> Iterator[str]:
    kinds = [key for key in ("raised", "cost", "counter") if getattr(milestone, key) is not None]
    if len(kinds) > 1:
        yield f"is reached in one way only; keep one of {' and '.join(kinds)}"
    if not kinds and (milestone.id is None or milestone.label is None):
        yield "needs raised, cost, counter with at, or an id and a label that an update can say is reached"
    if kinds and milestone.date:
        yield f"is reached by {kinds[0]}; a planned date goes with an id and a label alone"
    costs, counters = [cost.id for cost in campaign.costs], [counter.id for counter in campaign.counters]
    if milestone.cost and milestone.cost not in costs:
        yield f"there is no cost with the id {milestone.cost}{nearest(milestone.cost, costs)}"
    if milestone.counter and milestone.counter not in counters:
        yield f"there is no counter with the id {milestone.counter}{nearest(milestone.counter, counters)}"
    if (milestone.counter is None) != (milestone.at is None):
        yield "counter and at go together; write both, the counter's id and the number it must come to"
