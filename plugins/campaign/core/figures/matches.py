"""Matched gifts: somebody adds to what others give, up to a sum; a promise that grows, and never in raised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import Enum

from campaign.core.reading.campaign import Campaign, Match, Source
from campaign.core.reading.money import Money, total, zero
from campaign.core.reading.update import Update

from .exchange import value_of
from .figure import Figure, computed, remaining, stated
from .in_force import InForce
from .ledger import Entry, Ledger


class MatchState(Enum):
    """What became of a match; the first of these that holds."""

    KEPT = "kept"
    """It came in, and is in the total of the account that it went to."""
    WITHDRAWN = "withdrawn"
    USED_UP = "used up"
    """All of it is promised; gifts grow no more."""
    OVER = "over"
    """Its last day has passed."""
    OPEN = "open"
    """Gifts grow by it."""


@dataclass(frozen=True, slots=True)
class MatchView:
    """One match on a day, from its first day on."""

    match: Match
    """As campaign.yaml has it."""
    state: MatchState
    """What has become of it."""
    used: Figure
    """How much of it gifts have called for; promised, not counted, until it is kept. Frozen once kept or withdrawn."""
    left: Figure | None
    """How much more of it gifts can call for; None unless it is open."""
    sources: tuple[Source, ...]
    """The accounts whose gifts it adds to; empty where it adds to all of them."""
    times: Decimal
    """What a gift becomes while it is open, by this match alone: 2 where it is doubled."""
    update: Update | None
    """The update that said that it was kept, or will not be; None where none has."""

    @property
    def is_open(self) -> bool:
        """Whether a gift grows by it today."""
        return self.state is MatchState.OPEN

    @property
    def is_promised(self) -> bool:
        """Whether what is used of it has still to come."""
        return self.state not in (MatchState.KEPT, MatchState.WITHDRAWN)

    @property
    def who(self) -> str:
        """Who adds to the gifts."""
        return self.match.who

    @property
    def until(self) -> date | None:
        """The last day on which gifts grow by it; None where nobody said."""
        return self.match.until

    @property
    def up_to(self) -> Money:
        """How much at most."""
        return self.match.up_to


def matches_on(campaign: Campaign, ledger: Ledger, holds: InForce, entry: Entry | None) -> tuple[MatchView, ...]:
    """Every match that had begun by the day of ``holds``, after ``entry``; once the appeal has ended, those kept."""
    begun = (_match(campaign, ledger, match, holds.day, entry) for match in holds.matches)
    return tuple(found for found in begun if holds.ending is None or found.state is MatchState.KEPT)


def multiplied(source: Source, matches: tuple[MatchView, ...]) -> Decimal | None:
    """What a gift to a source becomes by all matches that are open; None where none is."""
    each = [
        found.match.each
        for found in matches
        if found.is_open and (source in found.sources or (not found.sources and source.counted_in is None))
    ]
    return sum(each, Decimal(1)) if each else None


def _match(campaign: Campaign, ledger: Ledger, match: Match, day: date, entry: Entry | None) -> MatchView:
    settled = entry.settled.get(match.id) if entry else None
    end = settled.before if settled else entry
    if end and match.until and end.update.day > match.until:
        end = ledger.entry_on(match.until)
    wanted = match_growth(campaign, match, ledger.entry_on(match.from_ - timedelta(days=1)), end)
    # A half of a penny is nobody's promise: a currency has no parts beyond its smallest coin.
    coin = Decimal(1).scaleb(-campaign.region.minor_digits)
    called_for = max(wanted.amount, Decimal(0)) * match.each
    wanted = wanted.at(min(called_for, called_for.quantize(coin, ROUND_DOWN)))
    is_used_up = wanted.amount >= match.up_to.amount
    used = stated(match.up_to) if is_used_up else computed(wanted)
    if settled:
        state = MatchState.KEPT if settled.is_kept else MatchState.WITHDRAWN
    elif is_used_up:
        state = MatchState.USED_UP
    else:
        state = MatchState.OVER if match.until and match.until < day else MatchState.OPEN
    return MatchView(
        match=match,
        state=state,
        used=used,
        left=remaining(used, match.up_to) if state is MatchState.OPEN else None,
        sources=tuple(source for source in campaign.sources if source.id in match.sources),
        times=1 + match.each,
        update=settled.update if settled else None,
    )


def match_growth(campaign: Campaign, match: Match, before: Entry | None, after: Entry | None) -> Money:
    """By how much the accounts of a match grew between two entries; below zero where they fell.

    An account that was not stated before stood at nothing.
    """
    if after is None:
        return zero(campaign.currency)
    was_by_source = before is None or before.raised is None or before.by_source
    if not match.sources and not (after.by_source and was_by_source):
        # One overall figure, or the step from it to sources: only what they all come to can be compared.
        stands = after.raised or zero(campaign.currency)
        return stands - before.raised if before and before.raised else stands
    ids = match.sources or tuple(source.id for source in campaign.sources if source.counted_in is None)
    grown = []
    for id in ids:
        one, other = before.sources.get(id) if before else None, after.sources.get(id)
        if other:
            more = other.stated - one.stated if one else other.stated
            grown.append(value_of(more, after.rates, campaign.currency))
    return total(grown, campaign.currency)
