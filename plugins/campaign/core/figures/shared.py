"""What stayed as it was is held once: most updates change little, and there may be ten thousand."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from operator import is_
from typing import Any, TypeVar

T = TypeVar("T")


def shared(new: T, before: T) -> T:
    """A value with the very parts of an earlier one wherever the two are alike; the earlier one itself if they are.

    Two are alike that are equal and written alike: 10 and 10.00 are equal, and not alike.
    """
    held: T = _shared(new, before)
    return held


def _shared(new: Any, before: Any) -> Any:
    if new is before or type(new) is not type(before):
        return new
    kind: Any = type(new)
    if kind is Decimal:
        return new if new.compare_total(before) else before
    names = _names(kind)
    if not names and (kind is not tuple or len(new) != len(before)):
        return before if new == before else new
    was, now = ([getattr(of, name) for name in names] if names else of for of in (before, new))
    parts = tuple(map(_shared, now, was))
    if all(map(is_, parts, was)):
        return before
    return kind(*parts) if names else parts


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
