"""The date forms we accept: a day, a moment, and where a field says so a month or a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from .problems import Refused

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2})?)?")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_SLASHED = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})")
_LOOSE = re.compile(r"(\d{4})[./ -](\d{1,2})[./ -](\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_NAMED_US = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_NAMED_MONTH = re.compile(r"([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_SLASHED_MONTH = re.compile(r"(\d{1,2})[./ -](\d{4})")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a month or a year, as somebody said it; ``month`` and ``day`` are None where not said."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The day it stands for when something is due: a month stands for its last day."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def is_day(self) -> bool:
        return self.day is not None

    def isoformat(self) -> str:
        return "-".join([f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part])


def parse_day(text: str) -> date:
    """Read ``2016-02-05``; raise Refused (``date``) with the ISO form where it can be guessed."""
    if _DAY.fullmatch(text):
        return _calendar_day(text)
    raise Refused("date", f"expected a day like 2016-02-05, got '{text}'{_guess(text)}")


def parse_moment(text: str) -> tuple[date, str]:
    """Read ``2016-02-05`` or ``2016-02-05 18:30`` into the day and the time (``""`` where none was written)."""
    match = _MOMENT.fullmatch(text)
    if not match:
        raise Refused("date", f"expected a day like 2016-02-05 or 2016-02-05 18:30, got '{text}'{_guess(text)}")
    day = _calendar_day(match[1])
    if match[2] is None:
        return day, ""
    if int(match[2]) > 23 or int(match[3]) > 59:
        raise Refused("date", f"there is no time {match[2]}:{match[3]}; write it from 00:00 to 23:59")
    return day, f"{match[2]}:{match[3]}"


def parse_period(text: str, *, year: bool = False) -> Period:
    """Read a day or a month (``2016-02``); with ``year`` also ``2016``."""
    forms = "a day like 2016-02-05, a month like 2016-02" + (" or a year like 2016" if year else "")
    match = _PERIOD.fullmatch(text)
    if not match or (not year and match[2] is None):
        raise Refused("date", f"expected {forms}, got '{text}'{_guess(text) or _guess_month(text)}")
    if match[3]:
        day = _calendar_day(text)
        return Period(day.year, day.month, day.day)
    number, month = int(match[1]), int(match[2]) if match[2] else None
    if number < 1 or (month is not None and not 1 <= month <= 12):
        raise Refused("date", f"there is no month {text}; months run from 01 to 12")
    return Period(number, month)


def _calendar_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("date", f"there is no day {text} in the calendar{_guess(text)}") from None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return datetime(year if year > 99 else 2000 + year, month, day).date()
    except ValueError:
        return None


def _guess(text: str) -> str:
    """Suggest the ISO form of a date written another way; both where it can be read two ways."""
    text = text.strip()
    found: list[date | None] = []
    if match := _LOOSE.fullmatch(text):
        found = [_valid(int(match[1]), int(match[2]), int(match[3]))]
    elif match := _SLASHED.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        found = [_valid(year, second, first), _valid(year, first, second)]
    elif (match := _NAMED.fullmatch(text)) and match[2].lower() in _MONTHS:
        found = [_valid(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))]
    elif (match := _NAMED_US.fullmatch(text)) and match[1].lower() in _MONTHS:
        found = [_valid(int(match[3]), _MONTHS[match[1].lower()], int(match[2]))]
    days = list(dict.fromkeys(day for day in found if day))
    if not days:
        return ""
    if len(days) == 1:
        return f"; write {days[0].isoformat()}"
    ways = [f"{day.isoformat()} for {day.day} {calendar.month_name[day.month]}" for day in days]
    return f"; write {' or '.join(ways)}"


def _guess_month(text: str) -> str:
    """Suggest the ISO form of a month written another way."""
    if (match := _NAMED_MONTH.fullmatch(text)) and match[1].lower() in _MONTHS:
        return f"; write {match[2]}-{_MONTHS[match[1].lower()]:02}"
    if (match := _SLASHED_MONTH.fullmatch(text)) and 1 <= int(match[1]) <= 12:
        return f"; write {match[2]}-{int(match[1]):02}"
    return ""
