"""What stayed as it was is held once: most updates change little, and there may be ten thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache, wraps
from operator import attrgetter, is_
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
_PLAIN = (str, int, date)
"""Kinds that are written alike where they are equal; of any other that is no dataclass the new value stays."""


def held_once(new: T, before: object) -> T:
    """A value with the very parts of an earlier one wherever the two are alike; the earlier one itself if they are.

    Two are alike that are equal and written alike: 10 and 10.00 are equal, and not alike.
    """
    held: T = _held_once(new, before)
    return held


def _held_once(new: Any, before: Any) -> Any:
    if new is before or type(new) is not type(before):
        return new
    kind: Any = type(new)
    if kind is Decimal:
        return new if new.compare_total(before) else before
    parts_of = tuple if kind is tuple else _parts_of(kind)
    if parts_of is None or len(now := parts_of(new)) != len(was := parts_of(before)):
        return before if kind in _PLAIN and new == before else new
    parts = tuple(map(_held_once, now, was))
    if all(map(is_, parts, was)):
        return before
    return parts if kind is tuple else kind(*parts)


def reckoned_once(do: Callable[P, T]) -> Callable[P, T]:
    """A function of its arguments alone, which for the very arguments of the last time gives what it gave then."""
    last: tuple[tuple[object, ...], T] | None = None

    @wraps(do)
    def again(*given: P.args, **named: P.kwargs) -> T:
        nonlocal last
        asked = (*given, *named.values())
        if last is None or len(asked) != len(last[0]) or not all(map(is_, asked, last[0])):
            last = asked, do(*given, **named)
        return last[1]

    return again


@cache
def _parts_of(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """How a dataclass's value is taken apart; None for other kinds."""
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else []
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda value: (getattr(value, names[0]),)) if names else None
