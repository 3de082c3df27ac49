"""One hash of any value that a page is given: equal values have one, in every process, and others another."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel

from campaign.core.reading.region import Region
from campaign.core.reading.story import Story

_WRITTEN = frozenset((type(None), bool, int, bytes, Decimal, date, datetime, time))
"""Values that are equal where they are written alike."""


class Digests:
    """The hashes of values; one of the content, which is a part of many others, is walked through once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        """By identity, with the value itself, so that no other gets its identity."""

    def of(self, value: object) -> bytes:
        """32 bytes. Raises TypeError for a value of which this module does not know what tells it from another."""
        known = self._known.get(id(value))
        if known:
            return known[1]
        leaf = _leaf(value)
        found = sha256(leaf if leaf is not None else self._whole(value)).digest()
        return self._kept(value, found) if leaf is None and _is_content(_kind(value)) else found

    def keep(self, value: object) -> bytes:
        """The same of a value of another kind that many others will have as a part; it must not change."""
        return self._kept(value, self.of(value))

    def _kept(self, value: object, found: bytes) -> bytes:
        self._known[id(value)] = (value, found)
        return found

    def _whole(self, value: object) -> bytes:
        """A value's kind and its parts: short ones as they are, with their length, others by their hashes."""
        said = [f"{type(value).__module__}.{type(value).__qualname__}".encode(), b"\0"]
        for part in _parts(value):
            leaf = _leaf(part)
            said += (b"=", self.of(part)) if leaf is None else (len(leaf).to_bytes(8, "big"), leaf)
        if isinstance(value, (set, frozenset)):
            said += sorted(map(self.of, value))
        return b"".join(said)


def _leaf(value: object) -> bytes | None:
    """A value without parts, its kind first; None for any other."""
    kind = type(value)
    if kind is str:
        return b"str " + str(value).encode("utf-8", "surrogatepass")
    if kind in _WRITTEN or (isinstance(value, tuple) and kind is tuple and all(type(each) is str for each in value)):
        return f"{kind.__name__} {value!r}".encode("utf-8", "surrogatepass")
    if isinstance(value, Enum):
        return f"{kind.__module__}.{kind.__qualname__} {value.name}".encode()
    if isinstance(value, (str, PurePath)):
        return f"{kind.__module__}.{kind.__qualname__} {value}".encode("utf-8", "surrogatepass")
    return None


def _parts(value: object) -> Iterable[object]:
    """What tells a value from another of its kind, in its order; nothing of what has none."""
    if isinstance(value, (tuple, list)):
        return value
    if isinstance(value, Region):
        # What makes it; the rest follows, or is how amounts are read rather than shown.
        return value.currency, value.locale, value.vocabulary
    if isinstance(value, Story):
        # Where its parts stand in the text is asked for where a fault is told.
        return value.body, value.pieces, value.after_first, value.first_sentence
    if is_dataclass(value):
        return [getattr(value, name) for name in _names(_kind(value))]
    if isinstance(value, BaseModel):
        # Not ``__dict__``, which also holds what a property has kept since it was asked for.
        private = value.__pydantic_private__ or {}
        return [*(getattr(value, name) for name in _fields(_kind(value))), *_flat(private)]
    if isinstance(value, Mapping):
        # In its order, which whoever goes through it sees.
        return _flat(value)
    if isinstance(value, (set, frozenset)):
        return ()
    raise TypeError(f"no key can hold a {type(value).__qualname__}: say in digest.py what tells two of them apart")


def _flat(mapping: Mapping[Any, object]) -> list[object]:
    return [part for item in mapping.items() for part in item]


def _kind(value: object) -> Any:
    return type(value)


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(kind.model_fields)


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))  # type: ignore[arg-type]


@cache
def _is_content(kind: Any) -> bool:
    """Whether values of this kind live as long as what was loaded does, and never change."""
    is_frozen = issubclass(kind, BaseModel) or (hasattr(kind, "__dataclass_fields__") and kind.__hash__)
    return bool(is_frozen) and kind.__module__.startswith("campaign.core.")
