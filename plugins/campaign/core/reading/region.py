"""How an appeal's language and country write money and counts: read strictly, and written to be read so again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from babel.numbers import (
    NumberFormatError,
    format_currency,
    format_decimal,
    get_currency_name,
    get_currency_precision,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    list_currencies,
    parse_decimal,
)

from .meanings import meanings, tidied
from .money import Count, Money, Qualifier
from .problems import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TRILLION = Decimal(10) ** 12


MAX_LENGTH = 100
"""No amount is longer, with all its words; patterns take long over what nobody writes."""


MAX_DIGITS = 18
"""No amount and no count has more, with its part of a unit; Decimal would begin to round at 28."""


_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")


_MARKS = re.compile(r"[\u061c\u200e\u200f]")
"""Direction marks, which some locales put around their currency's sign."""


_MINUS = ("-", "\u2212")


_PLUS = re.compile(r"\+$")


_ROUGHLY = re.compile(
    r"(?:about|approx\w*\.?|c(?:irca|a)?\.?|around|roughly|nearly|almost|some|≈|~):?(?![^\W\d_])\s*(?P<after>.+)"
    r"|(?P<before>.+?)\s*(?:approx\w*\.?|\(?about\)?|ish|or so|~)",
    re.IGNORECASE,
)
"""Other ways to say "about", which are not read but suggested."""


_RANGE = re.compile(r"[^0-9]*[0-9][0-9.,' ]*(?:-|to|and|or)[^0-9]*[0-9][0-9.,' ]*[^0-9]*")


_ZEROS = {
    "arab": 0x660, "arabext": 0x6F0, "deva": 0x966, "beng": 0x9E6, "guru": 0xA66, "gujr": 0xAE6, "orya": 0xB66,
    "tamldec": 0xBE6, "telu": 0xC66, "knda": 0xCE6, "mlym": 0xD66, "thai": 0xE50, "laoo": 0xED0, "tibt": 0xF20,
    "mymr": 0x1040, "khmr": 0x17E0, "fullwide": 0xFF10,
}  # fmt: skip
"""The zero of each of CLDR's numbering systems that people type."""


@dataclass(frozen=True)
class Vocabulary:
    """Words of the campaign's language that are read where English ones are, in small letters."""

    qualifiers: Mapping[str, Qualifier]
    """What may stand before an amount: ``etwa`` is about."""
    answers: Mapping[str, bool]
    """Yes and no: ``tak`` is True."""


ENGLISH = Vocabulary(
    MappingProxyType(
        {
            "about": Qualifier.ABOUT,
            "~": Qualifier.ABOUT,
            "at least": Qualifier.AT_LEAST,
            "more than": Qualifier.MORE_THAN,
            "over": Qualifier.MORE_THAN,
        }
    ),
    MappingProxyType({"yes": True, "no": False}),
)
"""What is read in every campaign."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a region's amounts are typed and shown, for whoever reads and writes them in another language than this."""

    symbols: tuple[str, ...]
    """What may stand beside the digits, longest first."""
    names: tuple[str, ...]
    """What the currency is called, longest first."""
    words: Mapping[str, tuple[str, ...]]
    """What may stand before an amount, longest first, by what it means."""
    digits: Mapping[str, str]
    """The locale's own digits and marks, each as what is read for it."""
    groups: tuple[int, int]
    """How many digits stand together at the end, and before that."""
    plus: tuple[str, str]
    """What stands around an amount that is shown."""
    minus: tuple[str, str]
    """What stands around one below zero."""
    group: str
    """What stands between the thousands of an amount that is shown."""
    decimal: str
    """What stands before its smaller parts."""


@dataclass(frozen=True)
class Region:
    """How a campaign reads and writes money: a currency (ISO 4217), a locale (CLDR, as ``en_GB``), its own words."""

    currency: str
    locale: str
    vocabulary: Vocabulary = field(default=ENGLISH, repr=False, compare=False)
    whose: str = field(default="campaign", repr=False, compare=False)
    """What counts in this currency, as messages name it: the campaign, or an account with a currency of its own."""
    accounts: Mapping[str, Region] = field(default_factory=dict, repr=False, compare=False)
    """How amounts of accounts with a currency of their own are read, by the source's id."""
    _locale: Locale = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_locale", Locale.parse(self.locale))

    def with_accounts(self, currencies: Mapping[str, str]) -> Region:
        """The same region, which knows accounts with a currency of their own: the source's id, and the currency."""
        own = {id: replace(self, currency=currency, whose="account") for id, currency in currencies.items()}
        return replace(self, accounts=own)

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
        """What the locale writes between thousands: ``,`` in English."""
        return get_group_symbol(self._locale)

    @cached_property
    def decimal(self) -> str:
        """What the locale writes before the smaller parts of an amount: ``.`` in English."""
        return get_decimal_symbol(self._locale)

    @cached_property
    def _symbols(self) -> tuple[str, ...]:
        """What may stand beside the digits, longest first: ``GBP``, ``£``; ``US$`` before ``$``."""
        own = {self.currency}
        for locale in (self._locale, Locale("en")):
            own |= self._signs_in(locale)
        return _longest_first(own)

    def _signs_in(self, locale: Locale) -> set[str]:
        symbol = _MARKS.sub("", get_currency_symbol(self.currency, locale))
        return {symbol, *(sign for sign in symbol if unicodedata.category(sign) == "Sc")}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        found = set()
        for locale in (self._locale, Locale("en"), *_languages_of(self.currency[:2])):
            found |= self._signs_in(locale)
            for count in (1, 2, 5):
                name = get_currency_name(self.currency, count, locale)
                found |= {name, *name.split()}
        return tuple(name for name in _longest_first(found) if len(name) > 1 or not name.isascii())

    @cached_property
    def _name(self) -> re.Pattern[str]:
        """What the currency is called, at one end of a text: ``pounds``, and at its home ``zł`` and ``złotych``.

        A currency's home is the country that its code begins with. Found only when a symbol was not enough: each
        language is a file to be read.
        """
        names = "|".join(map(re.escape, self._names))
        return re.compile(rf"^(?:{names})(?![^\W\d_])|(?<![^\W\d_])(?:{names})$", re.IGNORECASE)

    @cached_property
    def _qualifiers(self) -> re.Pattern[str]:
        qualifiers = (Qualifier.ABOUT, Qualifier.AT_LEAST, Qualifier.MORE_THAN)
        return re.compile("|".join(map(self._words_for, qualifiers)), re.IGNORECASE)

    def _typed_for(self, qualifier: Qualifier) -> tuple[str, ...]:
        words = {**self.vocabulary.qualifiers, **ENGLISH.qualifiers}
        return _longest_first(word for word, meant in words.items() if meant is qualifier)

    def _words_for(self, qualifier: Qualifier) -> str:
        written = [re.escape(word) + (r"(?!\w)" if word[-1].isalpha() else "") for word in self._typed_for(qualifier)]
        return f"(?P<{qualifier.name}>{'|'.join(written)})"

    @cached_property
    def _word_behind(self) -> re.Pattern[str]:
        """A figure with a word for "about" behind it, where many languages have it: not read, but suggested."""
        return re.compile(rf"(?P<figure>.+?)\s*{self._words_for(Qualifier.ABOUT)}", re.IGNORECASE)

    @cached_property
    def _own_digits(self) -> dict[int, str]:
        """The locale's own digits and marks, each as what is read for it; empty where they are the Latin ones."""
        systems = [self._locale.default_numbering_system, self._locale.other_numbering_systems.get("native")]
        systems += ["fullwide"] * (self._locale.language in ("ja", "ko", "zh"))
        table: dict[int, str] = {}
        for zero in (_ZEROS[system] for system in systems if system in _ZEROS):
            table |= {zero + number: str(number) for number in range(10)}
            table |= {0x66C: self.group, 0x66B: self.decimal, 0xFF0C: ",", 0xFF0E: "."}
        return table

    @cached_property
    def _whole_pattern(self) -> str:
        """The locale's own currency pattern without a fraction, so that £25,000 is not £25,000.00."""
        return re.sub(r"\.0+", "", self._locale.currency_formats["standard"].pattern)

    # -- reading ---------------------------------------------------------------------------------------

    def parse(self, text: str, *, negative: bool = False) -> Money:
        """Read what a volunteer wrote, or raise FieldError (``amount`` or ``currency``) saying what to write instead.

        ``negative`` lets a minus through: the amount of a receipt in an update with a correction.
        """
        _must_be_short("amount", text)
        money = self._read(text)
        if money is None:
            self._must_be_own_currency(text)
            raise FieldError("amount", self._refusal(text, negative=negative))
        if money.amount.is_signed() and not negative:
            raise FieldError("amount", _below_zero(text))
        if abs(money.amount) > TRILLION:
            raise FieldError("amount", f"an amount above a trillion cannot be right, got '{text}'")
        return money if money.amount else money.at(abs(money.amount))

    def parse_count(self, text: str) -> Count:
        """Read a whole number with its qualifier, for counters. Raises FieldError (``count``) for any other text."""
        _must_be_short("count", text)
        rest, qualifier, _ = self._take_qualifier(self._in_latin_digits(_spaced(text)))
        plain = self._grouped(rest)
        if plain is None or plain.as_tuple().exponent != 0 or plain > TRILLION:
            like = self.number(1800)
            raise FieldError("count", f"expected a whole number like {like} or more than {like}, got '{text}'")
        return Count(int(plain), qualifier)

    def _read(self, text: str) -> Money | None:
        """The amount that a text writes, below zero too, or None; what may be below zero is not asked here."""
        rest, qualifier, _ = self._take_qualifier(self._in_latin_digits(_spaced(text)))
        minus, rest = _take_minus(rest)
        rest = self._without_symbol(rest)
        if not minus:  # £-5, as some locales write it
            minus, rest = _take_minus(rest)
        amount = self._exact(rest)
        if amount is None:
            return None
        return Money(amount.copy_negate() if minus else amount, self.currency, qualifier)

    def _in_latin_digits(self, text: str) -> str:
        """The locale's own digits as Latin ones, where no Latin one stands among them."""
        return text.translate(self._own_digits) if not re.search("[0-9]", text) else text

    def _take_qualifier(self, text: str) -> tuple[str, Qualifier, str]:
        """What stands behind a qualifier, the qualifier, and the word for it as it was typed."""
        if match := self._qualifiers.match(text):
            return text[match.end() :].lstrip(), Qualifier[str(match.lastgroup)], match[0]
        if _PLUS.search(text):
            return _PLUS.sub("", text).rstrip(), Qualifier.AT_LEAST, Qualifier.AT_LEAST.value
        return text, Qualifier.EXACT, ""

    def _must_be_own_currency(self, text: str) -> None:
        others = self._without_symbol(text)
        for symbol in self._symbols:
            others = others.replace(symbol, " ")
        signs = re.findall(r"[$¢¤¥£€₠-⃏]|\b[A-Z]{3}\b", others)
        is_foreign = any(not sign.isalpha() or sign in list_currencies() for sign in signs)
        if is_foreign and re.search(r"\d", text):
            raise FieldError(
                "currency",
                f"this {self.whose} counts in {self.currency}, got '{text}'; write the amount in {self.currency}"
                " without another currency's sign",
            )

    def _without_symbol(self, text: str) -> str:
        """The text without the currency's sign, or else its name, at one of its ends."""
        for symbol in self._symbols:
            if (rest := _without(symbol, text)) is not None:
                return rest
        if re.fullmatch(r"[\d.,'’ ]*", text):  # nothing that could be a name, as nearly always
            return text
        return self._name.sub("", text, count=1).strip()

    def _can_be_read_two_ways(self, digits: str) -> bool:
        return self.minor_digits == 3 and bool(re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits))

    def _exact(self, digits: str) -> Decimal | None:
        """The number that digits write in this locale and currency; None where they do not, or can write two."""
        minor = self.minor_digits
        if self._can_be_read_two_ways(digits):
            return None
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
        if self.group in "'’":  # Swiss keyboards have only the straight one
            digits = digits.replace("'", self.group)
        marks = re.escape(self.group + self.decimal)
        if not re.fullmatch(rf"(0|[1-9][0-9{marks}]*)([{marks}][0-9{marks}]*)?", digits):
            return None
        if digits[-1] not in "0123456789":
            return None
        try:
            parse_decimal(digits, locale=self._locale, strict=True)
        except NumberFormatError:
            return None
        return Decimal(digits.replace(self.group, "").replace(self.decimal, "."))

    # -- refusing --------------------------------------------------------------------------------------

    def _refusal(self, text: str, *, negative: bool) -> str:
        """Why a text is no amount, and what to write: amounts that are read as what it can mean, or none at all."""
        examples = [Decimal(1586)] + [Decimal("1586.5")] * bool(self.minor_digits)
        like = f"expected an amount like {' or '.join(map(self.figure, examples))}, got '{text}'"
        words, typed = self._about(tidied(_spaced(text)))
        minus, rest = _take_minus(typed)
        rest = self._without_symbol(rest)
        if minus and not negative and next(meanings(rest, self.currency, self.minor_digits, self._exact), None):
            return _below_zero(text)
        if meant := " or ".join(self._suggestions(f"{words}-" if minus else words, rest)):
            if self._can_be_read_two_ways(rest):
                return f"'{text}' can be read two ways in {self.currency}; write {meant}, whichever is meant"
            return f"{like}; write {meant}"
        if not re.search("[0-9]", rest) or not re.search(r"[^0-9.,'_ ]", rest):
            return like
        if _RANGE.fullmatch(rest):
            return f"{like}; write “at least” and the smaller of the two amounts"
        return f"{like}; write only the amount, in {self.currency}; about, at least or more than can stand before it"

    def _suggestions(self, words: str, rest: str) -> tuple[str, ...]:
        """What to write instead: only what this region reads as one of the values that the digits can mean.

        This is the one place where a figure comes to be suggested. It is written from a value, never put together
        from what was typed, and read again before anybody sees it.
        """
        found: dict[str, None] = {}
        for meant in meanings(rest, self.currency, self.minor_digits, self._exact):
            written = f"{words}{self.figure(meant.value)}"
            read = self._read(written)
            if read is not None and abs(read.amount) == meant.value <= TRILLION:
                found[f"{written}{meant.remark}"] = None
        return tuple(found)

    def _about(self, text: str) -> tuple[str, str]:
        """The word for how sure a figure is, with a space behind it, and the figure, of a text that is not read.

        Two words that disagree stay where they are: nobody can say which is meant.
        """
        rest, qualifier, word = self._take_qualifier(text)
        again, other, _ = self._take_qualifier(rest)
        if qualifier is other:
            rest = again
        if qualifier in (Qualifier.EXACT, Qualifier.ABOUT):
            if match := _ROUGHLY.fullmatch(rest):
                rest, word = (match["after"] or match["before"]).strip(), word or Qualifier.ABOUT.value
            elif match := self._word_behind.fullmatch(rest):
                rest, word = match["figure"], word or match[Qualifier.ABOUT.name]
        return word if word in ("", "~") else f"{word} ", rest

    # -- writing ---------------------------------------------------------------------------------------

    def number(self, number: int) -> str:
        """A whole number as the locale groups it, for messages: ``1,800``."""
        return _SPACES.sub(" ", str(format_decimal(number, locale=self._locale)))

    def figure(self, amount: Decimal) -> str:
        """Digits as the locale writes them, in a form that is read as the same amount: ``25,000``, ``842.30``."""
        has_part = amount.as_tuple().exponent != 0
        part = f".{'0' * self.minor_digits}" if has_part else ""
        pattern = re.sub(r"\.[0#]+", "", self._locale.decimal_formats[None].pattern) + part
        written = _SPACES.sub(" ", str(format_decimal(amount, format=pattern, locale=self._locale)))
        return written if self._exact(written) == amount else self._input(amount, has_part=has_part)

    def _input(self, amount: Decimal, *, has_part: bool) -> str:
        """Digits that every locale reads: ``1586`` or ``1586.50``, and ``1.5000`` where a currency has three digits."""
        if not has_part:
            return str(amount.to_integral_value())
        digits = f"{amount:.{self.minor_digits}f}"
        return digits + "0" if self.minor_digits == 3 and amount < 1000 else digits

    def write(self, money: Money) -> str:
        """As a volunteer would type it, so that ``parse(write(money)) == money``."""
        has_part = money.amount != money.amount.to_integral_value()
        return f"{money.qualifier.value} {self._input(money.amount, has_part=has_part)}".strip()

    def format(self, money: Money) -> str:
        """The amount with its sign as the locale writes it, without the qualifier: ``£25,000``, ``£842.30``."""
        whole = money.amount == money.amount.to_integral_value()
        return str(
            format_currency(
                money.amount,
                money.currency,
                format=self._whole_pattern,
                locale=self._locale,
                currency_digits=not whole,
            )
        )

    @cached_property
    def writing(self) -> Writing:
        """How amounts are typed and shown here."""
        shown, below = (self.format(Money(Decimal(sign * 123456789), self.currency)) for sign in (1, -1))
        part = self.format(Money(Decimal("1.5"), self.currency)) if self.minor_digits else f"1{self.decimal}5"
        parts = re.findall("[0-9]+", shown)
        return Writing(
            symbols=self._symbols,
            names=self._names,
            words={
                qualifier.value: self._typed_for(qualifier)
                for qualifier in Qualifier
                if qualifier is not Qualifier.EXACT
            },
            digits={chr(sign): meant for sign, meant in self._own_digits.items()},
            groups=(len(parts[-1]), len(parts[-2])),
            plus=_around(shown),
            minus=_around(below),
            group=re.findall("[0-9]([^0-9]+)[0-9]", shown)[0],
            decimal=re.findall("1(.+?)5", part)[0],
        )

    def say(self, money: Money) -> str:
        """For messages: the qualifier and the amount, ``about £25,000``."""
        return f"{money.qualifier.value} {self.format(money)}".strip()

    def say_count(self, count: Count) -> str:
        """For messages: ``more than 1,800``."""
        return f"{count.qualifier.value} {self.number(count.number)}".strip()


def _spaced(text: str) -> str:
    """A text with plain single spaces, and each letter with its accents as one character."""
    return _SPACES.sub(" ", _MARKS.sub("", unicodedata.normalize("NFC", text))).strip()


def _take_minus(text: str) -> tuple[bool, str]:
    return (True, text[1:].lstrip()) if text.startswith(_MINUS) else (False, text)


def _without(symbol: str, text: str) -> str | None:
    """A text without a currency's sign or name at one of its ends; None where it has not got it there.

    One Latin letter is a sign only in front: ``25K`` is 25 thousand in Zambia, too, and no 25 kwacha.
    """
    if text.startswith(symbol):
        return text[len(symbol) :].strip()
    if text.endswith(symbol) and not (len(symbol) == 1 and symbol.isascii() and symbol.isalpha()):
        return text[: -len(symbol)].strip()
    return None


def _around(amount: str) -> tuple[str, str]:
    """What stands before and behind the digits of an amount."""
    first, last = amount.index("1"), amount.rindex("9")
    return amount[:first], amount[last + 1 :]


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _languages_of(territory: str) -> Iterator[Locale]:
    """A country's own languages, the first three that CLDR knows."""
    for language in get_official_languages(territory)[:3]:
        with suppress(UnknownLocaleError):
            yield Locale.parse(f"{language}_{territory}")


def _must_be_short(name: str, text: str) -> None:
    what = "a count" if name == "count" else "an amount"
    if len(text) > MAX_LENGTH:
        raise FieldError(name, f"{what} of {len(text)} characters cannot be right, got '{text[:40].rstrip()}' and more")
    digits = sum(sign.isdecimal() for sign in text)
    if digits > MAX_DIGITS:
        raise FieldError(name, f"{what} of {digits} digits cannot be right, got '{text}'")


def _below_zero(text: str) -> str:
    return (
        f"an amount cannot be below zero, got '{text}'; when a total falls, write the new total and say why under"
        " correction"
    )
