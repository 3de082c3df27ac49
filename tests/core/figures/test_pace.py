"""Phases and pace."""

import pytest

from campaign.core.figures.pace import Phase
from campaign.core.reading.money import Qualifier
from writing import a_campaign, a_view, an_update

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
        ("2024-12-01", "50000", Phase.ENDED),
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


TWO = "started: 2024-01-01\ndeadline: 2024-12-31\nsources:\n  - {id: page, label: A}\n  - {id: bank, label: B}"


def of_two_days(first, second, bank="1,000", page="5,000", text=TWO):
    """The pace of a bank's total read on one day and a page's read on another."""
    campaign = a_campaign(text)
    bank = an_update(campaign, first, f"totals:\n  bank: {bank}")
    page = an_update(campaign, second, f"totals:\n  page: {page}", slug="page")
    return a_view(campaign, bank, page, on=second).now.pace


def test_there_is_a_pace_while_the_parts_are_at_most_eight_weeks_apart():
    assert of_two_days("2024-02-01", "2024-03-28").days_so_far == 87
    assert of_two_days("2024-02-01", "2024-03-29") is None


def test_a_pace_of_parts_of_one_day_is_no_bound():
    pace = of_two_days("2024-02-01", "2024-02-01")
    assert (pace.so_far.is_exact, pace.needs_at_most, pace.is_of_several_days) == (True, False, False)


def test_an_inexact_pace_of_several_days_stays_about_and_says_what_is_missing_from_it():
    pace = of_two_days("2024-02-01", "2024-02-10", bank="about 1,000")
    assert (pace.so_far.qualifier, pace.needed.qualifier) == (Qualifier.ABOUT, Qualifier.ABOUT)
    assert (pace.needs_at_most, pace.is_of_several_days) == (False, True)


def test_neither_an_old_nothing_nor_an_account_that_has_ended_makes_a_pace_a_bound():
    assert not of_two_days("2024-02-01", "2024-06-10", bank="0").is_of_several_days
    ended = of_two_days("2024-02-01", "2024-06-10", text=TWO.replace("label: B", "label: B, ended: 2024-03-01"))
    assert not ended.is_of_several_days


def test_what_others_pay_is_not_needed_each_week():
    costs = "costs:\n  - {id: a, label: A, estimate: 50000, paid_by: [{from: 2024-01-15, who: B, amount: 20000}]}"
    campaign = a_campaign(f"started: 2024-01-01\ndeadline: 2024-04-01\n{costs}")
    update = an_update(campaign, "2024-01-22", "totals:\n  raised: 9,000")
    assert a_view(campaign, update, on="2024-01-22").now.pace.needed.amount == 2100  # 21,000 in 70 days


def test_the_deadline_that_was_known_on_the_day_counts():
    campaign = a_campaign(
        "deadline:\n  - {said: 2024-03-01, date: 2024-05-01}\n  - {date: 2024-06-30, said: 2024-01-01}"
    )
    update = an_update(campaign, "2024-01-02", "totals:\n  raised: 5")
    assert a_view(campaign, update, on="2024-02-29").now.deadline.date.isoformat() == "2024-06-30"
    assert a_view(campaign, update, on="2024-03-01").now.deadline.date.isoformat() == "2024-05-01"


def at(raised, on, text="goal: 1000\nstarted: 2024-01-01\ndeadline: 2024-04-10"):
    """The pace of an overall figure that was read on a day."""
    campaign = a_campaign(text)
    return a_view(campaign, an_update(campaign, on, f"totals:\n  raised: {raised}"), on=on).now.pace


def test_a_pace_is_rounded_down_so_far_and_up_for_what_is_needed():
    """50 days on each side: £505 × 7 ÷ 50 is £70.70, and £495 × 7 ÷ 50 is £69.30."""
    found = at("505", "2024-02-20")
    assert (found.days_so_far, found.days_to_go) == (50, 50)
    assert (found.so_far.amount, found.needed.amount) == (70, 70)
    assert (found.so_far.is_exact, found.needed.is_exact, found.needs_at_most) == (True, True, False)
    assert (str(found.on), found.deadline.date.isoformat(), found.is_of_several_days) == (
        "2024-02-20",
        "2024-04-10",
        False,
    )
    even = at("500", "2024-02-20")
    assert (even.so_far.amount, even.needed.amount) == (70, 70)
    about = at("about 505", "2024-02-20")
    assert (about.so_far.qualifier, about.needed.qualifier) == (Qualifier.ABOUT, Qualifier.ABOUT)


def test_there_is_a_pace_at_fourteen_days_on_either_side_and_not_at_thirteen():
    assert at("5", "2024-01-14") is None
    assert at("5", "2024-01-15").days_so_far == 14
    assert at("5", "2024-03-27").days_to_go == 14
    assert at("5", "2024-03-28") is None


SEVERAL = """
    goal: 1000
    started: 2024-01-01
    deadline: 2024-12-31
    sources: [{id: page, label: A}, {id: bank, label: B}]
"""


def test_parts_of_a_figure_may_be_eight_weeks_apart_and_no_more():
    campaign = a_campaign(SEVERAL)
    old = an_update(campaign, "2024-02-01", "totals:\n  bank: 100")

    def pace(day, amount="200"):
        new = an_update(campaign, day, f"totals:\n  page: {amount}")
        return a_view(campaign, old, new, on=day).now.pace

    last = pace("2024-03-28")  # 56 days later, the 87th since the start
    assert (last.so_far.amount, last.so_far.qualifier) == (24, Qualifier.AT_LEAST)  # £300 × 7 ÷ 87 is £24.13
    assert (last.needed.amount, last.needs_at_most) == (18, True)  # £700 × 7 ÷ 278 is £17.62
    assert last.is_of_several_days
    assert pace("2024-03-29") is None
    about = pace("2024-03-28", "about 200")
    assert (about.so_far.qualifier, about.needs_at_most) == (Qualifier.ABOUT, False)


def test_the_day_it_closes_is_a_day_on_which_nothing_is_asked():
    campaign = a_campaign("closed: 2024-06-30\ndeadline: 2024-05-31")
    assert [a_view(campaign, on=day).now.phase for day in ("2024-05-31", "2024-06-01", "2024-06-29", "2024-06-30")] == [
        Phase.BEFORE,
        Phase.PAST_DEADLINE,
        Phase.PAST_DEADLINE,
        Phase.ENDED,
    ]


def test_what_is_needed_each_week_is_reckoned_from_what_is_missing_and_not_from_what_is_shown_of_it():
    """£7.10 is missing in 50 days, £0.994 in seven; of the £8 that are shown it would be £1.12."""
    assert at("992.90", "2024-02-20").needed.amount == 1
