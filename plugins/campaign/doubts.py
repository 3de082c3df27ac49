"""What may be right and looks wrong: said beside a change, and never a reason to refuse it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from .core.campaign import OVERALL
from .core.ledger import Standing
from .core.money import zero
from .core.problems import FieldPath, Problem
from .core.view import CampaignView
from .load import Loaded
from .state import in_words

MORE_THAN_TIMES = 3
"""A total that becomes more than this many times what it was is asked about."""
STALE_AFTER = timedelta(weeks=8)
"""A total that was not stated for longer is asked about."""


def doubts(before: Loaded | None, after: Loaded, renamed: Mapping[str, str]) -> Iterator[Problem]:
    """What somebody should look at again before it is published; ``renamed``: old ids of sources by new ones."""
    if before:
        yield from _leaps(before.view, after.view, renamed)
        yield from _other_words(before, after)
        yield from _other_ways(before, after)
    yield from _stale(after)


def _totals(view: CampaignView) -> Iterator[tuple[str, str, Standing | None]]:
    """Every total: its source's id, what it is called, where it stands."""
    yield OVERALL, "the total", view.overall
    for source in view.sources:
        yield source.source.id, source.source.label, source.standing


def _leaps(was: CampaignView, now: CampaignView, renamed: Mapping[str, str]) -> Iterator[Problem]:
    say, goal = now.appeal.region.say, now.now.goal
    earlier = {key: standing for key, _, standing in _totals(was)}
    for key, label, standing in _totals(now):
        if standing is None:
            continue
        before = earlier.get(renamed.get(key, key))
        if before and before.amount.currency != standing.amount.currency:
            continue
        old, new = before.amount if before else zero(now.appeal.currency), standing.amount
        step = f"{label} goes from {say(old)} to {say(new)}" if before else f"{label} begins at {say(new)}"
        document = standing.update.document
        path = ("totals", key) if key in document.fields.get("totals", {}) else ("received",)
        if 0 < old.amount * MORE_THAN_TIMES < new.amount:
            message = f"{step}, more than {MORE_THAN_TIMES} times as much; is it right?"
            yield document.problem("more-than-triples", message, *path)
        if old.amount <= goal.amount < new.amount:
            yield document.problem("past-the-goal", f"{step}, past the goal of {say(goal)}; is it right?", *path)


def _stale(after: Loaded) -> Iterator[Problem]:
    view = after.view
    if view.appeal.example or (view.appeal.closed and view.appeal.closed <= view.day):
        return
    closed = {source.source.id for source in view.sources if source.has_ended or not source.source.is_running}
    places: dict[str, FieldPath] = {source.id: ("sources", n) for n, source in enumerate(view.appeal.sources)}
    for key, label, standing in _totals(view):
        if standing is None or key in closed or not standing.amount.amount:
            continue
        if view.day - standing.as_of <= STALE_AFTER:
            continue
        weeks = (view.day - standing.as_of).days // 7
        said = f"{label} was last stated {weeks} weeks ago, as of {in_words(standing.as_of)}"
        if key == OVERALL:
            message = f"{said}; state it in the next update"
            yield standing.update.document.problem("not-restated", message, "totals", key)
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
    was = {(way.label, way.url, way.note) for way in before.view.appeal.give}
    labels = {way.label for way in before.view.appeal.give}
    for place, way in enumerate(after.view.appeal.give):
        if (way.label, way.url, way.note) not in was:
            said = " and ".join(filter(None, (way.url, way.note and f"“{way.note}”"))) or "no address"
            what = "leads elsewhere now" if way.label in labels else "is a new way to give"
            message = f"{way.label} {what}: {said}; is it meant?"
            yield after.campaign_file.problem("other-way", message, "give", place)
