"""What people call their money, by its sign or in words, becomes the three letters that stand for its currency."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_currency_name, get_currency_symbol

_COUNTS = (1, 2, 5)
"""Numbers after which languages put different words: 1 złoty, 2 złote, 5 złotych."""
_SEVERAL = {"$": "dollars"}
"""A sign that is one currency's in English and that of many at home."""


@cache
def in_use() -> dict[str, tuple[str, ...]]:
    """The countries in which each currency is the money of today, by its three letters."""
    found: dict[str, list[str]] = {}
    for country, said in get_global("territory_currencies").items():
        for currency, _, until, is_tender in said:
            if until is None and is_tender:
                found.setdefault(currency, []).append(country)
    return {currency: tuple(countries) for currency, countries in found.items()}


def currencies_called(text: str, country: str = "", language: str = "en") -> tuple[str, ...]:
    """Every currency that a text can mean: one, none, or several for what is as vague as ``kr`` or dollars.

    country, language: where somebody is and what they speak, by their codes; of several, the country's own is meant.
    """
    plain = _plain(text)
    if plain.upper() in in_use():
        return (plain.upper(),)
    plain = _SEVERAL.get(plain, plain)
    found = _of_those(plain, ("en", language)) or [code for code in in_use() if plain in words_for(code)]
    own = [code for code in found if country in in_use()[code]]
    # Of the currencies of one name, those that English has a sign for are known the world over: of the pounds, one.
    known = [code for code in found if get_currency_symbol(code, "en") != code]
    for fewer in (own, known):
        if len(fewer) == 1:
            return tuple(fewer)
    return tuple(sorted(known) or sorted(found))


def without_currency(text: str, currency: str, language: str = "en") -> str:
    """An amount without the currency's own sign or words before or behind it: ``25 000`` of ``25 000 złotych``."""
    known = words_for(currency) | _words(currency, language)
    parts = re.fullmatch(r"(?P<before>\D*)(?P<digits>\d(?:.*\d)?)(?P<behind>\D*)", text.strip())
    if parts is None:
        return text
    before, behind = (
        " ".join(word for word in parts[side].split() if _plain(word) not in known) for side in ("before", "behind")
    )
    return f"{before} {parts['digits']} {behind}".strip()


@cache
def words_for(currency: str) -> frozenset[str]:
    """What a currency is called in English and wherever it is the money of today."""
    languages = {language for country in in_use()[currency] for language in _spoken_in(country)}
    return frozenset().union(*(_words(currency, language) for language in {"en", *languages}))


def _of_those(plain: str, languages: Iterable[str]) -> list[str]:
    return [code for code in in_use() if any(plain in _words(code, language) for language in languages)]


def _spoken_in(country: str) -> list[str]:
    spoken = get_official_languages(country, de_facto=True)
    return [*spoken, *(f"{language}_{country}" for language in spoken)]


@cache
def _words(currency: str, language: str) -> frozenset[str]:
    """Its sign, its name, and each word of that, after any number, in one language; none in an unknown one."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = [str(get_currency_name(currency, count, locale)) for count in _COUNTS]
    names += [get_currency_name(currency, locale=locale), get_currency_symbol(currency, locale), currency]
    words = [word for name in names for word in (name, *name.split()) if _is_a_name(word) or word == names[-2]]
    return frozenset(map(_plain, words))


def _is_a_name(word: str) -> bool:
    """No ``de`` of a longer name; in 円 and 원 one letter is a whole word."""
    return len(word) > 2 or unicodedata.east_asian_width(word[:1]) == "W"


def _plain(text: str) -> str:
    """Without the marks that nobody sees and that Arabic signs are listed with."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return seen.casefold().strip(" .")
