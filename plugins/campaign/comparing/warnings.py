"""What may be right and looks wrong: said beside a change, and never a reason to refuse it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from campaign.core.figures.leaps import LARGE, MORE_THAN_TIMES, MUCH
from campaign.core.figures.ledger import Balance
from campaign.core.figures.view import CampaignView
from campaign.core.reading.account_numbers import accounts_in
from campaign.core.reading.campaign import OVERALL, Campaign, Deadline, Match
from campaign.core.reading.front_matter import Document
from campaign.core.reading.money import Count, Money, total, zero
from campaign.core.reading.problems import FieldPath, Problem
from campaign.core.reading.update import Payment
from campaign.loading.load import Loaded
from campaign.reporting.summary import account_in_words, in_words, milestone_in_words, period_in_words

STALE_AFTER = timedelta(weeks=8)
"""A total that was not stated for longer is asked about, and an update that comes later than others by more."""


def warnings_about(before: Loaded | None, after: Loaded, renamed: Mapping[str, str]) -> Iterator[Problem]:
    """What somebody should look at again before it is published; ``renamed``: old ids of sources by new ones."""
    if before:
        yield from _leaps(before.view, after.view, renamed)
        yield from _other_words(before, after)
        yield from _other_ways(before, after)
        yield from _Edit(before, after).warnings_about()
    yield from _wrong_accounts(after)
    yield from _stale(after)
    yield from _after_it_ended(after)
    yield from _after_the_end(before, after)


def _totals(view: CampaignView) -> Iterator[tuple[str, str, Balance | None]]:
    """Every total: its source's id, what it is called, where it stands."""
    yield OVERALL, "the total", view.overall
    for source in view.sources:
        yield source.source.id, source.source.label, source.balance


def _leaps(was: CampaignView, now: CampaignView, renamed: Mapping[str, str]) -> Iterator[Problem]:
    say, goal = now.appeal.region.say, now.now.goal
    earlier = {key: balance for key, _, balance in _totals(was)}
    asked = False
    for key, label, balance in _totals(now):
        if balance is None:
            continue
        before = earlier.get(renamed.get(key, key))
        if before and before.stated.currency != balance.stated.currency:
            continue
        old, new = before.amount if before else zero(now.appeal.currency), balance.amount
        stated = say(balance.stated)
        step = f"{label} goes from {say(before.stated)} to {stated}" if before else f"{label} begins at {stated}"
        document = balance.update.document
        path = ("totals", key) if key in document.fields.get("totals", {}) else ("received",)
        if 0 < old.amount * MORE_THAN_TIMES < new.amount:
            message = f"{step}, more than {MORE_THAN_TIMES} times as much; is it right?"
            yield document.problem("more-than-triples", message, *path)
        if old.amount <= goal.amount < new.amount:
            asked = True
            yield document.problem("past-the-goal", f"{step}, past the goal of {say(goal)}; is it right?", *path)
        elif not before and new.amount > LARGE * goal.amount:
            message = f"{step}, with nothing to compare it with, and the goal is {say(goal)}; is it right?"
            yield document.problem("begins-high", message, *path)
    one, other = was.now.raised, now.now.raised
    if one and other and not asked and one.exact.amount < goal.amount <= other.exact.amount:
        message = f"raised goes from {say(one.shown)} to {say(other.shown)}, which reaches the goal of {say(goal)}"
        newest = max((balance.update for _, _, balance in _totals(now) if balance), key=lambda update: update.order)
        message = f"{message}, so that nobody is asked any more; is it right?"
        path = ("totals",) if "totals" in newest.document.fields else ("received",)
        yield newest.document.problem("past-the-goal", message, *path)


def _stale(after: Loaded) -> Iterator[Problem]:
    view = after.view
    if view.appeal.example or view.now.ending:
        return
    closed = {source.source.id for source in view.sources if source.has_ended or not source.source.is_running}
    places: dict[str, FieldPath] = {source.id: ("sources", n) for n, source in enumerate(view.appeal.sources)}
    for key, label, balance in _totals(view):
        if balance is None or key in closed or not balance.amount.amount:
            continue
        if view.day - balance.as_of <= STALE_AFTER:
            continue
        weeks = (view.day - balance.as_of).days // 7
        said = f"{label} was last stated {weeks} weeks ago, as of {in_words(balance.as_of)}"
        if key == OVERALL:
            message = f"{said}; state it in the next update"
            yield balance.update.document.problem("not-restated", message, "totals", key)
        else:
            message = f"{said}; state it in the next update, or give it ended: and the day it ended"
            yield after.campaign_file.problem("not-restated", message, *places[key])


def _other_words(before: Loaded, after: Loaded) -> Iterator[Problem]:
    """A goal or a promise that was published and reads differently now."""
    was, now = before.view.appeal, after.view.appeal
    file = after.campaign_file
    for key in ("too_much", "too_little", "not_needed"):
        one, other = (getattr(appeal.promise, key, None) for appeal in (was, now))
        if one and one != other:
            message = f"donors were promised “{one}”, and now “{other}”" if other else f"the promise “{one}” is gone"
            yield file.problem("other-words", f"{message}; is it meant?", "promise", key)
    reasons = {goal.why for goal in now.goal}
    for place, earlier in enumerate(was.goal):
        if earlier.why and earlier.why not in reasons:
            later = now.goal[place] if place < len(now.goal) else None
            message = f"the goal was explained by “{earlier.why}”, and that is gone"
            if later and later.why:
                message = f"the goal was explained by “{earlier.why}”, and now by “{later.why}”"
            path: FieldPath = ("goal", place, "why") if isinstance(file.fields.get("goal"), list) else ("goal",)
            yield file.problem("other-words", f"{message}; is it meant?", *path)


def _other_ways(before: Loaded, after: Loaded) -> Iterator[Problem]:
    """Donors are sent to another place than before with their money."""
    if after.view.now.ending:
        return  # no address stands on any page
    was = {(way.label, way.url, way.note, way.account) for way in before.view.appeal.give}
    labels = {way.label for way in before.view.appeal.give}
    for place, way in enumerate(after.view.appeal.give):
        if (way.label, way.url, way.note, way.account) not in was:
            account = account_in_words(way.account)
            said = " and ".join(filter(None, (way.url, account, way.note and f"“{way.note}”"))) or "no address"
            what = "leads elsewhere now" if way.label in labels else "is a new way to give"
            if way.label in labels and before.view.now.ending:
                # Nobody was asked about what changed while no address stood on any page.
                what = "takes gifts again"
            message = f"{way.label} {what}: {said}; is it meant?"
            yield after.campaign_file.problem("other-way", message, "give", place)


class _Edit:
    """What an edit changes, and a slip of one key changes as well."""

    def __init__(self, before: Loaded, after: Loaded) -> None:
        self.before = before
        self.after = after
        self.was = before.view
        self.now = after.view
        self.file = after.campaign_file
        self.say_before = before.view.appeal.region.say
        self.say = after.view.appeal.region.say

    def warnings_about(self) -> Iterator[Problem]:
        yield from self._goal()
        yield from self._costs()
        yield from self._goal_and_costs()
        yield from self._milestones()
        yield from self._dates()
        yield from self._ways_closed()
        yield from self._not_yet()
        yield from self._counters()
        yield from self._promised()
        yield from self._gift_aid()
        yield from self._payments()
        yield from self._matches()
        yield from self._rates()
        yield from self._ending()
        yield from self._updates()
        yield from self._accounts()

    def _goal(self) -> Iterator[Problem]:
        one, other = self.was.now.goal, self.now.now.goal
        if one.currency != other.currency:
            return
        place = len(self.now.goals) - 1
        step = f"from {self.say_before(one)} to {self.say(other)}"
        if other.amount < one.amount:
            is_over = self.now.now.is_reached and not self.was.now.is_reached
            message = f"the goal falls {step}{', so that nobody is asked any more' if is_over else ''}; is it right?"
            yield self.file.problem("other-goal", message, "goal", place, "amount")
        elif other.amount > MORE_THAN_TIMES * one.amount:
            message = f"the goal rises {step}, more than {MORE_THAN_TIMES} times as much; is it right?"
            yield self.file.problem("other-goal", message, "goal", place, "amount")

    def _costs(self) -> Iterator[Problem]:
        earlier = {line.cost.id: line for line in self.was.costs.lines} if self.was.costs else {}
        places = {cost["id"]: place for place, cost in enumerate(self.file.fields.get("costs", ()))}
        for line in self.now.costs.lines if self.now.costs else ():
            was = earlier.get(line.cost.id)
            if was is None:
                continue
            path: FieldPath = ("costs", places[line.cost.id])
            for what, one, other in (
                ("the estimate", was.estimate, line.estimate),
                ("what others pay", was.others_pay, line.others_pay),
            ):
                if _far_apart(one, other):
                    step = f"{what} of {line.cost.label} goes from {self.say_before(one)} to {self.say(other)}"
                    yield self.file.problem("other-estimate", f"{step}; is it right?", *path)

    def _goal_and_costs(self) -> Iterator[Problem]:
        """Donors are asked for more than the costs still need; asked about when either of the two changes."""
        if _asked_and_needed(self.was) == _asked_and_needed(self.now):
            return
        goal, needed = _asked_and_needed(self.now)
        if needed is not None and goal.amount > needed.amount:
            message = f"the goal is {self.say(goal)}, and the costs still need {self.say(needed)}, which is less"
            yield self.file.problem("goal-beyond-costs", f"{message}; is it right?", "goal")

    def _milestones(self) -> Iterator[Problem]:
        known = {(summary.milestone.raised, summary.amount) for summary in self.was.milestones}
        goal = max((goal.amount for goal in self.now.goals), key=lambda money: money.amount)
        for summary in self.now.milestones:
            share = summary.milestone.raised
            if share is None or summary.amount is None or (share, summary.amount) in known:
                continue
            if summary.amount.amount > goal.amount:
                place = self.now.appeal.milestones.index(summary.milestone)
                message = f"{self.say(summary.amount)} is beyond the goal of {self.say(goal)}; is it right?"
                yield self.file.problem("milestone-beyond", message, "milestones", place, "raised")

    def _dates(self) -> Iterator[Problem]:
        """A day that moves, with both days: donors and helpers have planned with the old one."""
        one, other = self.was.now.deadline, self.now.now.deadline
        if other and (one is None or one.date != other.date):
            due = period_in_words(other.date)
            gone = ", which has passed" if other.date.last < self.now.day else ""
            gone += ", so that nobody is asked any more" if gone and self.was.asks and not self.now.asks else ""
            step = f"moves from {period_in_words(one.date)} to {due}" if one else f"is {due}"
            if one or gone:
                path = _deadline_place(self.after.view.appeal, other)
                yield self.file.problem("moved-date", f"the deadline {step}{gone}; is it right?", *path)
        plans = [view.treatment[0] if view.treatment else None for view in (self.was, self.now)]
        # Once the appeal has ended, its plans stay only as what was done.
        has_ended = self.now.now.ending is not None
        if not has_ended and (was := plans[0]) and (now := plans[1]) and was.when and was.when != now.when:
            message = f"the treatment was to be {was.when}, and now {now.when or 'no day is said'}; is it right?"
            yield self.file.problem("moved-date", message, "treatment", self.now.appeal.treatment.index(now), "when")
        planned = {summary.milestone.id: summary.planned for summary in self.was.milestones if summary.planned}
        for summary in self.now.milestones:
            before = planned.get(summary.milestone.id)
            if before and summary.planned and before != summary.planned:
                step = f"moves from {in_words(before)} to {in_words(summary.planned)}"
                message = f"{milestone_in_words(summary, self.now.appeal)} {step}; is it right?"
                place = self.now.appeal.milestones.index(summary.milestone)
                yield self.file.problem("moved-date", message, "milestones", place, "date")
        ends = self.was.appeal.closed, self.now.appeal.closed
        if ends[0] and ends[0] != ends[1]:
            message = f"the appeal was to close on {_or_never(ends[0])}, and now {_or_never(ends[1])}; is it right?"
            yield self.file.problem("moved-date", message, "closed")
        days = {event.slug: event.day for event in self.was.events if event.day}
        for event in self.now.events:
            before = days.get(event.slug)
            if before and before != event.day:
                message = f"the event was on {in_words(before)}, and now {_or_never(event.day)}; is it right?"
                yield event.event.document.problem("moved-date", message, "date")

    def _ways_closed(self) -> Iterator[Problem]:
        was = {way.label: way for way in self.was.appeal.give}
        for place, way in enumerate(self.now.appeal.give):
            before = was.get(way.label)
            if before and before.closes != way.closes:
                until = f"until {_or_never(before.closes)}, and now until {_or_never(way.closes)}"
                message = f"{way.label} was open {until}; is it right?"
                yield self.file.problem("moved-date", message, "give", place, "closes")
        if self.now.asks and self.was.ways and not self.now.ways:
            yield self.file.problem("no-way-open", "no way to give is open any more; is it right?", "give")

    def _not_yet(self) -> Iterator[Problem]:
        """What holds only from a day to come, which a year with a wrong digit puts off silently."""
        was, now = self.before.campaign_file.fields, self.file.fields
        for path, text in _values(now):
            if path[-1] == "from" and text > self.now.day.isoformat() and text not in map(str, _all_texts(was)):
                message = f"this holds only from {in_words(date.fromisoformat(text))} on; is it right?"
                yield self.file.problem("not-yet", message, *path)

    def _counters(self) -> Iterator[Problem]:
        was = {view.counter.id: view.count for view in self.was.counters}
        for view in self.now.counters:
            one, other = was.get(view.counter.id), view.count
            if one is None or one.number <= other.number <= MORE_THAN_TIMES * one.number:
                continue
            way = "falls" if other.number < one.number else "leaps"
            message = f"{view.counter.label}: {way} from {_count(one)} to {_count(other)}; is it right?"
            yield view.update.document.problem("other-count", message, "counters", view.counter.id)

    def _promised(self) -> Iterator[Problem]:
        known = {pledge.gift.id: pledge.gift.amount for pledge in self.was.pledges}
        goal = self.now.now.goal
        for pledge in self.now.pledges:
            if known.get(pledge.gift.id) != pledge.gift.amount and pledge.gift.amount.amount > MUCH * goal.amount:
                place = pledge.update.said.promised.index(pledge.gift)
                message = f"{self.say(pledge.gift.amount)} is promised, and the goal is {self.say(goal)}; is it right?"
                yield pledge.update.document.problem("large-promise", message, "promised", place, "amount")

    def _gift_aid(self) -> Iterator[Problem]:
        """The state adds a quarter to a gift, so that much more than that is a slip."""
        one, other, raised = self.was.now.gift_aid, self.now.now.gift_aid, self.now.now.raised
        if other and raised and other != one and other.exact.amount > MUCH * raised.exact.amount:
            message = f"Gift Aid is {self.say(other.shown)}, and {self.say(raised.shown)} was raised; is it right?"
            newest = next(document for _, document in _updates(self.after) if "gift_aid" in document.fields)
            yield newest.problem("much-gift-aid", message, "gift_aid")

    def _payments(self) -> Iterator[Problem]:
        """Payments that are new: large ones, and those that an update has told of before."""
        raised = self.now.now.raised
        known = [(out.update.slug, out.payment) for update in self.was.updates for out in update.paid]
        earlier: set[Payment] = set()
        for update in reversed(self.now.updates):
            for place, out in enumerate(update.paid):
                payment, document = out.payment, out.update.document
                is_new = (out.update.slug, payment) not in known
                paid = f"{self.say(payment.amount)} to {payment.to}"
                if is_new and payment in earlier:
                    message = f"{paid} was paid before, in an earlier update; is it another payment?"
                    yield document.problem("paid-twice", message, "paid", place, "amount")
                elif is_new and raised and payment.amount.amount > LARGE * raised.exact.amount:
                    message = f"{paid}, and {self.say(raised.shown)} was raised; is it right?"
                    yield document.problem("large-payment", message, "paid", place, "amount")
            earlier |= {out.payment for out in update.paid}

    def _matches(self) -> Iterator[Problem]:
        """What somebody promised to add to gifts, and donors were told while they gave."""
        known, goal = {match.id: match for match in self.was.appeal.matches}, self.now.now.goal
        places = {match["id"]: place for place, match in enumerate(self.file.fields.get("matches", ()))}
        for match in self.now.appeal.matches:
            path: FieldPath = ("matches", places[match.id])
            before = known.pop(match.id, None)
            if (before is None or before.up_to != match.up_to) and match.up_to.amount > MUCH * goal.amount:
                message = f"{self.say(match.up_to)} is promised, and the goal is {self.say(goal)}; is it right?"
                yield self.file.problem("large-promise", message, *path, "up_to")
            for key, one, other in _terms_apart(before or match, match, self.say_before, self.say):
                message = f"donors were told of {match.who}: {one}, and now {other}; is it meant?"
                yield self.file.problem("other-match", message, *path, key)
        if self.now.now.ending:
            return  # no match stands on any page
        for match in known.values():
            message = f"donors were told that {match.who} adds to their gifts, and that is gone; is it meant?"
            yield self.file.problem("other-match", message, "matches")

    def _rates(self) -> Iterator[Problem]:
        """The first rate of a currency, with which nothing can be compared; it may be the other way round."""
        known = {rate.currency for rate in self.was.rates}
        for rate in self.now.rates:
            if rate.currency not in known:
                message = f"one {rate.currency} is counted as {rate.worth} {self.now.appeal.currency}; is it right?"
                yield rate.update.document.problem("first-rate", message, "rates", rate.currency)

    def _ending(self) -> Iterator[Problem]:
        ending = self.now.now.ending
        if ending is None or self.was.now.ending:
            return
        message = f"the appeal ends ({ending.kind.value}), and nobody is asked any more; is it right?"
        if ending.slug:
            yield self.after.documents[f"updates/{ending.slug}.md"].problem("ends", message, "ends")
        else:
            yield self.file.problem("ends", message, "closed")

    def _updates(self) -> Iterator[Problem]:
        was = {document.path: document for document in self.before.documents.values()}
        said = [(document.fields, document.body) for document in was.values()]
        newest = max((update.day for update in self.was.updates), default=None)
        started = self.now.appeal.started
        for day, document in _updates(self.after):
            earlier = was.get(document.path)
            has_lost_words = not document.body.strip() and (earlier is None or earlier.body.strip())
            # Whoever ends an appeal may have no words.
            if has_lost_words and "ends" not in document.fields:
                yield document.problem("no-story", "there is no story below the fields; is it meant?")
            if earlier is not None or (document.fields, document.body) in said:
                continue
            if newest and day < newest - STALE_AFTER:
                message = f"{in_words(day)} is long before {in_words(newest)}, the day of the newest update there was"
                yield document.problem("late", f"{message}; is the date right?", "date")
            if started and day < started.first:
                message = f"{in_words(day)} is before the appeal started, on {in_words(started.first)}"
                yield document.problem("before-the-start", f"{message}; is the date right?", "date")

    def _accounts(self) -> Iterator[Problem]:
        """Account numbers that were nowhere before: whoever changes one is sent the money."""
        known = {account for text in _every_text(self.before) for account in accounts_in(text[-1])}
        gone = sorted(
            {account.number for account in known}
            - {account.number for text in _every_text(self.after) for account in accounts_in(text[-1])}
        )
        for document, path, text in _every_text(self.after):
            for account in accounts_in(text):
                if account not in known:
                    before = f" (gone: {', '.join(gone)})" if gone else ""
                    message = f"the account number {account.number} is new{before}; ask whoever holds the account"
                    yield document.problem("other-account", message, *path)


def _wrong_accounts(after: Loaded) -> Iterator[Problem]:
    for document, path, text in _every_text(after):
        for account in accounts_in(text):
            if account.fault:
                yield document.problem("wrong-account", f"{account.number} {account.fault}", *path)


def _after_it_ended(after: Loaded) -> Iterator[Problem]:
    for view in after.view.sources:
        ended = view.source.ended
        if ended and view.balance and view.balance.as_of > ended:
            message = (
                f"{view.source.label} ended on {in_words(ended)} and is stated as of {in_words(view.balance.as_of)};"
                " is the day right?"
            )
            place = after.view.appeal.sources.index(view.source)
            yield after.campaign_file.problem("after-it-ended", message, "sources", place, "ended")


def _after_the_end(before: Loaded | None, after: Loaded) -> Iterator[Problem]:
    """What was still promised or planned after the appeal had ended: no page shows it.

    What had been planned for later before it ended is nobody's slip, and nobody need tidy it away.
    """
    view, file = after.view, after.campaign_file
    if view.now.ending is None:
        return
    ended = view.now.ending.day
    message = f"is later than the end of the appeal ({in_words(ended)}), and no page shows it; is it meant?"
    for day, document in _updates(after):
        if day > ended and document.fields.get("promised"):
            yield document.problem("after-the-end", message, "promised")
    for key in ("milestones", "treatment"):
        for place, entry in enumerate(file.fields.get(key, ())):
            if str(entry.get("said", "")) > ended.isoformat() and entry.get("status") != "done":
                yield file.problem("after-the-end", message, key, place, "said")
    if before is None:
        return
    known = set(_all_texts(before.campaign_file.fields))
    for path, text in _values(file.fields):
        is_asked = (path[0], path[-1]) in (("goal", "from"), ("deadline", "said"), ("matches", "from"))
        if is_asked and text > ended.isoformat() and text not in known:
            yield file.problem("after-the-end", message, *path)


def _asked_and_needed(view: CampaignView) -> tuple[Money, Money | None]:
    """The goal, and what is to be raised for the costs; None where there are none."""
    if view.costs is None:
        return view.now.goal, None
    return view.now.goal, total((line.need for line in view.costs.lines), view.appeal.currency)


def _far_apart(one: Money, other: Money) -> bool:
    less, more = sorted((one.amount, other.amount))
    return one.currency == other.currency and less > 0 and more > MORE_THAN_TIMES * less


def _terms_apart(
    before: Match, after: Match, say_before: Callable[[Money], str], say: Callable[[Money], str]
) -> Iterator[tuple[str, str, str]]:
    """The terms of a match that are others than before: the field, and both in words."""
    for key, one, other in zip(_TERMS, _terms(before, say_before), _terms(after, say), strict=True):
        if one != other:
            yield key, one, other


_TERMS = ("who", "each", "up_to", "from", "until", "sources")


def _terms(match: Match, say: Callable[[Money], str]) -> tuple[str, ...]:
    """In words, in the order of ``_TERMS``."""
    return (
        match.who,
        f"{match.each} is added to each unit given",
        f"up to {say(match.up_to)}",
        f"from {in_words(match.from_)} on",
        f"until {in_words(match.until)}" if match.until else "without a last day",
        f"for gifts to {', '.join(match.sources)}" if match.sources else "for every gift",
    )


def _deadline_place(appeal: Campaign, deadline: Deadline) -> FieldPath:
    return "deadline", appeal.deadline.index(deadline), "date"


def _or_never(day: date | None) -> str:
    return in_words(day) if day else "a day that is not said"


def _count(count: Count) -> str:
    return f"{count.qualifier.value} {count.number:,}".strip()


def _updates(loaded: Loaded) -> Iterator[tuple[date, Document]]:
    """The updates with their days, newest first."""
    yield from ((update.day, loaded.documents[f"updates/{update.slug}.md"]) for update in loaded.view.updates)


def _every_text(loaded: Loaded) -> Iterator[tuple[Document, FieldPath, str]]:
    """Everything that people typed, with where it stands."""
    for document in (loaded.campaign_file, *loaded.documents.values()):
        yield from ((document, path, text) for path, text in _values(document.fields))
        yield document, (), document.body


def _values(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _values(inner, (*path, place))
    else:
        for key, inner in value.items():
            yield from _values(inner, (*path, key))


def _all_texts(value: Any) -> Iterator[str]:
    yield from (text for _, text in _values(value))
