"""The view as data: ``totals.json``, in which every amount is decimal text."""

from __future__ import annotations

import json
from typing import Any

from .core.money import Money
from .core.progress import Figure
from .core.view import AsItStood, CampaignView

Record = dict[str, Any]


def totals_json(view: CampaignView) -> str:
    """The campaign's figures today and after each update, newest first."""
    return json.dumps(totals(view), ensure_ascii=False, indent=1) + "\n"


def totals(view: CampaignView) -> Record:
    return {
        "name": view.appeal.name,
        "currency": view.appeal.currency,
        "example": view.appeal.example,
        "day": view.day.isoformat(),
        **as_it_stood(view.now),
        "updates": [
            {"update": update.slug, "title": update.title, "date": update.day.isoformat(), **as_it_stood(update.stood)}
            for update in view.updates
        ],
    }


def as_it_stood(stood: AsItStood) -> Record:
    return {
        "phase": stood.phase.value,
        "raised": _figure(stood.raised),
        "goal": money_record(stood.goal),
        "percent": stood.percent,
        "remaining": _figure(stood.remaining),
        "as_of": stood.as_of.isoformat() if stood.as_of else None,
        "deadline": stood.deadline.date.isoformat() if stood.deadline else None,
        "promised": money_record(stood.promised) if stood.promised else None,
        "gift_aid": money_record(stood.gift_aid) if stood.gift_aid else None,
    }


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
