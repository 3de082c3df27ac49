"""What totals.json must say: every figure as decimal text, today and after each update."""

from __future__ import annotations

from typing import Any

from campaign.core.figures.figure import Figure
from campaign.core.figures.view import CampaignView, Snapshot
from campaign.core.reading.money import Money

Record = dict[str, Any]


def totals_record(view: CampaignView) -> Record:
    """The whole file."""
    updates: list[Record] = []
    for update in view.updates:
        of: Record = {"update": update.slug, "title": update.title, "date": str(update.day)}
        updates.append(of | _figures(update.stood))
    appeal: Record = {"name": view.appeal.name, "currency": view.appeal.currency, "example": view.appeal.example}
    return appeal | {"day": str(view.day), "updates": updates} | _figures(view.now)


def _figures(stood: Snapshot) -> Record:
    is_covered = stood.phase.value == "goal reached" and not stood.is_reached
    return {
        "phase": "goal covered" if is_covered else stood.phase.value,
        "raised": _figure(stood.raised),
        "goal": {"amount": _digits(stood.goal), "qualifier": stood.goal.qualifier.value},
        "percent": stood.percent,
        "others_pay": _figure(stood.others_pay.amount if stood.others_pay else None),
        "remaining": _figure(stood.remaining),
        "as_of": str(stood.as_of) if stood.as_of else None,
        "as_of_newest": str(stood.as_of_newest) if stood.as_of_newest else None,
        "deadline": stood.deadline.date.isoformat() if stood.deadline else None,
        "promised": _figure(stood.promised),
        "gift_aid": _figure(stood.gift_aid),
    }


def _figure(figure: Figure | None) -> Record | None:
    if figure is None:
        return None
    shown = figure.shown
    return {"amount": _digits(figure.exact), "shown": _digits(shown), "qualifier": shown.qualifier.value}


def _digits(money: Money) -> str:
    return format(money.amount, "f")
