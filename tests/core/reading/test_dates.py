"""The date forms that are read, and what is suggested for the others."""

from datetime import date

import pytest

from campaign.core.reading.dates import Period, parse_day, parse_moment, parse_occasion, parse_period
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
