"""Money is a Decimal in one currency with a qualifier: read strictly, added exactly, never rounded up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import Enum
from functools import cached_property, reduce
from operator import add
from typing import TYPE_CHECKING

from babel import Locale
from babel.numbers import (
    NumberFormatError,
    format_currency,
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    list_currencies,
    parse_decimal,
)

from .problems import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TRILLION = Decimal(10) ** 12
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MARKS = re.compile(r"[\u061c\u200e\u200f]")
"""Direction marks, which some locales put around their currency's sign."""
_QUALIFIERS = re.compile(
    r"(?P<about>about\b|~)|(?P<at_least>at\s+least\b)|(?P<more_than>more\s+than\b|over\b)", re.IGNORECASE
)
_PLUS = re.compile(r"\+$")
_SHORTHAND = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(k|thousand|m|million)", re.IGNORECASE)
_ROUGHLY = re.compile(
    r"(?:about|approx\w*\.?|c(?:irca|a)?\.?|around|roughly|nearly|almost|some|≈|~):?\s*(?P<after>.+)"
    r"|(?P<before>.+?)\s*(?:approx\w*\.?|\(?about\)?|ish|or so|~)",
    re.IGNORECASE,
)
"""Other ways to say "about", which are not read but suggested."""
_PARTS = re.compile(r"([0-9]{1,2})\s*(?:p|pence|ct?|cents?)")
_GROUPED_OTHERWISE = re.compile(
    r"([1-9][0-9]{0,2}(?P<mark>[ .,'’_])[0-9]{3}(?:(?P=mark)[0-9]{3})*)(?:[.,](?P<part>[0-9]{1,2}))?"
)
_RANGE = re.compile(r"[0-9]\s*(?:[-–]|to|and|or)\s*\D?\s*[0-9]")
_LETTERS = str.maketrans("oOlI", "0011")


class Qualifier(Enum):
    """How sure a figure is. The values are the words a volunteer writes before the amount."""

    EXACT = ""
    ABOUT = "about"
    AT_LEAST = "at least"
    MORE_THAN = "more than"

    def __add__(self, other: Qualifier) -> Qualifier:
        """A sum is "about" if any part is, else "at least" if any part is a lower bound."""
        if self is other is Qualifier.EXACT:
            return Qualifier.EXACT
        return Qualifier.ABOUT if Qualifier.ABOUT in (self, other) else Qualifier.AT_LEAST


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency.

    ``amount`` is in whole units of the currency (pounds, not pence), ``currency`` an ISO 4217 code.
    """

    amount: Decimal
    currency: str
    qualifier: Qualifier = Qualifier.EXACT

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency, self.qualifier + other.qualifier)

    def __sub__(self, other: Money) -> Money:
        """Subtract; what is left of an inexact amount is "about" (a lower bound is none after subtraction)."""
        exact = self.is_exact and other.is_exact
        return Money(self.amount - self._same(other), self.currency, Qualifier.EXACT if exact else Qualifier.ABOUT)

    def _same(self, other: Money) -> Decimal:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return other.amount

    @property
    def is_exact(self) -> bool:
        return self.qualifier is Qualifier.EXACT

    def at(self, amount: Decimal) -> Money:
        """Another amount of the same currency and sureness."""
        return replace(self, amount=amount)

    def rounded_down(self) -> Money:
        """As a computed sum is shown: whole units; an inexact one to three significant digits, two below 1,000."""
        if self.is_exact or self.amount <= 0:
            return self.at(self.amount.to_integral_value(ROUND_FLOOR))
        digits = 3 if self.amount >= 1000 else 2
        step = Decimal(10) ** max(self.amount.adjusted() - digits + 1, 0)
        return self.at(self.amount // step * step)

    def in_full(self) -> Money:
        """As a computed sum stands in a table: an exact one to the last penny, an inexact one as it is shown."""
        return self if self.is_exact else self.rounded_down()

    def rounded_up(self) -> Money:
        """The whole units that are enough to cover the amount."""
        return self.at(self.amount.to_integral_value(ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something that is not money: signatures, walkers, cakes."""

    number: int
    qualifier: Qualifier = Qualifier.EXACT


def zero(currency: str) -> Money:
    return Money(Decimal(0), currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of any number of amounts, with their qualifiers added; of one, that one; of none, an exact zero."""
    summands = tuple(amounts)
    return reduce(add, summands) if summands else zero(currency)


@dataclass(frozen=True)
class Region:
    """How a campaign reads and writes money: a currency (ISO 4217) and a locale (CLDR, as ``en_GB``)."""

    currency: str
    locale: str
    _locale: Locale = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_locale", Locale.parse(self.locale))

    @property
    def language_tag(self) -> str:
        """The locale as HTML and feeds write it: ``en-GB``."""
        return self.locale.replace("_", "-")

    @property
    def direction(self) -> str:
        """The direction the locale's script runs in: ``ltr`` or ``rtl``."""
        return str(self._locale.text_direction)

    @cached_property
    def minor_digits(self) -> int:
        """How many digits the currency has after the decimal mark: GBP 2, JPY 0, BHD 3."""
        return get_currency_precision(self.currency)

    @cached_property
    def group(self) -> str:
        return get_group_symbol(self._locale)

    @cached_property
    def decimal(self) -> str:
        return get_decimal_symbol(self._locale)

    @cached_property
    def _symbols(self) -> tuple[str, ...]:
        """What may stand beside the digits, longest first: ``GBP``, ``£``; ``US$`` before ``$``."""
        own = {self.currency}
        for locale in (self._locale, Locale("en")):
            symbol = _MARKS.sub("", get_currency_symbol(self.currency, locale))
            own |= {symbol, *(sign for sign in symbol if unicodedata.category(sign) == "Sc")}
        return tuple(sorted(own, key=lambda symbol: (-len(symbol), symbol)))

    @cached_property
    def _whole_pattern(self) -> str:
        """The locale's own currency pattern without a fraction, so that £25,000 is not £25,000.00."""
        return re.sub(r"\.0+", "", self._locale.currency_formats["standard"].pattern)

    # -- reading ---------------------------------------------------------------------------------------

    def parse(self, text: str, *, negative: bool = False) -> Money:
        """Read what a volunteer wrote, or raise Refused (``amount`` or ``currency``) saying what to write instead.

        ``negative`` lets a minus through: the amount of a receipt in an update with a correction.
        """
        rest, qualifier = _take_qualifier(_SPACES.sub(" ", _MARKS.sub("", text)).strip())
        minus = rest[:1] in ("-", "\u2212")
        digits = self._take_symbol(rest[1:].lstrip() if minus else rest, text)
        amount = self._number(digits, text, qualifier)
        if minus and not negative:
            raise Refused(
                "amount",
                f"an amount cannot be below zero, got '{text}'; when a total falls, write the new total and say why"
                " under correction",
            )
        if amount > TRILLION:
            raise Refused("amount", f"an amount above a trillion cannot be right, got '{text}'")
        return Money(-amount if minus else amount, self.currency, qualifier)

    def parse_count(self, text: str) -> Count:
        """Read a whole number with its qualifier, for counters."""
        rest, qualifier = _take_qualifier(_SPACES.sub(" ", text).strip())
        plain = self._grouped(rest)
        if plain is None or plain.as_tuple().exponent != 0 or plain > TRILLION:
            like = f"{self._plain(1800)} or more than {self._plain(1800)}"
            raise Refused("count", f"expected a whole number like {like}, got '{text}'")
        return Count(int(plain), qualifier)

    def _take_symbol(self, rest: str, text: str) -> str:
        rest = others = self._without_symbol(rest)
        for symbol in self._symbols:
            others = others.replace(symbol, " ")
        signs = re.findall(r"[$¢¤¥£€₠-⃏]|\b[A-Z]{3}\b", others)
        is_foreign = any(not sign.isalpha() or sign in list_currencies() for sign in signs)
        if is_foreign and re.search(r"\d", rest):
            raise Refused(
                "currency",
                f"this campaign counts in {self.currency}, got '{text}'; write the amount in {self.currency}"
                " without another currency's sign",
            )
        return rest

    def _without_symbol(self, text: str) -> str:
        for symbol in self._symbols:
            if text.startswith(symbol):
                return text[len(symbol) :].strip()
            if text.endswith(symbol):
                return text[: -len(symbol)].strip()
        return text

    def _number(self, digits: str, text: str, qualifier: Qualifier) -> Decimal:
        minor = self.minor_digits
        if minor == 3 and re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits):
            whole, part = re.split("[.,]", digits)
            raise Refused(
                "amount",
                f"'{text}' can be read two ways in {self.currency}; write {whole}{part} for the thousands"
                f" or {whole}.{part}0 for a part of one {self.currency}",
            )
        amount = self._exact(digits)
        if amount is None:
            like = f"expected an amount like {self._plain(1586)} or {self._input(Decimal('1586.5'))}, got '{text}'"
            meant = self._meant(unicodedata.normalize("NFKC", digits).strip("“”\u2018’\"' "))
            if meant[:1].isdigit():
                meant = f"{qualifier.value} {meant}".lstrip()
            raise Refused("amount", f"{like}; write {meant}" if meant else like)
        return amount

    def _exact(self, digits: str) -> Decimal | None:
        """The number that digits write in this locale and currency; None where they do not."""
        minor = self.minor_digits
        if minor == 3 and re.fullmatch(r"[0-9]+[.][0-9]{3}0", digits):
            digits = digits[:-1]
        if minor and re.fullmatch(rf"(0|[1-9][0-9]*)\.[0-9]{{{minor}}}", digits):
            return Decimal(digits)
        amount = self._grouped(digits)
        return amount if amount is not None and amount.as_tuple().exponent in (0, -minor) else None

    def _grouped(self, digits: str) -> Decimal | None:
        """Read digits with the locale's separators at their places, strictly; None if they are not so."""
        if self.group.isspace():
            digits = digits.replace(" ", self.group)
        marks = re.escape(self.group + self.decimal)
        if not re.fullmatch(rf"(0|[1-9][0-9{marks}]*)([{marks}][0-9{marks}]*)?", digits):
            return None
        if digits[-1] not in "0123456789":
            return None
        try:
            amount = parse_decimal(digits, locale=self._locale, strict=True)
        except NumberFormatError:
            return None
        fraction = digits.partition(self.decimal)[2] if self.decimal in digits else ""
        return amount.quantize(Decimal(1).scaleb(-len(fraction)))

    def _meant(self, digits: str) -> str:
        """What the volunteer most likely meant; empty where nobody can say."""
        if not re.search("[0-9]", digits):
            return ""
        if self._is_amount(digits):  # in quotation marks or in digits that only look like these
            return digits
        if (match := _ROUGHLY.fullmatch(digits)) and self._is_amount(match["after"] or match["before"]):
            return f"about {match['after'] or match['before']}"
        if short := _SHORTHAND.fullmatch(digits):
            factor = 1000 if short[2].lower() in ("k", "thousand") else 1_000_000
            return f"{self._input(Decimal(short[1].replace(',', '.')) * factor)} in full"
        if (parts := _PARTS.fullmatch(digits)) and self.minor_digits == 2:
            return f"0.{int(parts[1]):02}"
        if (match := re.fullmatch(r"0+([0-9].*)", digits)) and self._is_amount(match[1]):
            return f"{match[1]} without the zero in front"
        if (lettered := digits.translate(_LETTERS)) != digits and self._is_amount(lettered):
            return f"{lettered} with the digits 0 and 1, not the letters O and l"
        if not re.search(r"[^0-9.,'’_ ]", digits):
            return " or ".join(self._regrouped(digits))
        if _RANGE.search(digits):
            return "“at least” and the smaller of the two amounts"
        return f"only the amount, in {self.currency}; about, at least or more than can stand before it"

    def _is_amount(self, text: str) -> bool:
        return self._exact(self._without_symbol(text)) is not None

    def _regrouped(self, digits: str) -> Iterator[str]:
        """The ways in which digits with separators at odd places can be meant."""
        if match := re.fullmatch(r"([0-9]+)[.,]([0-9]+)", digits):
            whole, part = match.groups()
            if len(part) == 3 or not self.minor_digits:
                yield self._plain(int(whole + part))
            if self.minor_digits and len(part) <= self.minor_digits:
                yield f"{int(whole)}.{part.ljust(self.minor_digits, '0')}"
            elif self.minor_digits and len(part) == 3:
                yield f"{int(whole)}.{part[: self.minor_digits]}"
        elif (match := _GROUPED_OTHERWISE.fullmatch(digits)) and (self.minor_digits or not match["part"]):
            whole = re.sub("[^0-9]", "", match[1])
            yield self._input(Decimal(f"{whole}.{match['part'] or 0}"))
        elif self._is_amount(digits[:-1]):
            yield f"{digits[:-1]} without the '{digits[-1]}'"

    # -- writing ---------------------------------------------------------------------------------------

    def _plain(self, number: int) -> str:
        return str(format_decimal(number, locale=self._locale))

    def _input(self, amount: Decimal) -> str:
        """Digits that every locale reads: ``1586`` or ``1586.50``, and ``1.5000`` where a currency has three digits."""
        if amount == amount.to_integral_value():
            return str(amount.to_integral_value())
        if not self.minor_digits:
            return str(amount.to_integral_value(ROUND_FLOOR))
        digits = f"{amount:.{self.minor_digits}f}"
        return digits + "0" if self.minor_digits == 3 and amount < 1000 else digits

    def write(self, money: Money) -> str:
        """As a volunteer would type it, so that ``parse(write(money)) == money``."""
        return f"{money.qualifier.value} {self._input(money.amount)}".strip()

    def format(self, money: Money) -> str:
        """The amount with its sign as the locale writes it, without the qualifier: ``£25,000``, ``£842.30``."""
        whole = money.amount == money.amount.to_integral_value()
        pattern = self._whole_pattern if whole else None
        return str(
            format_currency(
                money.amount,
                money.currency,
                format=pattern,
                locale=self._locale,
                currency_digits=not whole,
            )
        )

    def say(self, money: Money) -> str:
        """For messages: the qualifier and the amount, ``about £25,000``."""
        return f"{money.qualifier.value} {self.format(money)}".strip()


def _take_qualifier(text: str) -> tuple[str, Qualifier]:
    if match := _QUALIFIERS.match(text):
        rest = text[match.end() :].lstrip()
        return rest, Qualifier[str(match.lastgroup).upper()]
    if _PLUS.search(text):
        return _PLUS.sub("", text).rstrip(), Qualifier.AT_LEAST
    return text, Qualifier.EXACT
