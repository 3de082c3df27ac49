"""What the page to write on knows of the campaign: one object, made of the same values that the check compares with.

Amounts are digits with a point, with ``qualifier`` and ``currency`` beside them where they are not exact or not the
campaign's; days are ``2015-08-26``. theme/static/write/fields.js and figures.js say what each part is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from campaign.core.figures.checks import MAX_PROMISES
from campaign.core.figures.exchange import value_of
from campaign.core.figures.leaps import LARGE, LEAP, LEAP_SHARE, MAX_RATE, MORE_THAN_TIMES, MUCH, PAST_GOAL
from campaign.core.figures.ledger import Balance, Entry
from campaign.core.figures.milestones import reach
from campaign.core.figures.view import CampaignView
from campaign.core.reading.campaign import Campaign, Estimate, Goal, Milestone
from campaign.core.reading.money import Money, zero
from campaign.core.reading.region import Region
from campaign.core.reading.repository import Repository
from campaign.core.reading.slug import MAX_LENGTH, of_language, written_letters
from campaign.core.reading.told import FIRST_WORDS
from campaign.core.reading.update import EventFields, Payment, PromisedGift, Receipt, UpdateFields
from campaign.loading.load import Loaded
from campaign.loading.site_paths import content_in_project

from .filters import filters

Data = dict[str, Any]
"""As JSON has it."""
T = TypeVar("T")


def write_data(loaded: Loaded, repository: Repository, address: str) -> Data:
    """Everything that the page's script is given besides its sentences. address: of the public site, or empty."""
    view, campaign, entries = loaded.view, loaded.campaign, loaded.ledger.entries
    region = campaign.region.with_accounts(_currencies(campaign))
    last = entries[-1] if entries else None
    reached = reach(campaign, entries)
    names = {
        folder: sorted(path.name for path in (loaded.content / folder).glob("[!.]*"))
        for folder in ("updates", "events", "images")
    }
    return {
        "project": {
            "server": repository.server,
            "name": repository.name,
            "branch": repository.branch,
            "content": content_in_project(view),
        },
        "site": address,
        "name": view.appeal.name,
        "day": _day(view.day),
        "zone": campaign.timezone,
        "locale": region.language_tag,
        "currency": region.currency,
        "regions": {each.currency: region_data(each) for each in (region, *region.accounts.values())},
        "slug": {"own": of_language(campaign.locale), "letters": written_letters(), "longest": MAX_LENGTH},
        "first_words": FIRST_WORDS,
        "names": names,
        "updates": [{"path": _path(view, of.slug), "title": of.title} for of in view.updates[:60]],
        "events": [{"slug": of.slug, "title": of.title} for of in view.events],
        "all_fields": sorted({*_names(UpdateFields), *_names(EventFields)}),
        "inner_fields": sorted(
            {name for part in (Receipt, PromisedGift, Payment) for name in _names(part)} | {"raised"}
        ),
        "rules": {
            "leap": LEAP,
            "leap_share": int(LEAP_SHARE * 100),
            "past_goal": int(PAST_GOAL * 100),
            "more_than_times": MORE_THAN_TIMES,
            "large": int(LARGE * 100),
            "much": int(MUCH * 100),
            "max_rate": int(MAX_RATE * 100),
            "max_promises": MAX_PROMISES,
        },
        "started": _day(campaign.started.first if campaign.started else None),
        "closed": _day(campaign.closed),
        "first_by": _first_by(campaign),
        "goals": [_from(goal, campaign) for goal in campaign.goal],
        "goals_in_hand": _goals_in_hand(campaign),
        "costs": [
            {
                "id": cost.id,
                "label": cost.label,
                "estimates": [_from(estimate, campaign) for estimate in cost.estimate],
                "paid_by": [
                    {"from": _day(each.from_), "until": _day(each.until), **_money(each.amount, campaign)}
                    for each in cost.paid_by
                ],
            }
            for cost in campaign.costs
        ],
        "sources": [
            _bare(
                id=source.id,
                label=source.label,
                is_running=source.is_running,
                counted_in=source.counted_in,
                currency=source.currency,
                has_ended=source.has_ended_on(view.day),
            )
            for source in campaign.sources
        ],
        "counters": [{"id": each.id, "label": each.label} for each in campaign.counters],
        "causes": [{"id": each.id, "label": each.label} for each in campaign.other_causes],
        "matches": [
            {"id": each.id, "who": each.who, "from": _day(each.from_)}
            for each in campaign.matches
            if last is None or each.id not in last.settled
        ],
        "milestones": [
            _milestone(milestone, campaign, is_reached=place in reached)
            for place, milestone in enumerate(campaign.milestones)
        ],
        "percent": filters(region)["percent"](50),
        "promise_kinds": ["too_much", "too_little", "not_needed"],
        "before": _before(view, campaign, entries),
    }


def _path(view: CampaignView, slug: str) -> str:
    """An update's file from the project's root, whatever the folders of this machine are called."""
    path = view.by_slug[slug].path
    return path if path.count("/") > 1 else f"content/{path}"


def _currencies(campaign: Campaign) -> Mapping[str, str]:
    found = {source.id: campaign.currency_of(source.id) for source in campaign.sources}
    return {id: currency for id, currency in found.items() if currency != campaign.currency}


def _names(model: Any) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _bare(**values: Any) -> Data:
    """What says something."""
    return {name: value for name, value in values.items() if value not in (None, False, "")}


def region_data(region: Region) -> Data:
    """How amounts of a region are typed and shown, as values.js takes it."""
    return {
        "currency": region.currency,
        "minor": region.minor_digits,
        "group": region.group,
        "decimal": region.decimal,
        **{key: value for key, value in asdict(region.writing).items() if key in _TYPED},
        "money": {key: value for key, value in asdict(region.writing).items() if key not in _TYPED},
    }


_TYPED = ("symbols", "names", "words", "digits", "groups")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _digits(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _money(money: Money, campaign: Campaign) -> Data:
    own = money.currency if money.currency != campaign.currency else ""
    return {"amount": _digits(money.amount), **_bare(qualifier=money.qualifier.value, currency=own)}


def _from(entry: Goal | Estimate, campaign: Campaign) -> Data:
    return {"from": _day(entry.from_), **_money(entry.amount, campaign)}


def _first_by(campaign: Campaign) -> str | None:
    """The day after which there can be no first update: what was said on no day was to be done by then."""
    started = campaign.started.first if campaign.started else None
    days = [
        each.date.last for each in campaign.deadline if not each.said and not (started and each.date.last < started)
    ]
    return _day(min([*days, *([campaign.closed] if campaign.closed else [])], default=None))


def _goals_in_hand(campaign: Campaign) -> list[Data]:
    """Goals that fall, with the day from which they hold: to what is in hand by then they may not fall unsaid."""
    found = []
    for before, after in pairwise(campaign.goal):
        if after.from_ and not after.jump and after.amount.amount < before.amount.amount < LEAP * after.amount.amount:
            amounts = {"before": _digits(before.amount.amount), "after": _digits(after.amount.amount)}
            found.append({"from": _day(after.from_), **amounts})
    return found


def _milestone(milestone: Milestone, campaign: Campaign, *, is_reached: bool) -> Data:
    region, share = campaign.region, milestone.raised
    written = filters(region)
    label = milestone.label
    if label is None and share is not None:
        label = region.say(share.amount) if share.amount else written["percent"](share.percent)
    if label is None and milestone.counter is not None and milestone.at is not None:
        counted = next(each.label for each in campaign.counters if each.id == milestone.counter)
        label = f"{written['number'](milestone.at.number)} {counted}"
    if label is None:
        label = next((cost.label for cost in campaign.costs if cost.id == milestone.cost), "")
    return _bare(
        id=milestone.id,
        label=label,
        amount=_digits(share.amount.amount) if share and share.amount else None,
        percent=share.percent if share else None,
        cost=milestone.cost,
        counter=milestone.counter,
        at=milestone.at.number if milestone.at else None,
        said=_day(milestone.said),
        is_reached=is_reached,
    )


def _before(view: CampaignView, campaign: Campaign, entries: tuple[Entry, ...]) -> Data:
    """Where everything stood after the newest update."""
    last = entries[-1] if entries else None
    if last is None:
        nothing = ("sources", "gift_aid", "rates", "pledges", "paid", "causes", "counters", "reached")
        alone = {"day": "", "time": "", "raised": None, "overall": None, "by_source": False, "ending": None}
        return alone | {key: {} for key in nothing}
    ending = last.in_force.ending
    return {
        "day": _day(last.update.day),
        "time": last.update.time,
        "raised": _money(last.raised, campaign) if last.raised else None,
        "overall": _balance(view, last.overall, campaign) if last.overall else None,
        "by_source": last.by_source,
        "sources": {id: _balance(view, balance, campaign) for id, balance in last.sources.items()},
        "gift_aid": {id: _balance(view, balance, campaign) for id, balance in last.gift_aid.items()},
        "rates": {rate.currency: {"worth": _digits(rate.worth), "day": _day(rate.day)} for rate in last.rates.values()},
        "pledges": {
            id: {"from": pledge.gift.from_ or id, "is_open": pledge.is_open, **_money(pledge.gift.amount, campaign)}
            for id, pledge in last.pledges.items()
        },
        "paid": {":".join(what).strip(":"): _digits(money.amount) for what, money in last.paid.items()},
        "causes": _causes(campaign, entries),
        "counters": {
            id: _bare(number=str(count.number), qualifier=count.qualifier.value)
            for id, (count, _) in last.counters.items()
        },
        "reached": {id: _path(view, update.slug) for id, update in last.reached.items()},
        "ending": {
            "kind": ending.kind.value,
            "day": _day(ending.day),
            "path": _path(view, ending.update.slug) if ending.update else None,
        }
        if ending
        else None,
    }


def _balance(view: CampaignView, balance: Balance, campaign: Campaign) -> Data:
    own = {"own": _money(balance.own, campaign)} if balance.own else {}
    return {
        **_money(balance.amount, campaign),
        **own,
        "as_of": _day(balance.as_of),
        "path": _path(view, balance.update.slug),
    }


def _causes(campaign: Campaign, entries: tuple[Entry, ...]) -> Data:
    stands: dict[str, Money] = {}
    for entry in entries:
        for receipt in entry.update.said.received:
            if receipt.cause is not None:
                amount = value_of(receipt.amount, entry.rates, campaign.currency)
                stands[receipt.cause] = stands.get(receipt.cause, zero(campaign.currency)) + amount
    return {cause: _money(money, campaign) for cause, money in stands.items()}
