"""What the data of the page to write on must hold: where each figure stands, as the view has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from campaign.core.figures.ledger import Balance
from campaign.core.figures.view import CampaignView
from campaign.core.reading.money import Money

Stands = tuple[str, ...]
"""An amount in digits, the word before it, its currency and its day."""


def form_record(view: CampaignView) -> dict[str, object]:
    """Each figure by its name, from the view alone."""
    now, repository = view.now, view.repository
    record: dict[str, object] = {
        "project": f"{repository.server}/{repository.name}@{repository.branch}" if repository else "",
        "raised": _stands(now.raised.exact) if now.raised else None,
        "overall": _balance(view.overall) if view.overall else None,
        "goal": _digits(now.goal),
        "newest": str(view.updates[0].day) if view.updates else "",
    }
    for source in view.sources:
        if source.balance:
            record[f"source {source.source.id}"] = _balance(source.balance)
    for counter in view.counters:
        record[f"counter {counter.counter.id}"] = (str(counter.count.number), counter.count.qualifier.value)
    for rate in view.rates:
        record[f"rate {rate.currency}"] = (f"{rate.worth.normalize():f}", str(rate.day))
    return record


def form_figures(said: Mapping[str, Any]) -> dict[str, object]:
    """The same of the data as it was written; raises KeyError or TypeError where it has another form."""
    before, project = said["before"], said["project"]
    newest = [goal for goal in said["goals"] if (goal["from"] or "") <= _asked_until(said)] or said["goals"][:1]
    held: dict[str, object] = {
        "project": f"{project['server']}/{project['name']}@{project['branch']}",
        "raised": _said(before["raised"], said),
        "overall": _said(before["overall"], said),
        "newest": before["day"],
        "goal": max(newest, key=lambda goal: goal["from"] or "")["amount"],
    }
    for id, balance in before["sources"].items():
        held[f"source {id}"] = _said(balance, said)
    for id, count in before["counters"].items():
        held[f"counter {id}"] = (count["number"], count.get("qualifier", ""))
    for currency, rate in before["rates"].items():
        held[f"rate {currency}"] = (rate["worth"], rate["day"])
    return held


def _asked_until(said: Mapping[str, Any]) -> str:
    ending, closed = said["before"]["ending"], said["closed"]
    days: list[str] = [said["day"], *([ending["day"]] if ending else [closed] if closed else [])]
    return min(days)


def _digits(money: Money) -> str:
    return f"{money.amount.normalize():f}"


def _stands(money: Money, day: date | None = None) -> Stands:
    return (_digits(money), money.qualifier.value, money.currency, str(day or ""))


def _balance(balance: Balance) -> Stands:
    return _stands(balance.stated, balance.as_of)


def _said(value: Mapping[str, Any] | None, said: Mapping[str, Any]) -> Stands | None:
    if value is None:
        return None
    stated = value.get("own", value)
    return (
        stated["amount"],
        stated.get("qualifier", ""),
        stated.get("currency", said["currency"]),
        value.get("as_of", ""),
    )
