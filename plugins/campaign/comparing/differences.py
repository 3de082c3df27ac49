"""Two views become what differs in their figures, milestones and costs, each difference in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaign.core.figures.costs import CostLine
from campaign.core.figures.figure import Figure, gained
from campaign.core.figures.ledger import Balance
from campaign.core.figures.milestones import MilestoneState, Note
from campaign.core.figures.view import CampaignView, Snapshot, SourceView
from campaign.core.reading.money import Money
from campaign.rendering.as_data import money_record, phase_name
from campaign.reporting.summary import in_words, milestone_in_words, others_pay_in_words, pace_in_words, period_in_words

FIGURES, REACHED = "Figures", "Milestones and costs"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One difference between what was published and what would be."""

    about: str
    """The group it is told in."""
    kind: str
    """What differs: ``source``, ``raised``, ``milestone``, ``page`` …"""
    name: str
    """Which of its kind: a source's id, a page's address; empty where there is only one."""
    before: Any
    """Data, money as in ``totals.json``; None where there was nothing."""
    after: Any
    text: str


@dataclass(frozen=True, slots=True)
class _Total:
    """A total, and the day it is of."""

    figure: Figure
    day: date
    is_of_several: bool = False
    """Whether several accounts may be in it, of which each has its day."""

    @property
    def shown(self) -> Money:
        return self.figure.shown


def differences(was: CampaignView, now: CampaignView, renamed: Mapping[str, str]) -> Iterator[FigureChange]:
    """What donors would see differ; ``renamed``: the ids that sources had before, by the ids that they have now."""
    views = _Views(was, now)
    yield from views.sources(renamed)
    yield from views.figures()
    yield from views.counted()
    yield from views.milestones()
    yield from views.costs()


class _Views:
    """What was published, and what would be."""

    def __init__(self, was: CampaignView, now: CampaignView) -> None:
        self.was = was
        self.now = now
        self.say_before = was.appeal.region.say
        self.say_after = now.appeal.region.say

    def sources(self, renamed: Mapping[str, str]) -> Iterator[FigureChange]:
        earlier = {view.source.id: view for view in self.was.sources}
        for view in self.now.sources:
            id = view.source.id
            before = earlier.pop(renamed.get(id, id), None)
            yield from self._source(before, view)
        for gone in earlier.values():
            if gone.balance:
                text = f"{gone.source.label}: {self.say_before(gone.balance.stated)} before, no source any more"
                yield FigureChange(FIGURES, "source", gone.source.id, _stands(gone.balance), None, text)

    def _source(self, before: SourceView | None, after: SourceView) -> Iterator[FigureChange]:
        source, was = after.source, before.source if before else None
        if was and was.id != source.id:
            text = f"{source.label}: called {source.id} in updates instead of {was.id}, with the same figures"
            yield FigureChange(FIGURES, "source-renamed", source.id, was.id, source.id, text)
        if was and was.label != source.label:
            yield FigureChange(
                FIGURES, "source-label", source.id, was.label, source.label, f"{was.label}: now called {source.label}"
            )
        old, new = before.balance if before else None, after.balance
        if restated := self._restated(source.label, _stated(before), _stated(after)):
            yield FigureChange(FIGURES, "source", source.id, _stands(old), _stands(new), restated)

    def _restated(self, label: str, old: _Total | None, new: _Total | None) -> str | None:
        """One total, old → new, with the difference and the time between; None where nothing differs."""
        if new is None:
            return f"{label}: {self.say_before(old.shown)} before, not stated any more" if old else None
        after = self.say_after(new.shown)
        if old is None:
            return f"{label}: {after} as of {in_words(new.day)}, the first figure"
        before, days = self.say_before(old.shown), (new.day - old.day).days
        if before == after:
            return f"{label}: {after} still, as of {in_words(new.day)} instead of {in_words(old.day)}" if days else None
        when = f" in {days} day{'' if days == 1 else 's'}" if days > 0 else ", as of the same day"
        if days < 0:
            when = f", as of {in_words(new.day)} instead of {in_words(old.day)}"
        if new.is_of_several and days <= 0:  # what came in may be a receipt, which has no such day
            when = ""
        return f"{label}: {before} → {after}{self._difference(old, new)}{when}"

    def _difference(self, old: _Total, new: _Total) -> str:
        if old.shown.currency != new.shown.currency:
            return ""
        more, less = gained(old.figure, new.figure), gained(new.figure, old.figure)
        gap = more or less
        return f", {self.say_after(gap.shown)} {'more' if more else 'less'}" if gap else ""

    def figures(self) -> Iterator[FigureChange]:
        was, now = self.was.now, self.now.now
        if text := self._restated("Raised", _raised(was), _raised(now)):
            yield FigureChange(FIGURES, "raised", "", _raised_record(was), _raised_record(now), text)
        if was.percent != now.percent:
            text = f"Of the goal: {_percent(was)} → {_percent(now)}"
            yield FigureChange(FIGURES, "percent", "", was.percent, now.percent, text)
        before, after = self.say_before, self.say_after
        yield from _pair(FIGURES, "goal", "Goal", before(was.goal), after(now.goal))
        one_pays, other_pays = (
            others_pay_in_words(view.now, view.appeal.region) or "nobody" for view in (self.was, self.now)
        )
        yield from _pair(FIGURES, "others-pay", "What others pay since the goal was set", one_pays, other_pays)
        for kind, label, one, other in (
            ("needed", "Still needed", was.remaining, now.remaining),
            ("beyond", "Over the goal", was.beyond, now.beyond),
        ):
            old_text, new_text = _shown(one, before), _shown(other, after)
            yield from _pair(FIGURES, kind, label, old_text, new_text)
        one_pace, other_pace = (
            pace_in_words(view.now.pace, view.appeal.region) if view.now.pace else None for view in (self.was, self.now)
        )
        yield from _pair(FIGURES, "pace", "Pace", one_pace, other_pace)
        for kind, label, money, other_money in (
            ("promised", "Promised and not here yet", was.promised, now.promised),
            ("gift-aid", "Gift Aid", was.gift_aid, now.gift_aid),
        ):
            old_text = before(money.in_full) if money and money.says_something else "nothing"
            new_text = after(other_money.in_full) if other_money and other_money.says_something else "nothing"
            yield from _pair(FIGURES, kind, label, old_text, new_text)
        for kind, label, part in (("paid", "Paid for with gifts", "paid"), ("in-hand", "In hand", "in_hand")):
            one_spent, other_spent = (
                say(getattr(stood.spent, part).in_full) if stood.spent else None
                for say, stood in ((before, was), (after, now))
            )
            yield from _pair(FIGURES, kind, label, one_spent, other_spent)
        yield from _pair(FIGURES, "deadline", "Deadline", _deadline(was), _deadline(now))
        yield from _pair(FIGURES, "phase", "Phase", phase_name(was), phase_name(now))
        yield from _pair(FIGURES, "ending", "How it ended", _ended(was), _ended(now))

    def counted(self) -> Iterator[FigureChange]:
        """What became of promises, what is counted besides money, and money for other causes."""
        for kind, one, other in (
            ("promise", _promises(self.was), _promises(self.now)),
            ("match", _matches(self.was), _matches(self.now)),
            ("rate", _rates(self.was), _rates(self.now)),
            ("counter", _counts(self.was), _counts(self.now)),
            ("cause", _causes(self.was), _causes(self.now)),
        ):
            for id in {**one, **other}:
                label, after = other.get(id, (one.get(id, ("", ""))[0], None))
                before = one[id][1] if id in one else None
                yield from _pair(FIGURES, kind, label, before, after, id)

    def milestones(self) -> Iterator[FigureChange]:
        earlier = {_key(summary): summary for summary in self.was.milestones}
        for summary in self.now.milestones:
            yield from self._milestone(earlier.pop(_key(summary), None), summary)
        for gone in earlier.values():
            if self.now.now.ending and not gone.reached:
                continue  # nothing is to be reached any more, which the phase tells
            name = milestone_in_words(gone, self.was.appeal)
            yield FigureChange(REACHED, "milestone", _id(gone), _reached(gone), None, f"Milestone gone: {name}")

    def _milestone(self, before: MilestoneState | None, after: MilestoneState) -> Iterator[FigureChange]:
        was, now = before and before.reached, after.reached
        name = milestone_in_words(after, self.now.appeal)
        if now and not was:
            at = f" at {self.say_after(now.raised.shown)}" if now.raised else ""
            text = f"Milestone reached: {name}, on {in_words(now.day)}{at if after.amount else ''}"
        elif was and not now:
            text = f"Milestone no longer reached: {name}"
        elif was and now and was.day != now.day:
            text = f"Milestone reached on another day: {name}, on {in_words(now.day)} instead of {in_words(was.day)}"
        elif before is None:
            text = f"New milestone: {name}"
        elif after.note and after.note != before.note:
            why = "the figure has fallen below it" if after.note is Note.FELL else "what it needs has grown"
            text = f"Milestone was reached, and {why} since: {name}"
        else:
            return
        yield FigureChange(REACHED, "milestone", _id(after), _reached(before), _reached(after), text)

    def costs(self) -> Iterator[FigureChange]:
        earlier = {line.cost.id: line for line in self.was.costs.lines} if self.was.costs else {}
        for line in self.now.costs.lines if self.now.costs else ():
            yield from self._cost(earlier.pop(line.cost.id, None), line)
        for gone in earlier.values():
            text = f"Cost gone: {gone.cost.label}, {self.say_before(gone.estimate)}"
            yield FigureChange(REACHED, "cost", gone.cost.id, money_record(gone.need), None, text)
        one, other = self.was.surplus, self.now.surplus
        yield from _pair(
            REACHED,
            "surplus",
            "More than is needed",
            _shown(one, self.say_before),
            _shown(other, self.say_after),
        )

    def _cost(self, before: CostLine | None, after: CostLine) -> Iterator[FigureChange]:
        id, label = after.cost.id, after.cost.label
        need = money_record(after.need)
        if before is None:
            text = f"New cost: {label}, {self.say_after(after.estimate)}"
            yield FigureChange(REACHED, "cost", id, None, need, text)
        else:
            yield from _pair(
                REACHED,
                "estimate",
                f"{label}, estimate",
                self.say_before(before.estimate),
                self.say_after(after.estimate),
                id,
            )
            yield from self._payers(before, after)
            yield from _pair(
                REACHED,
                "need",
                f"{label}, to be raised for it",
                self.say_before(before.need_shown),
                self.say_after(after.need_shown),
                id,
            )
        was_met = before is not None and before.is_met
        if after.is_met != was_met:
            text = f"Paid for: {label}" if after.is_met else f"No longer paid for: {label}"
            if not after.need.amount:
                text = f"Paid for by others: {label}" if after.estimate.amount else f"Nothing is needed for: {label}"
            yield FigureChange(REACHED, "met", id, was_met, after.is_met, text)

    def _payers(self, before: CostLine, after: CostLine) -> Iterator[FigureChange]:
        id, label = after.cost.id, after.cost.label
        earlier = {(payer.who, payer.from_): payer for payer in before.payers}
        for payer in after.payers:
            was = earlier.pop((payer.who, payer.from_), None)
            pays = self.say_after(payer.amount)
            if was is None:
                text = f"{label}: {payer.who} pays {pays} of it from {in_words(payer.from_)}"
                yield FigureChange(REACHED, "paid-by", id, None, money_record(payer.amount), text)
                continue
            yield from _pair(REACHED, "paid-by", f"{label}, paid by {payer.who}", self.say_before(was.amount), pays, id)
            one, other = (in_words(each.until) if each.until else None for each in (was, payer))
            yield from _pair(REACHED, "paid-until", f"{label}, paid by {payer.who} until", one, other, id)
            yield from _pair(REACHED, "covers", f"{label}, what {payer.who} pays for", was.covers, payer.covers, id)
        for gone in earlier.values():
            text = f"{label}: {gone.who} no longer pays {self.say_before(gone.amount)} of it"
            yield FigureChange(REACHED, "paid-by", id, money_record(gone.amount), None, text)


def _pair(
    about: str, kind: str, label: str, before: str | None, after: str | None, name: str = ""
) -> Iterator[FigureChange]:
    """One line for what is said in other words now; ``name`` tells it from others of its kind."""
    if before != after:
        yield FigureChange(about, kind, name, before, after, f"{label}: {before or 'none'} → {after or 'none'}")


def _stands(balance: Balance | None) -> dict[str, Any] | None:
    return money_record(balance.amount) | {"as_of": balance.as_of.isoformat()} if balance else None


def _stated(view: SourceView | None) -> _Total | None:
    if view is None or view.balance is None or view.amount is None:
        return None
    stated = view.own or view.amount  # a rate makes no account larger
    return _Total(Figure(stated.exact, stated.in_full), view.balance.as_of)


def _raised(stood: Snapshot) -> _Total | None:
    if stood.raised is None or stood.as_of is None:
        return None
    # Of several parts the newest: what came in since is what somebody read since.
    return _Total(stood.raised, stood.as_of_newest or stood.as_of, is_of_several=True)


def _raised_record(stood: Snapshot) -> dict[str, Any] | None:
    if stood.raised is None or stood.as_of is None:
        return None
    return money_record(stood.raised.shown) | {"as_of": stood.as_of.isoformat()}


def _shown(figure: Figure | None, say: Callable[[Money], str]) -> str:
    return say(figure.shown) if figure and figure.says_something else "nothing"


def _percent(stood: Snapshot) -> str:
    if stood.percent is None:
        return "no figure" if stood.raised is None else "not said any more"
    return f"{stood.percent}%"


def _deadline(stood: Snapshot) -> str | None:
    return period_in_words(stood.deadline.date) if stood.deadline else None


def _promises(view: CampaignView) -> dict[str, tuple[str, str]]:
    said = {}
    for pledge in view.pledges:
        fate = "kept" if pledge.kept else "withdrawn" if pledge.withdrawn else "promised"
        who = pledge.gift.from_ or pledge.gift.id
        said[pledge.gift.id] = f"Promise of {who}", f"{view.appeal.region.say(pledge.gift.amount)}, {fate}"
    return said


def _matches(view: CampaignView) -> dict[str, tuple[str, str]]:
    say = view.appeal.region.say
    return {
        found.match.id: (
            f"Match of {found.who}",
            f"{say(found.used.in_full)} of {say(found.up_to)}, {found.state.value}",
        )
        for found in view.now.matches
    }


def _rates(view: CampaignView) -> dict[str, tuple[str, str]]:
    own = view.appeal.currency
    return {
        rate.currency: (f"One {rate.currency}", f"{rate.worth} {own}, as of {in_words(rate.day)}")
        for rate in view.rates
    }


def _ended(stood: Snapshot) -> str | None:
    if stood.ending is None:
        return None
    title = f", “{stood.ending.title}”" if stood.ending.title else ""
    return f"{stood.ending.kind.value} on {in_words(stood.ending.day)}{title}"


def _counts(view: CampaignView) -> dict[str, tuple[str, str]]:
    return {
        counted.counter.id: (counted.counter.label, view.appeal.region.say_count(counted.count))
        for counted in view.counters
    }


def _causes(view: CampaignView) -> dict[str, tuple[str, str]]:
    return {found.cause.id: (found.cause.label, view.appeal.region.say(found.amount.in_full)) for found in view.causes}


def _key(summary: MilestoneState) -> tuple[object, ...]:
    """What makes it the same milestone: its id, or else how it is reached."""
    milestone = summary.milestone
    return (milestone.id,) if milestone.id else (milestone.raised, milestone.cost, milestone.counter, milestone.at)


def _id(summary: MilestoneState) -> str:
    return summary.milestone.id or summary.kind.value


def _reached(summary: MilestoneState | None) -> str | None:
    return summary.reached.day.isoformat() if summary and summary.reached else None
