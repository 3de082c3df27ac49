"""Of which days a figure is: the oldest and the newest on which somebody read or wrote down a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from campaign.core.reading.campaign import Campaign

from .ledger import Entry


@dataclass(frozen=True, slots=True)
class AsOf:
    """The days of a figure's parts; the same twice where there is only one."""

    oldest: date
    newest: date


def as_of(campaign: Campaign, entry: Entry | None, day: date) -> AsOf | None:
    """The days of the figure after ``entry``, as seen on ``day``; None before the first figure.

    What makes it old are running totals that are neither nothing nor ended. Receipts, and what has ended, make it no
    older, but newer: their money is in it. A figure in which nothing is restated any more is of the days of what it is
    made of, and never of an update that says nothing of it.
    """
    if entry is None or entry.raised is None:
        return None
    if entry.overall:
        return AsOf(entry.overall.as_of, entry.overall.as_of)
    stated = [
        (source, entry.sources[source.id])
        for source in campaign.sources
        if source.counted_in is None and source.id in entry.sources
    ]
    parts = [(source, balance) for source, balance in stated if balance.stated.amount] or stated
    alive = [(source, balance) for source, balance in parts if not source.has_ended_on(day)] or parts
    read = [balance.as_of for source, balance in alive if source.is_running]
    newest = max(balance.as_of for _, balance in parts)
    return AsOf(min(read) if read else newest, newest)
