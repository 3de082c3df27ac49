"""How the total grew, as geometry: a step for every figure, the goal as it changed, what was reached on the way."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import groupby

from campaign.core.reading.campaign import Goal
from campaign.core.reading.money import Money

from .figure import Figure
from .ledger import Entry, raised_figure
from .progress import percent, round_step

MAX_STEPS = 40
MAX_LINES = 5
"""Of the grid, above nothing."""
MAX_DATES = 5
"""Below the chart."""

EDGE = 7
"""Percent from either side within which a date is not written around its middle."""

CLEARANCE = 8
"""Percent of the height within which two amounts beside the chart would touch."""

_CENT = Decimal("0.01")
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 1200, 12_000, 120_000)
"""How far apart the written dates may be, and how far apart the steps are kept where there are too many."""


@dataclass(frozen=True, slots=True)
class Step:
    """The figure after an update: it holds from ``x`` until the next step."""

    day: date
    """The update's day."""
    raised: Figure
    """The figure."""
    percent: int
    """Of the goal of that day, rounded down."""
    x: Decimal
    """Percent from the left."""
    y: Decimal
    """Percent from the top."""
    is_corrected: bool
    """Whether a correction came with it, or with one that was left out before it."""
    reached: bool
    """Whether money reached a milestone with it, or with one that was left out before it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Steps that follow each other and are all exact, or all not; drawn from the first one's place to ``until``."""

    steps: tuple[Step, ...]
    """Oldest first."""
    until: Decimal
    """Where the last of them ends, in percent from the left."""
    end: Decimal
    """How high the next run begins, so that the line is one."""
    is_exact: bool
    """Whether its figures are; else they are drawn otherwise."""


@dataclass(frozen=True, slots=True)
class GoalStep:
    """A goal, from ``x`` to ``until``."""

    goal: Goal
    """What ``campaign.yaml`` says of it."""
    x: Decimal
    """Percent from the left."""
    until: Decimal
    """Percent from the left."""
    y: Decimal
    """Percent from the top."""


@dataclass(frozen=True, slots=True)
class Line:
    """A round sum of the grid."""

    amount: Money
    """What is written beside it."""
    y: Decimal
    """Percent from the top."""


@dataclass(frozen=True, slots=True)
class DateMark:
    """The first of a month below the chart; with its year where that is not the one before's."""

    day: date
    """The first of the month or year."""
    x: Decimal
    """Percent from the left."""
    place: str
    """Whether ``x`` is the start, the middle or the end of the text."""
    says_year: bool
    """Whether the year is written, too."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The step chart: x in percent from the left, y in percent from the top, both rounded down."""

    steps: tuple[Step, ...]
    """The figures, oldest first."""
    runs: tuple[Run, ...]
    """The same, where it changes whether they are exact."""
    goals: tuple[GoalStep, ...]
    """Oldest first; the last is in force."""
    lines: tuple[Line, ...]
    """The grid, from the lowest."""
    dates: tuple[DateMark, ...]
    """What is written below, from the left."""
    by_month: bool
    """Whether dates are months; else years."""
    is_thinned: bool
    """Whether steps were left out, of which only the last in a month (or a longer time) is kept."""

    @property
    def labelled_lines(self) -> tuple[Line, ...]:
        """Lines whose amount is written, from the lowest: all that do not touch the goal's."""
        return tuple(line for line in self.lines if abs(line.y - self.goals[-1].y) > CLEARANCE)

    @property
    def amounts(self) -> tuple[Money, ...]:
        """What the grid's lines stand for, and the goal in force: their column has room for each of them."""
        return *(line.amount for line in self.lines), self.goals[-1].goal.amount

    @property
    def is_inexact(self) -> bool:
        """Whether any figure drawn is not exact."""
        return any(not run.is_exact for run in self.runs)

    @property
    def is_corrected(self) -> bool:
        """Whether any total drawn fell."""
        return any(step.is_corrected for step in self.steps)

    @property
    def has_flags(self) -> bool:
        """Whether any milestone is drawn."""
        return any(step.reached for step in self.steps)


def growth(
    entries: Sequence[Entry],
    goals: Sequence[Goal],
    *,
    reached: Container[str] = (),
    started: date | None = None,
    deadline: date | None = None,
) -> Growth | None:
    """Lay out the chart; None with fewer than two figures, which one sentence says better.

    goals: those said so far, oldest first. reached: the slugs of updates with which money reached a milestone.
    started, deadline: how far the chart goes to either side of the figures, where that is further.
    """
    stated = [entry for entry in entries if entry.raised is not None]
    changed = [entry for before, entry in zip([None, *stated], stated, strict=False) if _differs(before, entry)]
    if len(changed) < 2:
        return None
    kept = _kept(changed)
    first, last = changed[0].update.day, entries[-1].update.day
    highest = max(*(raised.amount for entry in changed if (raised := entry.raised)), *(g.amount.amount for g in goals))
    unit = round_step(highest, MAX_LINES)
    start = min(started or first, first)
    room = timedelta(days=max(1, (last - start).days // 24))  # so that the last step has a width
    axes = _Axes(start, max(deadline or last, last + room), (highest / unit).to_integral_value(ROUND_CEILING) * unit)
    steps = tuple(_steps(axes, changed, kept, goals, reached))
    dates, by_month = _dates(axes)
    return Growth(
        steps=steps,
        runs=tuple(_runs(steps, axes.across(last + room))),
        goals=tuple(_goal_steps(axes, goals)),
        lines=tuple(
            Line(Money(unit * n, goals[-1].amount.currency), axes.down(unit * n))
            for n in range(1, int(axes.scale / unit) + 1)
        ),
        dates=dates,
        by_month=by_month,
        is_thinned=len(kept) < len(changed),
    )


@dataclass(frozen=True, slots=True)
class _Axes:
    start: date
    end: date
    scale: Decimal

    def across(self, day: date) -> Decimal:
        return _share((day - self.start).days, max((self.end - self.start).days, 1))

    def down(self, amount: Decimal) -> Decimal:
        return 100 - _share(amount, self.scale)


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    return (100 * Decimal(part) / Decimal(whole)).quantize(_CENT, ROUND_FLOOR)


def _differs(before: Entry | None, entry: Entry) -> bool:
    return before is None or entry.raised != before.raised or _is_corrected(entry)


def _is_corrected(entry: Entry) -> bool:
    return any(correction.is_of_raised for correction in entry.corrections)


def _kept(changed: Sequence[Entry]) -> list[Entry]:
    """Every step, or where there are too many the last of each month, of each two months and so on."""
    if len(changed) <= MAX_STEPS:
        return list(changed)
    by_months = ({_month(entry.update.day) // months: entry for entry in changed} for months in _MONTHS)
    return next(list(last.values()) for last in by_months if len(last) <= MAX_STEPS)


def _month(day: date) -> int:
    """Months since the year nought."""
    return day.year * 12 + day.month - 1


def _steps(
    axes: _Axes, changed: Sequence[Entry], kept: Sequence[Entry], goals: Sequence[Goal], reached: Container[str]
) -> Iterator[Step]:
    """What happened with a step that is left out is said at the one kept after it."""
    stays = {entry.update.slug for entry in kept}
    is_corrected = has_reached = False
    for entry in changed:
        is_corrected |= _is_corrected(entry)
        has_reached |= entry.update.slug in reached
        figure, day = raised_figure(entry), entry.update.day
        if entry.update.slug not in stays or figure is None:
            continue
        goal = [goal for goal in goals if goal.from_ is None or goal.from_ <= day][-1:] or goals[:1]
        yield Step(
            day=day,
            raised=figure,
            percent=percent(figure.exact, goal[0].amount),
            x=axes.across(day),
            y=axes.down(figure.exact.amount),
            is_corrected=is_corrected,
            reached=has_reached,
        )
        is_corrected = has_reached = False


def _runs(steps: Sequence[Step], until: Decimal) -> Iterator[Run]:
    groups = [(is_exact, tuple(group)) for is_exact, group in groupby(steps, lambda step: step.raised.exact.is_exact)]
    for (is_exact, group), after in zip(groups, [*groups[1:], None], strict=True):
        following = after[1][0] if after else None
        yield Run(group, following.x if following else until, following.y if following else group[-1].y, is_exact)


def _goal_steps(axes: _Axes, goals: Sequence[Goal]) -> Iterator[GoalStep]:
    starts = [axes.across(max(goal.from_ or axes.start, axes.start)) for goal in goals]
    for goal, x, until in zip(goals, starts, [*starts[1:], Decimal(100)], strict=True):
        yield GoalStep(goal, x, until, axes.down(goal.amount.amount))


def _dates(axes: _Axes) -> tuple[tuple[DateMark, ...], bool]:
    """Firsts of months or years, as far apart as it takes to have few of them."""
    first, last = _month(axes.start) + (axes.start.day > 1), _month(axes.end)
    apart = next(months for months in _MONTHS if last // months - (first - 1) // months <= MAX_DATES)
    days = [date(month // 12, month % 12 + 1, 1) for month in range(-(-first // apart) * apart, last + 1, apart)]
    marks = (
        DateMark(day, x := axes.across(day), _place(x), before is None or before.year != day.year)
        for before, day in zip([None, *days], days, strict=False)
    )
    return tuple(marks), apart < 12


def _place(x: Decimal) -> str:
    """Text at an edge stays inside."""
    return "start" if x < EDGE else "end" if x > 100 - EDGE else "middle"
