"""The date forms we accept: a day, a moment, and where a field says so a month or a year."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .problems import FieldError

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2})?)?", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})")
_LOOSE = re.compile(r"(\d{4})(?P<mark>[./ -]?)(\d{1,2})(?P=mark)(\d{1,2})")
_SHORT = re.compile(r"(\d{2})-(\d{2})-(\d{2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(?:of\s+)?([a-z]{3,9})[\s.,/-]+(\d{4}|\d{2})", re.IGNORECASE)
_NAMED_US = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_NAMED_ISO = re.compile(r"(\d{4})[\s-]([a-z]{3,9})[\s-](\d{1,2})", re.IGNORECASE)
_NAMED_MONTH = re.compile(r"([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_SLASHED_MONTH = re.compile(r"(\d{1,2})[./ -](\d{4})")
_CLOCK = re.compile(r"(.+?)(?:[T,\s]|\bat\b)+(\d{1,2})(?:[.:](\d{2}))?(?::\d{2})?\s*(am|pm)?", re.IGNORECASE)
_ZONE = re.compile(r"(.*:\d{2})\s*(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{3,4})")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_DASHES = str.maketrans("\u2010\u2011\u2012–—−", "------")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


def zone(name: str) -> tzinfo:
    """The time zone of a name like ``Europe/London``; ``UTC`` is known without any list of zones.

    Raises ZoneInfoNotFoundError for a name that is none, and for every other name on a machine that has no list.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if name == "UTC":
            return UTC
        raise ZoneInfoNotFoundError(name) from None


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a month or a year, as somebody said it; ``month`` and ``day`` are None where not said."""

    year: int
    """Four digits."""
    month: int | None = None
    """1 to 12; None where only a year was said."""
    day: int | None = None
    """1 to 31; None where no day was said."""

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The day it stands for when something is due: a month stands for its last day."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def is_day(self) -> bool:
        """Whether it is one day, not a month or a year."""
        return self.day is not None

    def isoformat(self) -> str:
        """``2016-02-05``, ``2016-02`` or ``2016``."""
        return "-".join([f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part])


def parse_day(text: str) -> date:
    """Read ``2016-02-05``; raise FieldError (``date``) with the ISO form where it can be guessed."""
    if _DAY.fullmatch(text):
        return _calendar_day(text)
    raise FieldError("date", f"expected a day like 2016-02-05, got '{text}'{_guess(text)}")


def parse_moment(text: str) -> tuple[date, str]:
    """Read ``2016-02-05`` or ``2016-02-05 18:30`` into the day and the time (``""`` where none was written).

    Raises FieldError (``date``) for any other text.
    """
    match = _MOMENT.fullmatch(text)
    if not match:
        raise FieldError(
            "date", f"expected a day like 2016-02-05 or 2016-02-05 18:30, got '{text}'{_guess_moment(text)}"
        )
    day = _calendar_day(match[1])
    if match[2] is None:
        return day, ""
    if int(match[2]) > 23 or int(match[3]) > 59:
        raise FieldError("date", f"there is no time {match[2]}:{match[3]}; write it from 00:00 to 23:59")
    return day, f"{match[2]}:{match[3]}"


def parse_occasion(text: str) -> tuple[Period, str]:
    """Read when something is or was: a day, a day with its time, a month or a year; the time is ``""`` without one.

    Raises FieldError (``date``) for any other text.
    """
    if _PERIOD.fullmatch(text):
        return parse_period(text, year=True), ""
    if not _MOMENT.fullmatch(text):
        forms = "a day like 2016-02-05, with or without a time like 18:30, a month like 2016-02 or a year like 2016"
        raise FieldError("date", f"expected {forms}, got '{text}'{_guess_moment(text) or _guess_month(text)}")
    day, time = parse_moment(text)
    return Period(day.year, day.month, day.day), time


def parse_period(text: str, *, year: bool = False) -> Period:
    """Read a day or a month (``2016-02``); with ``year`` also ``2016``.

    Raises FieldError (``date``) for any other text.
    """
    forms = "a day like 2016-02-05, a month like 2016-02" + (" or a year like 2016" if year else "")
    match = _PERIOD.fullmatch(text)
    if not match or (not year and match[2] is None):
        raise FieldError("date", f"expected {forms}, got '{text}'{_guess(text) or _guess_month(text)}")
    if match[3]:
        day = _calendar_day(text)
        return Period(day.year, day.month, day.day)
    number, month = int(match[1]), int(match[2]) if match[2] else None
    if number < 1 or (month is not None and not 1 <= month <= 12):
        raise FieldError("date", f"there is no month {text}; months run from 01 to 12")
    return Period(number, month)


def _calendar_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        hint = _guess(text) or _days_there_are(text)
        raise FieldError("date", f"there is no day {text} in the calendar{hint}") from None


def _days_there_are(text: str) -> str:
    """Say which days the month has, or that there is no such month or year."""
    year, month = int(text[:4]), int(text[5:7])
    if year < 1:
        return "; write a year that there was"
    if not 1 <= month <= 12:
        return "; write a month from 01 to 12"
    return f"; write a day from {text[:7]}-01 to {text[:7]}-{calendar.monthrange(year, month)[1]}"


def _valid(year: str, month: str | int, day: str | int) -> date | None:
    """The day, if the calendar has it; a year of two digits is one of this century."""
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _plain(text: str) -> str:
    """A date without what is often put around it: quotation marks, a weekday, a full stop, dashes for hyphens."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).strip("“”\u2018’\"' .,")
    return _WEEKDAY.sub("", text)


def _guess(text: str) -> str:
    """Suggest the ISO form of a date written another way; each where it can be read two ways."""
    days = _days(_plain(text))
    if len(days) <= 1:
        return "".join(f"; write {day.isoformat()}" for day in days)
    ways = [f"{day.isoformat()} for {day.day} {calendar.month_name[day.month]}" for day in days]
    return f"; write {' or '.join(ways)}"


def _days(text: str) -> tuple[date, ...]:
    """Every day that a text can mean."""
    found: list[date | None] = []
    if match := _LOOSE.fullmatch(text):
        year, month, day = match.group(1, 3, 4)
        found = [_valid(year, month, day) or _valid(year, day, month)]
    elif match := _SLASHED.fullmatch(text):
        first, second, year = match.groups()
        found = [_valid(year, second, first), _valid(year, first, second)]
        if _SHORT.fullmatch(text):
            found.append(_valid(first, second, year))
    elif match := _NAMED.fullmatch(text):
        found = [_named(match[3], match[2], match[1])]
    elif match := _NAMED_US.fullmatch(text):
        found = [_named(match[3], match[1], match[2])]
    elif match := _NAMED_ISO.fullmatch(text):
        found = [_named(match[1], match[2], match[3])]
    return tuple(dict.fromkeys(day for day in found if day))


def _named(year: str, month: str, day: str) -> date | None:
    number = _MONTHS.get(month.lower())
    return _valid(year, number, day) if number else None


def _guess_moment(text: str) -> str:
    """Suggest the form of a day with a time that were written another way."""
    if zone := _ZONE.fullmatch(text):
        text = zone[1]
    match = _CLOCK.fullmatch(_plain(text))
    if not match or not (match[3] or match[4]):
        return _guess(text)
    days, hour, minute = _days(_plain(match[1])), int(match[2]), match[3] or "00"
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "pm" else 0)
    if len(days) != 1 or hour > 23 or int(minute) > 59:
        return ""
    return f"; write {days[0].isoformat()} {hour:02}:{minute}"


def _guess_month(text: str) -> str:
    """Suggest the ISO form of a month written another way."""
    text = _plain(text)
    if match := _NAMED_MONTH.fullmatch(text):
        year, month = match[2], _MONTHS.get(match[1].lower(), 0)
    elif match := _SLASHED_MONTH.fullmatch(text):
        year, month = match[2], int(match[1])
    else:
        return ""
    return f"; write {int(year):04}-{month:02}" if int(year) and 1 <= month <= 12 else ""
