"""The view as data: ``totals.json``, in which every amount is decimal text; ``totals_fields`` says what each means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, cast

from campaign.core.figures.costs import CostLine
from campaign.core.figures.exchange import Rate
from campaign.core.figures.figure import Figure
from campaign.core.figures.ledger import Pledge
from campaign.core.figures.matches import MatchView
from campaign.core.figures.milestones import MilestoneState
from campaign.core.figures.outcome import EndingView
from campaign.core.figures.spending import PaidFor, PaidOut
from campaign.core.figures.view import CampaignView, Snapshot, SourceView, Statement
from campaign.core.reading.campaign import Promise
from campaign.core.reading.money import Count, Money
from campaign.loading.site_paths import CALENDAR, FEED, SCHEMA, TABLE

from . import totals_fields as of
from .as_data import decimal, money_record, phase_name

Record = dict[str, Any]
SCHEMA_FILE = Path(__file__).with_name("totals.schema.json")
"""What the file may hold, as a JSON Schema: published as it is, and written by ``make reference`` of the records."""


def totals_json(view: CampaignView, address: str = "") -> bytes:
    """The file: a line for each field, and for each entry of a list. address: of the public site; empty where that is
    not known.
    """
    file = BytesIO()
    before = "{"
    # An update's record at a time: those of all are many times as large as the file.
    for name, value in (vars(_today(view, address)) | {"updates": _history(view, address)}).items():
        file.write(f'{before}\n "{name}": '.encode())
        file.writelines(_in_lines(value))
        before = ","
    file.write(b"\n}\n")
    return file.getvalue()


def _in_lines(value: object) -> Iterator[bytes]:
    if not isinstance(value, tuple | Iterator):
        yield _written(value).encode()
        return
    before = b"["
    for entry in value:
        yield before + b"\n  " + _written(entry).encode()
        before = b","
    yield b"\n ]" if before == b"," else b"[]"


def totals(view: CampaignView, address: str = "") -> Record:
    """What totals.json holds, as JSON has it: the campaign today, and as it stood after each update, newest first."""
    return cast(Record, _plain(replace(_today(view, address), updates=tuple(_history(view, address)))))


def _fields_of(value: object) -> Record:
    if not is_dataclass(value):
        raise TypeError(f"JSON has no {type(value).__qualname__}")
    return vars(value)


_written = json.JSONEncoder(ensure_ascii=False, default=_fields_of).encode


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {name: _plain(held) for name, held in _fields_of(value).items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _today(view: CampaignView, address: str) -> of.Totals:
    """All of it but the updates."""
    appeal = view.appeal
    return of.Totals(
        version=of.VERSION,
        name=appeal.name,
        currency=appeal.currency,
        language=appeal.region.language_tag,
        example=appeal.example,
        day=view.day.isoformat(),
        addresses=_addresses(view, address),
        **_standing(view.now),
        goals=tuple(of.Goal(_day(goal.from_), _amount(goal.amount)) for goal in view.goals),
        sources=tuple(_source(source, appeal.currency) for source in view.sources),
        rates=tuple(map(_rate, view.rates)),
        costs=tuple(_cost(line, view.now) for line in view.costs.lines) if view.costs else (),
        surplus=_figure(view.surplus),
        spending=_spending(view),
        milestones=tuple(map(_milestone, view.milestones)),
        counters=tuple(
            of.Counter(id=each.counter.id, label=each.counter.label, count=_count(each.count), update=each.update.slug)
            for each in view.counters
        ),
        promise=_promise(view.promise) if view.promise else None,
        promised_gifts=tuple(map(_promised_gift, view.pledges)),
        matches=tuple(map(_match, view.now.matches)),
        updates=(),
    )


def _addresses(view: CampaignView, address: str) -> of.Addresses:
    return of.Addresses(
        site=_address(address, ""),
        csv=_address(address, TABLE),
        schema=_address(address, SCHEMA),
        feed=_address(address, FEED),
        calendar=_address(address, CALENDAR) if view.dated_events else None,
    )


def _address(address: str, place: str) -> str | None:
    return f"{address}/{place}" if address else None


def _standing(stood: Snapshot) -> Record:
    """The fields that the campaign today and every update have in common."""
    return {
        "phase": phase_name(stood),
        "ending": _ending(stood.ending) if stood.ending else None,
        "raised": _figure(stood.raised),
        "goal": _amount(stood.goal) if stood.is_needed else None,
        "percent": stood.percent,
        "beyond": _figure(stood.beyond),
        "others_pay": _figure(stood.others_pay.amount) if stood.others_pay else None,
        "remaining": _figure(stood.remaining),
        "as_of": _day(stood.as_of),
        "as_of_newest": _day(stood.as_of_newest),
        "deadline": stood.deadline.date.isoformat() if stood.deadline else None,
        "promised": _figure(stood.promised),
        "gift_aid": _figure(stood.gift_aid),
        "paid": _figure(stood.spent.paid) if stood.spent else None,
        "in_hand": _figure(stood.spent.in_hand) if stood.spent else None,
    }


def _ending(ending: EndingView) -> of.Ending:
    return of.Ending(
        kind=ending.kind.value,
        day=ending.day.isoformat(),
        update=ending.slug,
        promise=cast("of.PromiseWord | None", ending.promise_key),
    )


def _history(view: CampaignView, address: str) -> Iterator[of.History]:
    for update in view.updates:
        yield of.History(
            update=update.slug,
            title=update.title,
            date=update.day.isoformat(),
            page=_address(address, f"updates/{update.slug}.html"),
            **_standing(update.stood),
            stated=tuple(map(_stated, update.statements)),
        )


def _stated(statement: Statement) -> of.Stated:
    return of.Stated(
        source=statement.change.key if statement.label else None,
        amount=_of_figure(statement.amount),
        own=_own(statement.own),
        rate=_rate(statement.rate) if statement.rate else None,
        as_of=statement.as_of.isoformat(),
        is_counted=statement.is_counted,
    )


def _source(view: SourceView, currency: str) -> of.Source:
    source, balance = view.source, view.balance
    return of.Source(
        id=source.id,
        label=source.label,
        records="total" if source.is_running else "receipts",
        currency=source.currency or currency,
        amount=_figure(view.amount),
        own=_own(view.own),
        rate=_rate(balance.rate) if balance and balance.rate else None,
        as_of=_day(balance.as_of) if balance else None,
        update=balance.update.slug if balance else None,
        counted_in=source.counted_in,
        has_ended=view.has_ended,
    )


def _rate(rate: Rate) -> of.Rate:
    return of.Rate(rate.currency, f"{rate.worth:f}", rate.day.isoformat(), rate.update.slug)


def _cost(line: CostLine, stood: Snapshot) -> of.Cost:
    return of.Cost(
        id=line.cost.id,
        label=line.cost.label,
        estimate=_amount(line.estimate),
        others_pay=_amount(line.others_pay),
        need=_amount(line.need) if stood.is_needed else None,
        met=_figure(line.met) if stood.measure and stood.raised else None,
    )


def _spending(view: CampaignView) -> of.Spending | None:
    spent = view.spending
    if spent is None:
        return None
    payments = (found for line in spent.lines for found in line.payments)
    return of.Spending(
        paid=_of_figure(spent.paid),
        in_hand=_of_figure(spent.in_hand),
        unaccounted=_figure(view.account.unaccounted) if view.account else None,
        lines=tuple(map(_paid_for, spent.lines)),
        payments=tuple(_payment(found) for found in sorted(payments, key=lambda found: found.update.order)),
    )


def _paid_for(line: PaidFor) -> of.PaidFor:
    return of.PaidFor(
        cost=line.cost,
        label=line.label,
        promise=cast("of.PromiseWord | None", line.promise_key),
        paid=_of_figure(line.paid),
    )


def _payment(paid: PaidOut) -> of.Payment:
    return of.Payment(
        update=paid.update.slug,
        day=paid.update.day.isoformat(),
        amount=_amount(paid.payment.amount),
        cost=paid.payment.cost,
        promise=cast("of.PromiseWord | None", paid.payment.promise),
    )


def _milestone(state: MilestoneState) -> of.Milestone:
    said, reached = state.milestone, state.reached
    return of.Milestone(
        kind=state.kind.value,
        label=state.label,
        amount=_amount(state.amount) if state.amount else None,
        percent=said.raised.percent if said.raised else None,
        cost=said.cost,
        counter=said.counter,
        at=_count(said.at) if said.at else None,
        planned=_day(state.planned),
        missing=_figure(state.missing),
        reached=of.Reached(update=reached.slug, day=reached.day.isoformat(), raised=_figure(reached.raised))
        if reached
        else None,
    )


def _promise(promise: Promise) -> of.Promise:
    return of.Promise(
        too_much=promise.too_much,
        too_little=promise.too_little,
        not_needed=promise.not_needed,
        first_said=_day(promise.first_said),
    )


def _promised_gift(pledge: Pledge) -> of.PromisedGift:
    settled = pledge.kept or pledge.withdrawn
    state: Literal["open", "kept", "withdrawn"] = "kept" if pledge.kept else "withdrawn" if settled else "open"
    return of.PromisedGift(
        amount=_amount(pledge.gift.amount),
        state=state,
        promised=pledge.update.slug,
        settled=settled.slug if settled else None,
    )


def _match(view: MatchView) -> of.Match:
    return of.Match(
        state=view.state.value,
        each=f"{view.match.each:f}",
        up_to=_amount(view.up_to),
        since=view.match.from_.isoformat(),
        until=_day(view.until),
        used=_of_figure(view.used),
        left=_figure(view.left),
        sources=tuple(source.id for source in view.sources),
        update=view.update.slug if view.update else None,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _amount(money: Money) -> of.Amount:
    return of.Amount(**cast(Record, money_record(money)))


def _figure(figure: Figure | None) -> of.Figure | None:
    return _of_figure(figure) if figure else None


def _of_figure(figure: Figure) -> of.Figure:
    return of.Figure(decimal(figure.exact), decimal(figure.shown), figure.shown.qualifier.value)


def _own(figure: Figure | None) -> of.OwnFigure | None:
    if figure is None:
        return None
    shown = figure.shown
    return of.OwnFigure(shown.currency, decimal(figure.exact), decimal(shown), shown.qualifier.value)


def _count(count: Count) -> of.Count:
    return of.Count(count.number, count.qualifier.value)
