"""Which signs a font has, how wide each is, and how much closer two stand than others, from the font's own tables."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

_EVERY_SIGN = 3, 10
"""The table of signs that has all of Unicode."""
_ADVANCE_ALONE = 4, 0
"""What is told of a pair: how much farther the second letter stands, and no more."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """A table of pairs: a row for each first letter that it knows, in which each second one, or its class, stands."""

    rows: Mapping[int, Mapping[int, int]]
    classes: Mapping[int, int] | None
    """Of second letters; one that is in none is of class 0. None where the letters themselves stand in the rows."""


class FontTables:
    """The signs and the pairs of letters of one font; every length as a share of the size that it is set in."""

    def __init__(self, font: bytes) -> None:
        """font: an OpenType file. Raises ValueError where it tells of pairs in another way than ours does."""
        self._font = font
        tables = {tag: place for tag, _, place, _ in self._each("4s3I", 12, self._at("H", 4)[0])}
        self._glyphs = dict(self._signs(tables[b"cmap"]))
        self._units: int = self._at("H", tables[b"head"] + 18)[0]
        count = self._at("H", tables[b"hhea"] + 34)[0]
        self._widths: tuple[int, ...] = tuple(width for width, _ in self._each("Hh", tables[b"hmtx"], count))
        self._pairs = tuple(self._tables_of_pairs(tables[b"GPOS"]))
        self.width, self.between = cache(self._width), cache(self._between)

    def has(self, sign: str) -> bool:
        """Whether the font has a glyph for it."""
        return ord(sign) in self._glyphs

    def _width(self, sign: str) -> float:
        """How far from it the next one stands. It must be in the font."""
        return self._widths[min(self._glyphs[ord(sign)], len(self._widths) - 1)] / self._units

    def _between(self, left: str, right: str) -> float:
        """How much farther apart two letters stand than they would by themselves; below 0: closer."""
        first, second = self._glyphs.get(ord(left), 0), self._glyphs.get(ord(right), 0)
        for pairs in self._pairs:
            row = pairs.rows.get(first, {})
            of = second if pairs.classes is None else pairs.classes.get(second, 0)
            if of in row:
                return row[of] / self._units
        return 0

    def _signs(self, table: int) -> Iterator[tuple[int, int]]:
        """Each sign and its glyph."""
        kinds = self._each("HHI", table + 4, self._at("H", table + 2)[0])
        place = next(table + place for *kind, place in kinds if tuple(kind) == _EVERY_SIGN)
        for first, last, glyph in self._each("3I", place + 16, self._at("I", place + 12)[0]):
            yield from zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True)

    def _tables_of_pairs(self, table: int) -> Iterator[_Pairs]:
        """In the order in which they are asked: the first that knows a pair decides."""
        features, lookups = (table + place for place in self._at("2H", table + 6))
        named = self._each("4sH", features + 2, self._at("H", features)[0])
        kerning = next(features + place for tag, place in named if tag == b"kern")
        for (number,) in self._each("H", kerning + 4, self._at("H", kerning + 2)[0]):
            lookup = lookups + self._at("H", lookups + 2 + 2 * number)[0]
            kind, _, count = self._at("3H", lookup)
            if kind == 2:  # what depends on three letters is left out
                for (place,) in self._each("H", lookup + 6, count):
                    yield self._table(lookup + place)

    def _table(self, place: int) -> _Pairs:
        form, covered, *values, count = self._at("5H", place)
        if tuple(values) != _ADVANCE_ALONE:
            raise ValueError(f"a font whose pairs tell {values} is not read here")
        firsts = self._coverage(place + covered)
        if form == 1:
            sets = [place + of for (of,) in self._each("H", place + 10, count)]
            rows = [dict(self._each("Hh", of + 2, self._at("H", of)[0])) for of in sets]
            return _Pairs({first: rows[index] for first, index in firsts.items()}, None)
        of_first, of_second, most, width = *self._at("2H", place + 8), *self._at("2H", place + 12)
        classes = self._classes(place + of_first)
        rows = [dict(enumerate(row)) for row in self._each(f"{width}h", place + 16, most)]
        return _Pairs({first: rows[classes.get(first, 0)] for first in firsts}, self._classes(place + of_second))

    def _coverage(self, place: int) -> dict[int, int]:
        """Glyphs, each with its number."""
        form, count = self._at("2H", place)
        if form == 1:
            return {glyph: index for index, (glyph,) in enumerate(self._each("H", place + 4, count))}
        ranges = self._each("3H", place + 4, count)
        return {glyph: index + glyph - first for first, last, index in ranges for glyph in range(first, last + 1)}

    def _classes(self, place: int) -> dict[int, int]:
        """The class of each glyph that is in one."""
        form, first, count = self._at("3H", place)
        if form == 1:
            return {first + number: of for number, (of,) in enumerate(self._each("H", place + 6, count))}
        ranges = self._each("3H", place + 4, first)  # here the second number is the count
        return {glyph: of for first, last, of in ranges for glyph in range(first, last + 1)}

    def _at(self, form: str, place: int) -> tuple[Any, ...]:
        return struct.unpack_from(f">{form}", self._font, place)

    def _each(self, form: str, place: int, count: int) -> Iterator[tuple[Any, ...]]:
        """Records of one form that follow each other."""
        size = struct.calcsize(f">{form}")
        return struct.iter_unpack(f">{form}", self._font[place : place + size * count])
