"""Where a family is and what it speaks: what a machine says of that, to be confirmed, and how people answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages, get_territory_language_info

from .currencies import in_use

_OTHER_NAMES = {
    **dict.fromkeys(("uk", "great britain", "britain", "england", "scotland", "wales", "northern ireland"), "GB"),
    **dict.fromkeys(("usa", "america", "united states of america"), "US"),
    "holland": "NL",
    "czech republic": "CZ",
    "eire": "IE",
}
"""What people call a country besides its name."""


def of_the_machine(environ: Mapping[str, str]) -> tuple[str, str]:
    """The language and the country that a machine is set to, ``("pl", "PL")``; empty where it does not say."""
    said = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    match = re.match(r"([a-z]{2,3})(?:_([A-Z]{2}))?(?:[.@]|$)", said)
    return (match[1], match[2] or "") if match else ("", "")


def zone_of_the_machine(environ: Mapping[str, str], clock: Path = Path("/etc/localtime")) -> str:
    """The time zone that a machine is set to, ``Europe/Warsaw``; empty where it does not say."""
    named = environ.get("TZ", "").removeprefix(":")
    try:
        named = named or clock.resolve().as_posix().partition("zoneinfo/")[2]
    except OSError:
        return ""
    return named if named in available_timezones() else ""


def country_proposed(currency: str, country: str) -> str:
    """The machine's country where the appeal's currency is the money there, else the currency's own; or empty."""
    countries = [code for code in in_use().get(currency, ()) if zones_of(code)]  # the union of the euro is none
    if country in countries:
        return country
    return currency[:2] if currency[:2] in countries else countries[0] if len(countries) == 1 else ""


def language_proposed(country: str, language: str) -> str:
    """The machine's language where it is one of the country's, else the country's first; or empty."""
    spoken = get_official_languages(country, regional=True, de_facto=True)
    return language if language in spoken else str(next(iter(spoken), ""))


def zone_proposed(country: str, zone: str) -> str:
    """The machine's time zone where it is one of the country's, else that of most people there; or empty."""
    zones = zones_of(country)
    return zone if zone in zones else zones[0] if zones else ""


def country_called(text: str) -> str:
    """``PL`` of what somebody calls a country: its two letters, or its name in English or its own languages."""
    plain = _plain(text)
    known = _names_of_countries()
    return plain.upper() if plain.upper() in known.values() else _OTHER_NAMES.get(plain) or known.get(plain, "")


def language_called(text: str, country: str) -> str:
    """``pl`` of what somebody calls a language: its code, or its name in English, in itself or in the country."""
    plain = _plain(text)
    english = {str(code): str(name) for code, name in Locale("en").languages.items()}
    for code in (plain, *(code for code, name in english.items() if _plain(name) == plain)):
        if _locale(code):
            return code
    spoken = map(str, (*get_territory_language_info(country), *(code for code in english if len(code) == 2)))
    return next((code for code in spoken if plain in _own_names(code)), "")


def locale_for(language: str, country: str) -> str:
    """``pl_PL``, or where figures are written in no known way of that country, the way of the language's own."""
    if _locale(f"{language}_{country}"):
        return f"{language}_{country}"
    likely = str(get_global("likely_subtags").get(language, language)).split("_")
    return f"{language}_{likely[-1]}" if _locale(f"{language}_{likely[-1]}") else language


def zone_called(text: str, country: str = "") -> str:
    """``Europe/Warsaw`` of what somebody calls a time zone: its name, or its city's; else the text as it is."""
    plain = _plain(text).replace(" ", "_")
    names = [*zones_of(country), *sorted(available_timezones())]
    return next((name for name in names if plain in (name.lower(), name.lower().rpartition("/")[2])), text)


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """A country's time zones, that of most people first."""
    listed = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in listed.splitlines() if not line.startswith("#"))
    return tuple(row[2] for row in rows if row[0] == country)


def name_of_country(code: str) -> str:
    """``Germany`` for ``DE``, in English; the code itself where nobody knows it."""
    return str(Locale("en").territories.get(code, code))


def name_of_language(code: str) -> str:
    """``German`` for ``de``, in English; the code itself where nobody knows it."""
    return str(Locale("en").languages.get(code, code))


@cache
def _names_of_countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for code in map(str, Locale("en").territories):
        if re.fullmatch("[A-Z]{2}", code) and zones_of(code):
            for locale in (Locale("en"), *_locales_of(code)):
                names.setdefault(_plain(str(locale.territories.get(code, code))), code)
    return names


def _locales_of(country: str) -> Iterator[Locale]:
    for language in get_official_languages(country, de_facto=True):
        if locale := _locale(language):
            yield locale


def _own_names(code: str) -> frozenset[str]:
    locale = _locale(code)
    return frozenset({_plain(locale.get_language_name() or "")}) if locale else frozenset()


@cache
def _locale(identifier: str) -> Locale | None:
    try:
        return Locale.parse(identifier)
    except (UnknownLocaleError, ValueError):
        return None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip(" .")
