"""The view as data: ``totals.json``, in which every amount is decimal text."""

from __future__ import annotations

import json
from typing import Any

from campaign.core.figures.figure import Figure
from campaign.core.figures.view import CampaignView, Snapshot
from campaign.core.reading.money import Money

Record = dict[str, Any]


def totals_json(view: CampaignView) -> str:
    """The campaign's figures today and after each update, newest first."""
    return json.dumps(totals(view), ensure_ascii=False, indent=1) + "\n"


def totals(view: CampaignView) -> Record:
    """What totals.json holds: the campaign, how it stands today, and how it stood after each update, newest first."""
    return {
        "name": view.appeal.name,
        "currency": view.appeal.currency,
        "example": view.appeal.example,
        "day": view.day.isoformat(),
        **snapshot_record(view.now),
        "updates": [
            {
                "update": update.slug,
                "title": update.title,
                "date": update.day.isoformat(),
                **snapshot_record(update.stood),
            }
            for update in view.updates
        ],
    }


def snapshot_record(stood: Snapshot) -> Record:
    """How the campaign stood on a day, as totals.json has it; amounts as decimal text."""
    return {
        "phase": phase_name(stood),
        "raised": _figure(stood.raised),
        "goal": money_record(stood.goal),
        "percent": stood.percent,
        "others_pay": _figure(stood.others_pay.amount) if stood.others_pay else None,
        "remaining": _figure(stood.remaining),
        "as_of": stood.as_of.isoformat() if stood.as_of else None,
        "as_of_newest": stood.as_of_newest.isoformat() if stood.as_of_newest else None,
        "deadline": stood.deadline.date.isoformat() if stood.deadline else None,
        "promised": _figure(stood.promised),
        "gift_aid": _figure(stood.gift_aid),
    }


def phase_name(stood: Snapshot) -> str:
    """Where in its life the appeal was; what others pay of a goal does not make it reached."""
    return "goal covered" if stood.is_covered else stood.phase.value


def money_record(money: Money) -> Record:
    """An amount as data: decimal text, and the word before it."""
    return {"amount": _decimal(money), "qualifier": money.qualifier.value}


def _figure(figure: Figure | None) -> Record | None:
    if figure is None:
        return None
    return {
        "amount": _decimal(figure.exact),
        "shown": _decimal(figure.shown),
        "qualifier": figure.shown.qualifier.value,
    }


def _decimal(money: Money) -> str:
    return f"{money.amount:f}"
