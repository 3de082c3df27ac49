"""How a campaign's figures, days and sentences are said in its locale, by none of the theme's own code."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent

from campaign.core.figures.exchange import Rate
from campaign.core.reading.dates import Period
from campaign.core.reading.money import Count, Money, Qualifier
from campaign.core.reading.region import Region

_PLACE = re.compile(r"%\((\w+)\)s")


class Voice:
    """A locale's figures, days and sentences."""

    def __init__(self, region: Region, sentences: Mapping[str, str]) -> None:
        """sentences: English → the locale's; what is missing is said in English."""
        self.region = region
        self.locale = region.locale
        self._language = region.locale.partition("_")[0]
        self._sentences = sentences
        # What one page says, the next one says again.
        self.money = lru_cache(maxsize=4096)(region.format)
        self.say = lru_cache(maxsize=4096)(self._say)
        self.percent = lru_cache(maxsize=4096)(self._percent)
        self.day = lru_cache(maxsize=4096)(self._day)

    def words(self, sentence: str, **values: object) -> str:
        """A sentence of the theme, with what stands in it."""
        return self._sentences.get(sentence, sentence) % values

    def qualifier(self, value: Money | Count) -> str:
        """The word before an inexact figure; empty before an exact one."""
        known = {Qualifier.ABOUT: "about", Qualifier.AT_LEAST: "at least", Qualifier.MORE_THAN: "more than"}
        return self.words(known[value.qualifier]) if value.qualifier in known else ""

    def _say(self, value: Money) -> str:
        """About £25,000."""
        return f"{self.qualifier(value)} {self.money(value)}".strip()

    def worth(self, rate: Rate) -> tuple[str, str]:
        """One unit of another currency, and what it counts for, to the last digit."""
        value, home = rate.worth, self.region.currency
        if value == value.to_integral_value():
            return self.money(Money(Decimal(1), rate.currency)), self.money(Money(value, home))
        written = format_currency(value, home, locale=self.locale, decimal_quantization=False)
        return self.money(Money(Decimal(1), rate.currency)), str(written)

    def count(self, value: Count) -> str:
        """More than 1,800."""
        return f"{self.qualifier(value)} {self.number(value.number)}".strip()

    def number(self, value: int | Decimal) -> str:
        """1,800."""
        return str(format_decimal(value, locale=self.locale))

    def _percent(self, value: int) -> str:
        """24%, of a whole number of percent."""
        return str(format_percent(Decimal(value) / 100, locale=self.locale))

    def _day(self, value: date) -> str:
        written = format_date(value, "long", locale=self.locale)
        # The first of a month alone has an ordinal in French.
        return written.replace("1 ", "1er ", 1) if value.day == 1 and self._language == "fr" else written

    def period(self, value: Period) -> str:
        """A day, a month or a year, as it was said."""
        if value.is_day:
            return self.day(value.first)
        return format_date(value.first, "LLLL y", locale=self.locale) if value.month else str(value.year)

    def month(self, value: date) -> str:
        """Nov, below a chart."""
        return format_date(value, "LLL", locale=self.locale)

    def year(self, value: date) -> str:
        """2015."""
        return format_date(value, "y", locale=self.locale)

    def due(self, value: Period) -> str:
        """A day by which something is to be; a month stands for its end."""
        return (
            self.day(value.last)
            if value.is_day
            else self._sentences.get("the end of %s", "the end of %s") % (self.period(value))
        )

    def in_order(self, sentence: str, **values: str | Iterable[str]) -> tuple[str, ...]:
        """What stands in a sentence of the theme, in the order in which the locale has it."""
        found = (values[name] for name in _PLACE.findall(self._sentences.get(sentence, sentence)))
        return tuple(fact for value in found for fact in ((value,) if isinstance(value, str) else value))

    def piece(self, sentence: str) -> str:
        """The longest part of a sentence of the theme in which no figure stands."""
        return max(_PLACE.split(self._sentences.get(sentence, sentence))[::2], key=len).strip()


def voice_of(region: Region, catalogs: Path) -> Voice:
    """A locale's voice. catalogs: the folder of all; a country's own goes before its language's."""
    sentences: dict[str, str] = {}
    for name in dict.fromkeys((region.locale.partition("_")[0], region.locale)):
        if (catalogs / f"{name}.po").is_file():
            written = read_po(io.BytesIO((catalogs / f"{name}.po").read_bytes()))
            sentences |= {str(said.id): str(said.string) for said in written if said.id and not said.context}
    return Voice(region, sentences)
