"""Amounts and phases as data has them: decimal text, and words that stay."""

from __future__ import annotations

from campaign.core.figures.view import Snapshot
from campaign.core.reading.money import Money


def phase_name(stood: Snapshot) -> str:
    """Where in its life the appeal was; what others pay of a goal does not make it reached."""
    return "goal covered" if stood.is_covered else stood.phase.value


def money_record(money: Money) -> dict[str, str]:
    """An amount as data: decimal text, and the word before it."""
    return {"amount": decimal(money), "qualifier": money.qualifier.value}


def decimal(money: Money) -> str:
    """An amount's digits, with a point where there are smaller parts."""
    return f"{money.amount:f}"
