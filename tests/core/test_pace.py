"""Phases and pace."""

import pytest

from campaign.core.pace import Phase

from .writing import a_campaign, a_view, an_update

LIFE = "started: 2024-01-01\ndeadline: 2024-06\nclosed: 2024-12-01"


@pytest.mark.parametrize(
    ("day", "totals", "phase"),
    [
        ("2024-02-01", None, Phase.BEFORE),
        ("2024-02-01", "100", Phase.RAISING),
        ("2024-06-30", "100", Phase.RAISING),
        ("2024-07-01", "100", Phase.PAST_DEADLINE),
        ("2024-07-01", None, Phase.PAST_DEADLINE),
        ("2024-07-01", "50000", Phase.REACHED),
        ("2024-11-30", "49999.99", Phase.PAST_DEADLINE),
        ("2024-12-01", "50000", Phase.CLOSED),
    ],
)
def test_the_phase_is_the_first_that_holds(day, totals, phase):
    campaign = a_campaign(LIFE)
    update = an_update(campaign, "2024-01-20", f"totals:\n  raised: {totals}" if totals else "")
    assert a_view(campaign, update, on=day).now.phase is phase


def test_without_a_deadline_an_appeal_goes_on():
    campaign = a_campaign()
    update = an_update(campaign, "2024-01-20", "totals:\n  raised: 5")
    assert a_view(campaign, update, on="2030-01-01").now.phase is Phase.RAISING


@pytest.mark.parametrize(
    ("text", "update", "day"),
    [
        ("started: 2024-01-01", "2024-02-01", "2024-02-01"),
        ("deadline: 2024-06-30", "2024-02-01", "2024-02-01"),
        ("started: 2024-01\ndeadline: 2024-06-30", "2024-02-01", "2024-02-01"),
        ("started: 2024-01-01\ndeadline: 2024-06-30", "2024-01-14", "2024-01-14"),
        ("started: 2024-01-01\ndeadline: 2024-06-30", "2024-06-17", "2024-06-17"),
        ("started: 2024-01-01\ndeadline: 2024-06-30", "2024-02-01", "2024-07-01"),
        ("started: 2024-01-01\ndeadline:\n  - {said: 2024-03-01, date: 2024-06-30}", "2024-02-01", "2024-02-20"),
    ],
)
def test_there_is_no_pace_without_a_full_start_a_known_deadline_and_two_weeks_on_each_side(text, update, day):
    campaign = a_campaign(text)
    stated = an_update(campaign, update, "totals:\n  raised: 5,000")
    assert a_view(campaign, stated, on=day).now.pace is None


def test_there_is_no_pace_once_the_goal_is_reached():
    campaign = a_campaign("started: 2024-01-01\ndeadline: 2024-06-30")
    update = an_update(campaign, "2024-02-01", "totals:\n  raised: 50,000")
    assert a_view(campaign, update, on="2024-02-01").now.pace is None


def test_a_pace_from_an_inexact_figure_is_about():
    campaign = a_campaign("started: 2024-01-01\ndeadline: 2024-06-30")
    update = an_update(campaign, "2024-02-01", "totals:\n  raised: at least 5,000")
    pace = a_view(campaign, update, on="2024-02-01").now.pace
    assert (campaign.region.say(pace.so_far), campaign.region.say(pace.needed)) == ("at least £1,129", "about £2,100")


def test_the_deadline_that_was_known_on_the_day_counts():
    campaign = a_campaign(
        "deadline:\n  - {said: 2024-03-01, date: 2024-05-01}\n  - {date: 2024-06-30, said: 2024-01-01}"
    )
    update = an_update(campaign, "2024-01-02", "totals:\n  raised: 5")
    assert a_view(campaign, update, on="2024-02-29").now.deadline.date.isoformat() == "2024-06-30"
    assert a_view(campaign, update, on="2024-03-01").now.deadline.date.isoformat() == "2024-05-01"
