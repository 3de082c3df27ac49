"""What campaign.yaml says of the appeal: its fields, each with what it may hold; what changes seldom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies
from pydantic import Field, PrivateAttr

from .account_numbers import epc_text, in_fours, read_account_number, read_bic, read_iban, read_sort_code
from .dates import zone
from .fields import (
    AMOUNT_FORM,
    MONTH_OR_DAY_FORM,
    Amount,
    ContactAddress,
    CountOf,
    Day,
    DayMonthOrYear,
    DayOrMonth,
    Fields,
    Flag,
    Id,
    Image,
    Text,
    WebAddress,
    one_of,
    reading,
    scalar_as_list,
    typed_as,
)
from .money import Money
from .problems import FieldError
from .region import Region
from .repository import Repository, parse_repository

OVERALL = "raised"
"""The key under ``totals`` for the overall figure; no source may take it as its id."""
DEFAULT_LOCALE = "en_GB"
_LOCALE_FORM = "[A-Za-z]{2,3}([_-][A-Za-z]{4})?([_-]([A-Za-z]{2}|[0-9]{3}))?"

MAX_MATCHES = 20
"""Each is reckoned for every update's page."""
MAX_ENTRIES = 100
"""Of what each update is compared with: sources, costs, milestones and the like."""


class Goal(Fields):
    """What donors are asked for, from a day on."""

    from_: Day | None = Field(
        None, alias="from", description="the first day on which this goal holds; only the first may leave it out"
    )
    amount: Amount = Field(description="the goal")
    why: Text | None = Field(None, description="the reason for it")
    jump: Text | None = Field(
        None, description="why it is five times the one before or a fifth of it, or no more than is in hand already"
    )


class Introduction(Fields):
    """Who the appeal is for, as it was told from a day on."""

    from_: Day | None = Field(None, alias="from", description="the first day it holds")
    text: Text = Field(description="two or three sentences; a blank line begins a new paragraph")


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
        """Whether they pay on a day: from the first on, and no longer on the day it ends."""
        return self.from_ <= day and (self.until is None or day < self.until)


class CostNote(Fields):
    """What somebody said of a cost on a day, and what no figure can hold."""

    said: Day = Field(description="the day it was said")
    note: Text = Field(description="what was said")


class Cost(Fields):
    """One line of what the money is for."""

    id: Id = Field(description="a short name")
    label: Text = Field(description="what donors read")
    estimate: Annotated[tuple[Estimate, ...], scalar_as_list("amount", AMOUNT_FORM)] = Field(
        description="one amount, or as for `goal`"
    )
    paid_by: tuple[PaidBy, ...] = Field(
        (),
        description="who else pays a part",
    )
    notes: tuple[CostNote, ...] = Field(
        (),
        description="what was said of it since and no figure can hold",
    )


class Promise(Fields):
    """What happens to the money if it is too much, too little or not needed."""

    too_much: Text | None = Field(None, description="what happens if more comes in than is needed")
    too_little: Text | None = Field(None, description="what happens if less comes in")
    not_needed: Text | None = Field(None, description="what happens if the treatment is not needed or not possible")
    first_said: Day | None = Field(None, description="the day on which this was first said")


class HeldBy(Fields):
    """Who holds the money."""

    kind: Annotated[str, one_of("charity", "personal")] = Field(description="`charity` or `personal`")
    name: Text | None = Field(None, description="the holder's name")
    number: Text | None = Field(None, description="the charity's number")
    url: WebAddress | None = Field(None, description="the holder's page")


def _line(text: str, what: str, most: int) -> str:
    """A text on one line; raise FieldError (``too-long``) where banks' forms have no room for it."""
    line = " ".join(text.split())
    if len(line) > most:
        raise FieldError("too-long", f"a bank's form has room for {most} characters of {what}, got {len(line)}")
    return line


class Account(Fields):
    """A bank account to give to: an IBAN, or a British sort code and number."""

    name: Annotated[str, reading(lambda text, _: _line(text, "the holder's name", 70), limit=None)] = Field(
        description="whose account it is, as the bank has it"
    )
    iban: Annotated[str, reading(lambda text, _: read_iban(text))] | None = Field(None, description="the IBAN")
    sort_code: Annotated[str, reading(lambda text, _: read_sort_code(text))] | None = Field(
        None, description="in the United Kingdom, the sort code"
    )
    number: Annotated[str, reading(lambda text, _: read_account_number(text))] | None = Field(
        None, description="in the United Kingdom, the account number"
    )
    bic: Annotated[str, reading(lambda text, _: read_bic(text))] | None = Field(
        None, description="the bank's BIC, where givers abroad need it"
    )
    reference: Annotated[str, reading(lambda text, _: _line(text, "a reference", 140), limit=None)] | None = Field(
        None, description="what givers write as the reference"
    )

    _currency: str = PrivateAttr()

    def model_post_init(self, context: Region) -> None:
        """Called by pydantic once every field is read; ``context`` is what amounts were read with."""
        self._currency = context.currency

    @property
    def written(self) -> tuple[str, ...]:
        """The account as people read it: the IBAN in groups of four, or the sort code and the number."""
        return (in_fours(self.iban),) if self.iban else (str(self.sort_code), str(self.number))

    @property
    def epc(self) -> str | None:
        """What an EPC code for banks' apps says; None where the campaign counts in no euros, or banks take none."""
        if self._currency != "EUR" or self.iban is None:
            return None
        return epc_text(self.name, self.iban, self.bic or "", self.reference or "")


class Give(Fields):
    """One way to give."""

    label: Text = Field(description="what the button says")
    url: WebAddress | None = Field(None, description="where it leads")
    account: Account | None = Field(None, description="a bank account")
    closes: Day | None = Field(None, description="the last day on which it takes gifts")
    note: Text | None = Field(None, description="a sentence beside it")

    def open_on(self, day: date) -> bool:
        """Whether it takes gifts on a day; the day it closes is the last."""
        return self.closes is None or day <= self.closes


class Source(Fields):
    """One of the separate accounts the total is made of."""

    id: Id = Field(description="the name for updates")
    label: Text = Field(description="what donors read")
    records: Annotated[str, one_of("total", "receipts")] = Field(
        "total",
        description="`total`, restated from time to time (the default), or `receipts`, each amount as it comes in",
    )
    counted_in: Id | None = Field(
        None, description="the source that already holds this money, so that it is not counted twice"
    )
    ended: Day | None = Field(None, description="the day from which it is no longer restated")

    currency: Annotated[str, reading(lambda text, _: currency_code(text), typed=typed_as("[A-Z]{3}"))] | None = Field(
        None, description="the currency it is stated in, if it is another than the campaign's, such as USD"
    )

    @property
    def is_running(self) -> bool:
        """Whether updates state its total, rather than what came in."""
        return self.records == "total"

    def has_ended_on(self, day: date) -> bool:
        """Whether it takes nothing more on a day; the day it ended is the first such."""
        return self.ended is not None and self.ended <= day


def _each(text: str, region: Region) -> Decimal:
    if not re.fullmatch(rf"[0-9]{{1,2}}([.{re.escape(region.decimal)}][0-9]{{1,2}})?", text):
        raise FieldError(
            "amount",
            f"expected what is added to each {region.currency} given, like 1 or 0{region.decimal}5, with two digits"
            f" behind the {'comma' if region.decimal == ',' else 'point'} at most, got '{text}'",
        )
    each = Decimal(text.replace(region.decimal, "."))
    if not 0 < each <= MAX_EACH:
        raise FieldError("amount", f"expected more than nothing and {MAX_EACH} at most, got '{text}'")
    return each


MAX_EACH = 10
"""Nobody adds more than this to each unit of the currency."""


class Match(Fields):
    """Somebody adds to what others give, up to a sum."""

    id: Id = Field(description="a short name for kept and withdrawn")
    who: Text = Field(description="who adds to the gifts")
    each: Annotated[Decimal, reading(_each)] = Field(
        Decimal(1), description="how much is added to each unit given: 1 doubles a gift"
    )
    up_to: Amount = Field(description="how much at most")
    from_: Day = Field(alias="from", description="the first day on which gifts grow")
    until: Day | None = Field(None, description="the last day on which they do")
    sources: tuple[Id, ...] = Field((), description="the accounts whose gifts grow; leave out for all of them")


class Deadline(Fields):
    """By when the money is needed, as it was known from a day on."""

    said: Day | None = Field(None, description="the day on which it became known")
    date: DayOrMonth = Field(description="a day, or a month, which stands for its last day")
    why: Text | None = Field(None, description="what happens then")


@dataclass(frozen=True, slots=True)
class Share:
    """A milestone's amount: so much money, or a share of the goal in force; one of the two is None."""

    amount: Money | None
    """So much money; None for a share."""
    percent: int | None
    """A share of the goal in force; None for an amount."""


def _share(text: str, region: Region) -> Share:
    if match := re.fullmatch(r"([1-9][0-9]{0,3})\s*%", text):
        return Share(amount=None, percent=int(match[1]))
    if text.endswith("%"):
        raise FieldError("amount", f"expected a whole share of the goal like 50%, got '{text}'")
    return Share(amount=region.parse(text), percent=None)


class Milestone(Fields):
    """Something to reach; exactly one of ``raised``, ``cost``, ``counter``, or an ``id`` that an update reaches."""

    id: Id | None = Field(None, description="the name for `reached` in updates")
    label: Text | None = Field(None, description="what donors read")
    raised: Annotated[Share, reading(_share)] | None = Field(
        None, description="an amount, or a share of the goal such as `50%`"
    )
    cost: Id | None = Field(None, description="the `id` of a cost that is then paid for")
    counter: Id | None = Field(None, description="the `id` of a counter")
    at: CountOf | None = Field(None, description="the number that the counter comes to")
    date: Day | None = Field(None, description="the day for which it is planned")
    said: Day | None = Field(None, description="the day on which it became known")

    @property
    def is_computed(self) -> bool:
        """Reached by a figure, rather than when an update says so."""
        return self.raised is not None or self.cost is not None or self.counter is not None


class Counter(Fields):
    """Something that is counted besides money."""

    id: Id = Field(description="the name for updates")
    label: Text = Field(description="what is counted, as it is read after the number")
    url: WebAddress | None = Field(None, description="where to add to it")


class Treatment(Fields):
    """A plan for the treatment, as it was said on a day."""

    said: Day = Field(description="the day on which this was said")
    status: Annotated[str, one_of("hoped", "planned", "accepted", "booked", "done", "cancelled")] = Field(
        description="`hoped`, `planned`, `accepted`, `booked`, `done` or `cancelled`"
    )
    what: Text | None = Field(None, description="which treatment")
    where: Text | None = Field(None, description="the hospital")
    when: Text | None = Field(None, description="when, in your own words")


class OtherCause(Fields):
    """Another cause that money was raised for: shown, never counted."""

    id: Id = Field(description="the name for `cause` in updates")
    label: Text = Field(description="what donors read")


class Press(Fields):
    """A report about the appeal."""

    date: DayMonthOrYear = Field(description="a day, a month or a year")
    publication: Text = Field(description="who reported")
    title: Text | None = Field(None, description="the report's title")
    url: WebAddress | None = Field(None, description="the report")
    says: Text | None = Field(None, description="what it said, in your own words")


def currency_code(text: str, _: object = None) -> str:
    """The three letters of ISO 4217, as ``GBP``. Raises FieldError (``currency``) for any other text."""
    if text not in list_currencies():
        known = text.upper() in list_currencies()
        hint = f"; write {text.upper()}" if known else ""
        raise FieldError("currency", f"expected a currency's three letters like GBP or EUR, got '{text}'{hint}")
    return text


def locale_code(text: str, _: object = None) -> str:
    """A language and country as CLDR writes them, ``en_GB``. Raises FieldError (``locale``) for any other text."""
    try:
        # Babel reads what it knows at the beginning and passes over the rest.
        if re.fullmatch(_LOCALE_FORM, text):
            return str(Locale.parse(text.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        pass
    raise FieldError("locale", f"expected a language and country like en_GB, cy_GB or de_DE, got '{text}'")


def _timezone(text: str, _: object = None) -> str:
    try:
        zone(text)
    except ZoneInfoNotFoundError:
        # Where even the one of every message is unknown, the machine has no list, and the text may be right.
        try:
            zone("Europe/London")
        except ZoneInfoNotFoundError:
            raise FieldError(
                "timezone",
                f"this computer has no list of time zones in which to look up '{text}'; install the project again,"
                " which brings one, or write UTC",
            ) from None
        raise FieldError("timezone", f"expected a time zone like Europe/London, got '{text}'") from None
    return text


class Campaign(Fields):
    """The appeal, as campaign.yaml gives it."""

    name: Text = Field(description="what the appeal is called")
    beneficiary: Text | None = Field(None, description="who it is for; a first name is enough")
    summary: Text | None = Field(None, description="one sentence: who, and why")
    story: Annotated[tuple[Introduction, ...], scalar_as_list("text")] = Field(
        (),
        description="who it is for, in two or three sentences: a text, or a dated list, as for `goal`",
    )
    image: Image | None = Field(None, description="a picture from `content/images` for the home page")
    image_dark: Image | None = Field(None, description="the same picture for screens that are dark, such as at night")
    image_alt: Text | None = Field(None, description="what the picture shows; needed with `image`")
    example: Flag = Field(
        False,
        description="`true` for a past or invented appeal: a banner says so, search engines are told to leave it,"
        " and addresses for giving are only text",
    )
    currency: Annotated[str, reading(currency_code, typed=typed_as("[A-Z]{3}"))] = Field(
        description="three letters, such as `GBP`"
    )
    locale: Annotated[str, reading(locale_code, typed=typed_as(_LOCALE_FORM, "boolean"))] = Field(
        DEFAULT_LOCALE, description="how figures and dates are read and written, such as `en_GB`"
    )
    timezone: Annotated[str, reading(_timezone)] = Field("UTC", description="which day it is, such as `Europe/London`")
    started: DayOrMonth | None = Field(None, description="the day or month on which the appeal began")
    closed: Day | None = Field(None, description="the day on which it stopped asking; totals after it still count")
    repository: (
        Annotated[Repository, reading(lambda text, _: parse_repository(text), typed=typed_as(".+/.+"))] | None
    ) = Field(
        None,
        description="where this project is public, as `owner/name`: each statement then links to its file and to every"
        " change of it; on GitHub it is known by itself",
    )
    goal: Annotated[tuple[Goal, ...], scalar_as_list("amount", AMOUNT_FORM)] = Field(
        description="what donors are asked for: one amount, or a dated list"
    )
    costs: tuple[Cost, ...] = Field((), max_length=MAX_ENTRIES, description="what the money is for, met in this order")
    promise: Promise | None = Field(
        None,
        description="what happens to the money; a site for the public needs all three sentences, an example only what"
        " was said",
    )
    held_by: HeldBy | None = Field(None, description="who holds the money")
    contact: ContactAddress | None = Field(None, description="where to ask: `mailto:` and an address, or a page")
    give: tuple[Give, ...] = Field(
        (), max_length=MAX_ENTRIES, description="ways to give; the first that is open is the main button"
    )
    sources: tuple[Source, ...] = Field(
        (), max_length=MAX_ENTRIES, description="the separate accounts that the total is made of"
    )
    matches: tuple[Match, ...] = Field(
        (), max_length=MAX_MATCHES, description="who adds to what others give, and up to how much"
    )
    deadline: Annotated[tuple[Deadline, ...], scalar_as_list("date", MONTH_OR_DAY_FORM)] = Field(
        (), description="by when: one day or month, or a list as it became known"
    )
    milestones: tuple[Milestone, ...] = Field((), max_length=MAX_ENTRIES, description="what there is to reach")
    counters: tuple[Counter, ...] = Field((), max_length=MAX_ENTRIES, description="what is counted besides money")
    treatment: tuple[Treatment, ...] = Field(
        (), description="plans for the treatment, the newest last; earlier ones stay visible"
    )
    other_causes: tuple[OtherCause, ...] = Field(
        (), max_length=MAX_ENTRIES, description="other causes that money was raised for"
    )
    press: tuple[Press, ...] = Field((), description="reports about the appeal")

    _region: Region = PrivateAttr()

    def model_post_init(self, context: Region) -> None:
        """Called by pydantic once every field is read; ``context`` is what amounts were read with."""
        others = {id: currency for id, currency in self._currencies() if currency != context.currency}
        self._region = context.with_accounts(others) if others else context

    def _currencies(self) -> Iterator[tuple[str, str]]:
        yield from ((source.id, source.currency) for source in self.sources if source.currency)

    def currency_of(self, id: str) -> str:
        """The currency that a source is stated in."""
        return next((currency for source, currency in self._currencies() if source == id), self.currency)

    @property
    def region(self) -> Region:
        """How its amounts were read, and are written."""
        return self._region

    @property
    def running_sources(self) -> tuple[Source, ...]:
        """The sources whose totals updates state, in the order of campaign.yaml."""
        return tuple(source for source in self.sources if source.is_running)

    def source(self, id: str) -> Source:
        """The source of that id, which must be one of the campaign's."""
        return next(source for source in self.sources if source.id == id)
