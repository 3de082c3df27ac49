"""Figures and dates in a story stay on one line: a space within one becomes a space at which no line ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from itertools import product
from typing import Literal

from babel import Locale
from babel.numbers import format_compact_decimal, get_currency_symbol, get_group_symbol
from babel.units import UnknownUnitError, format_unit

NO_BREAK = "\u00a0"
_SKELETONS = ("yMMMM", "yMMM", "MMMMd", "MMMd")
"""Dates without a day, and without a year, as CLDR names them."""
_UNITS = (
    *(f"length-{unit}" for unit in ("kilometer", "meter", "centimeter", "millimeter", "mile", "foot")),
    *(f"duration-{unit}" for unit in ("year", "month", "week", "day", "hour", "minute")),
    *("mass-kilogram", "mass-gram", "volume-liter", "temperature-celsius"),
)
_LENGTHS: tuple[Literal["long", "short"], ...] = ("long", "short")
_COUNTS = (1, 2, 5)
"""Languages have up to that many words for one thing and several."""
_FIELDS = re.compile(r"'[^']*'|([A-Za-z])\1*")
_TAG = re.compile(r"(<[^>]*>)")
_DIGIT = re.compile(r"\d")
_LEFT_ALONE = re.compile(r"<(/?)(?:pre|code)\b")
_SPACE = "(?:[ \n\u00a0\u202f]|&nbsp;)"
_NUMBER = r"\d(?<!\d\d)(?<!\d[.,'’]\d)\d*+(?:[.,'’]\d++)*+"
"""A whole number with its marks. One that goes on is tried once, not again from each digit of it; and what stands
before it is asked behind its first digit, because a pattern that begins by looking back is tried at every letter."""
_ORDINAL = r"(?:\.|st|nd|rd|th|er|re|º|ª)?"


def unbroken(html: str, locale: str, currency: str) -> str:
    """A story's HTML, or a plain text, with its amounts and dates unbroken: nothing is said otherwise than it was.

    locale: as ``en_GB``; it says where a number's unit, a currency's sign and a month stand. currency: ISO 4217.
    Code is left as it is.
    """
    joined, depth, pieces = _joiner(locale, currency), 0, []
    for piece in _TAG.split(html):
        if found := _LEFT_ALONE.match(piece):
            depth += -1 if found[1] else 1
        pieces.append(piece if depth or piece.startswith("<") else joined(piece))
    return "".join(pieces)


@lru_cache(maxsize=8)
def _joiner(locale: str, currency: str) -> Callable[[str], str]:
    """What joins the figures and dates of a text."""
    written = (*_dates(Locale.parse(locale)), *_amounts(locale, currency))
    patterns = [re.compile(pattern) for pattern in dict.fromkeys(written)]

    def joined(text: str) -> str:
        if not _DIGIT.search(text):
            return text
        for pattern in patterns:
            text = pattern.sub(_join, text)
        return text

    return joined


def _join(found: re.Match[str]) -> str:
    """What was found with its spaces joined, unless it is the end of a longer word or number.

    Asked here, because a pattern that begins by looking back is tried at every letter: five times as slow.
    """
    before = found.string[found.start() - 1 : found.start()]
    return found[0] if before.isalnum() else re.sub("[ \n]", NO_BREAK, found[0])


def _dates(locale: Locale) -> Iterable[str]:
    """The locale's ways to write a date whose month is a word."""
    written = [locale.date_formats[width].pattern for width in ("long", "medium")]
    written += [
        str(locale.datetime_skeletons[name].pattern) for name in _SKELETONS if name in locale.datetime_skeletons
    ]
    for pattern in dict.fromkeys(written):
        if "MMM" in pattern or "LLL" in pattern:
            yield rf"{_as_regex(pattern, locale)}(?!\w)"


def _as_regex(pattern: str, locale: Locale) -> str:
    found, end = [], 0
    for field in _FIELDS.finditer(pattern):
        found += [_literal(pattern[end : field.start()]), _field(field[0], locale)]
        end = field.end()
    return "".join([*found, _literal(pattern[end:])])


def _field(field: str, locale: Locale) -> str:
    if field[0] == "'":
        return _literal(field[1:-1])
    if field[0] in "ML":
        return _one_of(
            name.removesuffix(".") + mark
            for context in locale.months.values()
            for width in ("wide", "abbreviated")
            for name in context.get(width, {}).values()
            for mark in (".", "")
        )
    return {"d": rf"\d{{1,2}}{_ORDINAL}", "y": r"\d{4}"}.get(field[0], r"\w*")


def _amounts(locale: str, currency: str) -> Iterable[str]:
    """A number in groups, and a number with its sign, its unit or its share."""
    of = Locale.parse(locale)
    if get_group_symbol(locale).isspace():
        yield rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)"
    signs = {currency, get_currency_symbol(currency, locale), get_currency_symbol(currency, "en"), *"€£$¥₹₽₴₺₪₩"}
    after = {*signs, "%", "‰", "°C", "°F", *_units(of), *_scales(of)}
    yield rf"{_NUMBER}{_SPACE}{_one_of(after)}(?!\w)(?:{_SPACE}{_one_of(signs)}(?!\w))?"
    yield rf"{_one_of(signs)}{_SPACE}{_NUMBER}"


def _units(locale: Locale) -> Iterable[str]:
    """What the locale writes behind a number after a space, in full and short: km, Stunden."""
    for unit, count, length in product(_UNITS, _COUNTS, _LENGTHS):
        with suppress(UnknownUnitError):
            yield from _behind(format_unit(count, unit, length, locale=locale))


def _scales(locale: Locale) -> Iterable[str]:
    """Thousand, million, as the locale writes them behind a number."""
    for power, count, length in product((3, 6, 9), _COUNTS, _LENGTHS):
        if length in locale.compact_decimal_formats:
            yield from _behind(format_compact_decimal(count * 10**power, format_type=length, locale=locale))


def _behind(written: str) -> Iterable[str]:
    """The words behind a number and a space."""
    return re.findall(r"^\d[\d.,]*\s(.+)$", written)


def _literal(text: str) -> str:
    return "".join(_SPACE if sign.isspace() else re.escape(sign) for sign in text)


def _one_of(words: Iterable[str]) -> str:
    """The longest that stands there."""
    known = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(_literal(word) for word in known)})"
