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
from typing import Any, NamedTuple

from pydantic import BaseModel

from campaign.core.reading.region import Region
from campaign.core.reading.told import Story

_PLAIN = frozenset((type(None), bool, int, str, bytes, Decimal, date, datetime, time))
"""Kinds that Python writes alike where they are equal, and in no other way."""
_SHORT = 200
"""Characters that are written again rather than hashed."""
_MAX_KNOWN = 1 << 14
"""Values remembered at a time: those of some hundred updates, since pages share the most with their neighbours."""


class Digests:
    """The hashes of values; one of the content, which is a part of many others, is walked through once.

    Each is written down in one way, as Python would: its kind, and its parts between brackets.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}
        """By identity, with the value itself, so that no other gets its identity."""
        self._kept: dict[int, tuple[object, str]] = {}
        """The same of those that are written down otherwise than their kind is."""

    def of(self, value: object) -> bytes:
        """32 bytes. Raises TypeError for a value of which this module does not know what tells it from another."""
        return sha256(self._written(value).encode()).digest()

    def keep(self, value: object) -> bytes:
        """The same of a value of another kind that many others will have as a part; it must not change."""
        found = self.of(value)
        self._kept[id(value)] = (value, f"#{found.hex()}")
        return found

    def _written(self, value: Any) -> str:
        """A value in words that no other has; of long ones of the content the hash of these words."""
        kind: Any = type(value)
        if kind in _PLAIN:
            return repr(value)
        if known := self._known.get(id(value)) or self._kept.get(id(value)):
            return known[1]
        if kind is tuple and _PLAIN.issuperset(map(type, value)):
            return repr(value)
        how = _how(kind)
        parts = [repr(part) if type(part) in _PLAIN else self._written(part) for part in how.parts(value)]
        if how.is_set:
            parts.sort()
        written = f"{how.name}({','.join(parts)})"
        if how.is_content:
            if len(written) > _SHORT:
                written = f"#{sha256(written.encode()).hexdigest()}"
            if len(self._known) == _MAX_KNOWN:
                self._known.clear()
            self._known[id(value)] = (value, written)
        return written


class _How(NamedTuple):
    """How values of a kind are written."""

    name: str
    parts: Callable[[Any], Iterable[object]]
    is_set: bool
    is_content: bool
    """Whether values of this kind live as long as what was loaded does, and never change."""


@cache
def _how(kind: Any) -> _How:
    is_frozen = issubclass(kind, (BaseModel, Enum)) or (is_dataclass(kind) and bool(kind.__hash__))
    is_content = is_frozen and kind.__module__.startswith("campaign.core.")
    name = "" if kind is tuple else f"{kind.__module__}.{kind.__qualname__}"
    return _How(name, _parts(kind), issubclass(kind, (set, frozenset)), is_content)


@cache
def _parts(kind: Any) -> Callable[[Any], Iterable[object]]:
    """How to tell what tells a value from another of its kind, in its order."""
    if issubclass(kind, Enum):
        return lambda value: (value.name,)
    if issubclass(kind, (str, PurePath)):
        return lambda value: (str(value),)
    if issubclass(kind, (tuple, list, set, frozenset)):
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
    raise TypeError(f"no key can hold a {kind.__qualname__}: say in digest.py what tells two of them apart")


def _attributes(names: Iterable[str]) -> Callable[[Any], Iterable[object]]:
    names = tuple(names)
    return attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]


def _flat(mapping: Mapping[Any, object]) -> list[object]:
    return [part for item in mapping.items() for part in item]
