"""The view becomes a few sentences for a terminal: how the campaign stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaign.core.figures.ending import EndingKind
from campaign.core.figures.milestones import Kind, MilestoneState
from campaign.core.figures.outcome import EndingView
from campaign.core.figures.pace import Pace
from campaign.core.figures.view import CampaignView, Snapshot
from campaign.core.reading.campaign import Account, Campaign
from campaign.core.reading.dates import Period
from campaign.core.reading.region import Region


def summary(view: CampaignView) -> Iterator[str]:
    """How the campaign stands, in a few sentences."""
    region, now = view.appeal.region, view.now
    yield f"{view.appeal.name}, as it stood on {in_words(view.day)}" if view.is_past_day else view.appeal.name
    if now.raised is None or now.as_of is None:
        yield "No figure yet." if now.ending else f"No figure yet; the goal is {region.say(now.goal)}."
    else:
        raised = f"{region.say(now.raised.shown)} raised"
        if now.percent is not None:
            raised = f"{region.say(now.raised.shown)} of {region.say(now.goal)} raised, {now.percent}%"
        newest = f", its newest part of {in_words(now.as_of_newest)}" if now.as_of_newest else ""
        yield f"{_capital(raised)}, as of {in_words(now.as_of)}{newest}."
    if now.ending:
        yield _ended(now.ending)
    elif now.is_covered:
        yield f"Nothing is left to ask for; {others_pay_in_words(now, region)}."
    elif now.remaining is None:
        yield "The goal is reached."
    elif now.raised is not None or now.deadline:
        needed = f"{region.say(now.remaining.shown)} still needed"
        others = f", now that {others_pay_in_words(now, region)}" if now.others_pay else ""
        yield f"{_capital(needed)}{_by(now, view.day)}{others}."
    if view.next_milestone:
        yield f"Next milestone: {milestone_in_words(view.next_milestone, view.appeal)}."


_ENDS = {
    EndingKind.DONE: "closed",
    EndingKind.NOT_NEEDED: "ended, since it is not needed any more,",
    EndingKind.STOPPED: "was stopped",
}


def _ended(ending: EndingView) -> str:
    """``The appeal closed on 28 August 2015: Thank you. It pays for more physiotherapy.``"""
    title = f": {ending.title.rstrip('.')}" if ending.title else ""
    promise = f" {ending.promise}" if ending.promise else ""
    return f"The appeal {_ENDS[ending.kind]} on {in_words(ending.day)}{title}.{promise}"


def _by(now: Snapshot, today: date) -> str:
    if now.deadline is None:
        return ""
    due = now.deadline.date
    return f"; the deadline was {period_in_words(due)}" if today > due.last else f" by {period_in_words(due)}"


def others_pay_in_words(stood: Snapshot, region: Region) -> str:
    """``NFZ and the council pay about £60,000 of the goal of £290,000``; empty where nobody has begun to."""
    if stood.others_pay is None:
        return ""
    *first, last = stood.others_pay.who
    who = f"{', '.join(first)} and {last} pay" if first else f"{last} pays"
    return f"{who} {region.say(stood.others_pay.amount.shown)} of the goal of {region.say(stood.goal)}"


def pace_in_words(pace: Pace, region: Region) -> str:
    """``at least £205 a week so far, at most £1,800 a week needed``."""
    at_most = "at most " if pace.needs_at_most else ""
    return f"{region.say(pace.so_far)} a week so far, {at_most}{region.say(pace.needed)} a week needed"


def milestone_in_words(summary: MilestoneState, campaign: Campaign) -> str:
    """What is reached, and what is missing to it: ``Half way, £5,000 to go``."""
    region = campaign.region
    label = summary.label
    if label is None and summary.cost_label:
        label = f"{summary.cost_label} paid for"
    if label is None and summary.amount:
        label = region.say(summary.amount if summary.kind is Kind.AMOUNT else summary.amount.in_full())
    if label is None and summary.counter and summary.milestone.at:
        label = f"{region.number(summary.milestone.at.number)} {summary.counter.label}"
    if label is None:
        label = summary.milestone.id or in_words(summary.planned) if summary.planned else summary.milestone.id
    missing = f", {region.say(summary.missing.shown)} to go" if summary.missing else ""
    return f"{label}{missing}"


def count(number: int, noun: str) -> str:
    """So many of something: ``no drafts``, ``1 update``, ``4 pages``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def account_in_words(account: Account | None) -> str:
    """``A charity, 20-00-00 55779911, reference RAMP``; empty where there is none."""
    if account is None:
        return ""
    bic = f"BIC {account.bic}" if account.bic else None
    reference = f"reference {account.reference}" if account.reference else None
    return ", ".join(filter(None, (account.name, " ".join(account.written), bic, reference)))


def in_words(day: date) -> str:
    """``26 August 2015``: the command speaks English, whatever the campaign's locale."""
    return f"{day.day} {day:%B %Y}"


def period_in_words(period: Period) -> str:
    """By when, within a sentence: ``26 August 2015``, or ``the end of August 2015``."""
    return in_words(period.last) if period.is_day else f"the end of {period.last:%B %Y}"
