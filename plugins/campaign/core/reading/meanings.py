"""What digits that are no amount can mean as one: values only, each by a reading that is written down here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_QUOTES = "“”„«»\u2018’\"' "
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'")
_DIGITS = re.compile(r"[0-9]+(?:[ .,'_·\u066b\u066c][0-9]+)*")
_DECIMAL_MARKS = ".,·\u066b"
_GROUP_MARKS = " .,'_\u066c"
_SHORTHAND = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?(k|thousand|million|m)", re.IGNORECASE)
_TIMES = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000}
_PARTS = re.compile(r"([1-9]?[0-9]) ?(p|pence|ct?|cents?)")
_DASH_FOR_NO_PART = re.compile(rf"({_DIGITS.pattern})[.,]-{{1,2}}")
_LETTERS = str.maketrans("oOlI", "0011")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One value, in whole units of the currency, and what the remedy says after it: `` in full``."""

    value: Decimal
    """With a part of a unit where it was read as one: ``25.00``, and ``25`` where none was typed."""
    remark: str = ""


def tidied(text: str) -> str:
    """A text without the quotation marks around it, its dashes as hyphens, its digits and marks as ASCII has them.

    Only what stands for one plain character is replaced: the raised ² of a footnote is no digit, nor is ½.
    """
    return "".join(_plain(sign) for sign in text.translate(_DASHES).translate(_APOSTROPHES)).strip(_QUOTES)


def _plain(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    is_full_width = "\uff01" <= sign <= "\uff5e"
    return unicodedata.normalize("NFKC", sign) if is_full_width else sign


def meanings(digits: str, currency: str, minor: int, read: Callable[[str], Decimal | None]) -> Iterator[Meaning]:
    """Every value that tidied digits can mean, without qualifier and currency; none where nobody can say.

    minor: how many digits the currency has after its mark. read: what the locale reads digits as; they then mean
    that and nothing else. No value is made of digits that are joined across a mark, but where the marks stand as some
    locale groups thousands.
    """

    def values(digits: str, minor: int = minor) -> Iterator[Decimal]:
        value = read(digits)
        yield from _values(digits, minor) if value is None else (value,)

    if _DIGITS.fullmatch(digits):
        plain = re.sub("^0+(?=[1-9])", "", digits)
        remark = "" if plain == digits else " without the zero in front"
        yield from (Meaning(value, remark) for value in values(plain))
    elif short := _SHORTHAND.fullmatch(digits):
        for value in values(short[1], 6):
            product = value * _TIMES[short[2].lower()]
            rounded = product.to_integral_value()
            yield Meaning(rounded if rounded == product else product, " in full")
    elif (parts := _PARTS.fullmatch(digits)) and minor == 2 and (parts[2][0] == "p") == (currency == "GBP"):
        yield Meaning(Decimal(parts[1]).scaleb(-minor))
    elif (match := _DASH_FOR_NO_PART.fullmatch(digits)) and (whole := _whole(match[1])):
        yield Meaning(Decimal(whole), f" without the '{digits[match.end(1) :]}'")
    elif digits[-1:] in tuple(".,") and _DIGITS.fullmatch(digits[:-1]):
        yield from (Meaning(value, f" without the '{digits[-1]}'") for value in values(digits[:-1]))
    elif _DIGITS.fullmatch(lettered := digits.translate(_LETTERS)):
        remark = " with the digits 0 and 1, not the letters O and l"
        yield from (Meaning(value, remark) for value in values(lettered))


def _values(digits: str, minor: int) -> Iterator[Decimal]:
    """The thousands first, then a part of one unit: ``25.000`` is 25000 or 25."""
    if whole := _whole(digits):
        yield Decimal(whole)
    if digits.isdecimal():
        return
    head, mark, part = re.split(r"([^0-9])(?=[0-9]*$)", digits)
    # Nothing that was typed is cut off, but zeros that say nothing.
    is_part = len(part) <= max(minor, 3) and len(part.rstrip("0")) <= minor
    if mark in _DECIMAL_MARKS and mark not in head and is_part and (whole := _whole(head)):
        yield Decimal(f"{whole}.{part[:minor]}".rstrip("."))


def _whole(digits: str) -> str:
    """Digits without the marks of their thousands, or of India's hundreds of thousands; empty if they are not so."""
    if re.match("0[0-9]", digits):
        return ""  # a digit in front of these zeros may be lost
    if digits.isdecimal():
        return digits
    mark = re.sub("[0-9]", "", digits)[0]
    first, *others = digits.split(mark)
    *between, last = others
    is_group = mark in _GROUP_MARKS and first.strip("0") and all(part.isdecimal() for part in (first, *others))
    western = len(first) <= 3 and all(len(part) == 3 for part in others)
    indian = len(first) <= 2 and len(last) == 3 and all(len(part) == 2 for part in between)
    return "".join((first, *others)) if is_group and (western or indian) else ""
