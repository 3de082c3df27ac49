"""The date forms that are read, and what is suggested for the others."""

from datetime import UTC, date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from campaign.core.reading import dates
from campaign.core.reading.dates import Period, parse_day, parse_moment, parse_occasion, parse_period, zone
from campaign.core.reading.problems import FieldError


def refusal(parse, text, **options):
    with pytest.raises(FieldError) as refused:
        parse(text, **options)
    assert refused.value.name == "date"
    return refused.value.message


@pytest.mark.parametrize(
    ("text", "period", "time"),
    [
        ("2016-02-05", Period(2016, 2, 5), ""),
        ("2016-02-05 18:30", Period(2016, 2, 5), "18:30"),
        ("2016-02", Period(2016, 2), ""),
        ("2016", Period(2016), ""),
    ],
)
def test_an_event_is_of_a_day_with_or_without_a_time_a_month_or_a_year(text, period, time):
    assert parse_occasion(text) == (period, time)


@pytest.mark.parametrize("text", ["2016-13", "2016-02-30", "2016-02 18:30", "summer 2016", "Feb 2016", "5/2/2016"])
def test_another_form_of_an_events_date_is_refused(text):
    assert "2016" in refusal(parse_occasion, text)


def test_a_day_is_iso():
    assert parse_day("2016-02-05") == date(2016, 2, 5)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5/2/2016", "; write 2016-02-05 for 5 February or 2016-05-02 for 2 May"),
        ("5.2.16", "; write 2016-02-05 for 5 February or 2016-05-02 for 2 May"),
        ("31/1/2016", "; write 2016-01-31"),
        ("4/4/2016", "; write 2016-04-04"),
        ("2016/2/5", "; write 2016-02-05"),
        ("5 February 2016", "; write 2016-02-05"),
        ("5th Feb 2016", "; write 2016-02-05"),
        ("February 5, 2016", "; write 2016-02-05"),
        ("99/99/2016", ""),
        ("tomorrow", ""),
        ("5 Febtober 2016", ""),
        ("Febtober 5, 2016", ""),
    ],
)
def test_another_form_is_refused_with_the_iso_form_where_it_can_be_guessed(text, hint):
    assert refusal(parse_day, text) == f"expected a day like 2016-02-05, got '{text}'{hint}"


def test_a_day_that_is_not_in_the_calendar_is_refused():
    assert refusal(parse_day, "2015-02-30") == (
        "there is no day 2015-02-30 in the calendar; write a day from 2015-02-01 to 2015-02-28"
    )
    assert refusal(parse_day, "2015-13-32") == (
        "there is no day 2015-13-32 in the calendar; write a month from 01 to 12"
    )


def test_an_update_may_say_the_time():
    assert parse_moment("2016-02-05") == (date(2016, 2, 5), "")
    assert parse_moment("2016-02-05 18:30") == (date(2016, 2, 5), "18:30")
    assert parse_moment("2016-02-05T18:30:00") == (date(2016, 2, 5), "18:30")


@pytest.mark.parametrize("time", ["24:00", "10:60"])
def test_a_time_that_is_on_no_clock_is_refused(time):
    assert refusal(parse_moment, f"2016-02-05 {time}") == f"there is no time {time}; write it from 00:00 to 23:59"


def test_a_moment_in_another_form_is_refused():
    assert refusal(parse_moment, "5 Feb 2016") == (
        "expected a day like 2016-02-05 or 2016-02-05 18:30, got '5 Feb 2016'; write 2016-02-05"
    )


@pytest.mark.parametrize(
    ("text", "period", "first", "last"),
    [
        ("2016-02-05", Period(2016, 2, 5), date(2016, 2, 5), date(2016, 2, 5)),
        ("2016-02", Period(2016, 2), date(2016, 2, 1), date(2016, 2, 29)),
        ("2016", Period(2016), date(2016, 1, 1), date(2016, 12, 31)),
    ],
)
def test_a_month_or_a_year_stands_for_its_last_day(text, period, first, last):
    assert parse_period(text, year=True) == period
    assert (period.first, period.last, period.isoformat()) == (first, last, text)
    assert period.is_day == (len(text) == 10)


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("2016", {}, "expected a day like 2016-02-05, a month like 2016-02, got '2016'"),
        (
            "soon",
            {"year": True},
            "expected a day like 2016-02-05, a month like 2016-02 or a year like 2016, got 'soon'",
        ),
        (
            "February 2016",
            {},
            "expected a day like 2016-02-05, a month like 2016-02, got 'February 2016'; write 2016-02",
        ),
        ("2/2016", {}, "expected a day like 2016-02-05, a month like 2016-02, got '2/2016'; write 2016-02"),
        ("13/2016", {}, "expected a day like 2016-02-05, a month like 2016-02, got '13/2016'"),
        ("2016-13", {}, "there is no month 2016-13; months run from 01 to 12"),
        ("0000-01", {}, "there is no month 0000-01; months run from 01 to 12"),
        (
            "2016-02-30",
            {},
            "there is no day 2016-02-30 in the calendar; write a day from 2016-02-01 to 2016-02-29",
        ),
    ],
)
def test_a_period_in_another_form_is_refused(text, options, message):
    assert refusal(parse_period, text, **options) == message


def suggested(parse, text, **options):
    """What a refusal says behind the text that it is about."""
    return refusal(parse, text, **options).partition(f"got '{text}'")[2].removeprefix("; write ")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2016-2-5", "2016-02-05"),
        ("2016 2 5", "2016-02-05"),
        ("2016.13.5", "2016-05-13"),
        ("20160205", "2016-02-05"),
        ("2016 Feb 5", "2016-02-05"),
        ("2016-February-05", "2016-02-05"),
        ("Fri 5 Feb 2016", "2016-02-05"),
        ("“5 Feb 2016.”", "2016-02-05"),
        ("5 of February 2016", "2016-02-05"),
        ("5 Feb 16", "2016-02-05"),
        ("5 sep 2016", "2016-09-05"),
        ("1 Jan 2016", "2016-01-01"),
        ("31 Dec 2016", "2016-12-31"),
        ("5–2–2016", "2016-02-05 for 5 February or 2016-05-02 for 2 May"),
        ("５/２/2016", "2016-02-05 for 5 February or 2016-05-02 for 2 May"),
        ("16-02-05", "2005-02-16 for 16 February or 2016-02-05 for 5 February"),
        ("05-02-16", "2016-02-05 for 5 February or 2016-05-02 for 2 May or 2005-02-16 for 16 February"),
        ("29/2/16", "2016-02-29"),
        ("29/2/15", ""),
        ("31/4/2016", ""),
        ("2016-2/5", ""),
        ("May 2016", ""),
        ("5/2/2016 or so", ""),
        ("2016-2-5 or so", ""),
        ("5 Feb 2016 or so", ""),
        ("Feb 5, 2016 or so", ""),
        ("2016 Feb 5 or so", ""),
        ("2016-02-05 or so", ""),
    ],
)
def test_a_day_is_guessed_from_all_of_a_text_or_not_at_all(text, hint):
    assert suggested(parse_day, text) == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2016-02-32", "; write a day from 2016-02-01 to 2016-02-29"),
        ("2015-02-29", "; write a day from 2015-02-01 to 2015-02-28"),
        ("2016-12-00", "; write a day from 2016-12-01 to 2016-12-31"),
        ("2016-01-32", "; write a day from 2016-01-01 to 2016-01-31"),
        ("2016-13-01", "; write 2016-01-13"),
        ("2016-00-10", "; write a month from 01 to 12"),
        ("2016-30-02", "; write a month from 01 to 12"),
        ("0000-01-01", "; write a year that there was"),
    ],
)
def test_what_is_no_day_of_its_month_is_refused_with_the_days_that_are(text, hint):
    assert refusal(parse_day, text) == f"there is no day {text} in the calendar{hint}"
    assert parse_day("2016-02-29") == date(2016, 2, 29)
    assert parse_day("0001-01-01") == date(1, 1, 1)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5 Feb 2016 at 6pm", "2016-02-05 18:00"),
        ("5 Feb 2016, 12 am", "2016-02-05 00:00"),
        ("5 Feb 2016 12pm", "2016-02-05 12:00"),
        ("5 Feb 2016 12:15 pm", "2016-02-05 12:15"),
        ("5 Feb 2016 1am", "2016-02-05 01:00"),
        ("5 Feb 2016 18.30", "2016-02-05 18:30"),
        ("2016-02-05 6.05pm", "2016-02-05 18:05"),
        ("2016-02-05 11pm", "2016-02-05 23:00"),
        ("2016-02-05 18:30Z", "2016-02-05 18:30"),
        ("2016-02-05 18:30+01:00", "2016-02-05 18:30"),
        ("2016-02-05T18:30:00 GMT", "2016-02-05 18:30"),
        ("2016-2-5 23:59", "2016-02-05 23:59"),
        ("2016-2-5 00:00", "2016-02-05 00:00"),
        ("2016-2-5 23:60", ""),
        ("2016-2-5 24:00", ""),
        ("5/2/2016 18:30", ""),
        ("5 Feb 2016 6", ""),
        ("2016-02-05 18", ""),
        ("2016-02-05 1 pm or so", ""),
        ("2016-02-05 18:30Z or so", ""),
    ],
)
def test_a_time_is_guessed_with_its_day_where_only_one_can_be_meant(text, hint):
    assert suggested(parse_moment, text) == hint


def test_a_moment_is_of_any_minute_of_a_day():
    assert parse_moment("2016-02-05 00:00") == (date(2016, 2, 5), "00:00")
    assert parse_moment("2016-02-05 23:59:59") == (date(2016, 2, 5), "23:59")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Feb 2016", "2016-02"),
        ("February, 2016", "2016-02"),
        ("feb. 2016", "2016-02"),
        ("January 2016", "2016-01"),
        ("1/2016", "2016-01"),
        ("12/2016", "2016-12"),
        ("05.2016", "2016-05"),
        ("2/2016 or so", ""),
        ("Feb 2016 or so", ""),
        ("Febtober 2016", ""),
        ("Feb 0000", ""),
        ("0/2016", ""),
        ("13/2016", ""),
        ("5 Feb 2016", "2016-02-05"),
    ],
)
def test_a_month_is_guessed_from_all_of_a_text_or_not_at_all(text, hint):
    assert suggested(parse_period, text) == suggested(parse_period, text, year=True) == hint
    assert suggested(parse_occasion, text) == hint


def test_a_month_is_one_of_twelve_and_a_year_one_that_there_was():
    assert [parse_period(text) for text in ("2016-01", "2016-12")] == [Period(2016, 1), Period(2016, 12)]
    assert parse_period("0001", year=True) == Period(1)
    for text in ("2016-00", "2016-13", "0000"):
        assert refusal(parse_period, text, year=True) == f"there is no month {text}; months run from 01 to 12"


def test_a_period_is_written_as_it_is_read():
    for text in ("0987-06", "2016", "2016-02-05", "2016-12"):
        assert parse_period(text, year=True).isoformat() == text
    assert (Period(2015, 2).last, Period(2016, 12).last) == (date(2015, 2, 28), date(2016, 12, 31))


def no_list_of_zones(name):
    raise ZoneInfoNotFoundError(name)


def test_a_time_zone_is_known_by_its_name_and_utc_also_without_a_list_of_them(monkeypatch):
    assert zone("Europe/London") == ZoneInfo("Europe/London")
    monkeypatch.setattr(dates, "ZoneInfo", no_list_of_zones)
    assert zone("UTC") is UTC


@pytest.mark.parametrize("name", ["Londn", "", "../etc/passwd", "Europe", "a\0b"])
def test_what_names_no_time_zone_is_none_however_it_fails(name):
    with pytest.raises(ZoneInfoNotFoundError):
        zone(name)


@pytest.mark.parametrize("text", ["2016-02-05 18:30 or so", "2016-02-05 6pm", "soon"])
def test_when_something_is_may_be_written_in_four_ways_and_no_other(text):
    assert refusal(parse_occasion, text).startswith(
        "expected a day like 2016-02-05, with or without a time like 18:30, a month like 2016-02 or a year like 2016,"
        f" got '{text}'"
    )
