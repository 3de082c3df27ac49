"""What may be right and looks wrong: said beside a change, and never a reason to refuse it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from .core.campaign import OVERALL
from .core.ledger import Standing
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
    yield from _stale(after)


def _totals(view: CampaignView) -> Iterator[tuple[str, str, Standing | None]]:
    """Every running total: its key below ``totals``, what it is called, where it stands."""
    yield OVERALL, "the total", view.overall
    for source in view.sources:
        if source.source.is_running:
            yield source.source.id, source.source.label, source.standing


def _leaps(was: CampaignView, now: CampaignView, renamed: Mapping[str, str]) -> Iterator[Problem]:
    say, goal = now.appeal.region.say, now.now.goal
    earlier = {key: standing for key, _, standing in _totals(was)}
    for key, label, standing in _totals(now):
        before = earlier.get(renamed.get(key, key))
        if standing is None or before is None or before.amount.currency != standing.amount.currency:
            continue
        old, new = before.amount, standing.amount
        step = f"{label} goes from {say(old)} to {say(new)}"
        if 0 < old.amount * MORE_THAN_TIMES < new.amount:
            yield standing.update.document.problem(
                "more-than-triples", f"{step}, more than {MORE_THAN_TIMES} times as much; is it right?", "totals", key
            )
        if old.amount <= goal.amount < new.amount:
            yield standing.update.document.problem(
                "past-the-goal", f"{step}, past the goal of {say(goal)}; is it right?", "totals", key
            )


def _stale(after: Loaded) -> Iterator[Problem]:
    view = after.view
    if view.appeal.example or (view.appeal.closed and view.appeal.closed <= view.day):
        return
    ended = {source.source.id for source in view.sources if source.has_ended}
    places: dict[str, FieldPath] = {source.id: ("sources", n) for n, source in enumerate(view.appeal.sources)}
    for key, label, standing in _totals(view):
        if standing is None or key in ended or view.day - standing.as_of <= STALE_AFTER:
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
    reasons = {goal.from_: goal.why for goal in was.goal}
    for place, goal in enumerate(now.goal):
        one = reasons.get(goal.from_)
        if one and one != goal.why:
            message = f"the goal was explained by “{one}”, and now by “{goal.why}”" if goal.why else f"“{one}” is gone"
            path: FieldPath = ("goal", place, "why") if isinstance(file.fields.get("goal"), list) else ("goal",)
            yield file.problem("other-words", f"{message}; is it meant?", *path)
