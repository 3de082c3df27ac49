"""How far: the figure as shown, percent, what is still needed, and the measure drawn from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import cycle

from campaign.core.reading.money import Money

MAX_TICKS = 52
MAX_FLAGS = 8
FLAG_ROOM = Decimal(4)
"""Two flags closer than this many percent of the measure are drawn as one."""
MIDDLE_ROOM = Decimal(70)
"""The middle of the ruler is only written while the goal stands beyond this many percent."""

RUNG_ROOM = Decimal(4)
"""A sum beside the standing measure is only written this many percent away from the goal's."""

_CENT = Decimal("0.01")
_WHOLE = Decimal(100)


def percent(raised: Money, goal: Money) -> int:
    """floor(100 × raised ÷ goal), uncapped; 99.9% is 99%."""
    return int(100 * raised.amount // goal.amount)


def is_reached(raised: Money | None, goal: Money) -> bool:
    """Whether at least the goal was raised; never where nothing is known (``raised`` is None)."""
    return raised is not None and raised.amount >= goal.amount


@dataclass(frozen=True, slots=True)
class Flag:
    """A milestone on the measure; ``position`` in percent of its length."""

    position: Decimal
    """Percent from the left."""
    is_reached: bool
    """Whether it is reached."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the ruler; every fifth is long."""

    position: Decimal
    """Percent from the left."""
    is_long: bool
    """Whether it is a fifth one."""
    amount: Money
    """The sum that it stands for."""

    @property
    def y(self) -> Decimal:
        """Percent from the top, where the ruler stands."""
        return 100 - self.position


@dataclass(frozen=True, slots=True)
class Label:
    """A written sum below the ruler; ``place`` is start, middle or end of the text at ``position``."""

    position: Decimal
    """Percent from the left."""
    amount: Money
    """What is written."""
    place: str
    """Which part of the text stands at ``position``: start, middle or end."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the standing measure, in percent of its height."""

    top: Decimal
    """Percent from the top."""
    height: Decimal
    """How high it is."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A line beside the standing measure."""

    top: Decimal
    """Percent from the top."""
    is_long: bool
    """Whether it is a fifth one, or the goal's."""
    amount: Money | None
    """The sum that is written beside it; None where none is."""


@dataclass(frozen=True, slots=True)
class Upright:
    """The measure standing on its foot, as on a door frame: every place in percent from the top."""

    done: Stretch
    """In hand, up to the goal; no page draws it before there is a figure."""
    promised: Stretch
    """Promised and not counted, on top of ``done``; without height where nothing is."""
    beyond: Stretch
    """In hand beyond the goal, on top of it; without height where nothing is."""
    goal: Decimal
    """Where the goal stands: at the top until more than the goal is in hand."""
    earlier_goals: tuple[Decimal, ...]
    """Where goals before this one stood."""
    rungs: tuple[Rung, ...]
    """The ruler from the top down, the goal among it; what is above the figure is there to be coloured in."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The bar as geometry: every position and width in percent of its length, rounded down."""

    done: Decimal
    """In hand, up to the goal; no page draws it before there is a figure."""
    promised: Decimal
    """Promised and not counted, from ``done`` on."""
    beyond: Decimal
    """In hand beyond the goal, from ``goal`` on."""
    goal: Decimal
    """Where the goal stands: 100 until more than the goal is in hand."""
    earlier_goals: tuple[Decimal, ...]
    """Where goals before this one stood."""
    flags: tuple[Flag, ...]
    """Milestones of money, from the left."""
    ticks: tuple[Tick, ...]
    """The ruler, from the left."""
    labels: tuple[Label, ...]
    """The sums below the ruler, from the left."""

    @property
    def upright(self) -> Upright:
        """The same geometry, standing."""

        def stretch(start: Decimal, length: Decimal) -> Stretch:
            return Stretch(_WHOLE - start - length, length)

        (aim,) = (label for label in self.labels if label.place == "end")
        rungs = [Rung(_WHOLE - self.goal, is_long=True, amount=aim.amount)]
        for tick in self.ticks:
            if tick.position != self.goal:
                has_room = tick.is_long and abs(tick.position - self.goal) >= RUNG_ROOM
                rungs.append(Rung(_WHOLE - tick.position, tick.is_long, tick.amount if has_room else None))
        return Upright(
            done=stretch(Decimal(0), self.done),
            promised=stretch(self.done, self.promised),
            beyond=stretch(self.goal, self.beyond),
            goal=_WHOLE - self.goal,
            earlier_goals=tuple(_WHOLE - at for at in self.earlier_goals),
            rungs=tuple(sorted(rungs, key=lambda rung: rung.top)),
        )


def measure(
    raised: Money | None,
    goal: Money,
    *,
    promised: Money | None = None,
    earlier_goals: Iterable[Money] = (),
    milestones: Iterable[tuple[Money, bool]] = (),
    has_ended: bool = False,
) -> Measure:
    """Lay out the bar: ``milestones`` are amounts and whether they are reached; the goal is a flag of its own.

    has_ended: whether nothing is to be reached any more; then no flag is open.
    """
    in_hand = raised.amount if raised else Decimal(0)
    scale = max(goal.amount, in_hand)

    def position(amount: Decimal) -> Decimal:
        return _position(amount, scale)

    done, goal_at = position(min(in_hand, goal.amount)), position(goal.amount)
    hatched = min(promised.amount if promised else Decimal(0), scale - in_hand)
    marks = [(amount.amount, reached) for amount, reached in milestones if amount.amount <= scale]
    marks.append((goal.amount, in_hand >= goal.amount))
    marks = [(amount, reached) for amount, reached in marks if reached or not has_ended]
    return Measure(
        done=done,
        promised=position(hatched),
        beyond=100 - goal_at,
        goal=goal_at,
        earlier_goals=tuple(position(earlier.amount) for earlier in earlier_goals if earlier.amount < scale),
        flags=_flags(tuple(Flag(position(amount), reached) for amount, reached in sorted(marks))),
        ticks=ticks(scale, goal.currency),
        labels=_labels(goal, scale),
    )


# What most updates of an appeal have alike is made once, and so held in memory once.


@lru_cache(maxsize=1024)
def _position(amount: Decimal, scale: Decimal) -> Decimal:
    return (100 * amount / scale).quantize(_CENT, ROUND_FLOOR)


@lru_cache(maxsize=64)
def _flags(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """One flag where several would touch, and at most eight: then only the last reached and those ahead."""
    apart: list[Flag] = []
    for flag in flags:
        if apart and flag.position - apart[-1].position < FLAG_ROOM and flag.is_reached == apart[-1].is_reached:
            apart.pop()
        apart.append(flag)
    if len(apart) > MAX_FLAGS:
        last = next((n for n in range(len(apart) - 1, -1, -1) if apart[n].is_reached), 0)
        apart = apart[last : last + MAX_FLAGS - 1] + apart[-1:]
    return tuple(dict.fromkeys(apart))


@lru_cache(maxsize=64)
def ticks(scale: Decimal, currency: str) -> tuple[Tick, ...]:
    """The ruler of something that is ``scale`` long: at most 52 lines, at round sums."""
    step = round_step(scale, MAX_TICKS)
    return tuple(
        Tick((100 * step * n / scale).quantize(_CENT, ROUND_FLOOR), n % 5 == 0, Money(step * n, currency))
        for n in range(int(scale // step) + 1)
    )


def round_step(scale: Decimal, most: int) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20, 50 … of which at most ``most`` go into ``scale``."""
    step, factors = Decimal(1), cycle((Decimal(2), Decimal("2.5"), Decimal(2)))
    while scale / step > most:
        step *= next(factors)
    return step


@lru_cache(maxsize=64)
def _labels(goal: Money, scale: Decimal) -> tuple[Label, ...]:
    """Nothing, about the middle, and the goal."""
    goal_at = _position(goal.amount, scale)
    labels = [Label(Decimal(0), Money(Decimal(0), goal.currency), "start")]
    long_step = 5 * round_step(scale, MAX_TICKS)
    middle = (scale / 2 / long_step).to_integral_value() * long_step
    if goal_at >= MIDDLE_ROOM and 0 < middle < goal.amount:
        labels.append(Label(_position(middle, scale), Money(middle, goal.currency), "middle"))
    labels.append(Label(goal_at, goal, "end"))
    return tuple(labels)
