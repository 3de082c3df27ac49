"""The front matter of an update, an event or a plain page becomes a value, checked against the campaign."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import count
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from .campaign import OVERALL, Campaign, Counter, OtherCause, Source
from .campaign_file import without_words
from .dates import Period
from .fields import (
    Amount,
    CountOf,
    Day,
    DayMonthOrYear,
    Fields,
    Flag,
    Id,
    Image,
    Moment,
    Occasion,
    OfAccount,
    OneValueToo,
    Rate,
    SignedAmount,
    Text,
    did_you_mean,
    of_accounts,
    one_of,
    read_fields,
)
from .front_matter import Document
from .problems import CampaignError, FieldError, Problem
from .slug import slug
from .stray_fields import Names, fields_in_story
from .told import Story

PAID = "paid"
"""The key a correction has when it is of money that was paid back."""
EVERY = "*"
"""The key a correction has when it is one sentence for whatever fell."""

_UPDATE_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
_SLUG_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_COPY = re.compile(
    r"(?:\s*\([0-9]{1,2}\)|\s+-?\s*(?:copy|kopie|kopia|kopi|copie|copia|c\u00f3pia)(?:\s*\(?[0-9]{1,2}\)?)?)+$",
    re.IGNORECASE,
)
"""What computers put behind the name of a copy: ``walk (1).md``, ``walk copy.md``, ``walk - Kopie.md``."""
MAX_NAME = 200
"""Characters of a file's name; a disk holds 255, and the page made of it has a longer ending."""


class Receipt(Fields):
    """An amount that came in."""

    @model_validator(mode="before")
    @classmethod
    def _in_its_currency(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("source"), str) and "amount" in value:
            return {**value, "amount": OfAccount(value["amount"], value["source"])}
        return value

    source: Id | None = Field(None, description="the source that holds it; records: receipts")
    amount: SignedAmount = Field(description="how much came in")
    from_: Text | None = Field(None, alias="from", description="where it came from")
    date: DayMonthOrYear | None = Field(None, description="when it came in, where that is known: a day, month or year")
    event: Id | None = Field(None, description="the event it was raised at: the name of its file")
    cause: Id | None = Field(None, description="the other cause it was raised for; then it is not counted")

    @property
    def is_taken_back(self) -> bool:
        """Whether it was written down wrongly before, and is taken back here."""
        return self.amount.amount < 0


class Payment(Fields):
    """An amount that was spent: for a cost, for somebody else under a promise, or for neither."""

    amount: SignedAmount = Field(description="how much was paid; below zero where it was paid back")
    to: Text = Field(description="who was paid, or for what")
    cost: Id | None = Field(None, description="the cost line it was for")
    promise: Annotated[str, one_of("too_much", "too_little", "not_needed")] | None = Field(
        None, description="the promise under which it was given on: too_much, too_little or not_needed"
    )

    @property
    def is_for(self) -> tuple[str, str]:
        """``("cost", "surgery")``, ``("promise", "too_much")``, or two empty texts."""
        if self.cost is not None:
            return "cost", self.cost
        return ("promise", self.promise) if self.promise is not None else ("", "")


class PromisedGift(Fields):
    """A gift that somebody says will come."""

    id: Id = Field(description="a short name for kept and withdrawn")
    amount: Amount = Field(description="how much is promised")
    from_: Text | None = Field(None, alias="from", description="who promises it")


class TitledFields(Fields):
    """What updates, events and pages have in common."""

    title: Text = Field(description="the headline", examples=["Half way there"])
    status: Annotated[str, one_of("draft", "published")] = Field(
        "published", description="`draft` while it is not to be published", examples=["draft"]
    )
    summary: Text | None = Field(
        None,
        description="one sentence for lists and shared links; else the first sentence of the story",
        examples=["Great news from the hospital."],
    )
    image: Image | None = Field(None, description="a picture from `content/images`", examples=["images/walk.jpg"])
    image_alt: Text | None = Field(
        None, description="what the picture shows; needed with `image`", examples=["A pushchair with balloons"]
    )


class UpdateFields(TitledFields):
    """The front matter of an update."""

    date: Moment = Field(description="the day, if you like with the time", examples=["2015-08-26 18:30"])
    author: Text | None = Field(None, description="who writes", examples=["Mum"])
    totals: Annotated[dict[str, Amount], BeforeValidator(of_accounts)] = Field(
        {}, description="what each account stands at now; below it, `raised` is the whole"
    )
    as_of: Day | None = Field(
        None, description="the day you read those totals, if it was another", examples=["2015-08-25"]
    )
    received: tuple[Receipt, ...] = Field((), description="amounts that came in, one by one")
    promised: tuple[PromisedGift, ...] = Field((), description="gifts that somebody says will come")
    kept: tuple[Id, ...] = Field((), description="promises that came in", examples=[["matched-gift"]])
    withdrawn: tuple[Id, ...] = Field((), description="promises that will not come", examples=[["matched-gift"]])
    gift_aid: dict[str, Amount] = Field({}, description="what Gift Aid stands at now")
    counters: dict[str, CountOf] = Field({}, description="what else is counted")
    reached: tuple[Id, ...] = Field((), description="milestones that have been reached", examples=[["accepted"]])
    correction: Annotated[
        dict[str, Text], OneValueToo(lambda value: {EVERY: value} if isinstance(value, str) else value)
    ] = Field({}, description="why a total is lower than before")
    jump: Text | None = Field(None, description="why a total is so much higher than before")
    rates: dict[str, Rate] = Field({}, description="what one unit of another currency was worth")
    paid: tuple[Payment, ...] = Field((), description="what the money has been spent on")
    ends: Annotated[str, one_of("done", "not_needed", "stopped")] | None = Field(
        None, description="the appeal asks no more: `done`, `not_needed` or `stopped`", examples=["done"]
    )
    resumes: Flag = Field(False, description="`true` where an appeal that had ended is taken up again")


class EventFields(TitledFields):
    """The front matter of an event."""

    title: Text = Field(description="what it is", examples=["Sponsored buggy walk"])
    status: Annotated[str, one_of("draft", "published", "cancelled")] = Field(
        "published", description="`draft`, or `cancelled` if it will not be", examples=["draft"]
    )
    date: Occasion | None = Field(
        None, description="when: a day, if you like with the time, or a month or a year", examples=["2015-06-14 10:30"]
    )
    held: Flag = Field(False, description="`true` once it was held", examples=[True])
    said: Day | None = Field(
        None, description="the day on which it was announced; an event without a date shows it", examples=["2015-03-24"]
    )
    place: Text | None = Field(None, description="where", examples=["The recreation ground"])


class PageFields(TitledFields):
    """The front matter of a plain page."""

    title: Text = Field(description="the headline", examples=["About"])
    said: Day | None = Field(None, description="the day from which there is such a page", examples=["2015-08-26"])


class Told:
    """A file with a story below its fields."""

    document: Document
    locale: str

    @cached_property
    def story(self) -> Story:
        """Its story, read once."""
        from .story import read_story  # noqa: PLC0415 (it takes Markdown to read one)

        return read_story(self.document.body, self.locale)

    def tell(self, story: Story) -> None:
        """Take its story from whoever has read it before: that of the same text and locale."""
        vars(self)["story"] = story


@dataclass(frozen=True)
class Update(Told):
    """One update: what its file says, and where and when."""

    document: Document
    slug: str
    """The file's name without ``.md``: ``2015-08-26-half-way``; the page's address for ever."""
    said: UpdateFields
    """What its fields say."""
    locale: str = ""
    """The language whose quotation marks its story has; empty for those that were typed."""

    @property
    def day(self) -> date:
        """The day it tells of."""
        return self.said.date[0]

    @property
    def time(self) -> str:
        """``18:30``, or empty."""
        return self.said.date[1]

    @property
    def order(self) -> tuple[date, str, str]:
        """Updates count by date with time, then by file name."""
        return self.day, self.time, self.slug

    @property
    def is_draft(self) -> bool:
        """Whether it is not to be published yet."""
        return self.said.status == "draft"

    @property
    def read_on(self) -> date:
        """The day its totals were read."""
        return self.said.as_of or self.day


@dataclass(frozen=True)
class Event(Told):
    """One event; ``slug`` is its file's name without ``.md``."""

    document: Document
    slug: str
    """Its file's name without ``.md``."""
    said: EventFields
    """What its fields say."""
    locale: str = ""
    """The language whose quotation marks its story has; empty for those that were typed."""

    @property
    def when(self) -> Period | None:
        """A day, a month or a year; None while nobody knows."""
        return self.said.date[0] if self.said.date else None

    @property
    def time(self) -> str:
        """``18:30``, or empty."""
        return self.said.date[1] if self.said.date else ""


@dataclass(frozen=True)
class Page(Told):
    """One plain page; ``slug`` is its file's name without ``.md``."""

    document: Document
    slug: str
    said: PageFields
    locale: str = ""
    """The language whose quotation marks its story has; empty for those that were typed."""


def parse_update(document: Document, campaign: Campaign, taken: Collection[str] = ()) -> Update:
    """Read an update; raise CampaignError with every problem that can be seen in it alone.

    taken: the names of all files in its folder, none of which another file can be told to take.
    """
    name = document.path.rpartition("/")[2]
    problems = []
    match = _UPDATE_NAME.fullmatch(name)
    if match is None or len(name) > MAX_NAME:
        day = _day_in(name, document.fields.get("date"))
        rule = "an update's file is named after its day and a few words, with .md"
        problems.append(
            document.problem("file-name", _name_help(name, f"{day}-", "what-happened", rule, campaign, taken))
        )
    said = _read(UpdateFields, document, campaign, problems)
    if said is None:
        raise CampaignError(problems)
    update = Update(document, name.removesuffix(".md"), said, campaign.locale)
    if match and match[1] != update.day.isoformat():
        problems.append(
            document.problem(
                "date-name",
                f"the file's name says {match[1]} but the date says {update.day}; change one so that they agree",
                "date",
            )
        )
    problems += (_moved(problem, document, campaign) for problem in _wrong(update, campaign))
    if problems:
        raise CampaignError(problems)
    return update


def parse_event(document: Document, campaign: Campaign, taken: Collection[str] = ()) -> Event:
    """Read an event; raise CampaignError with every problem found. taken: as for an update."""
    said, name = _read_named(EventFields, document, campaign, taken)
    if said.held and said.status == "cancelled":
        message = "an event that is cancelled was not held; keep held: true or status: cancelled"
        raise CampaignError([document.problem("held", message, "held")])
    return Event(document, name, said, campaign.locale)


def parse_page(document: Document, campaign: Campaign, taken: Collection[str] = ()) -> Page:
    """Read a plain page; raise CampaignError with every problem found. taken: as for an update."""
    said, name = _read_named(PageFields, document, campaign, taken)
    return Page(document, name, said, campaign.locale)


S = TypeVar("S", bound=TitledFields)


def _read_named(model: type[S], document: Document, campaign: Campaign, taken: Collection[str]) -> tuple[S, str]:
    name = document.path.rpartition("/")[2]
    problems = []
    if not _SLUG_NAME.fullmatch(name) or len(name) > MAX_NAME:
        rule = "a file here is named in small letters, digits and hyphens"
        problems.append(document.problem("file-name", _name_help(name, "", "what-it-is", rule, campaign, taken)))
    said = _read(model, document, campaign, problems)
    if said is None or problems:
        raise CampaignError(problems)
    return said, name.removesuffix(".md")


def _read(model: type[S], document: Document, campaign: Campaign, problems: list[Problem]) -> S | None:
    try:
        said = read_fields(model, document, campaign.region)
    except CampaignError as error:
        problems += [_moved(problem, document, campaign) for problem in error.problems]
        said = None
    problems += without_words(document)
    if astray := list(fields_in_story(document, _names(model, campaign))):
        # What is missing above and stands below is told once.
        problems[:] = [problem for problem in problems if not _is_below(problem, document)] + astray
    return said


def _names(model: type[TitledFields], campaign: Campaign) -> Names:
    accounts = _ids(campaign)
    inner = {
        field.alias or name for part in (Receipt, PromisedGift, Payment) for name, field in part.model_fields.items()
    }
    fields = {field.alias or name for name, field in model.model_fields.items()}
    return Names(fields, inner | accounts, accounts)


def _labels(campaign: Campaign) -> dict[str, str]:
    """The ids of what updates can name, by their labels in small letters."""
    labels = {milestone.label.casefold(): milestone.id for milestone in campaign.milestones if milestone.label}
    named: tuple[Source | Counter | OtherCause, ...] = (*campaign.sources, *campaign.counters, *campaign.other_causes)
    return {label: id for label, id in labels.items() if id} | {entry.label.casefold(): entry.id for entry in named}


def _written(document: Document, field: str) -> str:
    """The text at a field as problems name it, ``received[1].source``."""
    value: Any = document.fields
    for name, place in re.findall(r"([^.\[\]]+)|\[(\d+)\]", field):
        value = value[name] if name else value[int(place) - 1]
    return str(value)


def _ids(campaign: Campaign) -> set[str]:
    """What can stand below ``totals``, ``gift_aid`` or ``counters``."""
    return {OVERALL, *(source.id for source in campaign.sources), *(counter.id for counter in campaign.counters)}


def _is_below(problem: Problem, document: Document) -> bool:
    return problem.name == "missing" and bool(re.search(rf"^\s*{problem.field}\s*:", document.body, re.MULTILINE))


def _moved(problem: Problem, document: Document, campaign: Campaign) -> Problem:
    """Say of a source's id that stands among the update's fields where it belongs, and of a field below an id's."""
    group, _, key = problem.field.partition(".")
    if group in ("totals", "gift_aid", "counters") and key in UpdateFields.model_fields and key not in _ids(campaign):
        message = f"is a field of its own and no part of {group}; begin the line at the left, with {key}:"
        return replace(problem, name="unknown-field", message=message)
    if problem.name == "id" and (id := _labels(campaign).get(_written(document, problem.field).casefold())):
        return replace(problem, message=f"expected an id, got the label that donors read; write {id}")
    totals = (OVERALL, *(source.id for source in campaign.running_sources))
    counters = [counter.id for counter in campaign.counters]
    if problem.name != "unknown-field" or problem.field not in (*totals, *counters):
        return problem
    group = "totals" if problem.field in totals else "counters"
    line = f"{problem.field}: {_readable(document.fields[problem.field], campaign)}"
    return replace(problem, message=f"belongs below {group}:, two spaces further in, like “  {line}”")


def _readable(typed: object, campaign: Campaign) -> str:
    """What was typed, if it is an amount; a remedy shows no other."""
    try:
        campaign.region.parse(str(typed))
    except FieldError:
        return "…"
    return str(typed)


_MARK = "[-._\u2010-\u2014]"
"""What people write between the parts of a date, with the dashes that phones make of hyphens."""


def _day_in(name: str, date: object) -> str:
    """The date in a file's name, or else in its fields."""
    written = re.search(rf"(\d{{4}}){_MARK}(\d{{2}}){_MARK}(\d{{2}})", f"{_stem(name)} {date}", re.ASCII)
    return "-".join(written.groups()) if written else "YYYY-MM-DD"


def _stem(name: str) -> str:
    return re.sub(r"(\.\w+)+$", "", name)


def _name_help(name: str, day: str, no_words: str, rule: str, campaign: Campaign, taken: Collection[str]) -> str:
    """What to rename a file to, or which of two to delete.

    day: what the name begins with. no_words: what it says where nothing can be made of the words in it.
    """
    if len(name) > MAX_NAME:
        rule = f"a file's name can be {MAX_NAME} characters at most"

    def named(stem: str) -> str:
        words = re.sub(rf"\d{{1,4}}{_MARK}\d{{1,2}}{_MARK}\d{{1,4}}", "", stem) if day else stem
        return f"{day}{slug(words, campaign.region.locale) or no_words}.md"

    stem = _stem(name)
    meant = named(_COPY.sub("", stem))
    if meant not in taken:
        return f"{rule}; rename it to {meant}"
    rule = f"it looks like a copy of {meant}" if _COPY.search(stem) else f"{rule}, and there is {meant} already"
    return f"{rule}; delete one of the two, or rename this one to {free(meant, taken)} if both are meant"


def free(name: str, taken: Collection[str]) -> str:
    """A name like ``walk.md`` that no file has: ``walk-2.md``, or the next number that is free."""
    stem, dot, ending = name.rpartition(".")
    numbered = (f"{stem}-{number}{dot}{ending}" for number in count(2))
    lower = {other.lower() for other in taken}
    return next(other for other in numbered if other.lower() not in lower)


def _wrong(update: Update, campaign: Campaign) -> Iterator[Problem]:
    yield from _wrong_totals(update, campaign)
    yield from _wrong_receipts(update, campaign)
    yield from _wrong_rates(update, campaign)
    yield from _wrong_payments(update, campaign)
    yield from _wrong_ids(update, campaign)
    said, problem = update.said, update.document.problem
    if said.as_of and said.as_of > update.day:
        yield problem(
            "as-of",
            f"{said.as_of} is after the update's date, {update.day}; write the day on which the totals were read",
            "as_of",
        )
    if said.ends and said.resumes:
        message = "an update ends the appeal or takes it up again; keep ends or resumes"
        yield problem("ending", message, "resumes")
    for key in said.correction:
        if key not in (EVERY, OVERALL, PAID, *(source.id for source in campaign.sources)):
            yield problem("unknown-id", _no_source(key, campaign, OVERALL), "correction", key)


def _wrong_totals(update: Update, campaign: Campaign) -> Iterator[Problem]:
    problem = update.document.problem
    sources = {source.id: source for source in campaign.sources}
    for key in update.said.totals:
        if key == OVERALL:
            continue
        if key not in sources:
            yield problem("unknown-id", _no_source(key, campaign, OVERALL), "totals", key)
        elif not sources[key].is_running:
            yield problem(
                "records",
                f"{key} records receipts, each amount as it comes in; write it under received with source: {key}",
                "totals",
                key,
            )
    for key in update.said.gift_aid:
        if key not in sources and (key != OVERALL or sources):
            yield problem("unknown-id", _no_source(key, campaign), "gift_aid", key)


def _wrong_receipts(update: Update, campaign: Campaign) -> Iterator[Problem]:
    problem = update.document.problem
    receipts = {source.id: source for source in campaign.sources}
    causes = [cause.id for cause in campaign.other_causes]
    for index, receipt in enumerate(update.said.received):
        where = ("received", index)
        if receipt.cause is not None and receipt.cause not in causes:
            yield problem(
                "unknown-id", f"there is no cause {receipt.cause}{did_you_mean(receipt.cause, causes)}", *where, "cause"
            )
        if receipt.date is not None and receipt.date.first > update.day:
            yield problem(
                "order", f"is after the update's date, {update.day}; what came in later is told later", *where, "date"
            )
        if receipt.source is None:
            if receipt.cause is None:
                remedy = "add source: and the source that holds the money" if receipts else _ONE_FIGURE
                yield problem("missing", f"is needed here; {remedy}", *where, "source")
        elif receipt.source not in receipts:
            yield problem("unknown-id", _no_source(receipt.source, campaign), *where, "source")
        elif receipts[receipt.source].is_running and receipt.cause is None:
            yield problem(
                "records",
                f"{receipt.source} records a running total; write under totals what it stands at now",
                *where,
                "source",
            )
        if receipt.amount.amount < 0 and not update.said.correction:
            yield problem("fall", "takes money back; say why on a line correction: …", *where, "amount")


def _wrong_rates(update: Update, campaign: Campaign) -> Iterator[Problem]:
    """A rate for each currency that is stated, and for no other."""
    said, problem = update.said, update.document.problem
    known = {campaign.currency_of(source.id) for source in campaign.sources} - {campaign.currency}
    told_of = set(said.rates)
    for currency in said.rates:
        if currency not in known and currency.upper() in known:
            told_of.add(currency.upper())
            yield problem("rate", f"write {currency.upper()}, in capital letters", "rates", currency)
        elif currency not in known:
            others = f"; those of this appeal are in {', '.join(sorted(known))}" if known else ""
            message = f"no source in campaign.yaml counts in {currency}{others}; leave it out"
            yield problem("rate", message, "rates", currency)
    stated: list[tuple[tuple[str | int, ...], str]] = [(("totals", key), key) for key in said.totals]
    stated += [(("received", n, "amount"), gift.source) for n, gift in enumerate(said.received) if gift.source]
    for path, key in stated:
        currency = campaign.currency_of(key)
        if currency != campaign.currency and currency not in told_of:
            told_of.add(currency)
            message = (
                f"{key} counts in {currency}; say what one {currency} was worth in {campaign.currency} that day, on a"
                f" line rates: {{{currency}: …}}"
            )
            yield problem("rate", message, *path)


def _wrong_payments(update: Update, campaign: Campaign) -> Iterator[Problem]:
    problem = update.document.problem
    costs = [cost.id for cost in campaign.costs]
    for index, payment in enumerate(update.said.paid):
        where = ("paid", index)
        if payment.cost is not None and payment.cost not in costs:
            message = f"there is no cost {payment.cost}{did_you_mean(payment.cost, costs)}"
            yield problem("unknown-id", message, *where, "cost")
        if payment.cost is not None and payment.promise is not None:
            message = "is for a cost or given on under a promise; keep one of the two, or write two payments"
            yield problem("payment", message, *where, "promise")
        if payment.amount.amount == 0:
            message = "nothing was paid; write how much was, or leave the payment out until something is"
            yield problem("payment", message, *where, "amount")
        if payment.amount.amount < 0 and not update.said.correction:
            yield problem("fall", "was paid back; say why on a line correction: …", *where, "amount")


def _wrong_ids(update: Update, campaign: Campaign) -> Iterator[Problem]:
    problem = update.document.problem
    counters = [counter.id for counter in campaign.counters]
    for key in update.said.counters:
        if key not in counters:
            yield problem("unknown-id", f"there is no counter {key}{did_you_mean(key, counters)}", "counters", key)
    sayable = {milestone.id: milestone for milestone in campaign.milestones if milestone.id}
    for index, id in enumerate(update.said.reached):
        if id not in sayable:
            yield problem(
                "unknown-id", f"there is no milestone {id}{did_you_mean(id, list(sayable))}", "reached", index
            )
        elif id in update.said.reached[:index]:
            yield problem("duplicate", f"{id} is written twice; keep one", "reached", index)
        elif sayable[id].is_computed:
            yield problem(
                "milestone", f"{id} is reached by its figure, not by an update's word; leave it out", "reached", index
            )


_ONE_FIGURE = "this appeal keeps one figure; leave received out and tell the amount in the story"


def _no_source(key: str, campaign: Campaign, *also: str) -> str:
    if not campaign.sources:
        remedy = f"write {OVERALL}: instead of {key}:" if also else "tell the amount in the story"
        return f"this appeal keeps one figure and has no sources; {remedy}"
    if id := _labels(campaign).get(key.casefold()):
        return f"there is no source {key} in campaign.yaml: did you mean {id}?"
    known = [source.id for source in campaign.sources] + list(also)
    return f"there is no source {key} in campaign.yaml{did_you_mean(key, known)}"
