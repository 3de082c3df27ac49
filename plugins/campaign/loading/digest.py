"""One hash of any value that a page is given: equal values have one, in every process, and others another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import sha256
from operator import attrgetter
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel

from campaign.core.reading.region import Region
from campaign.core.reading.story import Story

_WRITTEN = (type(None), bool, int, bytes, Decimal, date, datetime, time)
"""Values that are equal where they are written alike."""
_SETS = (set, frozenset)
_STR = {str}


class Digests:
    """The hashes of values; one of the content, which is a part of many others, is walked through once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        """By identity, with the value itself, so that no other gets its identity."""

    def of(self, value: object) -> bytes:
        """32 bytes. Raises TypeError for a value of which this module does not know what tells it from another."""
        kind: Any = type(value)
        leaf = _leaf(kind)(value)
        return self._of_parts(value) if leaf is None else sha256(leaf).digest()

    def keep(self, value: object) -> bytes:
        """The same of a value of another kind that many others will have as a part; it must not change."""
        return self._kept(value, self.of(value))

    def _kept(self, value: object, found: bytes) -> bytes:
        self._known[id(value)] = (value, found)
        return found

    def _of_parts(self, value: object) -> bytes:
        """Of a value's kind and its parts: short ones as they are, with their length, others by their hashes."""
        if known := self._known.get(id(value)):
            return known[1]
        kind: Any = type(value)
        said = [f"{kind.__module__}.{kind.__qualname__}".encode(), b"\0"]
        for part in _parts(kind)(value):
            its: Any = type(part)
            leaf = _leaf(its)(part)
            said += (b"=", self._of_parts(part)) if leaf is None else (len(leaf).to_bytes(8, "big"), leaf)
        if isinstance(value, _SETS):
            said += sorted(map(self.of, value))
        found = sha256(b"".join(said)).digest()
        return self._kept(value, found) if _is_content(kind) else found


@cache
def _leaf(kind: Any) -> Callable[[Any], bytes | None]:
    """How a value of this kind is written that has no parts, its kind first; None is written for any other."""
    name = f"{kind.__module__}.{kind.__qualname__}"
    if kind is str:
        return lambda value: b"str " + value.encode("utf-8", "surrogatepass")
    if kind in _WRITTEN:
        return lambda value: f"{name} {value!r}".encode()
    if kind is tuple:  # of words alone, as most are, or of nothing
        return lambda value: repr(value).encode("utf-8", "surrogatepass") if _STR.issuperset(map(type, value)) else None
    if issubclass(kind, Enum):
        return lambda value: f"{name} {value.name}".encode()
    if issubclass(kind, (str, PurePath)):
        return lambda value: f"{name} {value}".encode("utf-8", "surrogatepass")
    return lambda value: None  # noqa: ARG005


@cache
def _parts(kind: Any) -> Callable[[Any], Iterable[object]]:
    """How to tell what tells a value from another of its kind, in its order; nothing of what has none."""
    if issubclass(kind, (tuple, list)):
        return iter
    if issubclass(kind, Region):
        # What makes it; the rest follows, or is how amounts are read rather than shown.
        return attrgetter("currency", "locale", "vocabulary")
    if issubclass(kind, Story):
        # Where its parts stand in the text is asked for where a fault is told.
        return attrgetter("body", "pieces", "after_first", "first_sentence")
    if is_dataclass(kind):
        return _attributes(field.name for field in fields(kind))
    if issubclass(kind, BaseModel):
        # Not ``__dict__``, which also holds what a property has kept since it was asked for.
        said = _attributes(kind.model_fields)
        return lambda value: (*said(value), *_flat(value.__pydantic_private__ or {}))
    if issubclass(kind, Mapping):
        # In its order, which whoever goes through it sees.
        return _flat
    if issubclass(kind, _SETS):
        return lambda value: ()  # noqa: ARG005
    raise TypeError(f"no key can hold a {kind.__qualname__}: say in digest.py what tells two of them apart")


def _attributes(names: Iterable[str]) -> Callable[[Any], Iterable[object]]:
    names = tuple(names)
    return attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]


def _flat(mapping: Mapping[Any, object]) -> list[object]:
    return [part for item in mapping.items() for part in item]


@cache
def _is_content(kind: Any) -> bool:
    """Whether values of this kind live as long as what was loaded does, and never change."""
    is_frozen = issubclass(kind, BaseModel) or (hasattr(kind, "__dataclass_fields__") and kind.__hash__)
    return bool(is_frozen) and kind.__module__.startswith("campaign.core.")
