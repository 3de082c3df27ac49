"""The campaign and its ledger become the view: everything put together as of one day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from campaign.core.reading.campaign import (
    Campaign,
    Give,
    Source,
    Treatment,
)
from campaign.core.reading.money import Money
from campaign.core.reading.repository import Repository
from campaign.core.reading.update import Event, Page, Receipt

from .as_of import as_of
from .costs import Costs, costs_met, still_to_ask
from .door_frame import DoorFrame, Stood, door_frame
from .exchange import value_of
from .figure import Figure, added_up, beyond, computed, gained, stated
from .growth import Growth, growth
from .held_once import held_once
from .in_force import InForce, as_known
from .leaps import leapt, leapt_payments
from .ledger import Balance, CauseReceipt, Change, Entry, Ledger, Pledge, in_force_on, raised_figure
from .matches import MatchState, MatchView, matches_on, multiplied
from .milestones import MilestoneState, Reaching, milestones_on, reach
from .outcome import ending_view, final_account, promise_that_applies
from .pace import Phase, pace, phase_of
from .progress import is_reached, measure, percent
from .spending import paid_out, spending, spent
from .view import (
    ByRate,
    CampaignView,
    CauseView,
    CounterView,
    EventView,
    Neighbour,
    PageView,
    Snapshot,
    SourceView,
    Statement,
    UpdateView,
)


def build_view(
    campaign: Campaign,
    ledger: Ledger,
    *,
    day: date,
    is_past_day: bool = False,
    events: Sequence[Event] = (),
    pages: Sequence[Page] = (),
    repository: Repository | None = None,
) -> CampaignView:
    """Put everything together as of ``day``; the ledger holds no later update, and nothing else said later is here.

    repository: where the project is public, if the machine knows; else campaign.yaml may say.
    """
    repository = repository or campaign.repository
    last = ledger.entry_on(day)
    holds = in_force_on(campaign, day, last)
    reaching = reach(campaign, ledger.entries)
    campaign = as_known(campaign, holds)
    if is_past_day and not holds.ending:
        campaign = campaign.model_copy(update={"closed": None})
    now = snapshot(campaign, ledger, holds, last, reaching)
    costs = costs_met(holds, raised_figure(last))
    milestones = milestones_on(campaign, holds, last, reaching, costs)
    updates = tuple(reversed(_update_views(campaign, ledger, reaching, repository)))
    events_ = _event_views(campaign, events, ledger, holds, is_past_day=is_past_day)
    pages_ = tuple(sorted(map(_page_view, pages), key=lambda page: (page.title.casefold(), page.slug)))
    ending = now.ending
    spent_on = spending(campaign, holds, ledger.until(day))
    return CampaignView(
        appeal=campaign,
        day=day,
        is_past_day=is_past_day,
        now=now,
        costs=costs,
        deadlines=() if ending else holds.deadlines,
        goals=holds.goals,
        milestones=milestones,
        next_milestone=next((state for state in milestones if state.missing), None),
        updates=updates,
        years=tuple((year, tuple(group)) for year, group in groupby(updates, lambda update: update.day.year)),
        sources=tuple(_source_view(campaign, source, last, now) for source in campaign.sources),
        rates=tuple(last.rates.values()) if last else (),
        overall=last.overall if last else None,
        counters=_counter_views(campaign, last),
        causes=tuple(_cause_views(campaign, ledger)),
        corrections=tuple(correction for entry in ledger.entries for correction in entry.corrections),
        jumps=tuple(update for update in reversed(updates) if update.jump),
        pledges=_pledges(last, holds),
        spending=spent_on,
        account=final_account(holds, now.raised, spent_on),
        frame=_frame(now, costs, milestones, updates),
        growth=_growth(campaign, ledger, holds, now, milestones),
        treatment=_carried_out(holds)[::-1],
        promise=promise_that_applies(ending, holds.promise) if ending else holds.promise,
        story=_paragraphs(holds),
        press=holds.press,
        events=events_,
        pages=pages_,
        ways=tuple(way for way in campaign.give if way.open_on(day) and not ending),
        closed_ways=tuple(_closed(way, day) for way in campaign.give if ending or not way.open_on(day)),
        repository=repository,
        asks=now.phase in (Phase.BEFORE, Phase.RAISING),
        by_slug={update.slug: update for update in updates},
        event_by_slug={event.slug: event for event in events_},
        page_by_slug={page.slug: page for page in pages_},
    )


def _closed(way: Give, day: date) -> Give:
    """A way that is closed, without a day that is still to come: it closed with the appeal, not on that."""
    return way.model_copy(update={"closes": None}) if way.open_on(day) else way


def _frame(
    now: Snapshot, costs: Costs | None, milestones: tuple[MilestoneState, ...], updates: tuple[UpdateView, ...]
) -> DoorFrame | None:
    if now.measure is None:
        return None
    return door_frame(
        now.raised.exact if now.raised else None,
        now.goal,
        promised=now.promised.exact if now.promised else None,
        earlier_goals=[earlier.amount for earlier in now.earlier_goals],
        costs=costs,
        milestones=milestones,
        updates=[
            Stood(of.slug, of.stood.raised.exact if of.stood.raised else None, bool(of.statements or of.other_receipts))
            for of in updates
        ],
        remaining=now.remaining if now.phase in (Phase.BEFORE, Phase.RAISING) else None,
        has_ended=now.ending is not None,
    )


def _growth(
    campaign: Campaign, ledger: Ledger, holds: InForce, now: Snapshot, milestones: tuple[MilestoneState, ...]
) -> Growth | None:
    """The chart, as far as the deadline while there is one to come."""
    return growth(
        ledger.entries,
        holds.goals,
        reached={state.reached.entry.update.slug for state in milestones if state.reached and state.amount},
        started=campaign.started.first if campaign.started else None,
        deadline=now.deadline.date.last if now.deadline and now.phase is Phase.RAISING else None,
    )


def snapshot(campaign: Campaign, ledger: Ledger, holds: InForce, entry: Entry | None, reaching: Reaching) -> Snapshot:
    """The figures on the day of ``holds``, after ``entry``."""
    day = holds.day
    raised = raised_figure(entry)
    exact = raised.exact if raised else None
    goal = holds.goal
    matches = matches_on(campaign, ledger, holds, entry)
    promised = None if holds.ending else _still_promised(campaign, entry, matches)
    gift_aid = [balance.amount for balance in entry.gift_aid.values()] if entry else []
    days = as_of(campaign, entry, day)
    costs = costs_met(holds, raised)
    states = milestones_on(campaign, holds, entry, reaching, costs)
    is_held_against_goal = holds.is_held_against_goal
    return Snapshot(
        day=day,
        phase=phase_of(holds, raised),
        ending=ending_view(holds, entry, costs),
        raised=raised,
        goal=goal,
        earlier_goals=holds.goals[:-1],
        percent=percent(exact, goal) if exact and is_held_against_goal else None,
        is_reached=is_reached(exact, goal) and is_held_against_goal,
        remaining=None if holds.ending else still_to_ask(holds, raised),
        others_pay=None if holds.ending else holds.others_pay,
        beyond=beyond(raised, goal) if raised and is_held_against_goal else None,
        as_of=days.oldest if days else None,
        as_of_newest=days.newest if days and days.newest != days.oldest else None,
        promised=promised,
        matches=matches,
        gift_aid=added_up(gift_aid, campaign.currency) if gift_aid else None,
        deadline=None if holds.ending else holds.deadline,
        pace=pace(holds, campaign.started, raised, days),
        spent=spent(campaign, entry),
        measure=measure(
            exact,
            goal,
            promised=promised.exact if promised else None,
            earlier_goals=[earlier.amount for earlier in holds.goals[:-1]],
            milestones=[(state.amount, state.reached is not None) for state in states if state.amount],
            has_ended=holds.ending is not None,
        )
        if is_held_against_goal and (exact or not holds.ending)
        else None,
    )


def _still_promised(campaign: Campaign, entry: Entry | None, matches: Sequence[MatchView]) -> Figure | None:
    gifts = [stated(pledge.gift.amount) for pledge in entry.pledges.values() if pledge.is_open] if entry else []
    gifts += [found.used for found in matches if found.is_promised and found.used.exact.amount]
    # What is promised by one alone is shown as it is there.
    return (
        gifts[0] if len(gifts) == 1 else added_up((gift.exact for gift in gifts), campaign.currency) if gifts else None
    )


def _pledges(entry: Entry | None, holds: InForce) -> tuple[Pledge, ...]:
    """Every promised gift; once the appeal has ended, nobody waits for one any more."""
    pledges = entry.pledges.values() if entry else ()
    return tuple(pledge for pledge in pledges if not (holds.ending and pledge.is_open))


def _paragraphs(holds: InForce) -> tuple[str, ...]:
    """The newest story's paragraphs, which blank lines divide; its other line breaks say nothing."""
    text = holds.story[-1].text if holds.story else ""
    return tuple(" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text) if part.strip())


def _carried_out(holds: InForce) -> tuple[Treatment, ...]:
    """The plans, oldest first; once the appeal has ended, none that was only planned."""
    plans = holds.treatment
    if not holds.ending or (plans and plans[-1].status == "done"):
        return plans
    return tuple(plan for plan in plans if plan.status == "done")


def _update_views(
    campaign: Campaign, ledger: Ledger, reaching: Reaching, repository: Repository | None
) -> list[UpdateView]:
    reached_by: dict[str, list[int]] = {}
    for index, entry in reaching.items():
        reached_by.setdefault(entry.update.slug, []).append(index)
    labels = {source.id: source for source in campaign.sources}
    neighbours = [Neighbour(entry.update.slug, entry.update.said.title) for entry in ledger.entries]
    views: list[UpdateView] = []
    for position, entry in enumerate(ledger.entries):
        update, said = entry.update, entry.update.said
        before = ledger.entries[position - 1] if position else None
        stood = snapshot(campaign, ledger, entry.in_force, entry, reaching)
        if views:
            stood = held_once(stood, views[-1].stood)
        settled = [found for found in stood.matches if found.update is update]
        counted = [receipt for receipt in said.received if receipt.cause is None]
        # What sources come to by themselves nobody stated.
        changed = [change for change in entry.changes if change.key in labels or change.key in said.totals]
        views.append(
            UpdateView(
                slug=update.slug,
                path=_public_path(update.document.path),
                file=repository.file(update.document.path) if repository else None,
                history=repository.history(update.document.path) if repository else None,
                title=said.title,
                day=update.day,
                time=update.time,
                author=said.author,
                summary=said.summary or update.story.first_sentence,
                image=said.image,
                image_alt=said.image_alt,
                stood=stood,
                added=_added(before, entry),
                statements=tuple(_statement(labels.get(change.key), change, entry, counted) for change in changed),
                other_receipts=tuple(receipt for receipt in counted if receipt.source not in {c.key for c in changed}),
                cause_receipts=tuple(receipt for receipt in said.received if receipt.cause is not None),
                reached=_reached(campaign, entry, reaching) if update.slug in reached_by else (),
                corrections=entry.corrections,
                jump=said.jump,
                leapt=leapt(campaign, before, entry) if said.jump else (),
                leapt_payments=leapt_payments(campaign, before, entry) if said.jump else (),
                by_rate=_by_rate(campaign, entry),
                paid=tuple(paid_out(campaign, payment, update) for payment in said.paid),
                kept_matches=tuple(found for found in settled if found.state is MatchState.KEPT),
                withdrawn_matches=tuple(found for found in settled if found.state is MatchState.WITHDRAWN),
                older=neighbours[position - 1] if position else None,
                newer=neighbours[position + 1] if position + 1 < len(neighbours) else None,
            )
        )
    return views


def _public_path(path: str) -> str:
    """A file's path without the folders of somebody's machine."""
    return "/".join(path.split("/")[-2:]) if path.startswith("/") or path[1:2] == ":" else path


def _added(before: Entry | None, entry: Entry) -> Figure | None:
    was, now = raised_figure(before), raised_figure(entry)
    return gained(was, now) if was and now else None


def _statement(source: Source | None, change: Change, entry: Entry, counted: Sequence[Receipt]) -> Statement:
    balance = entry.sources[source.id] if source else entry.overall
    return Statement(
        label=source.label if source else "",
        change=change,
        amount=_counts_for(balance, source) if source and balance else raised_figure(entry) or stated(change.after),
        own=_own(balance, source),
        rate=balance.rate if balance else None,
        as_of=balance.as_of if balance else entry.update.day,
        is_counted=source is None or source.counted_in is None,
        receipts=tuple(receipt for receipt in counted if receipt.source == change.key),
    )


def _counts_for(balance: Balance, source: Source) -> Figure:
    """What a source counts for: receipts are added up, a total is stated, another currency is worth its rate."""
    return stated(balance.amount) if source.is_running or balance.own else computed(balance.amount)


def _own(balance: Balance | None, source: Source | None) -> Figure | None:
    if balance is None or balance.own is None or source is None:
        return None
    return stated(balance.own) if source.is_running else computed(balance.own)


def _by_rate(campaign: Campaign, entry: Entry) -> tuple[ByRate, ...]:
    """What a rate that the update gave made of sources that count and that stood before it."""
    stands = ((source, entry.sources.get(source.id)) for source in campaign.sources if source.counted_in is None)
    return tuple(
        ByRate(source.label, balance.by_rate)
        for source, balance in stands
        if balance
        and balance.by_rate
        and balance.by_rate.now.update is entry.update
        and balance.by_rate.difference.amount
    )


def _reached(campaign: Campaign, entry: Entry, reaching: Reaching) -> tuple[MilestoneState, ...]:
    costs = costs_met(entry.in_force, raised_figure(entry))
    states = milestones_on(campaign, entry.in_force, entry, reaching, costs)
    return tuple(state for state in states if state.reached and state.reached.entry is entry)


def _source_view(campaign: Campaign, source: Source, entry: Entry | None, now: Snapshot) -> SourceView:
    balance = entry.sources.get(source.id) if entry else None
    return SourceView(
        source=source,
        balance=balance,
        amount=_counts_for(balance, source) if balance else None,
        own=_own(balance, source),
        is_counted=source.counted_in is None,
        has_ended=source.has_ended_on(now.day),
        times=multiplied(source, now.matches),
        holder=next((other for other in campaign.sources if other.id == source.counted_in), None),
    )


def _counter_views(campaign: Campaign, entry: Entry | None) -> tuple[CounterView, ...]:
    stands = entry.counters if entry else {}
    return tuple(CounterView(counter, *stands[counter.id]) for counter in campaign.counters if counter.id in stands)


def _cause_views(campaign: Campaign, ledger: Ledger) -> list[CauseView]:
    views = []
    for cause in campaign.other_causes:
        receipts = tuple(
            CauseReceipt(receipt, entry.update, value_of(receipt.amount, entry.rates, campaign.currency))
            for entry in ledger.entries
            for receipt in entry.update.said.received
            if receipt.cause == cause.id
        )
        if receipts:
            amount = added_up((found.counts_for for found in receipts), campaign.currency)
            views.append(CauseView(cause, amount, receipts))
    return views


def _event_views(
    campaign: Campaign, events: Sequence[Event], ledger: Ledger, holds: InForce, *, is_past_day: bool
) -> tuple[EventView, ...]:
    raised: dict[str, list[Money]] = {}
    day = holds.day
    for entry in ledger.entries:
        for receipt in entry.update.said.received:
            if receipt.event and receipt.cause is None:
                amount = value_of(receipt.amount, entry.rates, campaign.currency)
                raised.setdefault(receipt.event, []).append(amount)
    views = [
        EventView(
            event=event,
            summary=event.said.summary or event.story.first_sentence,
            is_past=event.when is not None
            and event.when.last < day
            and not (_is_overtaken(event, holds) and event.slug not in raised),
            is_held=_is_held(event, day, is_past_day=is_past_day),
            is_to_come=_is_to_come(event, holds) and not _is_held(event, day, is_past_day=is_past_day),
            raised=_brought_in(raised.get(event.slug, []), campaign.currency),
        )
        for event in events
    ]
    return tuple(sorted(views, key=_event_place))


def _is_held(event: Event, day: date, *, is_past_day: bool) -> bool:
    """On a past day a month is only known to have been held once it is over."""
    return event.said.held and (event.when is None or event.when.last <= day or not is_past_day)


def _is_to_come(event: Event, holds: InForce) -> bool:
    if event.said.status == "cancelled" or (event.when is not None and event.when.last < holds.day):
        return False
    return holds.ending is None or (event.said.said is not None and event.said.said >= holds.ending.day)


def _is_overtaken(event: Event, holds: InForce) -> bool:
    """Whether the appeal ended before it, and nobody announced it since: that its day is over says nothing then."""
    if holds.ending is None or event.when is None or event.when.last < holds.ending.day:
        return False
    return event.said.said is None or event.said.said < holds.ending.day


def _page_view(page: Page) -> PageView:
    return PageView(
        slug=page.slug,
        title=page.said.title,
        summary=page.said.summary or page.story.first_sentence,
        image=page.said.image,
        image_alt=page.said.image_alt,
    )


def _brought_in(amounts: Sequence[Money], currency: str) -> Figure | None:
    figure = added_up(amounts, currency)
    return figure if figure.says_something else None


def _event_place(view: EventView) -> tuple[int, int, str, str]:
    if view.when is None:
        return 3 if view.is_held else 1, 0, "", view.slug
    # A month or a year stands behind the days that are known of it.
    if view.is_past or view.is_held:
        return 2, -view.when.last.toordinal(), view.time, view.slug
    return 0, view.when.last.toordinal(), view.time, view.slug
