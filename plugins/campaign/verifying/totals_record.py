"""What totals.json and totals.csv must say, and whether a schema knows all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from campaign.core.figures.exchange import Rate
from campaign.core.figures.figure import Figure
from campaign.core.figures.ledger import Pledge
from campaign.core.figures.matches import MatchView
from campaign.core.figures.milestones import MilestoneState
from campaign.core.figures.spending import PaidOut
from campaign.core.figures.view import CampaignView, Snapshot, SourceView, UpdateView
from campaign.core.reading.money import Count, Money
from campaign.core.reading.update import Update

Record = dict[str, Any]
STATED = "stated"
"""The field that the record of an update has, and no other."""


def totals_record(view: CampaignView, address: str) -> Record:
    """The whole of totals.json. address: of the site, without a slash at its end; empty where it is not known.

    Its updates can be gone through once, since all of them at once are many times as large as the file.
    """
    appeal = view.appeal

    def at(place: str) -> str | None:
        return f"{address}/{place}" if address else None

    return {
        "version": 1,
        "name": appeal.name,
        "currency": appeal.currency,
        "language": appeal.locale.replace("_", "-"),
        "example": appeal.example,
        "day": str(view.day),
        "addresses": {
            "site": at(""),
            "csv": at("totals.csv"),
            "schema": at("totals.schema.json"),
            "feed": at("feeds/updates.atom.xml"),
            "calendar": at("events.ics") if view.dated_events else None,
        },
        **_figures(view.now),
        "goals": [{"since": _day(goal.from_), "amount": _amount(goal.amount)} for goal in view.goals],
        "sources": [_source(source, appeal.currency) for source in view.sources],
        "rates": [_rate(rate) for rate in view.rates],
        "costs": _costs(view),
        "surplus": _figure(view.surplus),
        "spending": _spending(view),
        "milestones": [_milestone(state) for state in view.milestones],
        "counters": [
            {
                "id": each.counter.id,
                "label": each.counter.label,
                "count": _count(each.count),
                "update": each.update.slug,
            }
            for each in view.counters
        ],
        "promise": view.promise
        and {
            "too_much": view.promise.too_much,
            "too_little": view.promise.too_little,
            "not_needed": view.promise.not_needed,
            "first_said": _day(view.promise.first_said),
        },
        "promised_gifts": [_gift(pledge) for pledge in view.pledges],
        "matches": [_match(match) for match in view.now.matches],
        "updates": (
            {
                "update": update.slug,
                "title": update.title,
                "date": str(update.day),
                "page": at(f"updates/{update.slug}.html"),
                **_figures(update.stood),
                STATED: _stated(update),
            }
            for update in view.updates
        ),
    }


def _figures(stood: Snapshot) -> Record:
    ending = stood.ending
    return {
        "phase": _phase(stood),
        "ending": ending
        and {
            "kind": ending.kind.value,
            "day": str(ending.day),
            "update": ending.slug,
            "promise": ending.promise_key,
        },
        "raised": _figure(stood.raised),
        "goal": _amount(stood.goal) if _is_measured(stood) else None,
        "percent": stood.percent,
        "beyond": _figure(stood.beyond),
        "others_pay": _figure(stood.others_pay.amount if stood.others_pay else None),
        "remaining": _figure(stood.remaining),
        "as_of": _day(stood.as_of),
        "as_of_newest": _day(stood.as_of_newest),
        "deadline": stood.deadline.date.isoformat() if stood.deadline else None,
        "promised": _figure(stood.promised),
        "gift_aid": _figure(stood.gift_aid),
        "paid": _figure(stood.spent.paid if stood.spent else None),
        "in_hand": _figure(stood.spent.in_hand if stood.spent else None),
    }


def _phase(stood: Snapshot) -> str:
    is_covered = stood.phase.value == "goal reached" and not stood.is_reached
    return "goal covered" if is_covered else stood.phase.value


def _is_measured(stood: Snapshot) -> bool:
    """Whether anything is held against the goal: not once the money is not needed any more."""
    return not (stood.ending and stood.ending.kind.value == "not_needed")


def _stated(update: UpdateView) -> list[Record]:
    return [
        {
            "source": None if said.change.key == "raised" else said.change.key,
            "amount": _figure(said.amount),
            "own": _own(said.own),
            "rate": _rate(said.rate),
            "as_of": str(said.as_of),
            "is_counted": said.is_counted,
        }
        for said in update.statements
    ]


def _source(found: SourceView, currency: str) -> Record:
    source, balance = found.source, found.balance
    return {
        "id": source.id,
        "label": source.label,
        "records": source.records,
        "currency": source.currency or currency,
        "amount": _figure(found.amount),
        "own": _own(found.own),
        "rate": _rate(balance.rate if balance else None),
        "as_of": _day(balance.as_of if balance else None),
        "update": _slug(balance.update if balance else None),
        "counted_in": source.counted_in,
        "has_ended": found.has_ended,
    }


def _costs(view: CampaignView) -> list[Record]:
    is_measured = _is_measured(view.now)
    return [
        {
            "id": line.cost.id,
            "label": line.cost.label,
            "estimate": _amount(line.estimate),
            "others_pay": _amount(line.others_pay),
            "need": _amount(line.need) if is_measured else None,
            "met": _figure(line.met) if is_measured and view.now.raised else None,
        }
        for line in (view.costs.lines if view.costs else ())
    ]


def _spending(view: CampaignView) -> Record | None:
    if view.spending is None:
        return None
    return {
        "paid": _figure(view.spending.paid),
        "in_hand": _figure(view.spending.in_hand),
        "unaccounted": _figure(view.account.unaccounted if view.account else None),
        "lines": [
            {"cost": line.cost, "label": line.label, "promise": line.promise_key, "paid": _figure(line.paid)}
            for line in view.spending.lines
        ],
        "payments": [
            {
                "update": paid.update.slug,
                "day": str(paid.update.day),
                "amount": _amount(paid.payment.amount),
                "cost": paid.payment.cost,
                "promise": paid.payment.promise,
            }
            for paid in _by_update(found for line in view.spending.lines for found in line.payments)
        ],
    }


def _by_update(payments: Iterable[PaidOut]) -> list[PaidOut]:
    return sorted(payments, key=lambda paid: (paid.update.day, paid.update.time, paid.update.slug))


def _milestone(state: MilestoneState) -> Record:
    said, reached = state.milestone, state.reached
    return {
        "kind": state.kind.value,
        "label": said.label,
        "amount": state.amount and _amount(state.amount),
        "percent": said.raised and said.raised.percent,
        "cost": said.cost,
        "counter": said.counter,
        "at": said.at and _count(said.at),
        "planned": _day(said.date),
        "missing": _figure(state.missing),
        "reached": reached and {"update": reached.slug, "day": str(reached.day), "raised": _figure(reached.raised)},
    }


def _gift(pledge: Pledge) -> Record:
    states = {"kept": pledge.kept, "withdrawn": pledge.withdrawn}
    settled = next(((state, update) for state, update in states.items() if update), ("open", None))
    return {
        "amount": _amount(pledge.gift.amount),
        "state": settled[0],
        "promised": pledge.update.slug,
        "settled": _slug(settled[1]),
    }


def _match(found: MatchView) -> Record:
    return {
        "state": found.state.value,
        "each": format(found.match.each, "f"),
        "up_to": _amount(found.match.up_to),
        "since": str(found.match.from_),
        "until": _day(found.match.until),
        "used": _figure(found.used),
        "left": _figure(found.left),
        "sources": [source.id for source in found.sources],
        "update": _slug(found.update),
    }


def _rate(rate: Rate | None) -> Record | None:
    if rate is None:
        return None
    worth = format(rate.worth, "f")
    return {"currency": rate.currency, "worth": worth, "day": str(rate.day), "update": rate.update.slug}


def _figure(figure: Figure | None) -> Record | None:
    if figure is None:
        return None
    shown = figure.shown
    return {"amount": _digits(figure.exact), "shown": _digits(shown), "qualifier": shown.qualifier.value}


def _own(figure: Figure | None) -> Record | None:
    said = _figure(figure)
    return {"currency": figure.exact.currency, **said} if figure and said else None


def _amount(money: Money) -> Record:
    return {"amount": _digits(money), "qualifier": money.qualifier.value}


def _count(count: Count) -> Record:
    return {"number": count.number, "qualifier": count.qualifier.value}


def _digits(money: Money) -> str:
    return format(money.amount, "f")


def _day(day: date | None) -> str | None:
    return str(day) if day else None


def _slug(update: Update | None) -> str | None:
    return update.slug if update else None


# -- the table ------------------------------------------------------------------------------------------


def totals_table(view: CampaignView) -> str:
    """The whole of totals.csv."""
    lines = [",".join(_columns(update)) for update in view.updates]
    head = (
        "date,update,currency,phase,raised,raised_shown,qualifier,as_of,as_of_newest,goal,percent,others_pay,remaining,"
        "promised,gift_aid,paid,in_hand,ending,title"
    )
    return "".join(f"{line}\r\n" for line in (head, *reversed(lines)))


def _columns(update: UpdateView) -> list[str]:
    stood = update.stood
    held = _figures(stood)
    exact = {key: said["amount"] if isinstance(said, dict) and "amount" in said else said for key, said in held.items()}
    raised = held["raised"] or {"shown": "", "qualifier": ""}
    before = (str(update.day), update.slug, stood.goal.currency, held["phase"], exact["raised"])
    sure = (raised["shown"], raised["qualifier"], held["as_of"], held["as_of_newest"], exact["goal"], held["percent"])
    rest = (exact[key] for key in ("others_pay", "remaining", "promised", "gift_aid", "paid", "in_hand"))
    cells = [*before, *sure, *rest, held["ending"]["kind"] if held["ending"] else None]
    return [*("" if cell is None else str(cell) for cell in cells), _title(update.title)]


_SIGNS = "=+-@\N{MINUS SIGN}" + "".join(chr(ord(sign) + 0xFEE0) for sign in "=+-@")
"""What begins a formula, in its wide forms, too."""


def _title(text: str) -> str:
    """A headline as one cell, which no spreadsheet runs: an apostrophe stands before every sign that may begin one."""
    cell, may_begin = "", True
    for sign in text:
        if may_begin and sign in _SIGNS:
            cell += "'"
        cell += sign
        may_begin = sign in ";,|\t" or (may_begin and (sign.isspace() or sign in "\"'"))
    return '"' + cell.replace('"', '""') + '"' if re.search('[",\r\n]', cell) else cell


# -- the schema -----------------------------------------------------------------------------------------


def undescribed(record: Any, schema: Record) -> set[str]:
    """The places of a record, as ``updates.raised``, of which a JSON Schema does not say that they can be there.

    record: as JSON has it, but that any iterable other than text and a mapping is a list.
    """
    found: set[str] = set()
    known: dict[int, _Allowed] = {}

    def look(value: Any, part: Any, place: str) -> None:
        allowed = known.get(id(part))
        if allowed is None:
            allowed = known[id(part)] = _allowed(list(_choices(part, schema)))
        if isinstance(value, dict):
            for name, held in value.items():
                look(held, allowed.fields.get(name), f"{place}.{name}" if place else name)
        elif type(value) not in _TYPES.values():
            for entry in value:
                look(entry, allowed.items, place)
        elif type(value) not in allowed.kinds and not any(_fits(value, each) for each in allowed.special):
            found.add(place)

    look(record, schema, "")
    return found


class _Allowed(NamedTuple):
    """What may stand somewhere."""

    fields: Record
    items: Any
    kinds: frozenset[type]
    """Of which any value may."""
    special: list[Record]
    """What allows some values of a kind."""


def _allowed(choices: list[Record]) -> _Allowed:
    special = [each for each in choices if {"const", "enum", "pattern"}.intersection(each)]
    return _Allowed(
        fields=next((each["properties"] for each in choices if "properties" in each), {}),
        items=next((each["items"] for each in choices if "items" in each), None),
        kinds=frozenset(_TYPES[each["type"]] for each in choices if each not in special and each["type"] in _TYPES),
        special=special,
    )


def _choices(part: Any, schema: Record) -> Iterable[Record]:
    """What may stand somewhere: one thing, or one of several."""
    if not isinstance(part, dict):
        return
    if "$ref" in part:
        yield from _choices(schema["$defs"].get(part["$ref"].rpartition("/")[2]), schema)
    for each in part.get("anyOf", ()):
        yield from _choices(each, schema)
    if "type" in part or "const" in part or "enum" in part:
        yield part


_TYPES = {"string": str, "integer": int, "boolean": bool, "null": type(None)}


def _fits(value: Any, part: Record) -> bool:
    if value != part.get("const", value) or value not in part.get("enum", [value]):
        return False
    kind = _TYPES.get(part.get("type", ""))
    return (kind is None or type(value) is kind) and bool(re.search(part.get("pattern", ""), str(value)))
