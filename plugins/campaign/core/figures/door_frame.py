"""The door frame: the measure standing up, every mark at its exact height, and which of them are written beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from enum import Enum

from campaign.core.reading.money import Money

from .costs import CostLine, Costs
from .figure import Figure
from .milestones import MilestoneState
from .progress import Tick, ticks

MAX_LABELS = 12
MAX_COSTS = 4
MAX_MILESTONES = 4

_CENT = Decimal("0.01")


class MarkKind(Enum):
    """What a mark on the frame is of."""

    GOAL = "goal"
    TO_GO = "to go"
    """The empty part above what is in hand."""
    COST = "cost"
    MILESTONE = "milestone"
    UPDATE = "update"
    NEWS = "news"
    """An update that stated no figure, at the height that stood then."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark; what is written beside it stands in the field of its kind."""

    kind: MarkKind
    """What it is of."""
    height: Decimal
    """Percent of the frame, from its foot."""
    is_reached: bool = True
    """Whether what is in hand stands at it or above."""
    cost: CostLine | None = None
    """The line whose band it is in the middle of; None for other marks."""
    milestone: MilestoneState | None = None
    """The milestone that is reached there; None for other marks."""
    slug: str | None = None
    """The update's, whose page is ``updates/SLUG.html``; None for other marks."""
    milestones: tuple[MilestoneState, ...] = ()
    """What the update reached and is written with it, for it stands at the same height or has the same title."""

    @property
    def y(self) -> Decimal:
        """Percent of the frame, from its top."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Stood:
    """An update, and where the total stood after it."""

    slug: str
    raised: Money | None
    """None while there was no figure."""
    has_figure: bool
    """Whether the update itself stated one."""


@dataclass(frozen=True, slots=True)
class DoorFrame:
    """The frame as geometry: every height in percent of it, from its foot, rounded down."""

    done: Decimal
    """How far it is filled, up to the goal."""
    promised: Decimal
    """How much above that is promised and not counted."""
    beyond: Decimal
    """How much above the goal is in hand."""
    goal: Decimal | None
    """Where the goal stands: 100 until more is in hand. None once the appeal has ended: nothing calls for more."""
    earlier_goals: tuple[Decimal, ...]
    """Where goals before this one stood."""
    bands: tuple[Decimal, ...]
    """The upper edges of what the money is for, from the foot; those within the frame."""
    ticks: tuple[Tick, ...]
    """The ruler, from the foot."""
    notches: tuple[Mark, ...]
    """A mark for every height at which a milestone or an update stands, written or not; from the top."""
    labels: tuple[Mark, ...]
    """What is written beside the frame, from the top: at most twelve."""
    to_come: tuple[MilestoneState, ...]
    """Milestones that are not reached and have no height: no sum reaches them, or one above the top."""
    costs_apart: tuple[CostLine, ...]
    """What the money is for and is not written beside the frame: others pay all of it, or it lies above the top."""

    @property
    def done_y(self) -> Decimal:
        """Where what is in hand ends, in percent from the top; at the goal, where more is."""
        return 100 - self.done

    @property
    def promised_y(self) -> Decimal:
        """Where what is promised ends, in percent from the top."""
        return 100 - self.done - self.promised

    @property
    def bands_y(self) -> tuple[Decimal, ...]:
        """The upper edges of what the money is for, in percent from the top."""
        return tuple(100 - band for band in self.bands)

    @property
    def earlier_goals_y(self) -> tuple[Decimal, ...]:
        """Where goals before this one stood, in percent from the top."""
        return tuple(100 - goal for goal in self.earlier_goals)


def door_frame(
    raised: Money | None,
    goal: Money,
    *,
    promised: Money | None = None,
    earlier_goals: Iterable[Money] = (),
    costs: Costs | None = None,
    milestones: Sequence[MilestoneState] = (),
    updates: Sequence[Stood] = (),
    remaining: Figure | None = None,
    has_ended: bool = False,
) -> DoorFrame:
    """Lay out the frame. updates: newest first; remaining: what is still asked for, None where nothing is.

    It is as high as the goal, or as what is in hand where that is more; once the appeal has ended, as what came in.
    """
    in_hand = raised.amount if raised else Decimal(0)
    scale = in_hand if has_ended and in_hand > 0 else max(goal.amount, in_hand)

    def height(amount: Decimal) -> Decimal:
        return (100 * min(amount, scale) / scale).quantize(_CENT, ROUND_FLOOR)

    reached = height(in_hand)
    goal_at = None if has_ended else height(goal.amount)
    done = reached if goal_at is None else min(reached, goal_at)
    hatched = height(min(promised.amount if promised else Decimal(0), scale - in_hand))
    edges = list(_edges(costs))
    bands = [
        Mark(MarkKind.COST, (height(foot) + height(top)) / 2, in_hand >= top, cost=line)
        for line, foot, top in edges
        if foot < scale and top > foot
    ]
    placed, to_come = [], []
    for state in milestones:
        amount = _stands_at(state)
        if amount is None or amount > scale:
            to_come += [] if state.reached else [state]
        else:
            placed.append(Mark(MarkKind.MILESTONE, height(amount), state.reached is not None, milestone=state))
    told = [
        Mark(
            MarkKind.UPDATE if each.has_figure else MarkKind.NEWS,
            height(each.raised.amount if each.raised else Decimal(0)),
            slug=each.slug,
        )
        for each in updates
    ]
    asked = [Mark(MarkKind.TO_GO, (done + hatched + 100) / 2, is_reached=False)] if remaining else []
    top = [Mark(MarkKind.GOAL, goal_at, in_hand >= goal.amount)] if goal_at is not None else []
    # Marks that nobody could tell apart are drawn once: of two hundred updates, each within half a percent.
    drawn = [*placed, *reversed(told)]
    labels = _from_the_top(_written(top, asked, bands, placed, told))
    return DoorFrame(
        done=done,
        promised=hatched,
        beyond=reached - done,
        goal=goal_at,
        earlier_goals=tuple(height(earlier.amount) for earlier in earlier_goals if earlier.amount < scale),
        bands=tuple(height(top) for _, _, top in edges if top <= scale),
        ticks=ticks(scale, goal.currency),
        notches=_from_the_top({(int(2 * mark.height), mark.milestone is None): mark for mark in drawn}.values()),
        labels=labels,
        to_come=tuple(to_come),
        costs_apart=tuple(line for line in (costs.lines if costs else ()) if all(mark.cost != line for mark in labels)),
    )


def _edges(costs: Costs | None) -> Iterator[tuple[CostLine, Decimal, Decimal]]:
    """Each line, and the sums between which it is met; one that others pay for whole has no band."""
    foot = Decimal(0)
    for line in costs.lines if costs else ():
        if line.need.amount:
            yield line, foot, foot + line.need.amount
        foot += line.need.amount


def _stands_at(state: MilestoneState) -> Decimal | None:
    """The sum at which a milestone stands: its own, or what was raised when an update told of it."""
    if state.amount:
        return state.amount.amount
    if state.reached is None:
        return None
    return state.reached.raised.exact.amount if state.reached.raised else Decimal(0)


def _written(
    top: list[Mark], asked: list[Mark], bands: list[Mark], placed: list[Mark], told: list[Mark]
) -> Iterator[Mark]:
    """Which marks are written: what matters most first, until there are twelve."""
    written_bands = sorted(bands, key=lambda mark: (mark.is_reached, mark.height))[:MAX_COSTS]
    said = {mark.cost.cost.id for mark in written_bands if mark.cost}
    # The goal and the bands say by themselves what a milestone of theirs would say again.
    own = [
        mark
        for mark in placed
        if mark.milestone
        and mark.milestone.milestone.cost not in said
        and (mark.is_reached or not top or mark.height != top[0].height)
    ]
    ahead = sorted((mark for mark in own if not mark.is_reached), key=lambda mark: mark.height)[:2]
    behind = sorted((mark for mark in own if mark.is_reached), key=lambda mark: mark.height, reverse=True)
    told, behind = _joined(told, behind)
    milestones = ahead + behind[: MAX_MILESTONES - len(ahead)]
    wanted = [*top, *asked, *told[:1], *written_bands, *milestones, *told[1:][-1:], *told[1:-1]]
    yield from list({id(mark): mark for mark in wanted}.values())[:MAX_LABELS]


def _joined(told: list[Mark], reached: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Updates with the milestones that are written with them; and, in the place of those milestones, those updates."""
    with_it: dict[str, list[Mark]] = {}
    heights = {mark.slug: mark.height for mark in told if mark.slug}
    for mark in reached:
        state = mark.milestone
        if state and state.reached and (state.has_its_updates_title or heights.get(state.reached.slug) == mark.height):
            with_it.setdefault(state.reached.slug, []).append(mark)
    joined = {
        mark.slug: replace(mark, milestones=tuple(of.milestone for of in with_it[mark.slug] if of.milestone))
        for mark in told
        if mark.slug in with_it
    }
    of_milestone = {id(of): joined[slug] for slug, marks in with_it.items() if slug in joined for of in marks}
    return (
        [joined.get(mark.slug or "", mark) for mark in told],
        list({id(mark): mark for mark in (of_milestone.get(id(of), of) for of in reached)}.values()),
    )


def _from_the_top(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The highest first; at one height in the order in which they would be read: goal, costs, milestones, newest."""
    order = list(MarkKind)
    return tuple(sorted(marks, key=lambda mark: (-mark.height, order.index(mark.kind))))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands beside the frame, in the unit of its height, from the top."""

    top: Decimal
    """Where it begins."""
    gap: Decimal
    """How much is empty between it and the one above, or the top."""


def apart(wanted: Sequence[tuple[Decimal, Decimal]], room: Decimal) -> tuple[Placed, ...]:
    """Labels beside their marks where they fit, pushed apart as little as possible where not, in the order given.

    wanted: from the top, where each would like to have its middle, and how high it is; room: how high the frame is, at
    least as much as all labels together.
    """
    free = max(room - sum((size for _, size in wanted), Decimal(0)), Decimal(0))
    groups: list[tuple[Decimal, int]] = []
    above = Decimal(0)
    for middle, size in wanted:
        groups.append((middle - size / 2 - above, 1))
        above += size
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (one, many), (other, more) = groups[-2:]
            groups[-2:] = [((one * many + other * more) / (many + more), many + more)]
    placed: list[Placed] = []
    above = last = Decimal(0)
    slacks = [
        min(max(slack, Decimal(0)), free).quantize(_CENT, ROUND_HALF_EVEN)
        for slack, many in groups
        for _ in range(many)
    ]
    for slack, (_, size) in zip(slacks, wanted, strict=True):
        placed.append(Placed(above + slack, slack - last))
        above, last = above + size, slack
    return tuple(placed)
