"""How templates write figures and dates: in the campaign's locale, with words that gettext can replace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import segno
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from markupsafe import Markup

from campaign.core.figures.exchange import Rate
from campaign.core.reading.dates import Period
from campaign.core.reading.money import Count, Money, Qualifier
from campaign.core.reading.region import Region

NO_BREAK = "\u00a0"

ARTICLES = {"en": ("The ",), "de": ("Der ", "Die ", "Das ")}
"""By language: how a name may begin that begins otherwise within a sentence."""

WIDEST_SIGN = 0.66
"""Of an amount, in em: no font's digit is wider."""


def _in_full(worth: Decimal, region: Region) -> str:
    """An amount has as many digits as its currency; a rate has as many as somebody wrote."""
    if worth == worth.to_integral_value():
        return region.format(Money(worth, region.currency))
    return str(format_currency(worth, region.currency, locale=region.locale, decimal_quantization=False))


def filters(region: Region, gettext: Callable[[str], str] = str) -> dict[str, Callable[..., Any]]:
    """The filters for one campaign, by the name that templates use."""
    locale = region.locale
    words = {
        Qualifier.EXACT: "",
        Qualifier.ABOUT: gettext("about"),
        Qualifier.AT_LEAST: gettext("at least"),
        Qualifier.MORE_THAN: gettext("more than"),
    }

    def qualifier(value: Money | Count) -> str:
        """The word before an inexact figure; empty before an exact one."""
        return words[value.qualifier]

    @lru_cache(maxsize=4096)
    def money(value: Money) -> str:
        """The amount with its sign: £25,000."""
        return region.format(value)

    def say(value: Money) -> str:
        """The amount as a sentence has it: about £25,000."""
        return f"{words[value.qualifier]} {money(value)}".lstrip()

    def column(values: Iterable[Money]) -> str:
        """The width that holds each of these amounts, written below each other: 4.62em."""
        return f"{round(max(len(money(value)) for value in values) * WIDEST_SIGN, 2)}em"

    def worth(rate: Rate) -> str:
        """What one unit of another currency counts for, to the last digit: US$1 = £0.7931, unbroken."""
        return f"{money(Money(Decimal(1), rate.currency))} = {_in_full(rate.worth, region)}".replace(" ", NO_BREAK)

    def capital(sentence: str) -> str:
        """A sentence that begins with a figure begins with a capital all the same."""
        return sentence[:1].upper() + sentence[1:]

    def number(value: int | Decimal) -> str:
        """1,800."""
        return str(format_decimal(value, locale=locale))

    def count(value: Count) -> str:
        """More than 1,800."""
        return f"{words[value.qualifier]} {number(value.number)}".lstrip()

    @lru_cache(maxsize=4096)
    def percent(value: int) -> str:
        """50%."""
        return str(format_percent(Decimal(value) / 100, locale=locale))

    @lru_cache(maxsize=4096)
    def day(value: date) -> str:
        """26 August 2015, unbroken."""
        written = format_date(value, "long", locale=locale)
        if value.day == 1 and locale.partition("_")[0] == "fr":
            # Babel knows no ordinals: French has one for the first of a month alone.
            written = written.replace("1 ", "1er ", 1)
        return written.replace(" ", NO_BREAK)

    def period(value: Period) -> str:
        """A day, a month or a year, as it was said."""
        if value.is_day:
            return day(value.first)
        if value.month:
            return format_date(value.first, "LLLL y", locale=locale).replace(" ", NO_BREAK)
        return str(value.year)

    def month(value: date) -> str:
        """Nov, below a chart."""
        return format_date(value, "LLL", locale=locale)

    def year(value: date) -> str:
        """2015, below a chart."""
        return format_date(value, "y", locale=locale)

    def due(value: Period) -> str:
        """A day by which something is to be: a month stands for its end."""
        return day(value.last) if value.is_day else gettext("the end of %s") % period(value)

    def names(of: Iterable[str], *, marked: bool = True) -> str:
        """Several people's own words within one sentence: NFZ, the council and the club.

        marked: as theirs, on a page; a drawing has no use for that.
        """
        articles = ARTICLES.get(locale.partition("_")[0], ())
        within = (name[:1].lower() + name[1:] if name.startswith(articles) else name for name in of)
        if not marked:
            return format_list(list(within), locale=locale)
        said = [Markup("<span data-said>{}</span>").format(name) for name in within]
        return Markup(format_list(said, locale=locale))

    def qr(text: str, *, boost: bool = True) -> Markup:
        """A QR code of a text as an SVG; with medium error correction, so that a creased poster can be read.

        boost: whether it may have more of that where there is room; banks' codes may not.
        """
        code = segno.make_qr(text, error="m", boost_error=boost, encoding="utf-8")
        drawn = code.svg_inline(svgclass="qr", lineclass=None, omitsize=True)
        return Markup(drawn.replace("<svg ", '<svg aria-hidden="true" ', 1))

    def iso(value: date) -> str:
        """2015-08-26, for machines."""
        return value.isoformat()

    @lru_cache(maxsize=4096)
    def position(value: Decimal) -> Markup:
        """A share of a drawing's length, for its attributes: 24.5%."""
        return Markup(f"{value.normalize():f}%")

    def decimal(value: Decimal | Money) -> str:
        """The bare number, for attributes: 24.5."""
        return f"{value.amount if isinstance(value, Money) else value.normalize():f}"

    return {
        "qr": qr,
        "names": names,
        "qualifier": qualifier,
        "money": money,
        "say": say,
        "column": column,
        "worth": worth,
        "capital": capital,
        "number": number,
        "count": count,
        "percent": percent,
        "day": day,
        "period": period,
        "due": due,
        "month": month,
        "year": year,
        "iso": iso,
        "position": position,
        "decimal": decimal,
    }
